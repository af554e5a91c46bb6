# Two commands from nothing: `make run` and `make test`. Each needs Python 3.11 or newer, and make.

PORT ?= 8080
DEMO ?= true
JOBS ?= 2
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] && command -v apt-get)
CHROMIUM = $$(command -v chromium || command -v chromium-browser || command -v google-chrome)
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench docs runtime tools browser

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: runtime ## the whole system with its demo university, from nothing; PORT=8080
	@LIAISON_DEMO=$(DEMO) $(PY) app.py --port $(PORT)

test: tools browser ## everything the suite needs, then the suite on SQLite and PostgreSQL and in a browser
	@LIAISON_TEST_DATABASE=both $(PY) -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

check: tools ## style, types, import contracts, templates
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/djlint --lint --quiet templates

bench: tools ## CPU milliseconds and statements per request, on both databases, beside the goals
	@$(PY) -m tests.bench $(ARGS)

docs: runtime ## the pages of docs/ that are written by the program
	@$(PY) -m flask --app app docs

# --- what the commands stand on: nothing is done twice, a copy of the list installed is kept beside it ---------

runtime: .venv/bin/python
	@cmp -s requirements.txt .venv/installed.txt || { $(call install,requirements.txt) && cp requirements.txt .venv/installed.txt; }

tools: .venv/bin/python
	@cat requirements.txt requirements-deploy.txt requirements-dev.txt > .venv/wanted.txt; \
	cmp -s .venv/wanted.txt .venv/installed-dev.txt || { $(call install,requirements-dev.txt) \
	&& cp requirements.txt .venv/installed.txt && mv .venv/wanted.txt .venv/installed-dev.txt; }

# uv where there is one or pip can fetch it: ten times faster; else pip does it all
install = echo "Installing $(1) …"; uv=$$(command -v uv || { $(PY) -m pip install -q uv && echo $(PY) -m uv; }); \
	{ [ -n "$$uv" ] && $$uv pip install -q --python $(PY) -r $(1); } || $(PY) -m pip install -q -r $(1)

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed; none was found."; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv; [ -n "$(AS_ROOT)" ] && apt-get update -qq \
	&& apt-get install -qq -y --no-install-recommends python3-venv > /dev/null && $(PYTHON) -m venv .venv; } \
	|| { rm -rf .venv; echo "Python's venv module is missing: install the package python3-venv."; exit 1; }

browser: # the suite itself says what it cannot run without one
	@if [ -z "$(CHROMIUM)" ] || ! fc-list :lang=zh 2>/dev/null | grep -q .; then \
		[ -z "$(AS_ROOT)" ] || { echo "Installing Chromium and a Chinese font …"; apt-get update -qq; \
		apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk fontconfig > /dev/null; } || true; fi

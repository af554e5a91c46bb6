"""Until every capability has landed: the whole application where it starts, else one with what is there."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from flask import Flask

ROOT = Path(__file__).parent.parent
TABLES = "audit people calendars notifications contacts tickets"
PAGES = "people notifications tickets contacts feedback oversight exchange"

try:
    from liaison import create_app as whole
except ImportError:
    whole = None  # type: ignore[assignment]
    package = ModuleType("liaison")
    package.__path__ = [str(ROOT / "liaison")]
    sys.modules["liaison"] = package
    for name, module in list(sys.modules.items()):
        above, _dot, last = name.rpartition(".")
        if name.startswith("liaison.") and above in sys.modules:
            setattr(sys.modules[above], last, module)


def create_app(overrides: dict[str, Any]) -> Flask:
    return whole(overrides) if whole else _what_is_there(overrides)


def _what_is_there(overrides: dict[str, Any]) -> Flask:
    from flask_migrate import Migrate
    from flask_wtf import CSRFProtect

    from liaison import config, navigation
    from liaison.core import pages
    from liaison.core.db import db, engine_options
    from liaison.people import door

    app = Flask("liaison", root_path=str(ROOT / "liaison"), template_folder=str(ROOT / "templates"))
    app.config.update(config.load(Path(overrides["INSTANCE"]), overrides))
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["DATABASE_URL"])
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    pages.init_app(app)
    CSRFProtect(app)
    door.init_app(app)
    importlib.import_module("liaison.core.submissions")
    for name in TABLES.split():
        importlib.import_module(f"liaison.{name}.models")
    for name in PAGES.split():
        try:
            app.register_blueprint(importlib.import_module(f"liaison.{name}.views").blueprint)
        except (ImportError, AttributeError):
            continue
    there = [place for place in navigation.PLACES if place.endpoint in app.view_functions]
    navigation.PLACES[:] = there
    if "contacts.new" not in app.view_functions:
        app.add_url_rule("/contacts/new", "contacts.new", lambda: "")
    navigation.init_app(app)
    return app

"""Until every capability has landed: the whole application where it starts, else one with the tables only."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from flask import Flask

CAPABILITIES = "audit people calendars notifications contacts tickets"

try:
    from liaison import create_app as whole
except ImportError:
    whole = None  # type: ignore[assignment]
    package = ModuleType("liaison")
    package.__path__ = [str(Path(__file__).parent.parent / "liaison")]
    sys.modules["liaison"] = package


def create_app(overrides: dict[str, Any]) -> Flask:
    return whole(overrides) if whole else _tables_only(overrides)


def _tables_only(overrides: dict[str, Any]) -> Flask:
    from flask_migrate import Migrate

    from liaison import config
    from liaison.core.db import db, engine_options

    app = Flask("liaison")
    app.config.update(config.load(Path(overrides["INSTANCE"]), overrides))
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["DATABASE_URL"])
    db.init_app(app)
    Migrate(app, db, directory=str(Path(__file__).parent.parent / "migrations"))
    importlib.import_module("liaison.core.submissions")
    for name in CAPABILITIES.split():
        try:
            importlib.import_module(f"liaison.{name}.models")
        except ImportError:
            continue
    return app

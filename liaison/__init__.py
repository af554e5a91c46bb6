"""连心 (Liaison): what students tell university leaders gets solved, and the students hear about it.

`create_app` reads like a table of contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect

from liaison import access, commands, config, navigation
from liaison.confidential import views as confidential
from liaison.contacts import views as contacts
from liaison.contacts import waiting as contacts_waiting
from liaison.core import memory, migrating, pages
from liaison.core.db import db, engine_options
from liaison.exchange import views as exchange
from liaison.feedback import views as feedback
from liaison.feedback.board import views as board
from liaison.notifications import matters
from liaison.notifications import views as notifications
from liaison.oversight import views as oversight
from liaison.oversight import waiting as oversight_waiting
from liaison.oversight.prompts import waiting as prompts_waiting
from liaison.people import door, holdings
from liaison.people import views as people_views
from liaison.slips import sealing
from liaison.slips import views as slips
from liaison.tickets import doors as ticket_doors
from liaison.tickets import views as tickets
from liaison.tickets import waiting as tickets_waiting
from liaison.tickets.actions import succeeding

ROOT = Path(__file__).parent.parent
CAPABILITIES = [
    people_views,
    notifications,
    tickets,
    slips,
    confidential,
    contacts,
    feedback,
    board,
    oversight,
    exchange,
]


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The whole application. `overrides` win over LIAISON_* variables and defaults (liaison/config.py)."""
    app = Flask(
        "liaison",
        root_path=str(ROOT / "liaison"),
        template_folder=str(ROOT / "templates"),
        instance_path=str((overrides or {}).get("INSTANCE", ROOT / "instance")),
    )
    app.config.update(config.load(Path(app.instance_path), overrides))
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["DATABASE_URL"])

    db.init_app(app)
    migrating.init_app(app, ROOT / "migrations")
    pages.init_app(app)  # templates, language, headers, errors, formats
    CSRFProtect(app)
    door.init_app(app)  # sign-in: who is acting
    for capability in CAPABILITIES:
        app.register_blueprint(capability.blueprint)
    matters.init_app(  # what notices are about
        app,
        ticket=tickets_waiting.MATTER,
        contact=contacts_waiting.MATTER,
        paper=oversight_waiting.MATTER,
        prompt=prompts_waiting.MATTER,
    )
    holdings.init_app(app, succeeding.HOLDING)  # what passes on when a unit closes
    ticket_doors.init_app(app, slips.link, confidential.readers_link, confidential.looks_link, oversight.card_link)
    sealing.refuse_bad_keys(app)
    navigation.init_app(app)
    commands.init_app(app)
    access.refuse_undeclared(app)
    memory.settle()
    return app

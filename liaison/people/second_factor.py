"""Six figures from a telephone: made, sealed and compared (RFC 6238 by pyotp; safety.md §3)."""

from __future__ import annotations

import base64

import pyotp
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from liaison.core.clock import now
from liaison.people.words import Role

REQUIRED, OFFERED = "required", "offered"
BY_PROFILE = {"asvs": OFFERED, "dengbao": REQUIRED}
NEEDING = frozenset({Role.CLERK, Role.DIRECTOR, Role.CONFIDENTIAL, Role.ADMIN, Role.SECURITY, Role.AUDITOR})
STEP = 30  # seconds a code is shown
APART = 1  # steps that the two clocks may differ


def is_required(roles: frozenset[Role]) -> bool:
    """Whether these roles may not work without it here."""
    config = current_app.config
    return (config["SECOND_FACTOR"] or BY_PROFILE[config["PROFILE"]]) == REQUIRED and bool(roles & NEEDING)


def new_secret() -> str:
    return str(pyotp.random_base32())


def address(secret: str, login: str) -> str:
    """What the picture holds: the telephone's program reads it."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=f"连心 {current_app.config['SCHOOL']}"))


def step_of(secret: str, code: str) -> int | None:
    """The step this code belongs to, about now; None when it is none of the secret's."""
    typed, here = "".join(code.split()), int(now().timestamp()) // STEP
    if not (typed.isascii() and typed.isdigit() and len(typed) == 6):
        return None
    shown = pyotp.TOTP(secret)
    return next((here + n for n in range(-APART, APART + 1) if shown.verify(typed, for_time=(here + n) * STEP)), None)


def seal(secret: str) -> str:
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """InvalidToken where LIAISON_SECRET_KEY is not the one it was sealed with."""
    return _box().decrypt(sealed.encode()).decode()


def _box() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"liaison second factor")
    return Fernet(base64.urlsafe_b64encode(key.derive(str(current_app.config["SECRET_KEY"]).encode())))

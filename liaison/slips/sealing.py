"""Slips are ciphertext at rest: Fernet, with keys from LIAISON_SLIP_KEY, the one in use first.

A new key is put in front; `flask slips-rotate` writes what is kept anew with it; then the old one may go.
Without a key no slip is offered. A value whose key is gone cannot be read by anybody.
"""

from __future__ import annotations

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app


def refuse_bad_keys(app: Flask) -> None:
    """Refuse to start with a key that is none: found out later, somebody's number would be lost."""
    try:
        if app.config["SLIP_KEY"]:
            _box(app.config["SLIP_KEY"])
    except ValueError as error:
        raise RuntimeError(f"LIAISON_SLIP_KEY: {error}") from None


def new_key() -> str:
    return Fernet.generate_key().decode()


def is_offered() -> bool:
    """Whether this university lets slips be left."""
    return bool(current_app.config["SLIP_KEY"])


def sealed(text: str) -> str:
    return _box(current_app.config["SLIP_KEY"]).encrypt(text.encode()).decode()


def opened(token: str) -> str | None:
    """What was sealed; None where its key is not there any more."""
    try:
        return _box(current_app.config["SLIP_KEY"]).decrypt(token.encode()).decode() if is_offered() else None
    except InvalidToken:
        return None


def renewed(token: str) -> str | None:
    """The same, sealed with the key in use; None where its key is not there any more."""
    try:
        return _box(current_app.config["SLIP_KEY"]).rotate(token.encode()).decode()
    except InvalidToken:
        return None


@cache
def _box(keys: str) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])

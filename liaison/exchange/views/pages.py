"""The blueprint of all pages of this capability."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from liaison.core.spreadsheets import MOST_BYTES

blueprint = Blueprint("exchange", __name__)


@blueprint.url_value_preprocessor
def _allow_large_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Files are larger than any form; this runs before anything of the request is read."""
    request.max_content_length = MOST_BYTES + 100_000

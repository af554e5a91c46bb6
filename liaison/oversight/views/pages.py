"""The blueprint of all pages here."""

from flask import Blueprint

blueprint = Blueprint("oversight", __name__)

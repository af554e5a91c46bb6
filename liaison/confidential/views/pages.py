"""The blueprint of the confidential pages."""

from flask import Blueprint

blueprint = Blueprint("confidential", __name__)

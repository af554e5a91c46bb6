"""Which address shows which page: hand-overs, looks and readers; the auditor's dossiers."""

from liaison.confidential.views import dossiers, restricted
from liaison.confidential.views.pages import blueprint
from liaison.confidential.views.restricted import looks_link, readers_link

__all__ = ["blueprint", "dossiers", "looks_link", "readers_link", "restricted"]

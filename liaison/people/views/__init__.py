"""The pages of staff and units: signing in, one's own account, and what administrators keep."""

from liaison.people.views import accounts, confirming, delegations, own, signing_in, units
from liaison.people.views.pages import blueprint as blueprint

__all__ = ["accounts", "blueprint", "confirming", "delegations", "own", "signing_in", "units"]

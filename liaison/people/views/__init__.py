"""The pages of staff and units: signing in, one's own account, and what administrators keep."""

from liaison.people.views import accounts as accounts
from liaison.people.views import confirming as confirming
from liaison.people.views import delegations as delegations
from liaison.people.views import own as own
from liaison.people.views import second_steps as second_steps
from liaison.people.views import signing_in as signing_in
from liaison.people.views import units as units
from liaison.people.views.pages import blueprint as blueprint

"""The pages of those who watch over the whole: from the audit log to the monthly record forms."""

from liaison.oversight.views import audit_log as audit_log
from liaison.oversight.views import calendar as calendar
from liaison.oversight.views import checks as checks
from liaison.oversight.views import dashboard as dashboard
from liaison.oversight.views import declarations as declarations
from liaison.oversight.views import draws as draws
from liaison.oversight.views import duties as duties
from liaison.oversight.views import figures as figures
from liaison.oversight.views import ledger as ledger
from liaison.oversight.views import limits as limits
from liaison.oversight.views import own as own
from liaison.oversight.views import party_tables as party_tables
from liaison.oversight.views import process as process
from liaison.oversight.views import programmes as programmes
from liaison.oversight.views import prompts as prompts
from liaison.oversight.views import record_forms as record_forms
from liaison.oversight.views import registers as registers
from liaison.oversight.views import reports as reports
from liaison.oversight.views import set_up as set_up
from liaison.oversight.views import settings as settings
from liaison.oversight.views import simulation as simulation
from liaison.oversight.views import special_periods as special_periods
from liaison.oversight.views import statements as statements
from liaison.oversight.views import supervision as supervision
from liaison.oversight.views.ledger import card_link as card_link
from liaison.oversight.views.pages import blueprint as blueprint

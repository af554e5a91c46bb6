"""What may be typed about a contact, and what is wrong with it: one file per form a person fills.

Three inputs are asked for at most: kind (form_a1, MOE19-F2F), place (form_a1) and, where there is a
problem, its words (the ticket itself). A visit to a family also needs to know how they agreed (LN16-VISIT).
"""

from liaison.contacts.forms.capture import MOST_PROBLEMS, CaptureForm, PlanForm, ProblemForm
from liaison.contacts.forms.occasion import OccasionForm
from liaison.contacts.forms.records import AmendForm, EditForm, FilterForm, LateForm, RejectForm, VisitCheckForm

__all__ = [
    "MOST_PROBLEMS",
    "AmendForm",
    "CaptureForm",
    "EditForm",
    "FilterForm",
    "LateForm",
    "OccasionForm",
    "PlanForm",
    "ProblemForm",
    "RejectForm",
    "VisitCheckForm",
]

"""What a person may type: with a move (`moves`), beside the moves (`beside`), to find a ticket (`searching`)."""

from liaison.tickets.forms.beside import DEED_FORMS
from liaison.tickets.forms.moves import MOVE_FORMS, PAGES, PER_VOICE, MoveForm, Offered, form_for
from liaison.tickets.forms.searching import search_form, words_form

__all__ = [
    "DEED_FORMS",
    "MOVE_FORMS",
    "PAGES",
    "PER_VOICE",
    "MoveForm",
    "Offered",
    "form_for",
    "search_form",
    "words_form",
]

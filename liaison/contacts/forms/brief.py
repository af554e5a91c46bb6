"""What a person types to find the place he goes to next."""

from __future__ import annotations

from liaison.core.language import lazy_gettext as _l
from liaison.people.forms import SearchForm, text


class PlaceSearchForm(SearchForm):
    q = text(_l("找别的地点"), 40)

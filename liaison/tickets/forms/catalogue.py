"""What the director types when he decides on a line of the catalogue."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from liaison.core.drawing import Drawn
from liaison.core.forms import tidy
from liaison.core.language import lazy_gettext as _l


class LineForm(Drawn, FlaskForm):
    words = StringField(
        _l("这类事怎么称呼"),
        [Length(max=120)],
        filters=[tidy],
        description=_l("以后相似的事会照这个说法认出来。"),
        render_kw={"maxlength": 120},
    )

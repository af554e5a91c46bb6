"""The lists of words about slips, and the texts somebody agreed to."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from workflows.engine import Labelled


class SlipChannel(Labelled):
    """How its holder wants to be answered."""

    PHONE = "phone", "电话"
    MESSENGER = "messenger", "微信或QQ"
    EMAIL = "email", "邮箱"


class Purpose(Labelled):
    """What a slip is opened for (domain.md §2.3, footnote 5)."""

    TELL = "tell", "告知答复"
    CHECK = "check", "核实情况"
    APPOINT = "appoint", "约时间上门"


CONSENTS: dict[int, Any] = {  # a changed text is a new version; the old ones stay, for somebody agreed to them
    1: _l(
        "联系方式只用来就这件事答复我、向我核实。只有党政办公室指定的人和经批准的经办人可以看，"
        "每看一次都有记录。事情了结 %(days)s 天后自动删除，凭查询码可以随时删除。不留，也一样办理。"
    ),
}
CONSENT = max(CONSENTS)  # the text that is shown now

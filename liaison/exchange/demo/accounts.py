"""Who may be tried in the demo: one passphrase for all, made for this installation and written in one file only."""

from __future__ import annotations

import unicodedata
from pathlib import Path

FILE = "demo-accounts.txt"
CAST = [  # login, what waits there
    ("li", "记一次联系、待补充、待反馈、确认代录"),
    ("liaison", "替领导记联系、打印查询码卡、补充"),
    ("wang", "受理、研判、交办、审核、告知、回访"),
    ("director", "退回裁定、专题协调、提请会议"),
    ("zhang", "签收、部门审定、长期推进"),
    ("sun", "办理、记进展、提交答复"),
    ("liu", "教务处的签收与审定"),
    ("desk", "学院二级受理点"),
    ("officer", "受限事项、移交回执"),
    ("chen", "分管后勤：看分管单位的事项"),
    ("auditor", "审计日志"),
    ("admin", "账号、单位、委托"),
    ("security", "安全审计"),
]


def table(names: dict[str, str], password: str, codes: list[tuple[str, str]]) -> str:
    """The sign-ins as text: name, login, what to try; then the codes for the student's page (without sign-in)."""
    rows = [("谁", "账号", "可以试"), *((names[login], login, words) for login, words in CAST)]
    lines = [f"  {_wide(who, 14)}{_wide(login, 12)}{words}" for who, login, words in rows]
    tried = [f"  {code}  {words}" for words, code in codes]
    return "\n".join(
        [
            "示例大学（演示，全部虚构）",
            "",
            f"  所有演示账号的口令：{password}",
            "",
            *lines,
            "",
            "学生查询页 /code 可试的查询码：",
            *tried,
            "",
        ]
    )


def keep(folder: Path, text: str) -> None:
    """Write the table where only the owner of the installation reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    path.touch(mode=0o600)
    path.write_text(text, "utf-8")


def kept(folder: Path) -> str:
    """The table of an earlier start; empty when this is no demo."""
    path = folder / FILE
    return path.read_text("utf-8") if path.exists() else ""


def _wide(text: str, columns: int) -> str:
    """Padded to so many columns of a terminal; a Chinese sign takes two."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(columns - taken, 1)

"""Passwords: two sets of rules as data, what is refused, and the hash (safety.md §3).

The list `refused_passwords.txt` holds the 3 000 commonest passwords and another 1 000 common long ones
(from the lists of zxcvbn, MIT licence), each as the first ten hex digits of its SHA-256: many are words
nobody wants to read in a source tree.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext as _

from liaison.core.clock import now
from liaison.people.models import Person

LONGEST = 128
OWN = 6  # so many characters must be left when common words, runs and names are taken away
ONE_TIME_DAYS = 14  # a password made by the system opens no later than this


@dataclass(frozen=True)
class Profile:
    """Rules for passwords and sessions. 0 = no such rule."""

    shortest: int
    kinds: int = 0  # of upper case, lower case, digit, other
    days: int = 0  # until it must be changed
    remembered: int = 0  # so many earlier ones are refused
    idle_minutes: int = 30
    absolute_hours: int = 12


PROFILES = {
    "asvs": Profile(shortest=12),
    "dengbao": Profile(shortest=10, kinds=3, days=90, remembered=5, idle_minutes=15),
}
SITE_WORDS = ("liaison", "lianxin", "daxue", "xueyuan", "xuexiao", "university", "college", "mima", "连心", "大学")
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "0123456789")
COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm")
KINDS = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9]")
PLAIN = str.maketrans("01345@$!", "oleasasi")
ONE_TIME_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def profile() -> Profile:
    return PROFILES[current_app.config["PROFILE"]]


def hashed(password: str) -> str:
    return _hasher().hash(_normal(password))


def is_right(stored: str | None, password: str) -> bool:
    """Is it the password? Takes as long for nobody (None) as for somebody."""
    try:
        return _hasher().verify(stored or _nobody(), _normal(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    return _hasher().check_needs_rehash(stored)


def is_outdated(set_at: datetime | None) -> bool:
    """Must it be changed because the profile wants a new one every so many days?"""
    days = profile().days
    return bool(days and set_at and now() - set_at > timedelta(days=days))


def is_spent(person: Person) -> bool:
    """Has a password made by the system waited too long for its owner?"""
    set_at = person.password_set_at
    return bool(person.must_change_password and set_at and now() - set_at > timedelta(days=ONE_TIME_DAYS))


def one_time() -> str:
    """A password to be read aloud and typed once: four groups of four letters, 79 bits."""
    groups = ("".join(secrets.choice(ONE_TIME_LETTERS) for _n in range(4)) for _group in range(4))
    return "-".join(groups)


def weaknesses(password: str, rules: Profile, own_words: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with a new password, in sentences; empty when it will do.

    `own_words`: login, staff number and name of the person, name of the school.
    """
    found = [
        (len(password) < rules.shortest, _("至少 %(n)s 个字符，一句话也可以。", n=rules.shortest)),
        (len(password) > LONGEST, _("最多 %(n)s 个字符。", n=LONGEST)),
        (_kinds(password) < rules.kinds, _("大写、小写、数字、其他符号，请用上其中 %(n)s 种。", n=rules.kinds)),
        (is_common(password), _("这个口令太常见，容易被猜到。换一句只有自己知道的话。")),
        (_is_own(password, own_words), _("请不要用姓名、账号、工号或校名拼口令。")),
    ]
    return [sentence for is_wrong, sentence in found if is_wrong]


def is_common(password: str) -> bool:
    """Among the commonest, or made of one with a few digits, of a repeated piece, a run of keys or a number."""
    lowered = _normal(password).lower()
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", lowered)
    padded = len(lowered) - len(core) <= OWN + 2 and (_is_listed(core) or _is_listed(core.translate(PLAIN)))
    return (
        _is_listed(lowered)
        or padded
        or lowered.isdigit()
        or len(set(lowered)) < OWN - 1
        or re.fullmatch(r"(.{1,8}?)\1+", lowered) is not None
        or len(_without_runs(lowered)) < OWN
    )


def _is_own(password: str, own_words: tuple[str, ...]) -> bool:
    lowered = _normal(password).lower()
    if any(len(word) >= 4 and word.lower() in lowered for word in own_words):
        return True
    for word in (*SITE_WORDS, *own_words):
        lowered = lowered.replace(word.lower(), "") if word else lowered
    return len(lowered) < OWN


def _kinds(password: str) -> int:
    return sum(re.search(kind, password) is not None for kind in KINDS)


def _without_runs(text: str) -> str:
    """The text without stretches of three and more neighbouring keys, letters or digits, forwards or backwards."""
    for row in (*ROWS, *COLUMNS):
        for line in (row, row[::-1]):
            for length in range(len(line), 2, -1):
                for start in range(len(line) - length + 1):
                    text = text.replace(line[start : start + length], "")
    return text


def _is_listed(word: str) -> bool:
    return len(word) >= 4 and sha256(word.encode()).hexdigest()[:10] in _refused()


@cache
def _refused() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("refused_passwords.txt").read_text().split())


def _normal(password: str) -> str:
    """The same word however the keyboard composed it."""
    return unicodedata.normalize("NFKC", password)


def _hasher() -> PasswordHasher:
    return _argon2(bool(current_app.config.get("ARGON2_CHEAP")))


@cache
def _argon2(is_cheap: bool) -> PasswordHasher:
    """19 MiB and two passes (OWASP): 24 ms, so that eight sign-ins at once fit a small machine; cheap in tests."""
    return PasswordHasher(1, 8, 1) if is_cheap else PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _nobody() -> str:
    return _hash_of_nobody(bool(current_app.config.get("ARGON2_CHEAP")))


@cache
def _hash_of_nobody(is_cheap: bool) -> str:
    return _argon2(is_cheap).hash(secrets.token_hex(16))

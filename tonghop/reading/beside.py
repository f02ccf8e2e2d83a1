"""What may stand beside a count of people and changes nothing: "người", "(lũy kế)", "(+12)", not "(trong ngày)"."""

from __future__ import annotations

import re

from tonghop.reading.text import key, plain, unaccented

# What may follow a count of people: it tells what was counted and changes nothing.
_PEOPLE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """nguoi ng ngoi nguoi. nhan khau dan cb cc vc cbcc cbccvc nld can bo d c dong chi may thue bao
    smartphone""",
    )
)
NOTHING_ARISEN = re.compile(r"^(?:khong|ko|k0|k|chua)(?: co)? phat sinh\.?$")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
# A percent or an increase in brackets stands beside the count and does not change it.
_ASIDE = re.compile(
    r"^\s*(?:(?:dat|ty le|tl|tang|giam|them)?\s*[0-9]+(?:[.,][0-9]+)?\s*%|(?:\+|tang|them)\s*[0-9]+)[^0-9]*$"
)
# What else may stand in brackets: that the count is the cumulative one, of all, until now.
_BRACKET_WORDS = _PEOPLE_WORDS | frozenset(
    re.findall(r"\S+", "so luong sl lui ke cong don tich tong chung toan ca xa den nai hien")
)
SIGN_BEHIND = re.compile(r"^[+\-−–]\s*$")
# Signs that say something of a count ("443*", "443↑"); what parts words ("CB, CC", "đ/c") does not.
_SIGNS = re.compile(r"[^\w\s.,;:()]")
_BETWEEN_WORDS = re.compile(r"(?<=\w)\s*[/&\-–]\s*(?=\w)")


def is_about_people(rest: str) -> bool:
    """Return whether what stands behind a number only tells of whom it counts, or nothing: a sign behind too."""
    if not rest or SIGN_BEHIND.match(rest):
        return True
    bracketed = _IN_BRACKETS.search(rest)
    if bracketed is not None and not _is_harmless(bracketed[1]):
        return False
    rest = _BETWEEN_WORDS.sub(" ", _IN_BRACKETS.sub("", rest))
    if any(sign.isprintable() for sign in _SIGNS.findall(rest)):
        return False
    return all(word in _PEOPLE_WORDS for word in unaccented(key(rest)).split())


def _is_harmless(inside: str) -> bool:
    """Return whether words in brackets leave a count what it is: "(lũy kế)", "(+12)", not "(trong ngày)", "(*)"."""
    if any(map(str.isdigit, inside)):
        return _ASIDE.match(plain(inside)) is not None
    if not inside.strip() or NOTHING_ARISEN.match(plain(inside)):
        return True
    words = unaccented(key(inside)).split()
    return bool(words) and all(word in _BRACKET_WORDS for word in words)

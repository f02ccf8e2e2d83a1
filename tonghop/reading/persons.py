"""What in a text tells a person: names, telephones, identity and account numbers, mail addresses."""

from __future__ import annotations

import re
from functools import lru_cache

from tonghop.reading.grid import as_whole
from tonghop.reading.text import key, shown, tidy, unaccented

_PHONE = re.compile(r"(?<![\d.,])(?:\+?84|0)[ .\-]?\d(?:[ .\-]?\d){7,9}(?![\d])")
_IDENTITY = re.compile(r"(?<![\d.,])(?:\d{12}|\d{9})(?![\d.,])")
_ACCOUNT = re.compile(r"(?<![\d.,/])\d{8,19}(?![\d.,/])")
_ONE_NUMBER = re.compile(r"^\s*\+?[0-9][0-9 .,'\u00a0\-]*$")
# Bounded, as a long run of letters is otherwise tried from each of its places.
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
# No count is as great; a telephone number without its nought is.
LEAST_PERSONAL = 10**8
# The family names of about nine in ten Vietnamese.
_SURNAMES = frozenset(
    re.findall(
        r"\S+",
        """nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan trinh truong mai
    dao luong lam ha cao chau ta quach thai to tang vuong kieu luu trieu la""",
    )
)


def looks_personal(value: object) -> bool:
    """Return whether a value looks like a telephone, identity or account number, an address or a name."""
    whole = as_whole(value)
    if whole is not None:
        return whole >= LEAST_PERSONAL
    if not isinstance(value, str):
        return False
    return has_number(value) or _ACCOUNT.search(value) is not None or looks_like_name(value)


@lru_cache(maxsize=8_192)
def has_number(text: str) -> bool:
    """Return whether a text holds a telephone or identity number or a mail address."""
    if len(text) >= 9 and (_PHONE.search(text) or _IDENTITY.search(text)):  # nine digits at the least
        return True
    return "@" in text and _EMAIL.search(text) is not None


def has_long_number(text: str) -> bool:
    """Return whether a text is nothing but one number of nine digits or more: "912.345.678", grouped like a count."""
    return len(text) >= 9 and _ONE_NUMBER.match(text) is not None and sum(map(str.isdecimal, text)) >= 9


@lru_cache(maxsize=8_192)
def looks_like_name(text: str) -> bool:
    """Return whether a text reads like a person: a family name and one to four capitalised words behind it."""
    words = tidy(text).replace(".", " ").split()
    if words and unaccented(key(words[0])) in ("ong", "ba", "anh", "chi", "dc"):
        words = words[1:]
    if not 2 <= len(words) <= 5 or unaccented(words[0].casefold().translate(_Y_TO_I)) not in _FOLDED_SURNAMES:
        return False
    return all(word[:1].isupper() and word.isalpha() for word in words)


_LOOKED_AT = 200  # characters; what is quoted is shorter
_ADDRESSED = re.compile(
    r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[ĐđDd]/c|[Đđ]ồng chí)\s*:?\s*[^\W\d_]*[A-ZÀ-ỸĐ]"
)


def sayable(text: str) -> str:
    """Return text as a finding may quote it: bounded, and "…" where it may tell a person."""
    text = text[:_LOOKED_AT]
    words = tidy(text).split()
    runs = (" ".join(words[i : i + size]).strip(".,;:()") for i in range(len(words)) for size in (2, 3, 4))
    is_of_a_person = (
        has_number(text)
        or _ACCOUNT.search(text)
        or _ADDRESSED.search(tidy(text))
        or any(map(looks_like_name, runs))
    )
    return "…" if is_of_a_person else shown(text, 40)


_Y_TO_I = str.maketrans("y", "i")
_FOLDED_SURNAMES = frozenset(name.translate(_Y_TO_I) for name in _SURNAMES)

"""Personal data in submissions: found by headings and by the look of values, told by place, never by content.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15. A column of names, telephones, identity or account numbers has no
place in a report of counts; what stands there is left out of everything the product writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tonghop.reading.grid import Grid, as_whole, is_blank
from tonghop.reading.headings import IGNORE, NOTE, ORDINAL, PERSONAL
from tonghop.reading.lines import Line
from tonghop.reading.tables import Table
from tonghop.reading.text import key, tidy, unaccented

_PHONE = re.compile(r"(?<![\d.,])(?:\+?84|0)[ .\-]?\d(?:[ .\-]?\d){7,9}(?![\d])")
_IDENTITY = re.compile(r"(?<![\d.,])(?:\d{12}|\d{9})(?![\d.,])")
_ACCOUNT = re.compile(r"(?<![\d.,/])\d{8,19}(?![\d.,/])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
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
        return whole >= 10**8
    if not isinstance(value, str):
        return False
    return has_number(value) or _ACCOUNT.search(value) is not None or looks_like_name(value)


@lru_cache(maxsize=8_192)
def has_number(text: str) -> bool:
    """Return whether a text holds a telephone or identity number or a mail address."""
    return any(pattern.search(text) is not None for pattern in (_PHONE, _IDENTITY, _EMAIL))


@lru_cache(maxsize=8_192)
def looks_like_name(text: str) -> bool:
    """Return whether a text reads like a person: a family name and one to four capitalised words behind it."""
    words = tidy(text).replace(".", " ").split()
    if words and unaccented(key(words[0])) in ("ong", "ba", "anh", "chi", "dc"):
        words = words[1:]
    if not 2 <= len(words) <= 5 or unaccented(words[0].casefold().translate(_Y_TO_I)) not in _FOLDED_SURNAMES:
        return False
    return all(word[:1].isupper() and word.isalpha() for word in words)


_Y_TO_I = str.maketrans("y", "i")
_FOLDED_SURNAMES = frozenset(name.translate(_Y_TO_I) for name in _SURNAMES)


def personal_places(table: Table, lines: list[Line]) -> Iterator[str]:
    """Yield the cells (a column's first) where a table holds personal data."""
    grid = table.grid
    rows = [line.index for line in lines]
    meanings = {column.index: column.meanings for column in table.columns}
    width = max((len(row) for row in grid.rows), default=0)
    for c in range(width):
        means = meanings.get(c, ())
        if PERSONAL in means:
            if any(not is_blank(grid.value(row, c)) for row in rows):
                yield grid.place(table.bottom, c)
        elif not means or set(means) & {NOTE, IGNORE, ORDINAL}:
            first = next((row for row in rows if _is_personal(grid, row, c, bool(means))), None)
            if first is not None:
                yield grid.place(first, c)


def _is_personal(grid: Grid, row: int, column: int, is_known: bool) -> bool:
    value = grid.value(row, column)
    if is_known and isinstance(value, str):
        return has_number(value)
    return looks_personal(value)

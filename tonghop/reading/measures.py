"""Units of measure of a form that runs down: what is counted in percents or households is no count of people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tonghop.reading.headings import LABEL, MEASURE, UNIT, Lexicon
from tonghop.reading.persons import sayable
from tonghop.reading.tables import Table
from tonghop.reading.text import key, unaccented

# Words that say that people are counted, or "as above"; thousands of them are looked for elsewhere.
_OF_PEOPLE = frozenset(
    re.findall(
        r"\S+",
        """nguoi ng ngoi luot nhan khau dan cong cb cc vc cbcc cbccvc cnvc nld can bo chi may thue bao dien thoai
    smartphone so luong tong nt nhu tren nghin ngan tram trieu chuc don vi tinh dvt""",
    )
)


def strange_measures(table: Table, columns: Iterable[int], lexicon: Lexicon) -> dict[int, str]:
    """Return by column of counts the measure that says that no people are counted there: "%", "hộ"."""
    if not table.grid.turned:
        return {}
    found: dict[int, str] = {}
    names = (*table.header.having(LABEL), *table.header.having(UNIT))
    for row in (*table.grid.rows[: table.top], *table.grid.rows[table.bottom + 1 : table.end]):
        if not any(c < len(row) and _is_measure(row[c], lexicon) for c in names):
            continue
        texts = ((c, row[c]) for c in columns if c < len(row))
        found |= {c: sayable(text) for c, text in texts if isinstance(text, str) and not _is_of_people(text)}
    return found


def _is_measure(heading: object, lexicon: Lexicon) -> bool:
    # "Đơn vị" beside the names of indicators is "Đơn vị tính".
    return isinstance(heading, str) and lexicon.meanings((heading,)) in ((MEASURE,), (UNIT,))


@lru_cache(maxsize=1_024)
def _is_of_people(text: str) -> bool:
    return all(word in _OF_PEOPLE or word.isdigit() for word in unaccented(key(text)).split())

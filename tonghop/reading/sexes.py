"""Men and women beside their total below one heading: the total counts where it is the two together.

"Số người đã cài đặt" over "Nam", "Nữ" and "Tổng số" is the count of the last. What contradicts it is a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tonghop.reading.headings import Lexicon
from tonghop.reading.table_header import Column
from tonghop.reading.text import key

_TOTALS = frozenset(
    map(key, ("Tổng số", "Tổng", "Tổng cộng", "Cộng", "Tổng chung", "Chung", "Tổng số người", "Cả nam và nữ"))
) | frozenset(("tong so", "tong", "tong cong", "cong", "tong so nguoi"))
_MEN = frozenset(map(key, ("Nam", "Số nam", "Nam giới", "Tổng số nam")))
_WOMEN = frozenset(
    map(
        key,
        ("Nữ", "Số nữ", "Nữ giới", "Phụ nữ", "Trong đó nữ", "Trong đó: số nữ", "Tổng số nữ", "Nu", "So nu"),
    )
)


def with_totals(columns: Sequence[Column], lexicon: Lexicon) -> tuple[Column, ...]:
    """Return the columns, a total beside men and women with the meaning of the heading above them."""
    found = list(columns)
    for i, column in enumerate(columns):
        if column.meanings or not _sexes_beside(column, columns):
            continue
        above = lexicon.meanings(column.parts[:-1])
        if above and lexicon.counts.issuperset(above):
            found[i] = replace(column, meanings=above, strange="")
    return tuple(found)


def parts_of_totals(columns: Sequence[Column]) -> Mapping[int, tuple[int, ...]]:
    """Return by the column of each such total the columns of men and of women it must be made of."""
    parted = {one.index: _sexes_beside(one, columns) for one in columns if one.meanings}
    return {index: parts for index, parts in parted.items() if parts}


def _sexes_beside(total: Column, columns: Sequence[Column]) -> tuple[int, ...]:
    """Return the columns of men and women below the heading of a total, men first; one of them alone may be there."""
    if len(total.parts) < 2 or key(total.parts[-1]) not in _TOTALS:
        return ()
    above = total.parts[:-1]
    below = [c for c in columns if len(c.parts) > len(above) and c.parts[: len(above)] == above]
    men, women = ([c.index for c in below if key(c.parts[-1]) in words] for words in (_MEN, _WOMEN))
    return (*men, *women) if women and len(men) < 2 and len(women) == 1 else ()

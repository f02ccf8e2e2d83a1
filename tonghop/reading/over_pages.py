"""Totals of lists that run over several tables or pages, each below headings of its own."""

from __future__ import annotations

from collections.abc import Iterable

from tonghop.domain.reading import Role, Row
from tonghop.reading.sums import Numbers

_MOST = 20  # totals of one document whose lines are looked for beyond their own table
_FEWEST = 2  # figures that agree, none of them 0: fewer may do so by chance


def cover_pages(rows: list[Row], begin: int) -> None:
    """Set what the totals of a document cover (its rows: from ``begin``) where that stands in several tables.

    On the second page of a printed list the total is of both pages, and "Mang sang" of the first one. A total that
    is not the sum of its own table's lines is compared with all units above it, or all of the document, where most
    of its figures are the sum of those.
    """
    totals = [at for at in range(begin, len(rows)) if rows[at].role is Role.TOTAL][:_MOST]
    units = [at for at in range(begin, len(rows)) if rows[at].role is Role.UNIT]
    for at in totals:
        stated = _numbers(rows[at])
        own = _right_of(stated, (rows[i] for i in rows[at].covers))
        if own == len(stated):
            continue
        above = [i for i in units if i < at]
        for group in (above, units):
            right = _right_of(stated, (rows[i] for i in group))
            if right >= _FEWEST and right > own and 2 * right > len(stated):
                rows[at] = rows[at]._replace(covers=tuple(group))
                break


def _numbers(row: Row) -> Numbers:
    return {figure.indicator: figure.number for figure in row.figures if figure.number}


def _right_of(stated: Numbers, parts: Iterable[Row]) -> int:
    """Return how many stated figures are the sums of those of other rows."""
    sums = dict.fromkeys(stated, 0.0)
    for row in parts:
        for figure in row.figures:
            if figure.number and figure.indicator in sums:
                sums[figure.indicator] += figure.number
    return sum(sums[code] == number for code, number in stated.items())

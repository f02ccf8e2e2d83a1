"""Lines of separated text whose cells stand under other headings than they were meant for."""

from __future__ import annotations

from itertools import pairwise

from tonghop.reading.grid import is_blank
from tonghop.reading.headings import Lexicon
from tonghop.reading.tables import Table


def is_misaligned(table: Table, row: int, lexicon: Lexicon, borne_out: int) -> bool:
    """Return whether a line has more cells than there are headings, or thousands parted by the commas between cells.

    ``borne_out``: the last column of a percent and the counts that it is of, so far all stand below their headings;
    -1 where no percent is told or right.
    """
    cells = table.grid.rows[row]
    if not table.grid.is_ragged or table.grid.turned:
        return False
    if any(not is_blank(value) for value in cells[table.header.last + 1 :]):
        return True
    return table.grid.facts.is_parted_by_commas() and _has_parted_thousands(table, row, lexicon, borne_out)


def _has_parted_thousands(table: Table, row: int, lexicon: Lexicon, borne_out: int) -> bool:
    """Return whether "5,519" stands in two cells, as far as a person would see it.

    A number of one to three digits before one of three is met by chance too. It is more than chance where the line is
    longer than the heading, where a bare number stands behind the figures, or where the first figure, of which the
    others are parts, is less than the next. A first figure that is itself a part may well be less, in a line as long
    as the heading that ends in words or a blank: with one cell too many those would be pushed out of it.
    """
    header, grid = table.header, table.grid
    cells = [str(value).strip() for value in grid.rows[row]]
    counted = sorted(header.counted)
    pairs = [
        (a, b)
        for a, b in pairwise(counted)
        if b == a + 1 and borne_out < b < len(cells) and _may_join(cells[a], cells[b])
    ]
    if not pairs:
        return False
    widest = max(len(grid.rows[r]) for r in range(table.top, table.bottom + 1))
    if len(cells) > widest or any(
        value.isdecimal() for c, value in enumerate(cells) if c >= header.figured.stop
    ):
        return True
    first, second = pairs[0]
    if first != counted[0] or int(cells[first]) >= int(cells[second]):
        return False
    code_of = {column: code for code, columns in header.counts.items() for column in columns}
    is_filled = len(cells) == widest and not cells[-1].isdecimal() and len(cells) > header.figured.stop
    return not is_filled or _is_part(code_of[second], code_of[first], lexicon)


def _is_part(code: str, of: str, lexicon: Lexicon) -> bool:
    """Return whether one count is no more than another, which rates are of: a form names the whole first."""
    is_whole = any(rate.denominator == of for rate in lexicon.rates.values())
    return is_whole and lexicon.order.index(of) < lexicon.order.index(code)


def _may_join(first: str, second: str) -> bool:
    """Return whether two cells may be one number with a comma between thousands."""
    return (
        first.isdecimal()
        and second.isdecimal()
        and 0 < len(first.lstrip("0")) == len(first) < 4 == len(second) + 1
    )

"""Headers that stand once more, as on every printed page: what is below them goes on with the table above."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from tonghop.reading.grid import filled, filled_in
from tonghop.reading.text import key

if TYPE_CHECKING:
    from tonghop.reading.tables import Table

_GOES_ON = re.compile(r"\(?\btiếp(?:\s+theo)?\b\)?|\btrang(?:\s+số)?\s*\d{1,3}(?:\s*/\s*\d{1,3})?", re.I)
_LONGEST = 60


def joined(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Return the tables, those whose header only repeats the one before it as one: a total counts all its lines."""
    found: list[Table] = []
    for table in tables:
        if found and _repeats(found[-1], table):
            again = frozenset(range(table.top, table.bottom + 1)) | _titles_between(found[-1], table)
            found[-1] = found[-1]._replace(end=table.end, repeated=found[-1].repeated | again)
        else:
            found.append(table)
    return tuple(found)


def _repeats(before: Table, table: Table) -> bool:
    """Return whether a header is the one before it again, with nothing but lines between, and no title of its own."""
    grid, repeated = table.grid, before.repeated
    # What stands above the last of them was looked at when that one was found.
    between = grid.rows[max(repeated, default=before.bottom) + 1 : table.top]
    alone = sum(filled_in(row) == 1 for row in between)
    return (
        not grid.turned
        and before.columns == table.columns
        and bool(between or repeated)
        and (not alone or alone == len(_titles_between(before, table)))
    )


def _titles_between(before: Table, table: Table) -> frozenset[int]:
    """Return the rows between two headers in which the page's title stands again: "… (tiếp theo)", "Trang 2"."""
    rows = table.grid.rows
    first = max(before.repeated, default=before.bottom) + 1
    alone = [r for r in range(first, table.top) if filled_in(rows[r]) == 1]
    if not alone:
        return frozenset()
    titles = {key(str(value)) for row in rows[: before.top] for value in filled(row)}
    again = ((r, str(filled(rows[r])[0])) for r in alone)
    return frozenset(r for r, text in again if _is_again(text, titles))


def _is_again(text: str, titles: Collection[str]) -> bool:
    """Return whether a text is one of the titles, or only says that a page goes on with them."""
    rest = key(_GOES_ON.sub(" ", text))
    return rest in titles or (rest != key(text) and not any(map(str.isdigit, rest)) and len(rest) <= _LONGEST)

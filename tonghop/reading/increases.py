"""The columns that hold the day's increases: found by what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping

from tonghop.reading.columns import Column
from tonghop.reading.heading_keys import heading_keys
from tonghop.reading.headings import IGNORE, Lexicon
from tonghop.reading.tables import Table


def increase_columns(table: Table, counts: Mapping[str, tuple[int, ...]], lexicon: Lexicon) -> dict[str, int]:
    """Return by indicator the column right beside its own that holds the day's increase.

    "Trong ngày" alone does not say of what; the cumulative column next to it does, the left one first.
    """
    own = {column: code for code, columns in counts.items() for column in columns}
    found: dict[str, int] = {}
    for column in table.columns:
        if IGNORE not in column.meanings:
            continue
        for beside in (column.index - 1, column.index + 1):
            code = own.get(beside, "")
            if code in lexicon.increases and code not in found and _is_any(column, lexicon.increases[code]):
                found[code] = column.index
                break
    return found


def _is_any(column: Column, headings: frozenset[str]) -> bool:
    """Return whether a column is headed by one of the headings (keys)."""
    return not headings.isdisjoint(heading_keys(column.parts[-1]))

"""Tables pasted into the plain text of a message: its own, and one of an older message below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tonghop.reading.containers.quoted import newer
from tonghop.reading.containers.texts import separated
from tonghop.reading.grid import Grid

_HEAD = 3  # lines up to the one by which an older message's head is known


def tables_in(name: str, lines: Sequence[str]) -> list[Grid]:
    """Return the tables of a plain text, that of an older message marked as quoted."""
    own = newer(lines)
    older = _table_in(name, lines[len(own) :])
    return _table_in(name, own) + [
        replace(grid, above=(*own[-_HEAD:], *grid.above), is_quoted=True) for grid in older
    ]


def _table_in(name: str, lines: Sequence[str]) -> list[Grid]:
    """Return the table that lines hold: those of cells between tabs or bars."""
    for separator in ("\t", "|"):
        rows = [line for line in lines if line.count(separator) >= 2]
        if len(rows) >= 2:
            cells = separated("\n".join(rows)) or []
            above = tuple(line for line in lines[: lines.index(rows[0])] if line.strip())[-40:]
            return [Grid(name, "", cells, above=above)]
    return []

"""Tables typed or pasted into the text of a message: its own, and one of an older message below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tonghop.reading.containers.quoted import newer
from tonghop.reading.containers.texts import separated
from tonghop.reading.grid import Grid

_LONGEST_CELL = 60


def tables_in(name: str, lines: Sequence[str], *, brings_file: bool = False) -> list[Grid]:
    """Return the tables of a text, that of an older message marked as quoted.

    ``brings_file``: a file beside it is what the message sends; a few pairs of words in the text are none then.
    """
    own = newer(lines)
    older = _table_in(name, lines[len(own) :], brings_file=brings_file)
    return [*_table_in(name, own, brings_file=brings_file), *(replace(one, is_quoted=True) for one in older)]


def _table_in(name: str, lines: Sequence[str], *, brings_file: bool) -> list[Grid]:
    """Return the table that lines hold: those of cells between tabs, bars or semicolons."""
    for separator in ("\t", "|", ";"):
        rows = [line for line in lines if line.count(separator) >= 2]
        if len(rows) < 2 or (separator == ";" and not _are_cells(rows)):
            rows = [line for line in lines if line.count(separator) == 1]
            if brings_file or not _are_pairs(rows, separator):
                continue
        cells = separated("\n".join(rows)) or []
        above = tuple(line for line in lines[: lines.index(rows[0])] if line.strip())[-40:]
        return [Grid(name, "", cells, above=above)]
    return []


def _are_cells(rows: Sequence[str]) -> bool:
    """Return whether lines with semicolons are those of a table: as many in each, with nothing long between them.

    A sentence has them too: "Dân số: 5519; đã cài: 443; …".
    """
    widths = {row.count(";") for row in rows}
    cells = [cell for row in rows for cell in row.split(";")]
    return len(widths) == 1 and all(len(cell) < _LONGEST_CELL and ":" not in cell for cell in cells)


def _are_pairs(rows: Sequence[str], separator: str) -> bool:
    """Return whether lines are of a table of two columns: headings, then names and numbers."""
    pairs = [row.split(separator) for row in rows]
    return (
        len(pairs) > 2
        and all(len(cell) < _LONGEST_CELL and ":" not in cell for pair in pairs for cell in pair)
        and all(second.strip()[:1].isdecimal() for _, second in pairs[1:])
        and not any(first.strip().isdecimal() for first, _ in pairs)
    )

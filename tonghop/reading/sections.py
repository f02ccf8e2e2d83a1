"""Sections of a form whose indicators stand below each other: "I. Người dân", "II. CBCCVC, NLĐ"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tonghop.reading.grid import Grid, is_blank
from tonghop.reading.headings import Lexicon

_MARKED = re.compile(r"^\s*(?:[IVX]{1,4}|[A-H])\s*[.):/-]")
_MARK = re.compile(r"^(?:[IVX]{1,4}|[A-H])[.)]?$")
_DIGIT = re.compile(r"\d")
# More lines of figures than this no form of that kind has.
_MOST_LINES = 60


def sections_below(grid: Grid, line: int, width: int, lexicon: Lexicon) -> Mapping[int, tuple[str, bool]]:
    """Return the section each heading of a turned grid's line belongs to, by the heading's place.

    A section's name has no figure beside it; whether it is certain (numbered I, II or A, B) is told too.
    """
    found: dict[int, tuple[str, bool]] = {}
    section: tuple[str, bool] | None = None
    for c in range(width if len(grid.rows) <= _MOST_LINES else 0):
        text = grid.value(line, c)
        if not isinstance(text, str) or not text.strip():
            continue
        is_marked = _is_marked(grid, line, c, text)
        if (is_marked or lexicon.is_group(text)) and _has_no_figures(grid, line, c):
            section = (text, is_marked) if lexicon.known(text) else None
        if section is not None and section[0] != text:
            found[c] = section
    return found


def _is_marked(grid: Grid, line: int, column: int, text: str) -> bool:
    marks = (grid.value(row, column) for row in range(line))
    return bool(_MARKED.match(text)) or any(isinstance(m, str) and _MARK.match(m.strip()) for m in marks)


def _has_no_figures(grid: Grid, line: int, column: int) -> bool:
    values = (grid.value(row, column) for row in range(line + 1, len(grid.rows)))
    return all(is_blank(v) or (isinstance(v, str) and not _DIGIT.search(v)) for v in values)

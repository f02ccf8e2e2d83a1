"""Sections of a form whose indicators stand below each other: "I. Người dân", "II. CBCCVC, NLĐ"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tonghop.reading.grid import Grid, as_whole, is_blank
from tonghop.reading.headings import Lexicon

_MARKED = re.compile(r"^\s*(?:[IVX]{1,4}|[A-H])\s*[.):/-]")
_MARK = re.compile(r"^(?:[IVX]{1,4}|[A-H])[.)]?$")
_NUMBER = re.compile(r"^\s*(\d{1,2})\s*[.):/-]?(?:\s*$|\s+\D|(?<=[.):/-])\D)")
_DIGIT = re.compile(r"\d")
# More lines of figures than this no form of that kind has.
_MOST_LINES = 60


class Section(NamedTuple):
    """The section a line stands in: its name, whether a mark (I, II, A, B) or its numbering makes it certain.

    ``number``: its own number, where it is a line of the form with a number and lines without below it.
    """

    text: str
    is_certain: bool
    number: int | None = None


def sections_below(grid: Grid, line: int, width: int, lexicon: Lexicon) -> Mapping[int, Section]:
    """Return the section each heading of a turned grid's line belongs to, by the heading's place.

    A section's name has no figure beside it. One that nobody knows counts too: what stands below it is its own.
    """
    found: dict[int, Section] = {}
    if len(grid.rows) > _MOST_LINES:
        return found
    section: Section | None = None
    is_within = False
    columns = [c for c in range(width) if _text(grid, line, c)]
    for c, following in zip(columns, [*columns[1:], -1], strict=True):
        text = _text(grid, line, c)
        is_marked, number = _is_marked(grid, line, c, text), _number(grid, line, c, text)
        has_figures = not _has_no_figures(grid, line, c)
        if not has_figures and (is_marked or lexicon.is_group(text)):
            section = Section(text, is_marked)
        elif not has_figures and number is not None and _is_under(grid, line, following):
            section = Section(text, True, number)
        elif not has_figures and is_within and not lexicon.known(text):
            section = Section(text, False)  # it may be a line left blank: only what needs a group asks for it
        elif section is not None and section.number is not None and (number or 0) > section.number:
            section = None
        if section is not None and section.text != text:
            found[c] = section
        is_within |= has_figures and lexicon.known(text)
    return found


def _text(grid: Grid, line: int, column: int) -> str:
    text = grid.value(line, column)
    return text if isinstance(text, str) and text.strip() else ""


def _is_marked(grid: Grid, line: int, column: int, text: str) -> bool:
    marks = (grid.value(row, column) for row in range(line))
    return bool(_MARKED.match(text)) or any(isinstance(m, str) and _MARK.match(m.strip()) for m in marks)


def _number(grid: Grid, line: int, column: int, text: str) -> int | None:
    """Return the whole number in front of a line, in a column of its own or in its text."""
    for value in (*(grid.value(row, column) for row in range(line)), text):
        if (whole := as_whole(value)) is not None:
            return whole
        if isinstance(value, str) and (found := _NUMBER.match(value)):
            return int(found[1])
    return None


def _is_under(grid: Grid, line: int, column: int) -> bool:
    """Return whether a line stands below another one in order: it has no whole number, and figures."""
    return (
        column >= 0
        and _number(grid, line, column, _text(grid, line, column)) is None
        and not _has_no_figures(grid, line, column)
    )


def _has_no_figures(grid: Grid, line: int, column: int) -> bool:
    values = (grid.value(row, column) for row in range(line + 1, len(grid.rows)))
    return all(is_blank(v) or (isinstance(v, str) and not _DIGIT.search(v)) for v in values)

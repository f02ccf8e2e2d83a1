"""The sheet "Cần sửa" that our answers put in front of a workbook; left out when the workbook comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from tonghop.reading.grid import Grid
from tonghop.reading.text import tidy
from tonghop.words import say

# Who writes the comments in the cells of the workbooks that go back.
AUTHOR = "Tổng hợp"


def is_ours(grid: Grid) -> bool:
    """Return whether a sheet is the one we wrote: by its name, and by the mark in its first cell.

    Both, since a commune may well have a sheet of that name with figures in it.
    """
    if not is_our_name(grid.sheet) or not grid.rows or not grid.rows[0]:
        return False
    first = grid.rows[0][0]
    return isinstance(first, str) and tidy(first).startswith(tidy(say("answer.sheet.mark")))


@lru_cache(maxsize=1_024)
def is_our_name(name: str) -> bool:
    """Return whether a sheet bears the name of ours; programs add a number where it stands twice."""
    return tidy(name).casefold().rstrip(" ()0123456789") == tidy(say("answer.sheet.name")).casefold()


def above_our_answer(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a message above our own answer, which replies quote: nobody wrote it to us."""
    mark = tidy(say("answer.reply_above"))
    for line in lines:
        if mark in tidy(line):
            return
        yield line

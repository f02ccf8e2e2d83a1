"""The findings on single figures: what was doubted and the question to ask."""

from __future__ import annotations

from tonghop.domain.reading import Role
from tonghop.domain.units import UnitCode
from tonghop.reading.cells import FORMULA, NOT_THEIR_SUM
from tonghop.reading.findings import Notes
from tonghop.reading.grid import Grid
from tonghop.reading.numbers import AMBIGUOUS, ESTIMATED, FRACTION, NOT_A_NUMBER, Count
from tonghop.reading.sums import Placed
from tonghop.words import number


def note_doubts(one: Placed, unit: UnitCode | None, notes: Notes) -> None:
    """Note every figure of a line that was not taken, and every percent that could not be read."""
    grid = one.line.grid
    for indicator, (count, column) in one.line.counts.items():
        if count.doubt is None and count.remark is None:
            continue
        place = one.line.place(column)
        if one.role is Role.TOTAL:
            _note_total(count, grid, place, notes)
            continue
        if count.doubt is not None:
            found, expected = _said(count)
            notes.add(
                count.doubt, grid, unit=unit, indicator=indicator, cell=place, found=found, expected=expected,
                arguments=_arguments(count),
            )  # fmt: skip
        if count.remark is not None:
            taken = number(int(count.number or 0))
            notes.add(
                count.remark,
                grid,
                unit=unit,
                indicator=indicator,
                cell=place,
                found=count.raw or count.text,
                expected=taken,
            )
    for _rate, place in one.line.bad_percents:
        notes.add("unreadable-percent", grid, unit=unit, cell=place)
    for raw, place in one.line.open_percents:
        # A total counts nothing, so its percent holds nothing.
        code = "unreadable-percent" if one.role is Role.TOTAL else "ambiguous-percent"
        as_percent, as_thousand = (
            f"{raw.rstrip('% ').replace('.', ',')}%",
            f"{raw.rstrip('% ').replace(',', '.')}%",
        )
        notes.add(
            code, grid, unit=unit, cell=place, found=raw,
            arguments={"percent": as_percent, "thousand": as_thousand},
        )  # fmt: skip


def _note_total(count: Count, grid: Grid, place: str, notes: Notes) -> None:
    """Note a total that cannot be compared. It is never added, so that its doubt holds nothing.

    Of one that nobody computed there is nothing to say.
    """
    if count.doubt not in (None, FORMULA):
        notes.add("total-not-read", grid, cell=place, found=_said(count)[0])


def _arguments(count: Count) -> dict[str, str] | None:
    """Return which sentence is said, and what that on a marked number says of its footnote: its place, its words."""
    if count.footnote is None:
        return {"sentence": count.sentence} if count.sentence else None
    cell, words = count.footnote
    return {"place": cell, "note": words} if cell else {"sentence": "below", "note": words}


def _said(count: Count) -> tuple[str | None, str | None]:
    """Return what the cell shows and, where only one other number can be meant, that number."""
    if count.doubt not in (AMBIGUOUS, FRACTION):
        is_quoted = count.doubt in (NOT_A_NUMBER, ESTIMATED)
        shown_as = count.text or (count.raw if count.doubt == NOT_THEIR_SUM else "")
        meant = None if count.hint is None else number(count.hint)
        return shown_as or ("…" if is_quoted else None), meant
    shown_as = count.raw if "," in count.raw else count.raw.replace(".", ",")
    return shown_as, None if count.hint is None else number(count.hint)

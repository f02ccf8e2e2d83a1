"""Any figure to its cell: which file, from whom, when, what was read there, and who corrected it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.navigation import Area, about_a_day
from tonghop.desk.spoken import spoken
from tonghop.desk.subject import may_see_sheet
from tonghop.domain.totals import Line, LineFigure
from tonghop.store import Traced

router = about_a_day()
AREA = Area(router)
_MOST = 50


@dataclass(frozen=True, slots=True)
class Part:
    """One of the figures a sum is made of."""

    line: Line
    figure: LineFigure


@router.get("/trace/{code}/{indicator}")
def trace(asked: AskedHere, code: str, indicator: str, page: int = Query(1, ge=1, le=10_000)) -> Response:
    """Return where a unit's figure of the day comes from; of a sum, the figures it is made of."""
    unit = asked.unit(code)
    if indicator not in {one.code for one in asked.form.indicators}:
        raise HTTPException(404)
    totals = asked.totals()
    line = next((one for one in totals.lines if one.unit == code), None)
    branch = {one.code for one in asked.tree.children(code)}
    parts = [
        Part(one, one.figures[indicator])
        for one in totals.lines
        if one.unit in branch and indicator in one.figures
    ]
    read: tuple[Traced, ...] = asked.store.entries.trace(asked.campaign.name, asked.day, code, indicator)
    counted = next((one for one in read if line and _is_of(one, line.figures.get(indicator))), None)
    first = counted or (read[0] if read else None)
    return asked.desk.pages.page(
        asked,
        "trace.html.j2",
        unit=unit,
        indicator=indicator,
        figure=line.figures.get(indicator) if line else None,
        read=read,
        first=first,
        sheet_ok=first is not None and may_see_sheet(asked, first.source.submission, None),
        parts=parts[(page - 1) * _MOST : page * _MOST],
        part_pages=-(-len(parts) // _MOST),
        page=page,
        **spoken(asked),
        editions=_editions(asked, code, indicator) if asked.is_whole else (),
    )


def _is_of(one: Traced, figure: LineFigure | None) -> bool:
    return figure is not None and figure.entry == one.entry


def _editions(asked: Asked, code: str, indicator: str) -> list[tuple[int, int | None]]:
    """Return the editions of the day with what each said of this figure (people)."""
    found = []
    for edition in asked.store.editions.all(asked.campaign.name, asked.day):
        line = next((one for one in edition.totals.lines if one.unit == code), None)
        figure = line.figures.get(indicator) if line else None
        found.append((edition.number, figure.value if figure else None))
    return found

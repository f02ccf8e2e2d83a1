"""The PDF's pages: the sheet upright and turned, the page's number in the top margin from the second on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO, Any

from tonghop.report.document import measures as m
from tonghop.report.document.fonts import REGULAR
from tonghop.report.document.parts import Draft

_UPRIGHT, _TURNED = "upright", "turned"


def template(written: IO[bytes], draft: Draft) -> Any:
    """Return the document that lays its parts out on these pages and writes them to ``written``."""
    from reportlab.platypus import BaseDocTemplate

    upright, turned = (m.PAGE_WIDTH, m.PAGE_HEIGHT), (m.PAGE_HEIGHT, m.PAGE_WIDTH)
    pages = [page for name, size in ((_UPRIGHT, upright), (_TURNED, turned)) for page in _pages(name, size)]
    document: Any = BaseDocTemplate(
        written,
        title=draft.subject,
        author=draft.author,
        subject=draft.kind,
        lang="vi-VN",
        pageTemplates=pages,
        # No time of writing and no random name: the same draft is the same file.
        invariant=1,
    )
    document.made_at = draft.made_at.astimezone(UTC)
    return document


def new_annex() -> list[Any]:
    """Return what begins an annex: a turned page, from which its pages are counted."""
    from reportlab.platypus import NextPageTemplate, PageBreak

    return [NextPageTemplate(f"{_TURNED}-first"), PageBreak()]


def _pages(name: str, size: tuple[float, float]) -> list[Any]:
    """Return the first page of a part, without number, and those that follow it."""
    from reportlab.lib.units import mm
    from reportlab.platypus import Frame, PageTemplate

    width, height = size[0] - m.LEFT - m.RIGHT, size[1] - m.TOP - m.BOTTOM

    def page(suffix: str, on_page: Any, **more: Any) -> Any:
        frame = Frame(m.LEFT * mm, m.BOTTOM * mm, width * mm, height * mm, 0, 0, 0, 0)
        sheet = (size[0] * mm, size[1] * mm)
        return PageTemplate(f"{name}-{suffix}", [frame], onPage=on_page, pagesize=sheet, **more)

    return [page("first", _first, autoNextPageTemplate=f"{name}-later"), page("later", _numbered)]


def _first(canvas: Any, document: Any) -> None:
    document.first_of_part = canvas.getPageNumber()
    _stamp(canvas, document.made_at)


def _numbered(canvas: Any, document: Any) -> None:
    from reportlab.lib.units import mm

    width, height = canvas._pagesize
    canvas.setFont(REGULAR, m.PAGE_NUMBER)
    place = (m.LEFT * mm + width - m.RIGHT * mm) / 2
    number = canvas.getPageNumber() - document.first_of_part + 1
    canvas.drawCentredString(place, height - m.HEADER * mm - m.PAGE_NUMBER, str(number))


def _stamp(canvas: Any, at: datetime) -> None:
    """Let the file tell when its edition was made.

    There is no public way: the library knows only now, or a fixed moment of its own.
    """
    stamp = canvas._doc._timeStamp
    stamp.t, stamp.lt = at.timestamp(), at.timetuple()
    stamp.YMDhms = tuple(stamp.lt)[:6]

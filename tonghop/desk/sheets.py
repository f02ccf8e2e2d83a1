"""The sheet beside a finding, and the file itself to download: bytes of others, never opened by the desk."""

from __future__ import annotations

from threading import Lock
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.navigation import Area, about_a_day
from tonghop.desk.subject import may_see_sheet, under_review
from tonghop.domain.review import SentBy
from tonghop.domain.sheets import SheetJob, SheetView
from tonghop.mail.parts import attachment_name
from tonghop.reading.viewer import SheetViewer
from tonghop.store.vault import Vault, VaultBroken

router = about_a_day()
AREA = Area(router)
_BEGINNING = Lock()


def viewer_of(request: Request) -> SheetViewer:
    """Return what shows sheets, begun with the first one that is asked for."""
    state = request.app.state
    with _BEGINNING:
        if not hasattr(state, "viewer"):
            state.viewer = SheetViewer()
        viewer: SheetViewer = state.viewer
        return viewer


def end_viewer(request_state: object) -> None:
    """End the process that cuts sheets, if one was begun."""
    viewer = getattr(request_state, "viewer", None)
    if isinstance(viewer, SheetViewer):
        viewer.close()


@router.get("/queue/{number}/sheet")
def sheet_of_finding(asked: AskedHere, number: int) -> Response:
    """Return the sheet of a finding with its cell marked."""
    one = under_review(asked, number)
    finding, entry = one.finding, one.entry
    document = finding.document or (entry.document if entry else "")
    sheet, cell = finding.sheet, finding.cell
    if entry is not None and cell is None:
        document, sheet, cell = entry.document, entry.sheet, entry.cell
    return _shown(asked, one.submission, document, sheet, cell)


@router.get("/submission/{number}/sheet")
def sheet_at(
    asked: AskedHere,
    number: int,
    document: Annotated[str, Query(max_length=400)] = "",
    sheet: Annotated[str | None, Query(max_length=400)] = None,
    cell: Annotated[str | None, Query(max_length=12)] = None,
) -> Response:
    """Return a place of a submission with its cell marked."""
    return _shown(asked, _submission(asked, number), document, sheet, cell)


@router.get("/submission/{number}/file")
def file(asked: AskedHere, number: int) -> Response:
    """Return a submission byte for byte, to be saved and never shown by the browser."""
    submission = _submission(asked, number)
    if not may_see_sheet(asked, submission.id, submission.branch):
        raise HTTPException(403)
    asked.audit("download", f"submission {submission.id}", submission.name)
    return saved(submission.name.rsplit("/", 1)[-1], _content(asked, submission))


def saved(name: str, content: bytes) -> Response:
    """Return bytes as a file to save: no browser shows them, whatever they are."""
    clean = attachment_name(name)
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in clean)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"
    headers = {"Content-Disposition": disposition}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _submission(asked: Asked, number: int) -> SentBy:
    """Return a submission that speaks of a unit the officer may see; raise 404 for any other."""
    found = asked.store.review.submission(number) if number < 2**63 else None
    if found is None or found.campaign != asked.campaign.name:
        raise HTTPException(404)
    units = asked.store.review.units_of(found.id) or frozenset({found.branch})
    if not any(asked.sees(unit) for unit in units):
        raise HTTPException(404)
    return found


def _shown(asked: Asked, submission: SentBy, document: str, sheet: str | None, cell: str | None) -> Response:
    part = "hx-request" in asked.request.headers
    view: SheetView | None = None
    trouble = ""
    if not may_see_sheet(asked, submission.id, submission.branch):
        trouble = "sheet.others"
    else:
        try:
            view = _view(asked, submission, document, sheet, cell)
        except VaultBroken:
            trouble = "sheet.lost"
        if view is None:
            trouble = trouble or "sheet.none"
    context: dict[str, Any] = {"view": view, "trouble": trouble, "submission": submission, "cell": cell}
    return asked.desk.pages.page(asked, "part_sheet.html.j2" if part else "sheet.html.j2", **context)


def _view(
    asked: Asked, submission: SentBy, document: str, sheet: str | None, cell: str | None
) -> SheetView | None:
    cells = (cell,) if cell else ()

    def job() -> SheetJob:
        content = _content(asked, submission)
        return SheetJob(
            str(submission.id), submission.name, content, document, sheet, cells, asked.form, asked.day
        )

    place = f"{submission.sha256}/{submission.name}/{asked.campaign.name}"
    return viewer_of(asked.request).view(place, document, sheet, cells, job)


def _content(asked: Asked, submission: SentBy) -> bytes:
    return Vault(asked.desk.parts.settings.submissions).read(submission.sha256)

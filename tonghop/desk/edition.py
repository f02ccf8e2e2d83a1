"""Editions: exactly what was sent, to whom, what the servers answered, and what changed between any two."""

from __future__ import annotations

from typing import Any

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tonghop.desk.approval import Approval, approval_of, approve
from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.handed_in import HandedIn
from tonghop.desk.navigation import Area, Place, about_a_day
from tonghop.desk.sent_mail import POLICY, SentMail, taken_apart
from tonghop.desk.sheets import saved
from tonghop.domain.editions import Edition

router = about_a_day()
AREA = Area(router, Place("edition", "letter"))


@router.get("/edition")
def editions(asked: AskedHere) -> Response:
    """Return the editions of the day; the whole report is for officers of the whole campaign only."""
    return _editions(asked, approval_of(asked))


def _editions(asked: Asked, approval: Approval | None, status: int = 200) -> Response:
    found = asked.store.editions.all(asked.campaign.name, asked.day) if asked.is_whole else ()
    deliveries = asked.store.outbox.deliveries(asked.campaign.name, asked.day) if found else ()
    of_edition = {
        edition.number: [d for d in deliveries if d.key == _key(asked, edition.number)] for edition in found
    }
    context: dict[str, Any] = {"editions": tuple(reversed(found)), "deliveries": of_edition}
    return asked.desk.pages.page(asked, "editions.html.j2", status=status, approval=approval, **context)


@router.get("/today/next/live")
@router.get("/edition/next/live")
def next_live(asked: AskedHere, seen: str = Query("", max_length=80)) -> Response:
    """Return how the next edition stands, or nothing (204) where that is as it was when ``seen``."""
    approval = approval_of(asked)
    if approval is None:
        raise HTTPException(404)
    if seen == approval.stamp:
        return Response(status_code=204)
    return asked.desk.pages.page(asked, "part_approval.html.j2", approval=approval)


@router.post("/edition/next")
def approve_next(asked: AskedHere, told: HandedIn) -> Response:
    """Begin to make and send the next edition with the officer's reason; how far it is, the pages tell."""
    if approval_of(asked) is None:
        raise HTTPException(404)
    trouble = approve(asked, told)
    if not trouble:
        return RedirectResponse(f"{asked.home}/edition", 303)
    status = 409 if trouble == "approval.trouble.changed" else 422
    return _editions(asked, approval_of(asked, trouble, told.get("reason", "")), status)


@router.get("/edition/difference")
def difference(
    asked: AskedHere, old: int = Query(1, ge=1, le=100_000), new: int = Query(2, ge=1, le=100_000)
) -> Response:
    """Return what differs between two editions of the day: old → new, who and why."""
    before, after = _edition(asked, old), _edition(asked, new)
    changes = asked.store.editions.difference(before, after)
    found = asked.store.editions.all(asked.campaign.name, asked.day)
    context: dict[str, Any] = {"old": before, "new": after, "changes": changes, "editions": found}
    return asked.desk.pages.page(asked, "difference.html.j2", **context)


@router.get("/edition/{number}")
def edition(asked: AskedHere, number: int) -> Response:
    """Return one edition: its message, its files, its deliveries with the servers' answers."""
    found = _edition(asked, number)
    mail = _mail(asked, number)
    key = _key(asked, number)
    deliveries = [d for d in asked.store.outbox.deliveries(asked.campaign.name, asked.day) if d.key == key]
    return asked.desk.pages.page(
        asked,
        "edition.html.j2",
        edition=found,
        mail=mail,
        deliveries=deliveries,
        attempts=asked.store.review.attempts(key),
        deadline=asked.campaign.deadline(asked.day),
    )  # fmt: skip


@router.get("/edition/{number}/mail")
def mail_body(asked: AskedHere, number: int) -> Response:
    """Return the HTML body as it was sent, for a frame in which nothing runs."""
    _edition(asked, number)
    mail = _mail(asked, number)
    if mail is None or not mail.html:
        raise HTTPException(404)
    return HTMLResponse(mail.html, headers={"Content-Security-Policy": POLICY})


@router.get("/edition/{number}/file/{place}")
def file(asked: AskedHere, number: int, place: int) -> Response:
    """Return an attachment byte for byte, to be saved."""
    _edition(asked, number)
    mail = _mail(asked, number)
    if mail is None or not 0 <= place < len(mail.files):
        raise HTTPException(404)
    return saved(mail.files[place].name, mail.files[place].content)


def _edition(asked: Asked, number: int) -> Edition:
    if not asked.is_whole:
        raise HTTPException(404)
    for one in asked.store.editions.all(asked.campaign.name, asked.day):
        if one.number == number:
            return one
    raise HTTPException(404)


def _mail(asked: Asked, number: int) -> SentMail | None:
    message = asked.store.outbox.message(_key(asked, number))
    return taken_apart(message.content) if message is not None else None


def _key(asked: Asked, number: int) -> str:
    return f"report/{asked.campaign.name}/{asked.day}/{number}"

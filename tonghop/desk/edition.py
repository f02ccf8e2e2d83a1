"""Editions: exactly what was sent, to whom, what the servers answered, and what changed between any two."""

from __future__ import annotations

from typing import Any

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.navigation import Area, Place, about_a_day
from tonghop.desk.sent_mail import POLICY, SentMail, taken_apart
from tonghop.desk.sheets import saved
from tonghop.domain.editions import Edition

router = about_a_day()
AREA = Area(router, Place("edition", "letter"))


@router.get("/edition")
def editions(asked: AskedHere) -> Response:
    """Return the editions of the day; the whole report is for officers of the whole campaign only."""
    found = asked.store.editions.all(asked.campaign.name, asked.day) if asked.is_whole else ()
    deliveries = asked.store.outbox.deliveries(asked.campaign.name, asked.day) if found else ()
    of_edition = {
        edition.number: [d for d in deliveries if d.key == _key(asked, edition.number)] for edition in found
    }
    context: dict[str, Any] = {"editions": tuple(reversed(found)), "deliveries": of_edition}
    return asked.desk.pages.page(asked, "editions.html.j2", **context)


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

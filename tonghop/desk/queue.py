"""The queue: open findings, gravest and most pressing first; each by itself with its sheet beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.doubts import Doubt
from tonghop.desk.navigation import Area, Place, about_a_day
from tonghop.desk.pages import language_of
from tonghop.desk.queue_order import Filters, Queue, Waiting, queue_of
from tonghop.desk.spoken import spoken
from tonghop.desk.strangers import strangers_of
from tonghop.desk.subject import Subject, subject_of
from tonghop.desk.waivers import waived_of
from tonghop.domain.findings import Severity
from tonghop.domain.review import ShownFinding
from tonghop.domain.verdicts import DAY_FIELD, UNIT_FIELD, Verdict
from tonghop.words import title_of

router = about_a_day()
AREA = Area(router, Place("queue", "list"))
# What is said most often, so that it need not be typed; the sentences stand in messages/desk_queue.yaml.
QUICK = {
    "accept": ("called", "paper", "known", "definition"),
    "correct": ("called", "typing", "column"),
    "reject": ("wrong_file", "wrong_day", "incomplete", "ask_again"),
    "waive": ("known_cause", "register", "definition"),
}

# Why a decision could not be taken back; the page one is sent on to tells it.
TROUBLES = frozenset({"verdict.unknown", "verdict.withdrawn", "verdict.built_upon"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: a finding in its place, as it is told and named."""

    waiting: Waiting
    told: ShownFinding
    unit: str
    district: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """A decision that did not stand: what the officer typed, and why. ``meanwhile``: who was first.

    ``echo``: a correction that is to be confirmed; ``doubts``: what speaks against it.
    """

    decision: str
    typed: dict[str, str]
    trouble: str = ""
    meanwhile: Verdict | None = None
    echo: str | None = None
    hint: int | None = None
    doubts: tuple[Doubt, ...] = ()


def filters_of(request: Request) -> Filters:
    """Return the filters that a request's address holds."""
    return Filters.of(request.query_params)


@router.get("/queue")
def queue(asked: AskedHere) -> Response:
    """Return the list, or for htmx the part of it that filters change."""
    found = queue_of(asked, filters_of(asked.request))
    part = asked.request.headers.get("hx-target") == "queue-part"
    context: dict[str, Any] = {**listed(asked, found), "done": done_of(asked), "waived": waived_of(asked)}
    context["strangers"] = strangers_of(asked)
    return asked.desk.pages.page(asked, "part_queue.html.j2" if part else "queue.html.j2", **context)


@router.get("/queue/{number}")
def finding(asked: AskedHere, number: int) -> Response:
    """Return one finding with all that is needed to settle it."""
    return finding_page(asked, subject_of(asked, number), filters_of(asked.request))


def finding_page(
    asked: Asked, subject: Subject, filters: Filters, attempt: Attempt | None = None, status: int = 200
) -> Response:
    """Return a finding's page; ``attempt``: the decision that did not stand, with what was typed."""
    found = queue_of(asked, filters).on_page_of(subject.one.id)
    before, after = found.beside(subject.one.id)
    at = found.position(subject.one.id)
    return asked.desk.pages.page(
        asked,
        "finding.html.j2",
        status=status,
        **listed(asked, found),
        subject=subject,
        before=before,
        after=after,
        place=None if at is None else at + 1,
        attempt=attempt,
        quick=QUICK,
        fields=fields_of(asked, subject),
        done=done_of(asked),
        waived=waived_of(asked),
    )


def fields_of(asked: Asked, subject: Subject) -> tuple[str, ...]:
    """Return what may be corrected: the figures this unit owes, the finding's own first; then unit and day."""
    kind = subject.unit.kind if subject.unit else None
    codes = [i.code for i in asked.form.indicators if kind is None or i.is_asked_of(kind)]
    own = subject.one.finding.indicator
    return (*sorted(codes, key=lambda code: code != own), UNIT_FIELD, DAY_FIELD)


def done_of(asked: Asked) -> Verdict | None:
    """Return the decision just made, which the page that follows offers to take back."""
    number = asked.request.query_params.get("done", "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    verdict = asked.store.verdicts.get(int(number))
    is_ours = verdict is not None and verdict.campaign == asked.campaign.name and asked.sees(verdict.unit)
    return verdict if is_ours and verdict is not None and verdict.officer == asked.officer.name else None


def trouble_of(asked: Asked) -> str:
    """Return the key of the sentence why the decision before this page could not be taken back; empty: none."""
    told = asked.request.query_params.get("trouble", "")
    return told if told in TROUBLES else ""


def listed(asked: Asked, found: Queue) -> dict[str, Any]:
    """Return what the list is made of."""
    language = language_of(asked.request)
    told = asked.store.review.shown([one.item.id for one in found.shown])
    rows = [_row(asked, one, told[one.item.id]) for one in found.shown if one.item.id in told]
    return {
        **spoken(asked),
        "trouble": trouble_of(asked),
        "queue": found,
        "filters": found.filters,
        "rows": rows,
        "severities": [(s.value, found.severities.get(s.value, 0)) for s in Severity],
        "districts": sorted(
            ((code, asked.tree[code].name, count) for code, count in found.districts.items()),
            key=lambda one: one[1],
        ),
        "rules": sorted(
            ((code, title_of(code, language), count) for code, count in found.rules.items()),
            key=lambda one: (-one[2], one[1]),
        ),
    }


def _row(asked: Asked, one: Waiting, told: ShownFinding) -> Row:
    code = one.item.unit
    unit = asked.tree[code].name if code is not None and code in asked.tree else told.label or ""
    district = asked.tree[one.district].name if one.district and one.district != code else ""
    return Row(one, told, unit, district)

"""Decisions handed in: kept if they can stand, else shown again with what was typed and why not."""

from __future__ import annotations

from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.doubts import doubts_of
from tonghop.desk.handed_in import HandedIn
from tonghop.desk.navigation import Area, about_a_day
from tonghop.desk.queue import QUICK, Attempt, finding_page
from tonghop.desk.queue_order import Filters, queue_of
from tonghop.desk.subject import Subject, subject_of
from tonghop.desk.typed import Typed, read_typed
from tonghop.domain.verdicts import UNIT_FIELD, Correction, Decision, Ruling
from tonghop.errors import DecidedMeanwhile, RulingRefused
from tonghop.words import say

router = about_a_day()
AREA = Area(router)
_LONGEST_WAIVER = 366  # days


@router.post("/queue/{number}/accept")
def accept(asked: AskedHere, number: int, told: HandedIn) -> Response:
    """Let the figures stand as they are, for one finding or the whole entry."""
    return _decide(asked, number, told, Decision.ACCEPT)


@router.post("/queue/{number}/reject")
def reject(asked: AskedHere, number: int, told: HandedIn) -> Response:
    """Take the entry out of the totals; its submitter is asked again, with the reason."""
    return _decide(asked, number, told, Decision.REJECT)


@router.post("/queue/{number}/correct")
def correct(asked: AskedHere, number: int, told: HandedIn) -> Response:
    """Put another value in place of what was read; what was typed is echoed first and kept when confirmed."""
    subject = subject_of(asked, number)
    typed = read_typed(asked, told.get("field", ""), told.get("value", ""))
    if typed.value is None:
        return _again(asked, subject, told, Decision.CORRECT, typed.trouble, hint=typed.hint)
    wanting = _wanting(told)
    if wanting:
        return _again(asked, subject, told, Decision.CORRECT, wanting, echo=typed)
    if told.get("sure") != f"{typed.field}={typed.value}":
        return _again(asked, subject, told, Decision.CORRECT, echo=typed)
    correction = Correction(typed.field, typed.value, told.get("spoke_with", ""))
    return _decide(asked, number, told, Decision.CORRECT, correction)


@router.post("/queue/{number}/waive")
def waive(asked: AskedHere, number: int, told: HandedIn) -> Response:
    """Let findings of this rule on this unit pass until a day."""
    subject = subject_of(asked, number)
    filters = Filters.of(told)
    until = _day(told.get("until", ""))
    if subject.unit is None or until is None or (until - asked.day).days > _LONGEST_WAIVER:
        trouble = "verdict.needs_unit" if subject.unit is None else "queue.trouble.until"
        return _again(asked, subject, told, "waive", trouble)
    order = [one.item.id for one in queue_of(asked, filters).waiting]
    code = subject.one.finding.code
    try:
        waiver = asked.store.verdicts.waive(
            asked.campaign.name,
            subject.unit.code,
            code,
            asked.day,
            until,
            asked.officer.name,
            reason_of(told, "waive"),
            asked.desk.parts.clock(),
        )
    except RulingRefused as refused:
        return _again(asked, subject, told, "waive", refused.key)
    return _go_on(asked, filters, order, number, f"w{waiver.id}-{number}")


@router.post("/verdict/{number}/withdraw")
def withdraw(asked: AskedHere, number: int, told: HandedIn) -> Response:
    """Take a verdict back; both stay in the history, and what it settled is open again."""
    verdict = asked.store.verdicts.get(number) if number < 2**63 else None
    if verdict is None or verdict.campaign != asked.campaign.name or not asked.sees(verdict.unit):
        raise HTTPException(404)
    ruling = Ruling(
        Decision.WITHDRAW,
        asked.officer.name,
        told.get("reason") or say("queue.undo.reason"),
        withdraws=number,
    )
    home = f"/c/{asked.campaign.name}/{verdict.day}"
    query = Filters.of(told).here
    to = f"{home}/queue/{verdict.finding}{query}" if verdict.finding else f"{home}/queue{query}"
    try:
        asked.store.verdicts.rule(ruling, asked.desk.parts.clock())
    except (RulingRefused, DecidedMeanwhile) as refused:
        key = refused.key if isinstance(refused, RulingRefused) else "verdict.withdrawn"
        if verdict.finding and verdict.day == asked.day:
            return _again(asked, subject_of(asked, verdict.finding), {**told}, "withdraw", key)
        return RedirectResponse(f"{to}{'&' if query else '?'}trouble={key}", 303)
    return RedirectResponse(to, 303)


def _decide(
    asked: Asked, number: int, told: dict[str, str], decision: Decision, correction: Correction | None = None
) -> Response:
    subject = subject_of(asked, number)
    filters = Filters.of(told)
    order = [one.item.id for one in queue_of(asked, filters).waiting]
    ruling = _ruling(asked, subject, told, decision, correction)
    try:
        verdict = asked.store.verdicts.rule(ruling, asked.desk.parts.clock())
    except DecidedMeanwhile as first:
        meanwhile = asked.store.verdicts.get(first.verdict)
        attempt = Attempt(decision.value, told, meanwhile=meanwhile)
        return finding_page(asked, subject_of(asked, number), filters, attempt, 409)
    except RulingRefused as refused:
        return _again(asked, subject, told, decision, refused.key)
    return _go_on(asked, filters, order, number, str(verdict.id))


def _ruling(
    asked: Asked, subject: Subject, told: dict[str, str], decision: Decision, correction: Correction | None
) -> Ruling:
    entry = subject.one.entry.id if subject.one.entry else None
    is_whole = told.get("scope") == "entry" and entry is not None
    seen = told.get("seen", "")
    return Ruling(
        decision,
        asked.officer.name,
        reason_of(told, decision.value),
        entry=entry,
        finding=None if is_whole else subject.one.id,
        correction=correction,
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else 0,
    )


def reason_of(told: dict[str, str], decision: str) -> str:
    """Return the reason: what was typed, else the sentence whose button was pressed, in Vietnamese as all reports."""
    quick = told.get("quick", "")
    ready = say(f"queue.quick.{decision}.{quick}") if quick in QUICK.get(decision, ()) else ""
    return ". ".join(part for part in (ready, told.get("reason", "")) if part)


def _wanting(told: dict[str, str]) -> str:
    """Return what a correction lacks besides its value, before anything is asked twice."""
    if not told.get("spoke_with"):
        return "verdict.needs_witness"
    return "" if reason_of(told, "correct") else "verdict.needs_reason"


def _echo(asked: Asked, typed: Typed) -> str:
    """Return the value as it would be kept, to be confirmed: ``installs=5658``."""
    if typed.field == UNIT_FIELD and typed.value not in asked.visible:
        raise HTTPException(404)
    return f"{typed.field}={typed.value}"


def _again(
    asked: Asked,
    subject: Subject,
    told: dict[str, str],
    decision: str,
    trouble: str = "",
    *,
    echo: Typed | None = None,
    hint: int | None = None,
) -> Response:
    echoed = _echo(asked, echo) if echo is not None else None
    doubts = doubts_of(asked, subject, echo) if echo is not None else ()
    attempt = Attempt(str(decision), told, trouble, echo=echoed, hint=hint, doubts=doubts)
    return finding_page(asked, subject, Filters.of(told), attempt, 422 if trouble else 200)


def _go_on(asked: Asked, filters: Filters, order: list[int], number: int, done: str) -> Response:
    """Return the way to the next finding that is still open, or to the list where none is left."""
    open_now = {one.item.id for one in queue_of(asked, filters).waiting}
    at = order.index(number) if number in order else -1
    following = [*order[at + 1 :], *order[: max(at, 0)]]
    after = next((one for one in following if one in open_now and one != number), None)
    query = filters.here
    told = f"{query}{'&' if query else '?'}done={done}"
    return RedirectResponse(f"{asked.home}/queue{'' if after is None else f'/{after}'}{told}", 303)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

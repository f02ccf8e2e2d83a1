"""Conclude: what a run has done, as the one JSON document of the command line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from expectations import load_form
from tasks.alarm import is_accepted
from tasks.step import step
from tonghop.domain.contacts import ReturnKind
from tonghop.domain.deliveries import Delivery, DeliveryState
from tonghop.domain.editions import Edition
from tonghop.domain.runs import Delivered, Filed, Intake, Reminded, Trouble
from tonghop.domain.totals import DayTotals, Line, UnitState
from tonghop.reading.place_names import document_name
from tonghop.sources.names import shown
from tonghop.wiring import Occasion
from tonghop.words import message_of, number, say

Told = dict[str, object]


@step()
def conclude_day(occasion: Occasion, totals: DayTotals, came: Intake, filed: Filed, sent: Delivered) -> Told:
    """Return the document of ``tonghop run``; nothing in it is computed here."""
    edition = filed.edition
    # The day as it stands: where an edition stands its figures are the same, and a doubt settled since is not told.
    held = [line.unit for line in totals.in_state(UnitState.HELD)]
    reports = [d for d in sent.deliveries if d.kind == "report"]
    troubles = (*came.troubles, *filed.troubles)
    return {
        "campaign": occasion.campaign.name,
        "day": occasion.day.isoformat(),
        "edition": edition.number if edition else None,
        "made_at": _iso(edition.made_at.astimezone(occasion.campaign.zone)) if edition else None,
        "deadline": _iso(occasion.campaign.deadline(occasion.day)),
        "note": filed.why_not or " ".join(filed.notes),
        "rates": definitions_of(occasion),
        "units": [line_of(line) for line in totals.lines],
        "held": held,
        "missing": [line.unit for line in totals.in_state(UnitState.MISSING)],
        "pending_changes": [
            {"unit": c.unit, "name": c.name, "indicator": c.indicator, "old": c.old, "new": c.new}
            for c in filed.pending
        ],
        "waits_for_approval": filed.waits,
        "unreachable_sources": _unreachable(came),
        **_left(came),
        "deliveries": [delivery_of(d, occasion) for d in reports],
        "needs_person": [
            *_unseen(came),
            *_came_back(came),
            *([say("run.held", count=number(len(held)), units=_named(occasion, held))] if held else []),
            *_waiting(occasion, held),
            *([_pending(occasion, edition, filed)] if filed.waits and edition else []),
            *_doubtful(reports, sent.elsewhere),
            *_texts(troubles),
        ],
        "failed": [*_texts(sent.troubles), *_undelivered(reports, filed, sent.elsewhere)],
    }


@step()
def conclude_intake(occasion: Occasion, came: Intake, sent: Delivered) -> Told:
    """Return the document of ``tonghop intake``: what came, what it yielded and what is wrong with it."""
    outcomes: dict[str, int] = {}
    for judged in came.judged:
        outcomes[judged.reading.outcome.value] = outcomes.get(judged.reading.outcome.value, 0) + 1
    states = [judged.state_of(entry).value for judged in came.judged for entry in judged.entries]
    return {
        "campaign": occasion.campaign.name,
        "day": occasion.day.isoformat(),
        "new": came.new,
        "answered": came.answered,
        "submissions": outcomes,
        "entries": {state: states.count(state) for state in sorted(set(states))},
        "findings": [
            {
                "code": f.code,
                "severity": f.severity.value,
                "unit": f.unit,
                "file": f.document,
                "sheet": f.sheet,
                "cell": f.cell,
                "message": message_of(f),
            }
            for judged in came.judged
            for f in (*judged.findings, *((judged.reading.reason,) if judged.reading.reason else ()))
        ],
        "unreachable_sources": _unreachable(came),
        **_left(came),
        "needs_person": [
            *_unseen(came),
            *([say("run.held_entries", count=number(states.count("held")))] if "held" in states else []),
            *_came_back(came),
            *_texts(_of_answers(came)),
        ],
        "failed": [*_texts(_but_answers(came)), *_texts(sent.troubles)],
    }


@step()
def conclude_reminders(occasion: Occasion, came: Intake, reminded: Reminded, sent: Delivered) -> Told:
    """Return the document of ``tonghop remind``: who was reminded by mail, and whom to telephone."""
    mails = [d for d in sent.deliveries if d.kind == "reminder"]
    return {
        "campaign": occasion.campaign.name,
        "day": occasion.day.isoformat(),
        "reminded": list(reminded.by_mail),
        "reminded_before": list(reminded.already),
        "to_telephone": list(reminded.by_telephone),
        "calls": [
            {"unit": c.unit, "name": c.name, "phone": c.phone, "why": c.why.value} for c in reminded.calls
        ],
        "turn": _iso(reminded.turn) if reminded.turn else None,
        "next_turn": _iso(reminded.next_at) if reminded.next_at else None,
        "unreachable_sources": _unreachable(came),
        "deliveries": [delivery_of(d, occasion) for d in mails],
        "needs_person": [
            *(
                [say("run.call", units=_named(occasion, reminded.by_telephone))]
                if reminded.by_telephone
                else []
            ),
            *_came_back(came),
            *_doubtful(mails),
            *_texts(_of_answers(came)),
        ],
        "failed": [*_texts(_but_answers(came)), *_texts(sent.troubles)],
    }


@step()
def conclude_watch(occasion: Occasion, watched: tuple[Delivered, str]) -> Told:
    """Return the document of ``tonghop watch``: whether the report has been accepted, else the alarm."""
    sent, alarm = watched
    return {
        "campaign": occasion.campaign.name,
        "day": occasion.day.isoformat(),
        "deadline": _iso(occasion.campaign.deadline(occasion.day)),
        "report": "accepted" if is_accepted(sent) else "alarm" if alarm else "not_due",
        "alarm": alarm or None,
        "deliveries": [delivery_of(d, occasion) for d in sent.deliveries if d.kind in ("report", "alarm")],
        "needs_person": [alarm] if alarm else [],
        "failed": _texts(sent.troubles),
    }


def line_of(line: Line) -> Told:
    """Return one node as the contract's ``units`` has it: people, fractions 0–1, changes."""
    return {
        "unit": line.unit,
        "name": line.name,
        "level": line.kind,
        "parent": line.parent,
        "state": line.state.value,
        "timeliness": line.timeliness.value if line.timeliness else None,
        "received_at": _iso(line.received_at) if line.received_at else None,
        "values": {code: figure.value for code, figure in line.figures.items()},
        "rates": {code: rate.value for code, rate in line.rates.items()},
        "change": {
            **{code: figure.change for code, figure in line.figures.items()},
            **{code: rate.change for code, rate in line.rates.items()},
        },
        "gap": {code: rate.gap for code, rate in line.rates.items() if rate.target is not None},
        "rank": dict(line.ranks),
        "carried_from": {
            code: figure.carried_from.isoformat()
            for code, figure in line.figures.items()
            if figure.carried_from
        },
        "stated": any(figure.stated for figure in line.figures.values()),
        "expected": line.expected,
        "reported": line.reported,
        "on_time": line.on_time,
    }


def definitions_of(occasion: Occasion) -> Told:
    """Return each rate's numerator and denominator by name: a percent without its base says nothing."""
    form = load_form(occasion.campaign.file.form).only(occasion.campaign.file.indicators)
    return {rate.code: {"numerator": rate.numerator, "denominator": rate.denominator} for rate in form.rates}


def delivery_of(delivery: Delivery, occasion: Occasion) -> Told:
    """Return one delivery as the contract has it, its moment in the campaign's zone."""
    accepted_at = delivery.accepted_at
    return {
        "kind": delivery.kind,
        "to": delivery.recipient.address,
        "as": delivery.recipient.kind.value,
        "message_id": delivery.message_id,
        "subject": delivery.subject,
        "state": delivery.state.value,
        "accepted_at": _iso(accepted_at.astimezone(occasion.campaign.zone)) if accepted_at else None,
        "reply": delivery.reply,
        "of_edition": delivery.edition,  # the page's alone
    }


def _pending(occasion: Occasion, edition: Edition, filed: Filed) -> str:
    """Return what waits for approval, and the command that approves it."""
    return say(
        "run.pending" if filed.pending else "run.pending_states",
        count=number(len(filed.pending)),
        number=edition.number,
        campaign=occasion.campaign.name,
        day=occasion.day.isoformat(),
    )


def _unreachable(came: Intake) -> list[Told]:
    return [{"source": m.source, "reason": m.reason, "advice": m.advice} for m in came.unreachable]


def _waiting(occasion: Occasion, held: list[str]) -> list[str]:
    """Return the word on units that count with an earlier report while a later one of theirs is held."""
    found = occasion.store.entries.open_findings(occasion.campaign.name, occasion.day)
    units = sorted({f.finding.unit for f in found if f.finding.holds and f.finding.unit} - set(held))
    return [say("run.later_held", units=_named(occasion, units))] if units else []


def _named(occasion: Occasion, units: Sequence[str]) -> str:
    """Return units by name and code: who has to telephone looks for the name."""
    tree = occasion.tree
    return ", ".join(f"{tree[unit].name} ({unit})" if unit in tree else unit for unit in units)


def _left(came: Intake) -> Told:
    return {
        "still_being_written": [
            {"source": w.source, "name": shown(document_name(w.name)), "reason": w.reason}
            for w in came.waiting
        ],
        "refused": [
            {"source": r.source, "name": shown(document_name(r.name)), "reason": r.reason}
            for r in came.refused
        ],
    }


def _unseen(came: Intake) -> list[str]:
    missed = [
        say("run.unreachable", source=m.source, reason=m.reason, advice=m.advice) for m in came.unreachable
    ]
    return missed + [
        say("run.refused", name=shown(document_name(r.name)), reason=r.reason) for r in came.refused
    ]


def _came_back(came: Intake) -> list[str]:
    """Return the word on each mail of ours that came back for good; what is only late settles itself."""
    return [
        say(
            "remind.returned",
            address=one.address,
            about=say(f"remind.about.{one.about}"),
            said=shown(one.said or one.status or "–"),
        )
        for one in came.returned
        if one.kind is ReturnKind.HARD
    ]


def _undelivered(reports: list[Delivery], filed: Filed, elsewhere: Collection[int]) -> list[str]:
    """Return the word on a report that no mail server took, unless another process is just bringing it."""
    if filed.edition is None or any(d.id in elsewhere for d in reports):
        return []
    accepted = any(d.state is DeliveryState.ACCEPTED for d in reports)
    doubtful = any(d.state is DeliveryState.UNKNOWN for d in reports)
    replies = "; ".join(sorted({d.reply for d in reports if d.reply}))
    return [] if accepted or doubtful else [say("run.undelivered", reply=replies or "–")]


def _doubtful(deliveries: list[Delivery], elsewhere: Collection[int] = ()) -> list[str]:
    settled = (DeliveryState.ACCEPTED, DeliveryState.READY)
    states = [(d, DeliveryState.IN_DATA if d.id in elsewhere else d.state) for d in deliveries]
    return [
        say(f"run.delivery_{state.value}", to=d.recipient.address, reply=d.reply or "–")
        for d, state in states
        if state not in settled
    ]


def _of_answers(came: Intake) -> tuple[Trouble, ...]:
    """Return what is wrong with answers to submitters: a person should see to it, and the run is done."""
    return tuple(trouble for trouble in came.troubles if trouble.step == "answer")


def _but_answers(came: Intake) -> tuple[Trouble, ...]:
    return tuple(trouble for trouble in came.troubles if trouble.step != "answer")


def _texts(troubles: tuple[Trouble, ...]) -> list[str]:
    return [say("run.trouble", step=t.step, message=t.message) for t in troubles]


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")

"""Verdicts and waivers: kept for ever, and what comes of them in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tonghop.domain.verdicts import Decision, Ruling, Verdict, Waiver
from tonghop.errors import DecidedMeanwhile, RulingRefused
from tonghop.store.connection import Database, Transaction
from tonghop.store.ruling import Subject, apply
from tonghop.store.standing import carry_waivers, unwaive

_NOTHING: dict[str, Any] = {
    "id": None, "entry_id": None, "submission_id": None, "campaign": None, "unit": None, "since": None,
}  # fmt: skip


class Verdicts:
    """What officers decided. A verdict is never changed: a later one withdraws it, and both stay."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rule(self, ruling: Ruling, at: datetime) -> Verdict:
        """Keep an officer's decision, let it take effect, and return it.

        Raises ``DecidedMeanwhile`` where another verdict than the officer saw bears on the same finding or
        entry, ``RulingRefused`` where the decision cannot stand; nothing is changed then.
        """
        with self._database.writing() as transaction:
            subject = _subject(transaction, ruling)
            transaction.run("verdict/lock_submission", id=subject.submission)
            subject = _subject(transaction, ruling)  # again, now that nobody else decides on it
            _refuse_stale(transaction, ruling, subject)
            number = apply(transaction, ruling, subject, at)
            verdict = _verdicts(transaction, id=number)[0]
            _audit(transaction, at, ruling.officer, str(ruling.decision), f"verdict {number}", ruling.reason)
        return verdict

    def get(self, number: int) -> Verdict | None:
        """Return one verdict; None where there is none of that number."""
        with self._database.reading() as transaction:
            return next(iter(_verdicts(transaction, id=number)), None)

    def of_entry(self, entry: int) -> tuple[Verdict, ...]:
        """Return the verdicts on an entry, its findings, and the entries it was corrected from; oldest first."""
        with self._database.reading() as transaction:
            return _verdicts(transaction, entry_id=entry)

    def of_submission(self, submission: int) -> tuple[Verdict, ...]:
        """Return the verdicts on findings of a submission as a whole, oldest first."""
        with self._database.reading() as transaction:
            return _verdicts(transaction, submission_id=submission)

    def of_unit(self, campaign: str, unit: str, since: date) -> tuple[Verdict, ...]:
        """Return the verdicts on a unit's days from ``since`` on, oldest first."""
        with self._database.reading() as transaction:
            return _verdicts(transaction, campaign=campaign, unit=unit, since=since)

    def waive(
        self,
        campaign: str,
        unit: str,
        code: str,
        since: date,
        until: date,
        officer: str,
        reason: str,
        at: datetime,
    ) -> Waiver:
        """Keep a waiver and settle the open findings it covers; return it.

        Raises ``RulingRefused`` without a reason, or where it would end before it begins.
        """
        if not reason.strip():
            raise RulingRefused("verdict.needs_reason")
        if until < since:
            raise RulingRefused("verdict.waiver_ends_before")
        about = {"campaign": campaign, "unit": unit, "code": code, "since": since, "until": until}
        with self._database.writing() as transaction:
            row = {**about, "at": at, "officer": officer, "reason": reason.strip()}
            number = transaction.rows("verdict/put_waiver", **row)[0]["id"]
            covered = transaction.column("verdict/waivable", **about)
            carry_waivers(transaction, covered)
            _audit(
                transaction, at, officer, "waive", f"waiver {number}", f"{unit} {code} – {until}: {reason}"
            )
        return Waiver(number, campaign, unit, code, since, until, officer, at, reason.strip())

    def end_waiver(
        self, number: int, officer: str, reason: str, at: datetime, *, reopen: bool = False
    ) -> int | None:
        """End a waiver now and return how many findings are open again; None where it had ended before.

        What it settled stays settled, findings to come are open. ``reopen`` is for a waiver given by mistake: what
        it settled is open again, unless an edition of that day was made since or another waiver covers it.
        Raises ``RulingRefused`` without a reason.
        """
        if not reason.strip():
            raise RulingRefused("verdict.needs_reason")
        told = {"waiver_id": number, "at": at, "officer": officer, "reason": reason.strip()}
        with self._database.writing() as transaction:
            if not transaction.run("verdict/put_waiver_end", **told):
                return None
            _audit(transaction, at, officer, "end_waiver", f"waiver {number}", reason)
            return unwaive(transaction, number) if reopen else 0

    def waivers(self, campaign: str, on: date, unit: str | None = None) -> tuple[Waiver, ...]:
        """Return the waivers that reach to ``on`` or beyond, ended ones too, the latest first."""
        with self._database.reading() as transaction:
            rows = transaction.rows("verdict/waivers", campaign=campaign, unit=unit, until=on)
        return tuple(Waiver(**row) for row in rows)


def _subject(transaction: Transaction, ruling: Ruling) -> Subject:
    if ruling.decision is Decision.WITHDRAW:
        found = _verdicts(transaction, id=ruling.withdraws)
        if not found:
            raise RulingRefused("verdict.unknown")
        return Subject.withdrawn(found[0], _submission_of(transaction, found[0].id))
    name, number = ("finding", ruling.finding) if ruling.finding is not None else ("entry", ruling.entry)
    rows = transaction.rows(f"verdict/subject_of_{name}", id=number)
    if not rows:
        raise RulingRefused("verdict.unknown")
    return Subject.of(rows[0])


def _submission_of(transaction: Transaction, verdict: int) -> int:
    rows = transaction.rows("verdict/verdicts", **{**_NOTHING, "id": verdict})
    return int(rows[0]["submission_id"])


def _refuse_stale(transaction: Transaction, ruling: Ruling, subject: Subject) -> None:
    """Raise where somebody has decided since the officer looked. A withdrawal names its verdict itself."""
    if ruling.decision is Decision.WITHDRAW:
        return
    if subject.finding is not None:
        asked = {"finding_id": subject.finding, "entry_id": subject.entry, "seen": ruling.seen}
        later = transaction.rows("verdict/last_on_finding", **asked)
    else:
        later = transaction.rows("verdict/last_on_entry", entry_id=subject.entry, seen=ruling.seen)
    if later:
        raise DecidedMeanwhile(later[0]["id"], later[0]["officer"])


def _verdicts(transaction: Transaction, **asked: Any) -> tuple[Verdict, ...]:
    return tuple(map(_verdict, transaction.rows("verdict/verdicts", **{**_NOTHING, **asked})))


def _verdict(row: Mapping[str, Any]) -> Verdict:
    return Verdict(
        id=row["id"],
        decision=Decision(row["decision"]),
        officer=row["officer"],
        at=row["at"],
        reason=row["reason"],
        campaign=row["campaign"],
        day=row["day"],
        unit=row["unit"],
        entry=row["entry_id"],
        finding=row["finding_id"],
        code=row["code"],
        field=row["field"],
        old=row["old_value"],
        new=row["new_value"],
        spoke_with=row["spoke_with"],
        withdraws=row["withdraws"],
        withdrawn_by=row["withdrawn_by"],
    )


def _audit(
    transaction: Transaction, at: datetime, actor: str, action: str, subject: str, detail: str
) -> None:
    transaction.run("store/put_audit", at=at, actor=actor, action=action, subject=subject, detail=detail)

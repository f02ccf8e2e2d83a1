"""How one decision takes effect: a statement or two for each kind, inside the transaction that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from tonghop.domain.verdicts import DAY_FIELD, UNIT_FIELD, Correction, Decision, Ruling, Verdict
from tonghop.errors import RulingRefused
from tonghop.store.connection import Transaction
from tonghop.store.records import LARGEST_COUNT, fingerprint
from tonghop.store.standing import carry_verdicts, decide, settle, settle_findings


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verdict stands on: a finding (of an entry, or of a submission as a whole) or an entry."""

    campaign: str
    day: date
    unit: str | None
    submission: int
    entry: int | None
    finding: int | None
    code: str | None
    indicator: str | None
    fingerprint: str | None
    origin: str | None
    settled: str | None
    is_replaced: bool
    withdraws: Verdict | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Return the subject that a row of ``verdict/subject_of_…`` tells."""
        return cls(
            campaign=row["campaign"],
            day=row["day"],
            unit=row["unit"],
            submission=row["submission_id"],
            entry=row["entry_id"],
            finding=row["finding_id"],
            code=row["code"],
            indicator=row["indicator"],
            fingerprint=row["fingerprint"],
            origin=row["origin"],
            settled=row["settled"],
            is_replaced=row["replaced_by"] is not None,
        )

    @classmethod
    def withdrawn(cls, verdict: Verdict, submission: int) -> Self:
        """Return the subject of a withdrawal: that of the verdict it takes back."""
        return cls(
            campaign=verdict.campaign,
            day=verdict.day,
            unit=verdict.unit,
            submission=submission,
            entry=verdict.entry,
            finding=verdict.finding,
            code=verdict.code,
            indicator=None,
            fingerprint=None,
            origin=None,
            settled=None,
            is_replaced=False,
            withdraws=verdict,
        )


def apply(transaction: Transaction, ruling: Ruling, subject: Subject, at: datetime) -> int:
    """Keep the verdict and let it take effect; return its number. Raises ``RulingRefused``."""
    if not ruling.reason.strip():
        raise RulingRefused("verdict.needs_reason")
    if subject.is_replaced:
        raise RulingRefused("verdict.replaced")
    return _APPLY[ruling.decision](transaction, ruling, subject, at)


def _accept(transaction: Transaction, ruling: Ruling, subject: Subject, at: datetime) -> int:
    if subject.entry is not None:
        _refuse_doubt(transaction, subject)
    number = _put(transaction, ruling, subject, at)
    if subject.finding is not None:
        _settle_finding(transaction, subject.finding, number, "accepted")
    elif subject.entry is not None:
        decide(transaction, subject.entry, number, "accepted")
    _settle_states(transaction, subject)
    return number


def _refuse_doubt(transaction: Transaction, subject: Subject) -> None:
    """Raise where accepting would guess: a place without a unit, or a figure that was not understood."""
    if subject.unit is None:
        raise RulingRefused("verdict.needs_unit")
    doubtful = {i for i, _ in transaction.tuples("verdict/doubtful_figures", entry_id=subject.entry)}
    if doubtful and (subject.finding is None or subject.indicator in doubtful):
        raise RulingRefused("verdict.needs_figure")


def _reject(transaction: Transaction, ruling: Ruling, subject: Subject, at: datetime) -> int:
    number = _put(transaction, ruling, subject, at)
    if subject.entry is not None:
        decide(transaction, subject.entry, number, "rejected")
    elif subject.finding is not None:
        _settle_finding(transaction, subject.finding, number, "rejected")
    _settle_states(transaction, subject)
    return number


def _correct(transaction: Transaction, ruling: Ruling, subject: Subject, at: datetime) -> int:
    if ruling.correction is None or subject.entry is None:
        raise RulingRefused("verdict.needs_figure")
    if not ruling.correction.spoke_with.strip():
        raise RulingRefused("verdict.needs_witness")
    figures: dict[str, int | None] = dict(transaction.tuples("verdict/figures", entry_id=subject.entry))
    made = _Made.of(ruling.correction, subject, figures)
    number = _put(transaction, ruling, subject, at, old=made.old)
    entry = transaction.rows(
        "verdict/put_corrected_entry",
        id=subject.entry,
        unit=made.unit,
        day=made.day,
        fingerprint=fingerprint(made.unit, made.day, subject.origin or "", made.figures),
        verdict_id=number,
    )[0]["id"]
    field = ruling.correction.field
    about = {"entry_id": subject.entry, "made_id": entry}
    transaction.run("verdict/copy_figures", **about, field=field)
    if field in made.figures:
        value = {"indicator": field, "value": made.figures[field], "verdict_id": number}
        transaction.run("verdict/put_corrected_figure", **about, **value)
    transaction.run("verdict/settle_corrected", entry_id=subject.entry, field=field, verdict_id=number)
    for finding in (subject.finding, *ruling.also):
        if finding is not None:
            _settle_finding(transaction, finding, number, "corrected")
    transaction.run("verdict/copy_findings", **about, unit=made.unit, day=made.day)
    settle_findings(transaction, subject.entry, number, "corrected")
    transaction.run("verdict/replace_entry", id=subject.entry, made_id=entry)
    settle(transaction, [entry])
    _settle_states(transaction, subject)
    return number


@dataclass(frozen=True, slots=True)
class _Made:
    """The entry that a correction makes: unit, day and figures, and what stood in the corrected field."""

    unit: str | None
    day: date
    figures: Mapping[str, int | None]
    old: str | None

    @classmethod
    def of(cls, correction: Correction, subject: Subject, figures: Mapping[str, int | None]) -> Self:
        if correction.field == UNIT_FIELD:
            made = cls(correction.value, subject.day, figures, subject.unit)
        elif correction.field == DAY_FIELD:
            made = cls(subject.unit, _day(correction.value), figures, subject.day.isoformat())
        else:
            value, read = _people(correction.value), figures.get(correction.field)
            old = None if read is None else str(read)
            made = cls(subject.unit, subject.day, {**figures, correction.field: value}, old)
        if (made.unit, made.day, dict(made.figures)) == (subject.unit, subject.day, dict(figures)):
            raise RulingRefused("verdict.same_figure")
        return made


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RulingRefused("verdict.no_day") from None


def _people(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > LARGEST_COUNT:
        raise RulingRefused("verdict.no_count")
    return int(text)


def _withdraw(transaction: Transaction, ruling: Ruling, subject: Subject, at: datetime) -> int:
    old = subject.withdraws
    if old is None or old.withdrawn_by is not None or old.decision is Decision.WITHDRAW:
        raise RulingRefused("verdict.withdrawn")
    made = transaction.rows("verdict/made_by", verdict_id=old.id)
    if any(one["replaced_by"] is not None or one["decisions"] for one in made):
        raise RulingRefused("verdict.built_upon")
    number = _put(transaction, ruling, subject, at)
    changed = [row["id"] for row in transaction.rows("verdict/undecide", verdict_id=old.id)]
    for one in made:
        transaction.run("verdict/decide_entry", id=one["id"], verdict_id=number)
        changed += [one["id"], *(r["id"] for r in transaction.rows("verdict/unreplace", made_id=one["id"]))]
    opened = transaction.rows("verdict/unsettle", verdict_id=old.id)
    changed += [row["entry_id"] for row in opened if row["entry_id"] is not None]
    settle(transaction, changed)
    if any(row["entry_id"] is None for row in opened):
        _settle_submission(transaction, subject.submission)
    return number


def _put(
    transaction: Transaction, ruling: Ruling, subject: Subject, at: datetime, old: str | None = None
) -> int:
    correction = ruling.correction if ruling.decision is Decision.CORRECT else None
    rows = transaction.rows(
        "verdict/put_verdict",
        campaign=subject.campaign,
        day=subject.day,
        unit=subject.unit,
        at=at,
        officer=ruling.officer,
        decision=str(ruling.decision),
        reason=ruling.reason.strip(),
        submission_id=subject.submission,
        entry_id=subject.entry,
        finding_id=subject.finding,
        code=subject.code,
        indicator=subject.indicator,
        fingerprint=subject.fingerprint,
        field=correction.field if correction else None,
        old_value=old,
        new_value=correction.value if correction else None,
        spoke_with=correction.spoke_with.strip() if correction else None,
        withdraws=subject.withdraws.id if subject.withdraws else None,
    )
    return int(rows[0]["id"])


def _settle_finding(transaction: Transaction, finding: int, verdict: int, settled: str) -> None:
    transaction.run("verdict/settle_finding", id=finding, settled=settled, verdict_id=verdict)


def _settle_states(transaction: Transaction, subject: Subject) -> None:
    """Bring states to what the verdict says: of the entry and its resends, or of all entries of the file."""
    if subject.entry is None:
        _settle_submission(transaction, subject.submission)
        return
    settle(transaction, [subject.entry])
    same = transaction.column(
        "verdict/resent",
        campaign=subject.campaign,
        unit=subject.unit,
        day=subject.day,
        fingerprint=subject.fingerprint,
        id=subject.entry,
    )
    carry_verdicts(transaction, same)


def _settle_submission(transaction: Transaction, submission: int) -> None:
    settle(transaction, transaction.column("verdict/entries_of_submissions", submissions=[submission]))


_APPLY = {
    Decision.ACCEPT: _accept,
    Decision.CORRECT: _correct,
    Decision.REJECT: _reject,
    Decision.WITHDRAW: _withdraw,
}

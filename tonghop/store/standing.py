"""What verdicts come to: states of entries, and what an earlier verdict says of an identical resend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tonghop.domain.verdicts import Decision
from tonghop.store.connection import Transaction, chunks


def settle(transaction: Transaction, entries: Sequence[int]) -> None:
    """Bring the states of these entries to what findings, verdicts and waivers say now."""
    for part in chunks(sorted(set(entries))):
        transaction.run("verdict/settle_states", entries=list(part))


def carry(
    transaction: Transaction, campaign: str, submissions: Sequence[int], entries: Sequence[int]
) -> None:
    """Let waivers, and verdicts on the same figures, hold for what was recorded just now.

    An identical resend keeps its verdict; another figure has another fingerprint and is asked anew.
    """
    if not transaction.rows("verdict/any", campaign=campaign):
        return
    carry_waivers(transaction, submissions)
    carry_verdicts(transaction, entries)


def carry_waivers(transaction: Transaction, submissions: Sequence[int]) -> None:
    """Settle the findings of these submissions that a waiver covers, and the states of their entries."""
    for part in chunks(submissions):
        if transaction.run("verdict/carry_waivers", submissions=list(part)):
            entries = transaction.column("verdict/entries_of_submissions", submissions=list(part))
            _settle_touched(transaction, entries)


def unwaive(transaction: Transaction, waiver: int) -> int:
    """Open again what a waiver settled and no edition was made of; return how many findings that were.

    Other waivers still hold; the states of the entries follow.
    """
    opened = transaction.rows("verdict/unwaive", waiver_id=waiver)
    submissions = sorted({row["submission_id"] for row in opened})
    for part in chunks(submissions):
        settle(transaction, transaction.column("verdict/entries_of_submissions", submissions=list(part)))
    carry_waivers(transaction, submissions)
    return len(opened)


def carry_verdicts(transaction: Transaction, entries: Sequence[int]) -> None:
    """Let the verdicts on entries of the same unit, day and figures hold for these as well."""
    for part in chunks(entries):
        carried = transaction.rows("verdict/carried", entries=list(part))
        for one in carried:
            _carry(transaction, one)
        if carried:
            _settle_touched(transaction, [one["entry_id"] for one in carried])


def _settle_touched(transaction: Transaction, entries: Sequence[int]) -> None:
    for part in chunks(sorted(set(entries))):
        settle(transaction, transaction.column("verdict/touched", entries=list(part)))


def _carry(transaction: Transaction, one: Mapping[str, Any]) -> None:
    entry, verdict = one["entry_id"], one["verdict_id"]
    match Decision(one["decision"]):
        case Decision.ACCEPT if one["code"] is not None:
            asked = {"code": one["code"], "indicator": one["indicator"]}
            transaction.run("verdict/carry_accepted", entry_id=entry, verdict_id=verdict, **asked)
        case Decision.ACCEPT:
            decide(transaction, entry, verdict, "accepted")
        case Decision.REJECT:
            decide(transaction, entry, verdict, "rejected")
        case Decision.CORRECT if one["made_id"] is not None:
            settle_findings(transaction, entry, verdict, "corrected")
            transaction.run("verdict/replace_entry", id=entry, made_id=one["made_id"])


def decide(transaction: Transaction, entry: int, verdict: int, settled: str) -> None:
    """Let a verdict stand on an entry as a whole, and settle what is open on it."""
    transaction.run("verdict/decide_entry", id=entry, verdict_id=verdict)
    settle_findings(transaction, entry, verdict, settled)


def settle_findings(transaction: Transaction, entry: int, verdict: int, settled: str) -> None:
    """Settle the open findings on an entry: ``accepted``, ``corrected`` or ``rejected``."""
    transaction.run("verdict/settle_findings_of_entry", entry_id=entry, settled=settled, verdict_id=verdict)

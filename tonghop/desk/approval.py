"""The next edition of a day under ``corrections: ask``: what it would change, and an officer's word that it be sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from tonghop.desk.asking import Asked
from tonghop.desk.jobs import RUN, JobState
from tonghop.domain.deliveries import Delivery
from tonghop.domain.editions import Change, Edition
from tonghop.sources.names import shown

_MOST, _UNDER_WAY, _LONGEST = 60, 2, 300


@dataclass(frozen=True, slots=True)
class Approval:
    """What an officer of the whole campaign is asked. ``latest``: the edition that stands.

    ``is_new``: the day has changed since. ``digest`` tells the state of the day that is
    shown, and so what is approved. ``job``: how the sending that the desk began stands. ``trouble`` is the word on
    why an approval did not stand, ``reason`` what was typed then.
    """

    latest: Edition
    is_new: bool
    digest: str
    changes: tuple[Change, ...]
    job: JobState
    deliveries: tuple[Delivery, ...]
    refresh: int
    trouble: str = ""
    reason: str = ""

    @property
    def is_offered(self) -> bool:
        """Return whether the next edition waits for a word."""
        return self.is_new and not self.job.is_running

    @property
    def next(self) -> int:
        """Return the number that the next edition would bear."""
        return self.latest.number + 1

    @property
    def shown(self) -> tuple[Change, ...]:
        """Return as many of the changes as one reads."""
        return self.changes[:_MOST]

    @property
    def stamp(self) -> str:
        """Return what differs when this would look different."""
        states = [(one.recipient.address, one.state) for one in self.deliveries]
        told = (self.latest.number, self.is_new, self.digest, self.job, states)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def approval_of(asked: Asked, trouble: str = "", reason: str = "") -> Approval | None:
    """Return what the officer is asked; None where nobody is: other policy, no edition yet, or not for them."""
    file = asked.campaign.file
    if not asked.is_whole or file.corrections != "ask" or not file.calendar.includes(asked.day):
        return None
    preview = asked.preview()
    if preview.latest is None:
        return None
    job = asked.desk.parts.jobs.state(file.name, RUN, asked.day)
    key = f"report/{file.name}/{asked.day}/{preview.latest.number}"
    return Approval(
        latest=preview.latest,
        is_new=preview.is_new,
        digest=preview.digest,
        changes=preview.changes,
        job=job,
        deliveries=tuple(d for d in asked.store.outbox.deliveries(file.name, asked.day) if d.key == key),
        refresh=_UNDER_WAY if job.is_running else asked.desk.parts.limits.refresh,
        trouble=trouble,
        reason=reason,
    )


def approve(asked: Asked, told: Mapping[str, str]) -> str:
    """Begin to make and send the next edition; return the word on why it did not begin, or nothing.

    Nothing is begun twice: an edition that was made has no changes left, and one on its way is known by its digest.
    """
    found = approval_of(asked)
    if found is None or not found.is_offered:
        return ""
    reason = shown(" ".join(told.get("reason", "").split()), _LONGEST)
    if told.get("digest") != found.digest:
        return "approval.trouble.changed"
    if not reason:
        return "verdict.needs_reason"
    if asked.desk.parts.jobs.approve(asked.campaign, asked.day, found.digest, reason):
        asked.audit("approve edition", f"edition {asked.campaign.name}/{asked.day}/{found.next}", reason)
    return ""

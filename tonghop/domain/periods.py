"""Days, cut-offs and deadlines, always in the campaign's zone; the clock is an argument."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the aware moment of ``at`` on ``day`` in ``zone``."""
    return datetime.combine(day, at, tzinfo=zone)


def is_late(received_at: datetime, cutoff: datetime) -> bool:
    """Return whether a receipt came after the cut-off; a receipt at the very second is on time."""
    return received_at > cutoff


def is_before_deadline(accepted_at: datetime, deadline: datetime) -> bool:
    """Return whether the report was accepted in time: the directive says "trước 15 giờ 00", strictly."""
    return accepted_at < deadline

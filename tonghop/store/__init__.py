"""The store: ledger, entries, totals, editions, outbox in SQLite or PostgreSQL, by the statements of sql/."""

from tonghop.store.facade import Store, open_store, upgrade
from tonghop.store.frozen import digest_of
from tonghop.store.records import (
    Claimed,
    Preview,
    Recorded,
    RecordedReading,
    Standing,
    Submission,
    SubmissionState,
    Traced,
)
from tonghop.store.repeats import Repeated

__all__ = [
    "Claimed",
    "Preview",
    "Recorded",
    "RecordedReading",
    "Repeated",
    "Standing",
    "Store",
    "Submission",
    "SubmissionState",
    "Traced",
    "digest_of",
    "open_store",
    "upgrade",
]

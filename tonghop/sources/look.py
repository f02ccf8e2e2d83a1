"""What every source can do, and the limits within which it does so."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tonghop.domain.sources import Arrival, Refused, Waiting

_MEGABYTE = 1024 * 1024
# The first batch goes out early: what reads it starts while the others are fetched.
_FIRST = 10


@dataclass(frozen=True, slots=True)
class SourceLimits:
    """How much a look takes at a time, how long it waits, and what it leaves alone.

    ``item_bytes``: the largest file or message (a 25 MB attachment is 34 MB as a message). ``batch`` and
    ``batch_bytes``: how many things, and bytes of them, lie in memory at once. ``settle``: a file changed
    less than so many seconds ago is looked at twice, ``pause`` seconds apart; one without an end of its own (a list as
    text) not before it has stood still for ``quiet`` seconds. ``answers_folder``: the name
    of our own folder in theirs. ``connect`` and ``read``: seconds to wait for a server.
    """

    item_bytes: int = 36 * _MEGABYTE
    batch: int = 100
    batch_bytes: int = 72 * _MEGABYTE
    settle: float = 300.0
    pause: float = 1.1
    quiet: float = 5.0
    answers_folder: str = "_tra_loi"
    connect: float = 10.0
    read: float = 60.0


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of what one look found: at most a hundred new things, and what is left for the next look."""

    arrivals: tuple[Arrival, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    refused: tuple[Refused, ...] = ()


class Source(Protocol):
    """A place where submissions arrive. Looking changes nothing there."""

    @property
    def name(self) -> str:
        """Return the place's stable name, without a password: the ledger's word for it."""
        ...

    def look(self, known: Container[str], now: datetime) -> Iterator[Batch]:
        """Yield what is there and not in ``known``, oldest first as far as the place tells.

        The caller records each batch before it asks for the next. Raises ``SourceUnreachable`` where the
        place, or a part of it, could not be looked into; batches yielded before stand. Receipt times are
        never later than ``now``.
        """
        ...

    def acknowledge(self, keys: Sequence[str]) -> None:
        """Mark what was taken in for people who look into the mailbox; repeating it does nothing more.

        The ledger is the truth, the mark is cosmetic. Raises ``SourceUnreachable``.
        """
        ...

    def probe(self) -> str:
        """Return a sentence on what can be seen there, for ``doctor``. Raises ``SourceUnreachable``."""
        ...


class Gathering:
    """Collects what a look finds and says when a batch is full."""

    def __init__(self, limits: SourceLimits) -> None:
        self._limits = limits
        self._most = min(_FIRST, limits.batch)
        self._start()

    def _start(self) -> None:
        self._bytes = 0
        self._arrivals: list[Arrival] = []
        self._waiting: list[Waiting] = []
        self._refused: list[Refused] = []

    def add(self, found: Arrival | Waiting | Refused) -> None:
        """Put one thing into the present batch."""
        match found:
            case Arrival():
                self._arrivals.append(found)
                self._bytes += len(found.content)
            case Waiting():
                self._waiting.append(found)
            case Refused():
                self._refused.append(found)

    def __len__(self) -> int:
        return len(self._arrivals) + len(self._waiting) + len(self._refused)

    @property
    def is_full(self) -> bool:
        """Return whether the batch should go out before more is read."""
        return len(self) >= self._most or self._bytes >= self._limits.batch_bytes

    def release(self) -> Batch:
        """Return the present batch and begin an empty one."""
        batch = Batch(tuple(self._arrivals), tuple(self._waiting), tuple(self._refused))
        self._start()
        self._most = self._limits.batch
        return batch

"""Submissions on their way through the children: chunks that wait, readings that came, attempts that failed."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

from tonghop.domain.reading import Incoming, Outcome, Reading
from tonghop.errors import ReadingFailed
from tonghop.reading.children import Child, Stopped
from tonghop.reading.findings import finding
from tonghop.reading.limits import Limits

_LOG = logging.getLogger(__name__)
_CHUNK_FILES, _CHUNK_BYTES = 32, 8 * 1024 * 1024
_WORTH_SHARING = 8
_ATTEMPTS = 2
_MOST_UNBLAMED = 20
_STOPPED = ("reader-stopped", "reader-timeout")
# What any reader answers: where even this stops it, the fault is the machine's and no submission's.
_PLAIN = Incoming(
    "control",
    "control.csv",
    "STT;Đơn vị;Dân số\n1;Xã A;1\n".encode(),
    datetime(2020, 8, 18, tzinfo=UTC),
    date(2020, 8, 18),
)


def _reads(child: Child) -> bool:
    """Return whether a child reads a plain table."""
    came: list[Reading | None] = []
    child.read([_PLAIN], lambda _at, reading, _broke: came.append(reading))
    return any(came)


class _GivenUp(Exception):
    """Nobody wants the readings any more."""


class Queue:
    """One batch while it is read, a thread beside each child. Submissions may be added until it is ended."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._batch: list[Incoming] = []
        self._readings: list[Reading | None] = []
        self._deaths: list[int] = []
        self._unblamed = 0
        self._waiting: deque[list[int]] = deque()
        self._in_hand = 0
        self._is_ended = False
        self._error: BaseException | None = None
        self._changed = threading.Condition()
        self._threads: dict[Child, threading.Thread] = {}

    def __len__(self) -> int:
        return len(self._batch)

    def add(self, more: Sequence[Incoming], children: Sequence[Child]) -> None:
        """Let more submissions be read by these children."""
        with self._changed:
            first = len(self._batch)
            self._batch += more
            self._readings += [None] * len(more)
            self._deaths += [0] * len(more)
            self._waiting.extend(self._chunks(range(first, len(self._batch)), len(children)))
            self._changed.notify_all()
        for child in children:
            if child not in self._threads:
                self._threads[child] = threading.Thread(target=self._work, args=(child,), daemon=True)
                self._threads[child].start()

    def readings(self) -> tuple[Reading, ...]:
        """Return all readings, in the order their submissions were added, when the last has come.

        Raises ``ReadingFailed`` where submissions stopped the reader and it does not read a plain table either.
        """
        with self._changed:
            self._is_ended = True
            self._changed.notify_all()
        for thread in self._threads.values():
            thread.join()
        if self._error is not None:
            raise self._error
        readings = tuple(reading for reading in self._readings if reading is not None)
        stopped = sum(1 for one in readings if one.reason is not None and one.reason.code in _STOPPED)
        if stopped and not _reads(next(iter(self._threads))):
            raise ReadingFailed(
                f"the reader of files stops on any table, not only on the {stopped} submissions that it was given;"
                " none of them was judged, all stay in the ledger and are read again by the next intake;"
                " see the log above, the machine's free memory and `tonghop doctor`"
            )
        return readings

    def give_up(self) -> None:
        """End all work; the children that were at it are gone."""
        with self._changed:
            self._error = self._error or _GivenUp()
            self._changed.notify_all()
        for child, thread in self._threads.items():
            while thread.is_alive():
                child.kill()
                thread.join(0.1)

    def _chunks(self, added: range, workers: int) -> list[list[int]]:
        most = max(1, min(_CHUNK_FILES, -(-len(added) // (workers * 2))))
        chunks: list[list[int]] = []
        size = 0
        for i in added:
            content = self._batch[i].content
            if len(content) > self._limits.file_bytes:
                self._readings[i] = self._unread(
                    i, "file-too-large", limit=f"{self._limits.file_bytes // 2**20} MB"
                )
                continue
            if not chunks or len(chunks[-1]) >= most or size + len(content) > _CHUNK_BYTES:
                chunks.append([])
                size = 0
            chunks[-1].append(i)
            size += len(content)
        return chunks

    def _work(self, child: Child) -> None:
        """Take chunks until the batch is ended and none is left; the first error ends all work."""
        while (chunk := self._next_chunk()) is not None:
            try:
                stopped = child.read([self._batch[i] for i in chunk], partial(self._take, chunk))
                if stopped is not None:
                    self._put_back(chunk, stopped)
            except BaseException as error:  # noqa: BLE001 - carried to the caller's thread and raised there
                self._error = self._error or error
            finally:
                with self._changed:
                    self._in_hand -= 1
                    self._changed.notify_all()

    def _next_chunk(self) -> list[int] | None:
        """Return what is to be read next; a thread waits while another may still put something back."""
        with self._changed:
            while self._error is None:
                if self._waiting:
                    self._in_hand += 1
                    return self._share(self._waiting.popleft())
                if self._is_ended and not self._in_hand:
                    return None
                self._changed.wait()
            return None

    def _share(self, chunk: list[int]) -> list[int]:
        """Return what a child reads of a chunk: of the last one half, so that the children end together."""
        if not self._is_ended or self._waiting or len(self._threads) == 1 or len(chunk) < _WORTH_SHARING:
            return chunk
        half = len(chunk) // 2
        self._waiting.append(chunk[half:])
        self._changed.notify_all()
        return chunk[:half]

    def _take(self, chunk: Sequence[int], at: int, reading: Reading | None, broke: str) -> None:
        i = chunk[at]
        if reading is None:
            _LOG.error(
                "the reader broke on submission %s (%s); it counts as unreadable", self._batch[i].key, broke
            )
            reading = self._unread(i, "reader-stopped")
        self._readings[i] = reading

    def _put_back(self, chunk: list[int], stopped: Stopped) -> None:
        """Settle the submission that stopped a child and queue the rest of its chunk again."""
        with self._changed:
            blamed = None if stopped.index is None else chunk[stopped.index]
            if blamed is not None and self._readings[blamed] is None:
                self._blame(blamed, stopped.reason)
            elif stopped.reason != "spent":
                self._unblamed += 1
                if self._unblamed > _MOST_UNBLAMED:
                    for i in (i for i in chunk if self._readings[i] is None):
                        self._readings[i] = self._unread(i, "reader-stopped")
            rest = [i for i in chunk if self._readings[i] is None and i != blamed]
            if rest:
                self._waiting.append(rest)

    def _blame(self, i: int, reason: str) -> None:
        self._deaths[i] += 1
        if reason == "slow":
            self._readings[i] = self._unread(i, "reader-timeout")
        elif self._deaths[i] >= _ATTEMPTS:
            self._readings[i] = self._unread(i, "reader-stopped")
        else:
            self._waiting.append([i])

    def _unread(self, i: int, code: str, **arguments: str) -> Reading:
        incoming = self._batch[i]
        reason = finding(code, document=incoming.name, arguments=arguments)
        return Reading(incoming.key, Outcome.UNREADABLE, reason=reason)

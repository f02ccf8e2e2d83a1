"""The reader of submissions: a batch goes out in chunks to a few child processes, readings come back in order."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Sequence
from functools import partial
from types import TracebackType

from tonghop.domain.forms import Form
from tonghop.domain.reading import Incoming, Outcome, Reading
from tonghop.domain.units import UnitTree
from tonghop.reading.children import Child, Stopped, end_stand_by, stand_by
from tonghop.reading.findings import finding
from tonghop.reading.frames import packed
from tonghop.reading.limits import Limits

_LOG = logging.getLogger(__name__)
_MOST_WORKERS = 4
_CHUNK_FILES, _CHUNK_BYTES = 32, 8 * 1024 * 1024
_FEW = 8
_ATTEMPTS = 2


def expect(count: int) -> None:
    """Let the processes start that a reader of ``count`` submissions will want: they import meanwhile.

    For use where they are about to be stored. Only a help: a reader starts what it lacks, and one that is
    closed ends what it did not need.
    """
    if not count:
        return
    try:
        stand_by(_workers_for(count, _workers(None)))
    except OSError as error:
        _LOG.info("no process of the reader stands by (%s)", error.strerror)


def _workers(wanted: int | None) -> int:
    return max(1, min(wanted or os.cpu_count() or 1, _MOST_WORKERS if wanted is None else wanted))


def _workers_for(count: int, most: int) -> int:
    return 1 if count <= _FEW else most


class Reader:
    """Reads batches for one form; a context manager that ends its children.

    A submission that kills a child is read once more alone, since what came before it may have eaten the
    memory; if it kills again it is unreadable, with the reason. Those that shared its chunk are read again.
    One batch at a time: a second thread waits.
    """

    def __init__(self, form: Form, limits: Limits = Limits(), workers: int | None = None) -> None:  # noqa: B008 - frozen
        self._form, self._limits = form, limits
        self._workers = _workers(workers)
        self._children: list[Child] = []
        self._tree: UnitTree | None = None
        self._setup = b""
        self._lock = threading.Lock()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the children; a later batch starts new ones."""
        for child in self._children:
            child.stop()
        self._children = []
        end_stand_by()

    def read(self, batch: Sequence[Incoming], tree: UnitTree) -> tuple[Reading, ...]:
        """Return the readings of a batch in its order, one for each submission.

        ``tree``: the units of the day, in which labels are resolved. Raises ``ReadingFailed`` only where no
        child can be started at all.
        """
        if not batch:
            return ()
        with self._lock:
            if self._tree != tree:
                self._tree = tree
                self._setup = packed(("setup", self._form, tree, self._limits))
            return _Batch(batch, self._limits).read(self._children_for(len(batch)))

    def _children_for(self, count: int) -> Sequence[Child]:
        wanted = _workers_for(count, self._workers)
        while len(self._children) < wanted:
            self._children.append(Child(self._limits.seconds))
        for child in self._children:
            child.prepare(self._setup)
        return self._children[:wanted]


class _Batch:
    """One batch while it is read: chunks that wait, readings that came, attempts that failed."""

    def __init__(self, batch: Sequence[Incoming], limits: Limits) -> None:
        self._batch, self._limits = batch, limits
        self._readings: list[Reading | None] = [None] * len(batch)
        self._deaths = [0] * len(batch)
        self._unblamed = 0
        self._waiting: deque[list[int]] = deque()
        self._error: BaseException | None = None
        self._lock = threading.Lock()

    def read(self, children: Sequence[Child]) -> tuple[Reading, ...]:
        """Return the readings in the order of the batch."""
        self._waiting.extend(self._chunks(len(children)))
        threads = [threading.Thread(target=self._work, args=(child,)) for child in children[1:]]
        for thread in threads:
            thread.start()
        self._work(children[0])
        for thread in threads:
            thread.join()
        # A thread may have put work back after another had found nothing left to do.
        self._work(children[0])
        if self._error is not None:
            raise self._error
        return tuple(reading for reading in self._readings if reading is not None)

    def _chunks(self, workers: int) -> list[list[int]]:
        most = max(1, min(_CHUNK_FILES, -(-len(self._batch) // (workers * 2))))
        chunks: list[list[int]] = []
        size = 0
        for i, incoming in enumerate(self._batch):
            if len(incoming.content) > self._limits.file_bytes:
                self._readings[i] = self._unread(
                    i, "file-too-large", limit=f"{self._limits.file_bytes // 2**20} MB"
                )
                continue
            if not chunks or len(chunks[-1]) >= most or size + len(incoming.content) > _CHUNK_BYTES:
                chunks.append([])
                size = 0
            chunks[-1].append(i)
            size += len(incoming.content)
        return chunks

    def _work(self, child: Child) -> None:
        """Take chunks until none is left; the first error ends all work."""
        while self._error is None:
            with self._lock:
                chunk = self._waiting.popleft() if self._waiting else None
            if chunk is None:
                return
            try:
                stopped = child.read([self._batch[i] for i in chunk], partial(self._take, chunk))
            except BaseException as error:  # noqa: BLE001 - carried to the caller's thread and raised there
                self._error = error
                return
            if stopped is not None:
                self._put_back(chunk, stopped)

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
        with self._lock:
            blamed = None if stopped.index is None else chunk[stopped.index]
            if blamed is not None and self._readings[blamed] is None:
                self._blame(blamed, stopped.reason)
            elif stopped.reason == "died":
                self._unblamed += 1
                if self._unblamed > 20:
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

"""The reader of submissions: what is to be read goes out in chunks to a few child processes."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Container, Sequence
from types import TracebackType

from tonghop.domain.forms import Form
from tonghop.domain.reading import Incoming, Reading
from tonghop.domain.units import UnitTree
from tonghop.reading.children import Child, end_stand_by, stand_by
from tonghop.reading.frames import packed
from tonghop.reading.limits import Limits
from tonghop.reading.queue import Queue
from tonghop.words import handed_over

_LOG = logging.getLogger(__name__)
_MOST_WORKERS = 4
_FEW = 8
# Texts of the files of the catalogue that reading asks: the children get them parsed.
_MESSAGES, _FINDINGS = ("answer.sheet.mark", "reading-table"), ("unknown-unit",)


class Expecting:
    """The keys that are known. First asked for another, it lets the process start that children come from.

    So it imports while the source is still being listed. What is new but left for the next look starts it for
    nothing; a look that finds nothing new does not.
    """

    def __init__(self, known: Container[str]) -> None:
        self._known, self._is_expected = known, False

    def __contains__(self, key: object) -> bool:
        if key in self._known:
            return True
        if not self._is_expected:
            self._is_expected = True
            expect()
        return False


def expect() -> None:
    """Let the process start that the children of a reader come from: it imports meanwhile.

    Only a help: a reader starts what it lacks, and one that is closed ends what it did not need.
    """
    try:
        stand_by()
    except OSError as error:
        _LOG.info("no process of the reader stands by (%s)", error.strerror)


def _workers(wanted: int | None) -> int:
    return max(1, min(wanted or os.cpu_count() or 1, _MOST_WORKERS if wanted is None else wanted))


def _workers_for(count: int, most: int) -> int:
    return 1 if count <= _FEW else most


class Reader:
    """Reads submissions for one form; a context manager that ends its children.

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
        self._queue: Queue | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the children, in the middle of what was begun if need be; a later batch starts new ones."""
        if self._queue is not None:
            self._queue.give_up()
            self._end_batch()
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
        self.begin(tree)
        self.add(batch)
        return self.readings()

    def begin(self, tree: UnitTree) -> None:
        """Begin a batch whose submissions come one part after another; ``readings`` ends it."""
        self._lock.acquire()
        if self._tree != tree:
            self._tree = tree
            words = handed_over(_MESSAGES, _FINDINGS)
            self._setup = packed(("setup", self._form, tree, words, self._limits))
        self._queue = Queue(self._limits)

    def add(self, more: Sequence[Incoming]) -> None:
        """Add submissions to the batch that was begun; they are read while the caller does else."""
        assert self._queue is not None  # noqa: S101 - between begin() and readings()
        wanted = _workers_for(len(self._queue) + len(more), self._workers)
        while len(self._children) < wanted:
            self._children.append(Child(self._limits.seconds))
        for child in self._children[:wanted]:
            child.prepare(self._setup)
        self._queue.add(more, self._children[:wanted])

    def readings(self) -> tuple[Reading, ...]:
        """Return the readings of the batch that was begun, in the order they were added. Raises as ``read``."""
        assert self._queue is not None  # noqa: S101 - between begin() and readings()
        try:
            return self._queue.readings()
        finally:
            self._end_batch()

    def _end_batch(self) -> None:
        self._queue = None
        self._lock.release()

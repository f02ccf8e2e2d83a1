"""A long-lived child process that reads submissions, killed when it is too slow and started anew when it dies.

``ProcessPoolExecutor`` is no such guard: one abort breaks the whole pool.
"""

from __future__ import annotations

import logging
import os
import pickle
import select
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tonghop.domain.reading import Incoming
from tonghop.errors import ReadingFailed
from tonghop.reading.frames import Answers, packed
from tonghop.reading.nursery import NURSERY, Forked
from tonghop.reading.orders import PROGRESS

_LOG = logging.getLogger(__name__)
# How long to listen before looking whether the child has gone on to its next submission.
_LISTEN = 0.25
# A pipe holds no more; room for more would be asked of the system for each message.
_AT_ONCE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a chunk was not finished: which submission was being read (None: none yet), and how it ended."""

    index: int | None
    reason: str


Answered = Callable[[int, Any, str], None]


class Child:
    """One child process; started with the first chunk."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._setup = b""
        self._knows = b""
        self._forked: Forked | None = None
        self._answers = Answers()
        self._holds = False
        self._lock = threading.Lock()

    def prepare(self, setup: bytes) -> None:
        """Set the message that tells the child form and tree; it is sent before the next chunk if it is new."""
        self._setup = setup

    def read(self, chunk: Sequence[Incoming], answered: Answered) -> Stopped | None:
        """Have a chunk read; ``answered`` is told each reading, or None with where the reader broke.

        Returns None when all were answered, else what stopped it; the process is then gone. Raises
        ``ReadingFailed`` where no child can be started.
        """
        return self.run("read", chunk, answered)

    def run(self, verb: str, chunk: Sequence[object], answered: Answered) -> Stopped | None:
        """Have something done to each of a chunk, as ``read``; what an answer holds is the verb's affair."""
        forked = self._started()
        try:
            forked.progress[:] = PROGRESS.pack(-1)
            if self._knows is not self._setup:
                forked.orders.write(self._setup)
                self._knows = self._setup
            forked.orders.write(packed((verb, list(chunk))))
            forked.orders.flush()
        except OSError:
            self._drop()
            return Stopped(None, "died")
        return self._await(forked, len(chunk), answered)

    def _await(self, forked: Forked, count: int, answered: Answered) -> Stopped | None:
        done = 0
        while done < count:
            messages = self._next(forked)
            if isinstance(messages, str):
                at = _place(forked)
                self._drop()
                return Stopped(at if 0 <= at < count else None, messages)
            for answer in (answer for message in messages for answer in message):
                done += 1
                broke = answer[2] if answer[0] == "failed" else ""
                answered(answer[1], None if broke else answer[2], broke)
                if answer[0] == "failed" and answer[3]:
                    self._drop()
                    return Stopped(None, "spent") if done < count else None
        return None

    def _next(self, forked: Forked) -> list[Any] | str:
        """Return the next messages, each some answers, or how the child ended: "died" or "slow"."""
        poll = select.poll()
        poll.register(forked.answers, select.POLLIN | select.POLLHUP)
        at, until = _place(forked), time.monotonic() + self._seconds
        while True:
            if not poll.poll(max(0.0, min(_LISTEN, until - time.monotonic())) * 1000):
                if _place(forked) != at:
                    at, until = _place(forked), time.monotonic() + self._seconds
                elif time.monotonic() >= until:
                    return "slow"
                continue
            received = os.read(forked.answers.fileno(), _AT_ONCE)
            if not received:
                return "died"
            try:
                messages = self._answers.feed(received)
            except (
                pickle.UnpicklingError,
                EOFError,
                AttributeError,
                ValueError,
                TypeError,
                IndexError,
            ) as error:
                _LOG.error(
                    "a child's answer cannot be a reading and was not taken (%s)", type(error).__name__
                )
                return "died"
            if messages:
                return messages

    def _started(self) -> Forked:
        if self._forked is not None:
            return self._forked
        self._answers = Answers()
        try:
            if not self._holds:
                NURSERY.hold()
                self._holds = True
            forked = NURSERY.fork(self._setup)
        except OSError as error:
            raise ReadingFailed(
                f"the reader's child process does not start ({NURSERY.last_error()}); no submission was read,"
                " all stay in the ledger; check the installation with `tonghop doctor`"
            ) from error
        self._knows = self._setup
        with self._lock:
            self._forked = forked
        return forked

    def _drop(self) -> None:
        """Have the process dead; another takes its place when there is more to do."""
        forked = self._given_up()
        if forked is not None:
            NURSERY.kill(forked.pid)
            forked.close()

    def _given_up(self) -> Forked | None:
        with self._lock:
            forked, self._forked = self._forked, None
        return forked

    def kill(self) -> None:
        """Have the process die under the thread that waits for its answers."""
        with self._lock:
            if self._forked is not None:
                NURSERY.kill(self._forked.pid)

    def stop(self) -> None:
        """Let the process end if it runs, for good."""
        forked = self._given_up()
        if forked is not None:
            NURSERY.end(forked.pid)
            forked.close()
        if self._holds:
            self._holds = False
            NURSERY.let_go()


def _place(forked: Forked) -> int:
    """Return which submission of its chunk the child is at, as it says; -1: none yet."""
    return int(PROGRESS.unpack(forked.progress[:])[0])


class _StandingBy:
    """Whether the nursery was started before there was work, so that it imports while its parent does else."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_held = False

    def start(self) -> None:
        with self._lock:
            if not self._is_held:
                NURSERY.hold()
                self._is_held = True

    def end(self) -> None:
        with self._lock:
            if self._is_held:
                self._is_held = False
                NURSERY.let_go()


_STANDING_BY = _StandingBy()


def stand_by() -> None:
    """Start what children come from; it ends with this process, or with ``end_stand_by``.

    Raises ``OSError`` where the machine starts no process.
    """
    _STANDING_BY.start()


def end_stand_by() -> None:
    """End what stands by, unless children still come from it."""
    _STANDING_BY.end()

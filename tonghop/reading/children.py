"""A long-lived child process that reads submissions, killed when it is too slow and started anew when it dies.

``ProcessPoolExecutor`` is no such guard: one abort breaks the whole pool.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tonghop.domain.reading import Incoming
from tonghop.errors import ReadingFailed
from tonghop.reading.frames import Answers, packed

_START_SECONDS = 60.0
_ROOT = Path(__file__).resolve().parents[2]


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
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._answers = Answers()

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
        process = self._started()
        try:
            assert process.stdin is not None  # noqa: S101 - opened with a pipe
            if self._knows is not self._setup:
                process.stdin.write(self._setup)
                self._knows = self._setup
            process.stdin.write(packed((verb, list(chunk))))
            process.stdin.flush()
        except OSError:
            self.stop()
            return Stopped(None, "died")
        return self._await(len(chunk), answered)

    def _await(self, count: int, answered: Answered) -> Stopped | None:
        current: int | None = None
        done = 0
        while done < count:
            answers = self._next(self._seconds)
            if isinstance(answers, str):
                self.stop()
                return Stopped(current, answers)
            for answer in answers:
                current = answer[1]
                if answer[0] == "begin":
                    continue
                done += 1
                broke = answer[2] if answer[0] == "failed" else ""
                answered(answer[1], None if broke else answer[2], broke)
                if answer[0] == "failed" and answer[3]:
                    self.stop()
                    return Stopped(None, "spent") if done < count else None
        return None

    def _next(self, seconds: float) -> list[Any] | str:
        """Return the next answers, or how the child ended: "died" or "slow"."""
        process = self._process
        assert process is not None  # noqa: S101 - only a started child is asked
        assert process.stdout is not None  # noqa: S101 - opened with a pipe
        poll = select.poll()
        poll.register(process.stdout, select.POLLIN | select.POLLHUP)
        until = time.monotonic() + seconds
        while True:
            if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
                return "slow"
            received = os.read(process.stdout.fileno(), 1 << 20)
            if not received:
                return "died"
            try:
                answers = self._answers.feed(received)
            except (pickle.UnpicklingError, EOFError, AttributeError, ValueError, TypeError, IndexError):
                return "died"
            if answers:
                return answers

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        self._answers = Answers()
        self._process, self._errors = _STANDING_BY.taken() or _spawned()
        if self._next(_START_SECONDS) != [("ready",)]:
            said = self._last_error()
            self.stop()
            raise ReadingFailed(
                f"the reader's child process does not start ({said}); no submission was read, all stay in the "
                "ledger; check the installation with `tonghop doctor`"
            )
        self._knows = b""
        return self._process

    def _last_error(self) -> str:
        if self._errors is None:
            return ""
        self._errors.seek(0)
        lines = self._errors.read(20_000).decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:300] if lines else "no message"

    def kill(self) -> None:
        """Have the process die under the thread that waits for its answers."""
        process = self._process
        if process is not None:
            process.kill()

    def stop(self) -> None:
        """End the process if it runs."""
        if self._process is not None and self._errors is not None:
            _end(self._process, self._errors)
        self._process = self._errors = None


_Spawned = tuple["subprocess.Popen[bytes]", IO[bytes]]


def _spawned() -> _Spawned:
    errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "tonghop.reading.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=_environment(),
    )
    return process, errors


class _StandingBy:
    """Processes that were started before there was work, so that they import while their parent does else."""

    def __init__(self) -> None:
        self._spawned: list[_Spawned] = []
        self._lock = threading.Lock()

    def start(self, count: int) -> None:
        """Have at least ``count`` processes ready or starting."""
        with self._lock:
            while len(self._spawned) < count:
                self._spawned.append(_spawned())

    def taken(self) -> _Spawned | None:
        """Return a process that lives; None where none stands by."""
        while True:
            with self._lock:
                one = self._spawned.pop() if self._spawned else None
            if one is None or one[0].poll() is None:
                return one
            _end(*one)

    def end(self) -> None:
        """End those that nobody took."""
        with self._lock:
            spawned, self._spawned = self._spawned, []
        for one in spawned:
            _end(*one)


def _end(process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # bytes for a process that is gone
                pipe.close()
    process.wait()
    errors.close()


_STANDING_BY = _StandingBy()


def stand_by(count: int) -> None:
    """Start processes for children to come; they end with this one, or with ``end_stand_by``.

    A reader takes them instead of starting its own. Raises ``OSError`` where the machine starts none.
    """
    _STANDING_BY.start(count)


def end_stand_by() -> None:
    """End the processes that stand by and were not needed."""
    _STANDING_BY.end()


def _environment() -> dict[str, str]:
    """Return the little a child needs to know; passwords of the environment are not among it."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH", "TZ") if name in os.environ
    }
    paths = [str(_ROOT), *(p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p)]
    return kept | {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
    }

"""Where child processes come from: one process imports and prepares what readers need, and forks them.

It sees no submission itself. A child is there in a millisecond, which matters most where hostile files kill one
after the other.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from tonghop.reading.orders import ANSWER, END, FORK, KILL, ORDER, PROGRESS, SETUP

START_SECONDS = 60.0
_END_SECONDS = 5.0
# While it imports, nothing of what it makes may go: collections would look through it for nothing.
_START = "import gc; gc.set_threshold(50_000, 20, 20); from tonghop.reading.child import main; main()"
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Forked:
    """A child: its number, the pipes to and from it, and how far it has come."""

    pid: int
    orders: BinaryIO
    answers: BinaryIO
    progress: mmap.mmap

    def close(self) -> None:
        """Let go of the pipes."""
        for pipe in (self.orders, self.answers):
            with contextlib.suppress(OSError):  # bytes for a process that is gone
                pipe.close()
        self.progress.close()


class Nursery:
    """The one process of this kind; it lives as long as anybody holds it, and ends with this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._orders: socket.socket | None = None
        self._setup = b""

    def hold(self) -> None:
        """Keep the nursery until ``let_go``; it begins to import. Raises ``OSError`` where none can be started."""
        with self._lock:
            self._running()
            self._holders += 1

    def let_go(self) -> None:
        """Let the nursery end, and all its children with it, where nobody else holds it; nobody waits for that."""
        with self._lock:
            self._holders = max(0, self._holders - 1)
            if not self._holders:
                self._part()

    def fork(self, setup: bytes) -> Forked:
        """Return a new child that has taken the setup in. Raises ``OSError`` where none comes."""
        progress = tempfile.TemporaryFile()  # noqa: SIM115 - closed below, the memory stays
        progress.write(PROGRESS.pack(-1))
        progress.flush()
        down, orders = os.pipe()
        answers, up = os.pipe()
        try:
            with self._lock:
                nursery = self._running()
                if setup != self._setup:
                    nursery.sendall(ORDER.pack(SETUP, len(setup)) + setup)
                    self._setup = setup
                pid = self._told(nursery, FORK, 0, (down, up, progress.fileno()))
        except BaseException:
            os.close(orders)
            os.close(answers)
            raise
        finally:
            os.close(down)
            os.close(up)
        shared = mmap.mmap(progress.fileno(), PROGRESS.size)
        progress.close()
        return Forked(pid, os.fdopen(orders, "wb"), os.fdopen(answers, "rb", buffering=0), shared)

    def kill(self, pid: int) -> None:
        """Have a child dead when this returns. Only the nursery knows whether the number is still its child's."""
        with self._lock, contextlib.suppress(OSError):
            if self._orders is not None:
                self._told(self._orders, KILL, pid)

    def end(self, pid: int) -> None:
        """Have a child end soon, whatever it is at; what its memory takes to be let go costs nobody time."""
        with self._lock, contextlib.suppress(OSError):
            if self._orders is not None:
                self._orders.sendall(ORDER.pack(END, pid))

    def last_error(self) -> str:
        """Return the last line that the nursery complained with."""
        if self._errors is None:
            return "no message"
        self._errors.seek(0)
        lines = self._errors.read(20_000).decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:300] if lines else "no message"

    def _told(self, nursery: socket.socket, order: bytes, number: int, files: tuple[int, ...] = ()) -> int:
        try:
            socket.send_fds(nursery, [ORDER.pack(order, number)], files)
            answer = nursery.recv(ANSWER.size, socket.MSG_WAITALL)
            if len(answer) < ANSWER.size:
                raise ConnectionResetError("the nursery is gone")
        except OSError:
            self._end(keep_errors=True)
            raise
        return int(ANSWER.unpack(answer)[0])

    def _running(self) -> socket.socket:
        if self._orders is not None and self._process is not None and self._process.poll() is None:
            return self._orders
        self._end()
        ours, theirs = socket.socketpair()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter with a module of our own
                [sys.executable, "-P", "-c", _START, "tonghop.reading.child", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=(theirs.fileno(),),
                env=_environment(),
            )
        ours.settimeout(START_SECONDS)
        self._orders, self._setup = ours, b""
        return ours

    def _part(self) -> None:
        """Tell the nursery that nobody needs it. It ends its children first, so that none is left to nobody."""
        if self._process is None or self._orders is None or self._errors is None or not self._setup:
            self._end()  # no child came from it
            return
        with contextlib.suppress(OSError):
            self._orders.shutdown(socket.SHUT_WR)
        leaving = self._process, self._orders, self._errors
        self._process = self._orders = self._errors = None
        threading.Thread(target=_see_off, args=leaving).start()  # this process does not end before it

    def _end(self, *, keep_errors: bool = False) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._orders is not None:
            self._orders.close()
        if self._errors is not None and not keep_errors:
            self._errors.close()
            self._errors = None
        self._process = self._orders = None


def _see_off(process: subprocess.Popen[bytes], orders: socket.socket, errors: IO[bytes]) -> None:
    """Wait until a nursery that was told to end has, and end it where it does not."""
    with orders, errors:
        orders.settimeout(_END_SECONDS)
        with contextlib.suppress(OSError):
            orders.recv(1)
        process.kill()
        process.wait()


# Where and whether what was compiled is kept is the machine's affair.
_OF_PYTHON = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")


NURSERY = Nursery()


def _environment() -> dict[str, str]:
    """Return the little a child needs to know; passwords of the environment are not among it."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "LD_LIBRARY_PATH", "TZ", *_OF_PYTHON)
        if name in os.environ
    }
    paths = [str(_ROOT), *(p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p)]
    return kept | {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
    }

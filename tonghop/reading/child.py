"""The child process that reads hostile bytes: little memory, a clock on each file, no environment, no files to write.

``main`` is the nursery (``nursery.py``), which forks the children. A child answers
``("done", i, reading)`` for each submission of a chunk, or ``("failed", i, where, is_spent)`` where the reader
itself broke, and shares with its parent which it is at.
"""

from __future__ import annotations

import contextlib
import gc
import mmap
import os
import pickle
import resource
import signal
import socket
import sys
from collections.abc import Callable, Sequence, Set
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from tonghop.domain.reading import AnnotationJob
from tonghop.reading.assemble import read_submission
from tonghop.reading.frames import HEAD_SIZE, packed, read_message
from tonghop.reading.interpret import Interpreter
from tonghop.reading.limits import Limits
from tonghop.reading.orders import ANSWER, END, KILL, ORDER, PROGRESS, SETUP
from tonghop.words import take_over

if TYPE_CHECKING:
    from tonghop.domain.sheets import SheetJob

T = TypeVar("T")

# Seconds a child gives itself beyond its parent's limit: it also dies where the parent is gone.
_GRACE = 5.0
_AT_ONCE = 16


def main() -> None:
    """Prepare, and fork a child whenever one is ordered, until the parent is gone or needs no more."""
    orders = socket.socket(fileno=int(sys.argv[-1]))  # closed at the very end: the parent may listen for it
    forked: set[int] = set()
    signal.signal(signal.SIGCHLD, lambda *_: _reap(forked))
    try:
        with contextlib.suppress(ConnectionError):  # the parent was killed before it had its answer
            _obey(orders, forked)
    finally:
        _kill(forked, forked, wait=True)
    os._exit(0)


def _obey(orders: socket.socket, forked: set[int]) -> None:
    """Do what is ordered until nobody is there any more who could."""
    setup: tuple[Any, ...] | None = None
    interpreter: Interpreter | None = None
    while True:
        order, files, _, _ = socket.recv_fds(orders, ORDER.size, 3)
        if len(order) < ORDER.size:
            return
        verb, number = ORDER.unpack(order)
        if verb == SETUP:
            setup = pickle.loads(_body(orders, number))  # noqa: S301 - bytes of the own parent process
            interpreter = _prepared(setup)
        elif verb == END:
            _kill({number}, forked, wait=False)
        elif verb == KILL:
            _kill({number}, forked, wait=True)
            orders.sendall(ANSWER.pack(number))
        else:
            pid = os.fork()
            if pid == 0:
                _be_child(orders, files, setup, interpreter)
            forked.add(pid)
            for file in files:
                os.close(file)
            orders.sendall(ANSWER.pack(pid))


def _body(orders: socket.socket, size: int) -> bytes:
    """Return the message that follows an order, without its own head."""
    return orders.recv(size, socket.MSG_WAITALL)[HEAD_SIZE:]


def _reap(forked: set[int]) -> None:
    """Let the children go that have ended. Another may end meanwhile, and this begins anew in its own middle."""
    for pid in tuple(forked):
        with contextlib.suppress(ChildProcessError):  # the one in the middle let it go
            if os.waitpid(pid, os.WNOHANG)[0] == pid:
                forked.discard(pid)


def _kill(pids: Set[int], forked: set[int], *, wait: bool) -> None:
    """End children. The number of one is another process's once it was reaped: no signal comes in between."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    ending = pids & forked
    for pid in ending:
        os.kill(pid, signal.SIGKILL)
    for pid in ending if wait else ():
        os.waitpid(pid, 0)
        forked.discard(pid)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _prepared(setup: tuple[Any, ...]) -> Interpreter | None:
    """Return what reads for a form and its units, with all that every child would have to make for itself."""
    if setup[0] != "setup":
        return None
    _, form, tree, words, limits = setup
    take_over(words)
    interpreter = Interpreter(form, tree, limits)
    interpreter.warm_up()
    return interpreter


def _be_child(
    orders: socket.socket,
    files: Sequence[int],
    setup: tuple[Any, ...] | None,
    interpreter: Interpreter | None,
) -> None:
    """Read, and never return."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        orders.close()
        down, up, shared = files
        progress = mmap.mmap(shared, PROGRESS.size)
        os.close(shared)
        limits: Limits = setup[-1] if setup is not None else Limits()
        _confine(limits)
        _settle()
        _serve(os.fdopen(down, "rb"), Sink(os.fdopen(up, "wb", buffering=0), progress), interpreter, limits)
        os._exit(0)
    finally:
        os._exit(1)


def _settle() -> None:
    # What stands now stands for good: the collector need not look at it after every few files.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _serve(source: BinaryIO, sink: Sink, interpreter: Interpreter | None, limits: Limits) -> None:
    """Read chunks until the parent ends."""
    while (message := read_message(source)) is not None:
        if message[0] == "setup":
            _, form, tree, words, limits = message
            take_over(words)
            _confine(limits)
            interpreter = Interpreter(form, tree, limits)
            _settle()
        elif message[0] == "limits":
            limits = message[1]
            _confine(limits)
        elif message[0] == "annotate":
            if not _each(message[1], limits.seconds, _annotating(limits), sink):
                break
        elif message[0] == "show":
            if not _each(message[1], limits.seconds, _showing(limits), sink):
                break
        elif interpreter is not None and not _each(
            message[1], limits.seconds, partial(read_submission, interpreter), sink
        ):
            break


def _confine(limits: Limits) -> None:
    """Bound this process for good: its memory, no core file, nothing written to disk."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _annotating(limits: Limits) -> Callable[[AnnotationJob], object]:
    """Return what marks a workbook; its library is imported by the child that needs it only."""
    from tonghop.reading.annotate import annotated

    return lambda job: annotated(job, limits)


def _showing(limits: Limits) -> Callable[[SheetJob], object]:
    """Return what cuts the window of a sheet that an officer looks at."""
    from tonghop.reading.showing import window

    return lambda job: window(job, limits)


class Sink:
    """Where a child's answers go, some at a time, and where it says how far it has come."""

    def __init__(self, answers: BinaryIO, progress: mmap.mmap) -> None:
        self._answers, self._progress = answers, progress
        self._held: list[tuple[object, ...]] = []

    def begin(self, at: int) -> None:
        """Say which submission of the chunk is next."""
        self._progress[:] = PROGRESS.pack(at)

    def put(self, answer: tuple[object, ...]) -> None:
        """Take an answer; it goes out with others, as each message wakes the parent."""
        self._held.append(answer)
        if len(self._held) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Send what is held."""
        if self._held:
            held, self._held = self._held, []
            rest = memoryview(packed(held))
            while rest:
                rest = rest[self._answers.write(rest) :]


def _each(chunk: Sequence[T], seconds: float, work: Callable[[T], object], sink: Sink) -> bool:
    """Answer each submission of a chunk; False where this process should be replaced."""
    for i, one in enumerate(chunk):
        sink.begin(i)
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
        try:
            sink.put(("done", i, work(one)))
        except (MemoryError, RecursionError):
            sink.put(("failed", i, "memory", True))
            sink.flush()
            return False
        except Exception as error:  # noqa: BLE001 - a fault of the reader on one file must not cost the others theirs
            sink.put(("failed", i, _where(error), False))
    signal.setitimer(signal.ITIMER_REAL, 0)
    sink.flush()
    return True


def _where(error: Exception) -> str:
    """Return the kind of an error and the lines it passed; never its text, which may quote the file."""
    import traceback  # only where the reader broke

    frames = traceback.extract_tb(error.__traceback__)[-6:]
    lines = " < ".join(f"{os.path.basename(f.filename)}:{f.lineno}" for f in reversed(frames))  # noqa: PTH119 - a name in a message
    return f"{type(error).__name__} at {lines}"

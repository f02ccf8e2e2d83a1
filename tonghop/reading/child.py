"""The child process that reads hostile bytes: little memory, a clock on each file, no environment, no files to write.

Started as ``python -m tonghop.reading.child``. It answers ``("begin", i)`` and ``("done", i, reading)`` for
each submission of a chunk, or ``("failed", i, where, is_spent)`` where the reader itself broke.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from typing import BinaryIO, TypeVar

from tonghop.domain.reading import AnnotationJob
from tonghop.domain.sheets import SheetJob
from tonghop.reading.assemble import read_submission
from tonghop.reading.frames import packed, read_message
from tonghop.reading.interpret import Interpreter
from tonghop.reading.limits import Limits

T = TypeVar("T")

# Seconds a child gives itself beyond its parent's limit: it also dies where the parent is gone.
_GRACE = 5.0


def main() -> None:
    """Read chunks from standard input until it ends."""
    source = sys.stdin.buffer
    sink = os.fdopen(os.dup(1), "wb", buffering=0)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, and the plain descriptor is wanted
        os.dup2(nowhere.fileno(), 1)
    interpreter: Interpreter | None = None
    limits = Limits()
    sink.write(packed(("ready",)))
    while (message := read_message(source)) is not None:
        if message[0] == "setup":
            _, form, tree, limits = message
            _confine(limits)
            interpreter = Interpreter(form, tree, limits)
            # What stands now stands for good: the collector need not look at it after every few files.
            gc.freeze()
            gc.set_threshold(50_000, 20, 20)
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
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _annotating(limits: Limits) -> Callable[[AnnotationJob], object]:
    """Return what marks a workbook; its library is imported by the child that needs it only."""
    from tonghop.reading.annotate import annotated

    return lambda job: annotated(job, limits)


def _showing(limits: Limits) -> Callable[[SheetJob], object]:
    """Return what cuts the window of a sheet that an officer looks at."""
    from tonghop.reading.showing import window

    return lambda job: window(job, limits)


def _each(chunk: Sequence[T], seconds: float, work: Callable[[T], object], sink: BinaryIO) -> bool:
    """Answer each submission of a chunk; False where this process should be replaced."""
    said = b""
    for i, one in enumerate(chunk):
        sink.write(said + packed(("begin", i)))
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
        try:
            answer: tuple[object, ...] = ("done", i, work(one))
        except (MemoryError, RecursionError):
            sink.write(packed(("failed", i, "memory", True)))
            return False
        except Exception as error:  # noqa: BLE001 - a fault of the reader on one file must not cost the others theirs
            answer = ("failed", i, _where(error), False)
        signal.setitimer(signal.ITIMER_REAL, 0)
        said = packed(answer)
    sink.write(said)
    return True


def _where(error: Exception) -> str:
    """Return the kind of an error and the lines it passed; never its text, which may quote the file."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    lines = " < ".join(f"{os.path.basename(f.filename)}:{f.lineno}" for f in reversed(frames))  # noqa: PTH119 - a name in a message
    return f"{type(error).__name__} at {lines}"


if __name__ == "__main__":
    main()

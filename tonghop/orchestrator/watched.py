"""Run a module as ``python -P watched.py PARENT MODULE ARGUMENT…``, and end it when its parent is gone.

A server or worker whose ``tonghop`` was killed would go on as an orphan, hold its port and schedule runs that
nobody watches. So the process looks once a second whether its parent is still there. It asks for the parent's
number rather than relying on PR_SET_PDEATHSIG, which fires when the parent's *thread* ends and is Linux only,
or on a pipe, which any forked sibling keeps open.

This file is run by its path and imports the standard library only.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

GRACE_SECONDS = 10.0


def main(parent: int, module: str, arguments: list[str]) -> None:
    """Become ``module``, watched. Interrupts work again even where they were ignored (nohup, cron, ``&``):
    Prefect's worker stops itself by one, and otherwise would not stop at all."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_leave_with, args=(parent,), daemon=True, name="parent").start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])

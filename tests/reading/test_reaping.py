"""The process that children come from, while many of them end at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]

_ENDING_AT_ONCE = """
import os, signal, time
from tonghop.reading.child import _reap

forked = set()
signal.signal(signal.SIGCHLD, lambda *_: _reap(forked))
for _ in range(30):
    down, up = os.pipe()
    for _ in range(40):
        pid = os.fork()
        if pid == 0:
            os.close(up)
            os.read(down, 1)
            os._exit(0)
        forked.add(pid)
    os.close(down)
    os.close(up)
    until = time.monotonic() + 20
    while forked and time.monotonic() < until:
        pass
    assert not forked, forked
"""


def test_children_that_end_while_others_are_let_go_are_let_go_too() -> None:
    command = [sys.executable, "-c", _ENDING_AT_ONCE]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr

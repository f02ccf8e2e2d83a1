"""Who holds a delivery, and whether that process still lives."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from tonghop.domain.deliveries import Delivery

LEASE = timedelta(minutes=15)
"""After this a claim counts as abandoned wherever its process runs.

It is longer than one conversation with a relay, so that only a process that hangs or a machine that is gone
loses its claim."""


class Held(Protocol):
    """A delivery that a process has taken in hand, as the store tells it."""

    @property
    def delivery(self) -> Delivery:
        """Return the delivery."""

    @property
    def claimant(self) -> str:
        """Return the process, as ``this_claimant`` named it."""

    @property
    def claimed_at(self) -> datetime:
        """Return when it was taken, or went in data."""


_open_here: set[str] = set()


def this_claimant() -> str:
    """Return the name of this process: host:pid:start, unique also when process numbers are reused."""
    return f"{_host()}:{os.getpid()}:{_start_of(os.getpid()) or 'unknown'}"


@contextmanager
def one_round(claimant: str) -> Iterator[str]:
    """Yield the name of one round of a process, so that two of them do not pass for each other."""
    name = f"{claimant}#{token_hex(4)}"
    _open_here.add(name)
    try:
        yield name
    finally:
        _open_here.discard(name)


def is_abandoned(held: Held, now: datetime) -> bool:
    """Return whether nobody will finish what was begun.

    On the same host a process that is gone abandons its claims at once, and so does a round of this process
    that has ended; a process of another host only when its lease has run out, since nobody can look there.
    Being wrong is harmless for the message: who lost a claim finds out before the first byte leaves.
    """
    if now - held.claimed_at > LEASE:
        return True
    process, _, _ = held.claimant.partition("#")
    host, pid, start = ("::" + process).rsplit(":", 2)
    if host.removeprefix("::") != _host() or not pid.isdigit():
        return False
    if process == this_claimant():
        return held.claimant not in _open_here
    return _is_gone(int(pid), start)


def _is_gone(pid: int, started: str) -> bool:
    now_running = _start_of(pid)
    if now_running is not None:
        return now_running != started
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it runs under another account
        return False
    return False


def _host() -> str:
    """Return host name and process name space: containers of one host do not see each other's processes."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink()).strip("pid:[]")
    except OSError:
        return socket.gethostname()
    return f"{socket.gethostname()}/{space}"


def _start_of(pid: int) -> str | None:
    """Return boot and clock tick at which a process began; None where the system does not tell.

    A process that is dead but not yet collected by its parent (Z, X) counts as gone.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
        # The name in brackets may itself hold blanks and brackets; the start is the 20th field after it.
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return "gone" if fields[0] in "ZX" else f"{boot}-{fields[19]}"

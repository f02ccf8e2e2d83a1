"""Faults of our own machine in the middle of a conversation: the database locked, the disk full."""

from __future__ import annotations

import random
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.faults.clock import SimulatedClock

_FULL = 512  # bytes a file may have while the disk is full: nothing more can be written to a database


@dataclass
class Machine:
    """One day's fault, struck at the n-th command that a relay hears; ``down``: from when to when."""

    clock: SimulatedClock
    database: Path
    kind: str = ""
    strikes_at: int = 0
    seconds: float = 0.0
    down: list[tuple[datetime, datetime]] = field(default_factory=list)
    _heard: int = 0
    _lock: sqlite3.Connection | None = None

    def heard(self, _: str) -> None:
        """Count a command; strike at the n-th."""
        self._heard += 1
        if self.kind and self._heard == self.strikes_at:
            self._strike()

    def _strike(self) -> None:
        now = self.clock()
        if self.kind == "database locked":
            lock = sqlite3.connect(self.database, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:  # it is being written to at this moment
                lock.close()
                return
            self._lock = lock
        else:
            _limit(_FULL)
        self.down.append((now, now + timedelta(seconds=self.seconds)))
        self.clock.at(self.down[-1][1], self.mend)

    def mend(self) -> None:
        """End the fault."""
        _limit(None)
        if self._lock is not None:
            with suppress(sqlite3.OperationalError):
                self._lock.execute("ROLLBACK")
            self._lock.close()
            self._lock = None

    def mend_for_good(self) -> None:
        """End the fault, and strike no more."""
        self.kind = ""
        self.mend()


def a_machine(chance: random.Random, clock: SimulatedClock, database: Path) -> Machine:
    """Return the day's machine: sound on three days of four."""
    kind = chance.choice(("", "", "", "", "", "", "database locked", "disk full"))
    return Machine(clock, database, kind, chance.randint(1, 60), chance.uniform(5, 240))


@contextmanager
def elsewhere() -> Iterator[None]:
    """Let another machine's file (the witness's mail) be written though our disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _limit(size: int | None) -> None:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))

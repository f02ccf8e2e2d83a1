"""A clock that jumps: waiting costs no time, and what is due meanwhile happens on the way."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable
from datetime import datetime, timedelta


class SimulatedClock:
    """The time of one simulated day. ``wait`` and ``pass_time`` move it on; both run what falls due."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._lock = threading.RLock()
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def __call__(self) -> datetime:
        """Return the simulated moment."""
        with self._lock:
            return self._at

    def at(self, moment: datetime, happening: Callable[[], None]) -> None:
        """Let something happen at a moment, in the thread that waits past it."""
        with self._lock:
            heapq.heappush(self._due, (moment, next(self._order), happening))

    def pass_time(self, seconds: float) -> None:
        """Move on without letting anything happen yet: time that a server's silence costs."""
        with self._lock:
            self._at += timedelta(seconds=seconds)

    def wait(self, seconds: float) -> None:
        """Move on, letting what falls due happen at its moment."""
        until = self() + timedelta(seconds=seconds)
        while True:
            with self._lock:
                if not self._due or self._due[0][0] > until:
                    self._at = max(self._at, until)
                    return
                moment, _, happening = heapq.heappop(self._due)
                self._at = max(self._at, moment)
            happening()

    def run_until(self, moment: datetime) -> None:
        """Wait until a moment, or do what is overdue."""
        self.wait(max((moment - self()).total_seconds(), 0))

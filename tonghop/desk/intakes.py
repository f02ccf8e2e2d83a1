"""Starts intakes beside the desk, in a process of their own: no page waits, nothing hostile is opened here."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock, Thread

from tonghop.campaigns import Campaign
from tonghop.settings import Settings
from tonghop.wiring import Clock, project_root, system_clock


@dataclass(frozen=True, slots=True)
class IntakeState:
    """Whether an intake of a campaign is under way, and how the last one that the desk started ended.

    ``exit_code`` is the command line's (0 and 1: done, 2 and 3: not done), None before the first has ended.
    """

    is_running: bool = False
    exit_code: int | None = None

    @property
    def has_failed(self) -> bool:
        """Return whether the last one could not finish: what was handed in waits for the next intake."""
        return not self.is_running and self.exit_code not in (None, 0, 1)


@dataclass
class _Line:
    """The intakes of one campaign: one at a time, each day that was asked for meanwhile once more."""

    waiting: dict[date, Campaign] = field(default_factory=dict)
    thread: Thread | None = None
    process: subprocess.Popen[bytes] | None = None
    exit_code: int | None = None


class Intakes:
    """Runs ``tonghop intake`` for campaigns. ``as_if`` is a clock that intakes are to go by, if not the system's."""

    def __init__(self, settings: Settings, as_if: Clock | None = None) -> None:
        self._settings, self._as_if = settings, as_if
        self._lock = Lock()
        self._lines: dict[str, _Line] = {}
        self._closed = False

    def start(self, campaign: Campaign, day: date) -> None:
        """Begin an intake of the campaign for a day; if one is under way, another follows it."""
        with self._lock:
            line = self._lines.setdefault(campaign.name, _Line())
            line.waiting[day] = campaign
            if line.thread is None and not self._closed:
                line.thread = Thread(target=self._work, args=(line,), daemon=True, name="intake")
                line.thread.start()

    def state(self, campaign: str) -> IntakeState:
        """Return how the campaign's intakes stand."""
        with self._lock:
            line = self._lines.get(campaign)
            return IntakeState(line.thread is not None, line.exit_code) if line else IntakeState()

    def close(self) -> None:
        """Start no more, and end the one under way: what it has recorded stands, the rest is taken in later."""
        with self._lock:
            self._closed = True
            lines = list(self._lines.values())
            for line in lines:
                line.waiting.clear()
                if line.process is not None and line.process.poll() is None:
                    line.process.terminate()
        for line in lines:
            thread = line.thread
            if thread is not None:
                thread.join(timeout=20)

    def _work(self, line: _Line) -> None:
        while True:
            with self._lock:
                if not line.waiting or self._closed:
                    line.thread = None
                    return
                day = min(line.waiting)
                campaign = line.waiting.pop(day)
            code = self._run(line, campaign, day)
            with self._lock:
                line.exit_code = code

    def _run(self, line: _Line, campaign: Campaign, day: date) -> int:
        """Return the exit code of one intake; what it said lies in HOME/desk, the last one of each campaign."""
        folder = self._settings.make_home("desk").absolute()
        told, log = (folder / f"intake-{campaign.name}.{ending}" for ending in ("json", "log"))
        try:
            with told.open("wb") as out, log.open("wb") as err:
                with self._lock:
                    line.process = subprocess.Popen(  # noqa: S603 - our own command line, no shell
                        self._command(campaign, day), stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                        env=self._environment(),
                    )  # fmt: skip
                return line.process.wait()
        except OSError:
            return 3

    def _command(self, campaign: Campaign, day: date) -> list[str]:
        now = (self._as_if or system_clock)()
        command = [sys.executable, "-m", "tonghop", "intake", campaign.name, "--json"]
        # A day that is named is what submissions are expected to be about; today's need no such word.
        command += ["--day", day.isoformat()] if day != campaign.local_day(now) else []
        return command + (["--at", now.isoformat()] if self._as_if else [])

    def _environment(self) -> dict[str, str]:
        """Return this process's environment with its settings made plain: paths must not hang on a folder."""
        settings = self._settings
        paths = [str(project_root()), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),
            "TONGHOP_HOME": str(_absolute(settings.home)),
            "TONGHOP_CAMPAIGNS": str(_absolute(settings.campaigns)),
            "TONGHOP_DATABASE_URL": settings.database,
            "TONGHOP_SMTP_URL": settings.smtp_url,
            "TONGHOP_WITNESS_URL": settings.witness_url,
        }


def _absolute(path: Path) -> Path:
    return path.absolute()

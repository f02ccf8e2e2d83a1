"""Runs the command line beside the desk, in a process of its own: no page waits, nothing hostile is opened here."""

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

INTAKE, RUN = "intake", "run"


@dataclass(frozen=True, slots=True)
class Job:
    """One command for a day: ``intake``, or ``run`` with the reason for which an edition was approved.

    ``mark`` tells two jobs of a day apart (an edition's digest): one that waits or is under way is not begun twice.
    """

    command: str
    day: date
    mark: str = ""
    approve: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class JobState:
    """Whether a job of a kind is under way, and how the last one that the desk started ended.

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
    """The jobs of one campaign, one after the other; ``ended``: the exit codes of the last of each kind and day."""

    waiting: dict[Job, Campaign] = field(default_factory=dict)
    under_way: Job | None = None
    thread: Thread | None = None
    process: subprocess.Popen[bytes] | None = None
    ended: dict[tuple[str, date], int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)


class Jobs:
    """Runs ``tonghop`` for campaigns. ``as_if`` is a clock that commands are to go by, if not the system's."""

    def __init__(self, settings: Settings, as_if: Clock | None = None) -> None:
        self._settings, self._as_if = settings, as_if
        self._lock = Lock()
        self._lines: dict[str, _Line] = {}
        self._closed = False

    def intake(self, campaign: Campaign, day: date) -> None:
        """Begin an intake of the campaign for a day; if one is under way, another follows it."""
        self._start(campaign, Job(INTAKE, day))

    def approve(self, campaign: Campaign, day: date, digest: str, reason: str) -> bool:
        """Begin to make and send a day's next edition; return False where that of this digest is on its way."""
        job = Job(RUN, day, digest, reason)
        with self._lock:
            line = self._lines.get(campaign.name)
            if line is not None and (line.under_way == job or job in line.waiting):
                return False
            return self._begin(campaign, job)

    def state(self, campaign: str, command: str = INTAKE, day: date | None = None) -> JobState:
        """Return how the campaign's jobs of a kind stand, of one day if one is named."""
        with self._lock:
            line = self._lines.get(campaign)
            if line is None:
                return JobState()
            jobs = [job for job in (*line.waiting, line.under_way) if job is not None]
            is_running = any(job.command == command and day in (None, job.day) for job in jobs)
            code = line.last.get(command) if day is None else line.ended.get((command, day))
            return JobState(is_running, code)

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

    def _start(self, campaign: Campaign, job: Job) -> None:
        with self._lock:
            self._begin(campaign, job)

    def _begin(self, campaign: Campaign, job: Job) -> bool:
        if self._closed:
            return False
        line = self._lines.setdefault(campaign.name, _Line())
        line.waiting[job] = campaign
        if line.thread is None:
            line.thread = Thread(target=self._work, args=(line,), daemon=True, name="jobs")
            line.thread.start()
        return True

    def _work(self, line: _Line) -> None:
        while True:
            with self._lock:
                if not line.waiting or self._closed:
                    line.thread = None
                    return
                job = next(iter(line.waiting))
                campaign = line.waiting.pop(job)
                line.under_way = job
            code = self._run(line, campaign, job)
            with self._lock:
                line.under_way = None
                line.last[job.command] = line.ended[job.command, job.day] = code

    def _run(self, line: _Line, campaign: Campaign, job: Job) -> int:
        """Return the exit code of one job; what it said lies in HOME/desk, the last one of each kind and campaign."""
        folder = self._settings.make_home("desk").absolute()
        told, log = (folder / f"{job.command}-{campaign.name}.{ending}" for ending in ("json", "log"))
        try:
            with told.open("wb") as out, log.open("wb") as err:
                with self._lock:
                    line.process = subprocess.Popen(  # noqa: S603 - our own command line, no shell
                        self._command(campaign, job), stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                        env=self._environment(),
                    )  # fmt: skip
                return line.process.wait()
        except (OSError, ValueError):  # it could not be started; ValueError: a word of it holds a NUL
            return 3

    def _command(self, campaign: Campaign, job: Job) -> list[str]:
        now = (self._as_if or system_clock)()
        command = [sys.executable, "-m", "tonghop", job.command, campaign.name, "--json"]
        if job.command == RUN:
            # In one word: a reason may begin with a hyphen.
            command += [f"--approve={job.approve}", "--no-wait", "--day", job.day.isoformat()]
        elif job.day != campaign.local_day(now):
            # A day that is named is what submissions are expected to be about; today's need no such word.
            command += ["--day", job.day.isoformat()]
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

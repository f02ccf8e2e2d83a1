"""``tonghop up``: server, deployments, worker and desk on one machine, kept alive until asked to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Self

from tonghop.errors import ConfigurationError, OrchestratorFailed
from tonghop.orchestrator.api import reachable
from tonghop.orchestrator.child import Child, watched_command
from tonghop.orchestrator.deployments import deploy, deployed_before
from tonghop.orchestrator.environment import flow_environment
from tonghop.orchestrator.server import Server, Tell
from tonghop.orchestrator.worker import Worker
from tonghop.words import say

_LOOK_EVERY_SECONDS = 1.0
_ASK_HEALTH_EVERY_SECONDS = 15.0
# A starting or busy machine is silent for a while; a process that hangs is so for ever.
_SILENCE_SECONDS = 180.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 60.0
_SETTLED_SECONDS = 300.0
_STOP_SECONDS = 20.0


def up(
    home: Path,
    project_root: Path,
    port: int,
    desk: Sequence[str] | None,
    on_line: Tell,
    on_up: Tell = lambda _url: None,
) -> int:
    """Run everything a district office needs until Ctrl-C or SIGTERM, and return the exit code.

    ``port`` is that of Prefect's pages (0: any free one); ``desk`` the desk's module and arguments, if there is one;
    ``on_line`` hears each line for the operator, ``on_up`` the URL of Prefect's pages once all have begun. A child
    that ends or falls silent is started again, after a pause that doubles from 1 to 60 s. Raises
    ``OrchestratorFailed`` where it cannot start at all.
    """
    with _Asked().listening() as asked, ExitStack() as children:
        children.callback(lambda: on_line(say("orchestrator.stopped")))
        try:
            watched, url = _start_all(home, project_root, port, desk, on_line, children)
            on_up(url)
            asked.starting = False
        except KeyboardInterrupt:
            on_line(say("orchestrator.stopping"))
            return 0
        while not asked.wait(_LOOK_EVERY_SECONDS):
            for one in watched:
                one.tend(time.monotonic(), on_line)
        on_line(say("orchestrator.stopping"))
    return 0


def _start_all(
    home: Path,
    project_root: Path,
    port: int,
    desk: Sequence[str] | None,
    on_line: Tell,
    children: ExitStack,
) -> tuple[list[Watched], str]:
    """Return the children, each to be stopped with ``children``, the last started first; and Prefect's URL."""
    server = children.enter_context(Server(home, port, on_line, share=False))
    deploy_or_keep(project_root, server.api_url, home, on_line)
    worker = children.enter_context(Worker(home, project_root, server.api_url, on_line))
    watched = [
        Watched(server.child, lambda: reachable(server.api_url, 10)),
        Watched(worker.child, worker.is_healthy),
    ]
    if desk:
        env = flow_environment(home, project_root, PREFECT_API_URL=server.api_url)
        child = Child(home, "desk", watched_command(*desk), env)
        children.callback(child.stop, _STOP_SECONDS)
        child.start()
        watched.append(Watched(child, lambda: True))
    on_line(say("orchestrator.up", url=server.url))
    return watched, server.url


def deploy_or_keep(project_root: Path, api_url: str, home: Path, on_line: Tell) -> None:
    """Apply prefect.yaml; where it is broken say so, and go on with what was deployed before.

    A slip of the pen in the morning must not stop the report of the afternoon. Raises what was wrong where
    nothing was deployed before.
    """
    try:
        deploy(project_root, api_url, home, on_line)
    except (OrchestratorFailed, ConfigurationError) as error:
        if not deployed_before(api_url):
            raise
        on_line(str(error))
        on_line(say("orchestrator.kept_schedules"))


@dataclass
class Watched:
    """A child that must live: when it was last well, and how long to wait before it is started again."""

    child: Child
    is_healthy: Callable[[], bool]
    pause: float = _FIRST_PAUSE_SECONDS
    started: float = field(default_factory=time.monotonic)
    last_well: float = field(default_factory=time.monotonic)
    next_question: float = 0.0
    start_at: float | None = None

    def tend(self, now: float, on_line: Tell) -> None:
        """Look after the child once: start it again, notice that it ended, or ask how it is."""
        if self.start_at is not None:
            if now >= self.start_at:
                self._start(now, on_line)
        elif self.child.exit_code is not None:
            self._plan(now, on_line)
        elif now >= self.next_question:
            self._ask(now, on_line)

    def _plan(self, now: float, on_line: Tell) -> None:
        if now - self.started > _SETTLED_SECONDS:  # it lived well: what came is new
            self.pause = _FIRST_PAUSE_SECONDS
        on_line(
            say(
                "orchestrator.child_ended",
                name=self.child.name,
                code=self.child.exit_code,
                seconds=int(self.pause),
                log=self.child.log_file,
            )
        )
        self.start_at = now + self.pause
        self.pause = min(self.pause * 2, _LONGEST_PAUSE_SECONDS)

    def _start(self, now: float, on_line: Tell) -> None:
        try:
            self.child.start()
        except OrchestratorFailed as error:
            on_line(str(error))
            self.start_at = now + self.pause
            return
        self.start_at, self.started, self.last_well = None, now, now
        on_line(say("orchestrator.child_back", name=self.child.name))

    def _ask(self, now: float, on_line: Tell) -> None:
        self.child.tend_log()
        self.next_question = now + _ASK_HEALTH_EVERY_SECONDS
        if self.is_healthy():
            self.last_well = now
        elif now - self.last_well > _SILENCE_SECONDS:
            on_line(say("orchestrator.child_silent", name=self.child.name, log=self.child.log_file))
            self.child.stop(_STOP_SECONDS)


class _Asked:
    """Whether Ctrl-C, SIGTERM or a closed terminal has asked to stop; while starting they interrupt instead."""

    def __init__(self) -> None:
        self.starting, self._stop = True, Event()

    def wait(self, seconds: float) -> bool:
        """Return whether it was asked, at once or within ``seconds``."""
        return self._stop.wait(seconds)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()
        if self.starting:
            self.starting = False  # a second Ctrl-C must not interrupt the stopping
            raise KeyboardInterrupt

    @contextmanager
    def listening(self) -> Iterator[Self]:
        """Within it, the signals are heard."""
        wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = [(number, signal.signal(number, self._hear)) for number in wanted]
        try:
            yield self
        finally:
            for number, handler in before:
                signal.signal(number, handler)

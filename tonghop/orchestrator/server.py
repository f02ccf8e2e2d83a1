"""A Prefect server on this machine, with its database and pages in HOME/prefect."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tonghop.errors import OrchestratorFailed
from tonghop.orchestrator.api import reachable
from tonghop.orchestrator.child import Child, watched_command
from tonghop.orchestrator.environment import prefect_environment, prefect_home, record_url, recorded_url
from tonghop.words import say

LOOPBACK = "127.0.0.1"
START_SECONDS = 180.0  # imports and the first migration take half a minute on a slow disk
_STOP_SECONDS = 15.0
_TELL_EVERY_SECONDS = 5.0
Tell = Callable[[str], None]


class Server:
    """Prefect's server as a child process: healthy inside ``with``, gone after it, and gone if we are killed.

    ``port`` 0 takes a free one. One HOME has one server at a time, because two would schedule everything
    twice: where another process runs this HOME's server already, ``share`` joins it (and leaves it running)
    or, without ``share``, ``OrchestratorFailed`` says where it is. ``tell`` hears what the wait is for.
    """

    def __init__(self, home: Path, port: int = 0, tell: Tell | None = None, share: bool = True) -> None:
        self.home, self.port, self.share = home.absolute(), port, share
        self.api_url = ""
        self._tell = tell or (lambda _line: None)
        self._child: Child | None = None
        self._lock: int | None = None

    @property
    def url(self) -> str:
        """Return the address of the server's pages."""
        return self.api_url.removesuffix("/api")

    @property
    def is_ours(self) -> bool:
        """Return whether the server is this object's child, and not one that was joined."""
        return self._child is not None

    @property
    def child(self) -> Child:
        """Return the child process; raises ``OrchestratorFailed`` where the server was joined or not started."""
        if self._child is None:
            raise OrchestratorFailed(
                f"the Prefect server at {self.api_url or self.home} is not run from here"
            )
        return self._child

    def start(self) -> None:
        """Start the server and return when it answers. Raises ``OrchestratorFailed`` with the end of its log."""
        running = self._take_lock()
        if running is not None:
            self.api_url = running
            self._tell(say("orchestrator.server_joined", url=self.url))
            return
        try:
            self.port = _usable_port(self.port)
            self.api_url = f"http://{LOOPBACK}:{self.port}/api"
            held = (self._lock,) if self._lock is not None else ()
            command = watched_command("prefect", "server", "start")
            self._child = Child(self.home, "prefect-server", command, self._environment(), held)
            self._child.start()
            self._await_health()
            record_url(self.home, self.api_url)
        except BaseException:  # an interrupt while it starts must leave no server either
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server, if it is ours; its history stays in HOME/prefect."""
        if self._child is not None:
            record_url(self.home, None)
            self._child.stop(_STOP_SECONDS)
            self._child = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _environment(self) -> dict[str, str]:
        return prefect_environment(
            self.home,
            PREFECT_API_URL=self.api_url,
            PREFECT_SERVER_API_HOST=LOOPBACK,
            PREFECT_SERVER_API_PORT=str(self.port),
            # Prefect lets every web page in the operator's browser call its API; ours only its own pages.
            PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS=self.url,
        )

    def _take_lock(self) -> str | None:
        """Hold this HOME's lock, and return None; or return the URL of the server that holds it.

        The lock is shared with the child and so lasts until the child is gone, even if we are killed: the next
        ``tonghop up`` waits for the old server to leave before it opens the same database.
        """
        lock = os.open(prefect_home(self.home) / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
        give_up = time.monotonic() + START_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                running = recorded_url(self.home)
                if running and _owner_lives(lock) and reachable(running):
                    os.close(lock)
                    return self._joined(running)
                if time.monotonic() > give_up:
                    os.close(lock)
                    raise OrchestratorFailed(say("orchestrator.locked", home=self.home)) from None
                time.sleep(0.5)
            else:
                os.truncate(lock, 0)
                os.pwrite(lock, str(os.getpid()).encode(), 0)
                self._lock = lock
                return None

    def _joined(self, running: str) -> str:
        if not self.share:
            raise OrchestratorFailed(say("orchestrator.runs_already", url=running.removesuffix("/api")))
        return running

    def _await_health(self) -> None:
        began = told = time.monotonic()
        while not reachable(self.api_url):
            now = time.monotonic()
            if self.child.exit_code is not None or now - began > START_SECONDS:
                raise OrchestratorFailed(
                    say("orchestrator.server_failed", log=self.child.log_file, end=self.child.last_lines())
                )
            if now - told >= _TELL_EVERY_SECONDS:
                told = now
                self._tell(say("orchestrator.server_starting", seconds=int(now - began)))
            time.sleep(0.2)


def _owner_lives(lock: int) -> bool:
    """Return whether the process that started the server still runs; else the server is about to leave."""
    try:
        os.kill(int(os.pread(lock, 20, 0) or b"0"), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:  # it lives, as another user
        return True
    return True


def _usable_port(port: int) -> int:
    """Return the port, or a free one for 0. Raises ``OrchestratorFailed`` where something listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise OrchestratorFailed(
                say("orchestrator.port_taken", port=port, reason=error.strerror)
            ) from error
        return int(probe.getsockname()[1])


def free_port() -> int:
    """Return a port of the loopback that nothing listens at just now."""
    return _usable_port(0)

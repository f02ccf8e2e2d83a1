"""A process worker on this machine: it starts each scheduled run as a process of its own."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tonghop.errors import OrchestratorFailed
from tonghop.orchestrator.api import Api, answers
from tonghop.orchestrator.child import Child, watched_command
from tonghop.orchestrator.deployments import WORK_POOL
from tonghop.orchestrator.environment import flow_environment
from tonghop.orchestrator.server import LOOPBACK, START_SECONDS, free_port
from tonghop.words import say

# A run that is under way when the worker is asked to stop gets this long before the worker is killed; the run
# itself has a session of its own and finishes what it does.
STOP_SECONDS = 20.0


class Worker:
    """Prefect's process worker as a child: polling inside ``with``, gone after it, and gone if we are killed.

    ``env`` are settings of the runs (``TONGHOP_SMTP_URL`` …) beside those of this process.
    """

    def __init__(
        self,
        home: Path,
        project_root: Path,
        api_url: str,
        tell: Callable[[str], None] | None = None,
        **env: str,
    ) -> None:
        self.api_url = api_url
        self._tell = tell or (lambda _line: None)
        self.name = platform.node() or "tonghop"
        health_port = free_port()
        self.health_url = f"http://{LOOPBACK}:{health_port}/health"
        command = watched_command(
            *("prefect", "worker", "start", "--pool", WORK_POOL, "--type", "process", "--name", self.name),
            *("--with-healthcheck", "--install-policy", "never"),
        )
        own = {
            "PREFECT_API_URL": api_url,
            "PREFECT_WORKER_WEBSERVER_HOST": LOOPBACK,
            "PREFECT_WORKER_WEBSERVER_PORT": str(health_port),
        }
        self.child = Child(
            home, "prefect-worker", command, flow_environment(home, project_root, **{**own, **env})
        )

    def start(self) -> None:
        """Start the worker and return when the server sees it. Raises ``OrchestratorFailed`` with its log's end."""
        self._tell(say("orchestrator.worker_starting"))
        before = self._last_seen()
        self.child.start()
        try:
            self._await_sign_of_life(before)
        except BaseException:  # an interrupt while it starts must leave no worker either
            self.stop()
            raise

    def _await_sign_of_life(self, before: str | None) -> None:
        give_up = time.monotonic() + START_SECONDS
        while self._last_seen() == before:
            if self.child.exit_code is not None or time.monotonic() > give_up:
                end = self.child.last_lines()
                raise OrchestratorFailed(say("orchestrator.worker_failed", log=self.child.log_file, end=end))
            time.sleep(0.5)

    def is_healthy(self) -> bool:
        """Return whether the worker says that it still asks for work."""
        return answers(self.health_url)

    def stop(self) -> None:
        """Stop the worker; runs under way finish by themselves."""
        self.child.stop(STOP_SECONDS)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _last_seen(self) -> str | None:
        """Return when the server last heard of a worker of this name, as it writes it; None for never."""
        known = Api(self.api_url).post(f"/work_pools/{WORK_POOL}/workers/filter", {}) or []
        return next((str(one["last_heartbeat_time"]) for one in known if one["name"] == self.name), None)

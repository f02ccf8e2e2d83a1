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

# Prefect's worker kills its runs when it stops. Nothing is lost by that, but a report in the middle of being
# sent is better sent: runs under way get this long (systemd allows 90 s for the whole).
RUNS_SECONDS = 45.0
_STOP_SECONDS = 20.0


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
        """Let the runs under way finish, for a while; then stop the worker and say on Prefect's pages what ended."""
        try:
            self._let_runs_finish()
        except OrchestratorFailed as error:  # the server is gone as well: there is nobody to ask or tell
            self._tell(str(error))
            self.child.stop(_STOP_SECONDS)
            return
        was_alive = self.child.exit_code is None
        self.child.stop(_STOP_SECONDS)
        if was_alive:
            self._mark_interrupted()

    def _let_runs_finish(self) -> None:
        give_up = time.monotonic() + RUNS_SECONDS
        told = 0
        while self.child.exit_code is None and time.monotonic() < give_up:
            under_way = self._runs_under_way()
            if not under_way:
                return
            if len(under_way) != told:
                told = len(under_way)
                self._tell(say("orchestrator.runs_under_way", count=told, seconds=int(RUNS_SECONDS)))
            time.sleep(0.5)

    def _runs_under_way(self) -> list[str]:
        wanted = {
            "flow_runs": {"state": {"type": {"any_": ["PENDING", "RUNNING"]}}},
            "work_pools": {"name": {"any_": [WORK_POOL]}},
        }
        runs = Api(self.api_url).post("/flow_runs/filter", wanted) or []
        return [str(run["id"]) for run in runs if run["labels"].get("prefect.worker.name") == self.name]

    def _mark_interrupted(self) -> None:
        """Say of runs that were killed with the worker that they were; else they would stand as RUNNING."""
        state = {"type": "CRASHED", "name": "Crashed", "message": say("orchestrator.interrupted")}
        try:
            for run in self._runs_under_way():
                Api(self.api_url).post(f"/flow_runs/{run}/set_state", {"state": state, "force": True})
        except OrchestratorFailed as error:  # it only shows: the product's own database knows what was done
            self._tell(str(error))

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

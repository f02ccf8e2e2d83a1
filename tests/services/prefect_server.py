"""A real Prefect server on loopback for the whole session, a project of the tests' own, and a worker for it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from tonghop.orchestrator import Server, environment
from tonghop.orchestrator.api import Api

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120.0  # two slow cores shared with other tests

TOY_FLOW = """
import json, os, time
from pathlib import Path
from prefect import flow

@flow
def toy(campaign: str, seconds: float = 0) -> None:
    told = {name: os.environ.get(name) for name in os.environ if name.startswith("TONGHOP_")}
    Path(os.environ["TOY_TOLD"]).write_text(json.dumps({"folder": os.getcwd(), "campaign": campaign, **told}))
    time.sleep(seconds)
"""


def toy_deployment(name: str, **more: object) -> dict[str, object]:
    """Return one deployment of the toy flow, as prefect.yaml has it."""
    return {
        "name": name,
        "entrypoint": "flows/toy.py:toy",
        "parameters": {"campaign": name},
        "work_pool": {"name": "tonghop", "work_queue_name": "deadline"},
        "schedules": [{"cron": "0 15 * * *", "timezone": "Asia/Ho_Chi_Minh", "slug": name, "active": True}],
    } | more


@dataclass
class Project:
    """A folder with prefect.yaml and a toy flow."""

    folder: Path

    def configure(self, *deployments: dict[str, object], **more: object) -> None:
        """Write prefect.yaml with these deployments and the shipped file's pull step."""
        (self.folder / "flows").mkdir(parents=True, exist_ok=True)
        (self.folder / "flows" / "toy.py").write_text(TOY_FLOW, encoding="utf-8")
        pull = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["pull"]
        content = {"name": "toy", "pull": pull, "deployments": list(deployments)} | more
        (self.folder / "prefect.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")


@dataclass
class Prefect:
    """The server as a test sees it: its API, and what runs against it."""

    server: Server

    def lay_out(self, home: Path) -> None:
        """Let a HOME be one whose server ran before: Prefect builds its database and pages for half a minute."""
        shutil.copytree(_first(self.server), home / "prefect")

    @property
    def home(self) -> Path:
        return self.server.home

    @property
    def api(self) -> Api:
        return Api(self.server.api_url)

    def deployment(self, flow_and_name: str) -> dict[str, Any]:
        found = self.api.get(f"/deployments/name/{flow_and_name}")
        assert found is not None, f"{flow_and_name} is not deployed"
        return found

    def start_run(self, flow_and_name: str, **parameters: object) -> str:
        """Ask for a run now, as the button on Prefect's pages does; return its id."""
        deployment = self.deployment(flow_and_name)
        order = {
            "state": {"type": "SCHEDULED"},
            "parameters": {**deployment["parameters"], **parameters},
        }
        return self.api.post(f"/deployments/{deployment['id']}/create_flow_run", order)["id"]

    def state_of(self, run: str) -> str:
        return self.api.get(f"/flow_runs/{run}")["state"]["name"]

    def wait_for(self, run: str, *states: str) -> str:
        """Return the run's state when it is one of ``states`` or final, or what it is when patience ends."""
        final = {*states, "Completed", "Failed", "Crashed", "Cancelled"}
        return until(lambda: state if (state := self.state_of(run)) in final else None) or self.state_of(run)

    def scheduled(self, flow_and_name: str) -> list[str]:
        """Return the moments of the deployment's scheduled runs as the API writes them, in UTC, in order."""
        deployment = self.deployment(flow_and_name)["id"]
        wanted = {
            "deployments": {"id": {"any_": [deployment]}},
            "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
            "sort": "EXPECTED_START_TIME_ASC",
        }
        return [run["expected_start_time"] for run in self.api.post("/flow_runs/filter", wanted)]

    def python(self, code: str, **env: str) -> Any:
        """Run a script against the server in a process of its own; return what it prints as JSON."""
        return run_python(code, PREFECT_API_URL=self.server.api_url, **environment(self.home), **env)


def run_python(code: str, **env: str) -> Any:
    """Run a script with the product on its path; return the JSON of its last line of output."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "TONGHOP_"))}
    done = subprocess.run(
        [sys.executable, "-c", dedent(code)],
        env={**clean, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def until(ask: Callable[[], Any], patience: float = PATIENCE_SECONDS) -> Any:
    """Return the first answer that is not empty, or the last one when patience ends."""
    give_up = time.monotonic() + patience
    while not (answer := ask()) and time.monotonic() < give_up:
        time.sleep(0.3)
    return answer


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    """A Prefect server of this session, with nothing of the machine's own settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("PREFECT_", "TONGHOP_"))]:
            patch.delenv(name)
        with Server(tmp_path_factory.mktemp("prefect") / "home") as server:
            _keep_first(server)
            yield Prefect(server)


def _first(server: Server) -> Path:
    return server.home.with_name("first")


def _keep_first(server: Server) -> None:
    """Copy what a server that has just started keeps: its database in one piece, nothing of where it runs."""
    own, first = server.home / "prefect", _first(server)
    shutil.copytree(own, first, ignore=shutil.ignore_patterns("prefect.db*", "api-url", "server.lock"))
    built, copy = (sqlite3.connect(folder / "prefect.db") for folder in (own, first))
    with closing(built), closing(copy):
        built.backup(copy)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one deployment, ``toy-a``."""
    made = Project(tmp_path / "project")
    made.configure(toy_deployment("toy-a"))
    return made

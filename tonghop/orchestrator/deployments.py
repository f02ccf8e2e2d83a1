"""Apply prefect.yaml: work pool, queues, deployments with their schedules, and the watch for dead runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tonghop.errors import OrchestratorFailed
from tonghop.orchestrator.api import Api
from tonghop.orchestrator.environment import prefect_environment
from tonghop.orchestrator.project_file import read_deployments
from tonghop.settings import read_settings
from tonghop.words import say

WORK_POOL = "tonghop"
# The report and its watch never wait behind anything; the past waits behind everything.
QUEUES: Mapping[str, Mapping[str, object]] = {
    "deadline": {"priority": 1},
    "day": {"priority": 2, "concurrency_limit": 2},
    "past": {"priority": 3, "concurrency_limit": 1},
}
_PATIENCE_SECONDS = 300
_ZOMBIES = "tonghop-zombies"
Tell = Callable[[str], None]
Prefect = Callable[..., None]


def deploy(
    project_root: Path, api_url: str, home: Path | None = None, tell: Tell | None = None
) -> tuple[str, ...]:
    """Apply prefect.yaml to the server at ``api_url`` and return the deployments' names; repeating is harmless.

    Schedules of our work pool that no longer stand in the file are switched off, and nothing is deleted: a
    schedule nobody wrote must not run, and the history stays.

    Raises ``ConfigurationError`` for a key that Prefect would ignore, ``OrchestratorFailed`` for all else.
    """
    say_it = tell or (lambda _line: None)
    say_it(say("orchestrator.deploying"))
    wanted = read_deployments(project_root / "prefect.yaml")
    api = Api(api_url)
    prefect = _prefect_at(project_root, api_url, home or read_settings().home)
    _prepare_pool(api, prefect)
    prefect("deploy", "--all")
    for stale in _stop_stale(api, wanted):
        say_it(say("orchestrator.stopped_stale", name=stale))
    try:
        _watch_for_zombies(api)
    except OrchestratorFailed as error:  # without it a dead run only looks alive
        say_it(say("orchestrator.no_zombie_watch", reason=error))
    say_it(say("orchestrator.deployed", count=len(wanted)))
    return tuple(wanted)


def _prepare_pool(api: Api, prefect: Prefect) -> None:
    if api.get(f"/work_pools/{WORK_POOL}") is None:
        # Over the API the template of a process pool would come from the internet; Prefect's own code has it.
        prefect("work-pool", "create", WORK_POOL, "--type", "process")
    for name, wanted in QUEUES.items():
        if api.post(f"/work_pools/{WORK_POOL}/queues", {"name": name, **wanted}) is None:
            api.patch(f"/work_pools/{WORK_POOL}/queues/{name}", wanted)


def _prefect_at(project_root: Path, api_url: str, home: Path) -> Prefect:
    """Return Prefect's command line, run in the project's folder; it raises with what Prefect said."""
    env = prefect_environment(home, PREFECT_API_URL=api_url)
    # Without it Prefect stores the placeholder itself, and each worker's own TONGHOP_ROOT fills it.
    env.pop("TONGHOP_ROOT", None)

    def prefect(*arguments: str) -> None:
        try:
            done = subprocess.run(  # noqa: S603 - our own command, no shell
                (sys.executable, "-m", "prefect", "--no-prompt", *arguments),
                cwd=project_root,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=_PATIENCE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise OrchestratorFailed(_failure(project_root, error.stdout or b"")) from error
        if done.returncode != 0:
            raise OrchestratorFailed(_failure(project_root, done.stdout))

    return prefect


def _failure(project_root: Path, output: bytes) -> str:
    end = "\n".join(output.decode(errors="replace").splitlines()[-15:])
    return say("orchestrator.deploy_failed", file=project_root / "prefect.yaml", end=end)


def _stop_stale(api: Api, wanted: Mapping[str, frozenset[str]]) -> list[str]:
    """Switch off what no longer stands in the file, and return its names.

    Prefect keeps a schedule whose slug went from the file: after a deadline has moved, the report would go out
    at the old hour too. Schedules without a slug were made on Prefect's pages and are the operator's own.
    """
    ours = (
        api.post("/deployments/filter", {"work_pools": {"name": {"any_": [WORK_POOL]}}, "limit": 200}) or []
    )
    stopped = []
    for one in ours:
        slugs = wanted.get(one["name"])
        for schedule in one["schedules"]:
            stays = slugs is not None and (not schedule["slug"] or schedule["slug"] in slugs)
            if schedule["active"] and not stays:
                api.patch(f"/deployments/{one['id']}/schedules/{schedule['id']}", {"active": False})
                stopped.append(f"{one['name']} {schedule['slug'] or ''}".strip())
    return stopped


def deployed_before(api_url: str) -> bool:
    """Return whether the server knows any deployment of ours."""
    return bool(_ours(Api(api_url)))


def _ours(api: Api) -> list[dict[str, Any]]:
    wanted = {"work_pools": {"name": {"any_": [WORK_POOL]}}, "limit": 200}
    found: list[dict[str, Any]] = api.post("/deployments/filter", wanted) or []
    return found


def _watch_for_zombies(api: Api) -> None:
    """Mark as CRASHED a run that has shown no sign of life for 90 s: its process and its worker were killed."""
    automation = {
        "name": _ZOMBIES,
        "description": "",
        "enabled": True,
        "trigger": {
            "type": "event",
            "posture": "Proactive",
            "after": ["prefect.flow-run.heartbeat"],
            # What ends a run, or lets it rest, answers as well as a heartbeat does.
            "expect": [
                f"prefect.flow-run.{what}"
                for what in (
                    "heartbeat",
                    "Completed",
                    "Failed",
                    "Cancelled",
                    "Crashed",
                    "Paused",
                    "AwaitingRetry",
                )
            ],
            "match": {"prefect.resource.id": ["prefect.flow-run.*"]},
            "for_each": ["prefect.resource.id"],
            "threshold": 1,
            "within": 90,
        },
        "actions": [
            {"type": "change-flow-run-state", "state": "CRASHED", "message": say("orchestrator.zombie")},
        ],
    }
    found = api.post("/automations/filter", {"automations": {"name": {"any_": [_ZOMBIES]}}})
    if found:
        api.put(f"/automations/{found[0]['id']}", automation)
    else:
        api.post("/automations/", automation)

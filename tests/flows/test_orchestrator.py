"""Prefect's server, deployments and worker as children of ours: real processes on loopback, a toy flow."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil
import pytest

from tests.services.prefect_server import (
    PATIENCE_SECONDS,
    ROOT,
    Prefect,
    Project,
    toy_deployment,
    until,
)
from tonghop.errors import ConfigurationError, OrchestratorFailed
from tonghop.orchestrator import Server, Worker, api_url, deploy, environment, reachable
from tonghop.orchestrator.machine import deploy_or_keep
from tonghop.orchestrator.server import free_port

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def deployed(prefect: Prefect, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose deployments stand on the server: toy-runs, and toy-one, of which one run goes at a time."""
    project = Project(tmp_path_factory.mktemp("deployed") / "project")
    one_at_a_time = {"limit": 1, "collision_strategy": "CANCEL_NEW", "grace_period_seconds": 120}
    project.configure(
        toy_deployment("toy-runs", schedules=[]),
        toy_deployment("toy-one", schedules=[], concurrency_limit=one_at_a_time),
    )
    deploy(project.folder, prefect.server.api_url, prefect.home)
    return project


@pytest.fixture
def worker(prefect: Prefect, deployed: Project, tmp_path: Path) -> Iterator[Worker]:
    told = str(tmp_path / "told.json")
    with Worker(prefect.home, deployed.folder, prefect.server.api_url, TOY_TOLD=told) as worker:
        yield worker


def test_where_nothing_listens_no_api_is_reachable() -> None:
    assert not reachable(f"http://127.0.0.1:{free_port()}/api")
    assert not reachable("file:///etc/passwd")
    assert not reachable("nonsense")


def test_what_answers_but_is_no_prefect_is_not_taken_for_one(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "health").write_text("<html>hello</html>", encoding="utf-8")
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as other:
        until(lambda: _listens(port))
        assert not reachable(f"http://127.0.0.1:{port}")
        other.terminate()


def test_the_server_answers_on_loopback_only_and_its_home_knows_where(prefect: Prefect) -> None:
    assert reachable(prefect.server.api_url)
    assert api_url(prefect.home) == prefect.server.api_url
    listening = [
        c.laddr for c in psutil.Process(prefect.server.child.pid).net_connections() if c.status == "LISTEN"
    ]
    assert {address.ip for address in listening} == {"127.0.0.1"}


def test_the_server_sends_nothing_home_and_keeps_its_state_in_its_folder(prefect: Prefect) -> None:
    settings = prefect.api.get("/admin/settings")
    assert settings["server"]["analytics_enabled"] is False
    assert settings["server"]["ephemeral"]["enabled"] is False
    assert settings["home"] == str(prefect.home / "prefect")
    assert (prefect.home / "prefect" / "prefect.db").exists()
    assert settings["server"]["api"]["cors_allowed_origins"] == prefect.server.url


def test_an_api_that_an_operator_has_set_goes_before_the_home_s_own(
    prefect: Prefect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example.vn/api")
    assert api_url(prefect.home) == "http://prefect.example.vn/api"
    monkeypatch.delenv("PREFECT_API_URL")
    assert api_url(tmp_path) is None


def test_a_second_server_of_one_home_joins_the_first_and_leaves_it_running(prefect: Prefect) -> None:
    with Server(prefect.home) as second:
        assert second.api_url == prefect.server.api_url
        assert not second.is_ours
    assert reachable(prefect.server.api_url)
    with pytest.raises(OrchestratorFailed, match=prefect.server.url):
        Server(prefect.home, share=False).start()


def test_a_port_that_is_taken_is_named_before_anything_is_started(prefect: Prefect, tmp_path: Path) -> None:
    with pytest.raises(OrchestratorFailed, match=str(prefect.server.port)):
        Server(tmp_path, prefect.server.port).start()
    assert api_url(tmp_path) is None


def test_a_deployed_cron_makes_scheduled_runs_at_the_zone_s_hour(prefect: Prefect, project: Project) -> None:
    deploy(project.folder, prefect.server.api_url, prefect.home)
    moments = until(lambda: prefect.scheduled("toy/toy-a"))
    assert moments, "the scheduler created no runs: are the pins of prefect and sqlalchemy kept?"
    assert {moment[11:16] for moment in moments} == {"08:00"}
    assert datetime.fromisoformat(moments[0]).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).hour == 15


def test_what_is_stored_names_no_folder_of_this_machine(prefect: Prefect, deployed: Project) -> None:
    stored = json.dumps(prefect.deployment("toy/toy-runs"))
    assert "stand_in_project" in stored
    assert str(deployed.folder) not in stored


def test_deploying_again_doubles_nothing_and_follows_the_file(prefect: Prefect, project: Project) -> None:
    url = prefect.server.api_url
    two = [{"cron": f"{m} 9 * * *", "timezone": "UTC", "slug": f"toy-{m}", "active": True} for m in (10, 20)]
    project.configure(toy_deployment("toy-a", schedules=two), toy_deployment("toy-b"))
    assert deploy(project.folder, url, prefect.home) == ("toy-a", "toy-b")
    project.configure(toy_deployment("toy-a", schedules=two[:1]))
    for _ in range(2):
        deploy(project.folder, url, prefect.home)
    schedules = prefect.deployment("toy/toy-a")["schedules"]
    assert [s["slug"] for s in schedules if s["active"]] == ["toy-10"]
    assert [s["active"] for s in prefect.deployment("toy/toy-b")["schedules"]] == [False]
    automations = prefect.api.post("/automations/filter", {})
    assert [one["name"] for one in automations].count("tonghop-zombies") == 1
    project.configure(toy_deployment("toy-b"))
    deploy(project.folder, url, prefect.home)
    assert [s["active"] for s in prefect.deployment("toy/toy-b")["schedules"]] == [True]


def test_the_report_s_queue_comes_before_the_day_s_and_the_past_s(
    prefect: Prefect, deployed: Project
) -> None:
    queues = prefect.api.post("/work_pools/tonghop/queues/filter", {})
    first = {queue["name"]: queue["priority"] for queue in queues}
    assert first["deadline"] < first["day"] < first["past"]


def test_a_misspelt_key_is_refused_with_what_is_allowed_before_anything_is_deployed(
    prefect: Prefect, project: Project
) -> None:
    project.configure(toy_deployment("toy-misspelt", schedule_s=[]))
    with pytest.raises(
        ConfigurationError, match=r"toy-misspelt: schedule_s: unknown key; allowed: .*schedules"
    ):
        deploy(project.folder, prefect.server.api_url, prefect.home)
    assert prefect.api.get("/deployments/name/toy/toy-misspelt") is None


def test_a_flow_that_cannot_be_loaded_stops_the_deployment_with_the_reason(
    prefect: Prefect, project: Project
) -> None:
    project.configure(toy_deployment("toy-lost", entrypoint="flows/lost.py:lost"))
    with pytest.raises(OrchestratorFailed, match=r"lost\.py"):
        deploy(project.folder, prefect.server.api_url, prefect.home)


def test_up_goes_on_with_the_earlier_schedules_where_the_file_is_broken(
    prefect: Prefect, deployed: Project, tmp_path: Path
) -> None:
    broken, said = Project(tmp_path), []
    broken.configure(toy_deployment("toy-misspelt", schedule_s=[]))
    deploy_or_keep(broken.folder, prefect.server.api_url, prefect.home, said.append)
    assert any("schedule_s" in line for line in said)


def test_the_worker_runs_a_deployment_in_the_project_s_folder_with_the_installation_s_settings(
    prefect: Prefect, deployed: Project, worker: Worker, tmp_path: Path
) -> None:
    assert worker.is_healthy()
    run = prefect.start_run("toy/toy-runs")
    assert prefect.wait_for(run) == "Completed"
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert told["folder"] == str(deployed.folder)
    assert told["campaign"] == "toy-runs"
    assert told["TONGHOP_HOME"] == str(prefect.home)
    assert Path(told["TONGHOP_CAMPAIGNS"]).is_absolute()


def test_one_run_of_a_deployment_at_a_time_and_what_is_under_way_finishes_before_the_worker_stops(
    prefect: Prefect, worker: Worker
) -> None:
    first = prefect.start_run("toy/toy-one", seconds=15)
    assert prefect.wait_for(first, "Running") == "Running"
    second = prefect.start_run("toy/toy-one")
    assert prefect.wait_for(second) == "Cancelled"
    assert prefect.state_of(first) == "Running"
    worker.stop()
    assert worker.child.exit_code is not None
    assert prefect.state_of(first) == "Completed"


def test_a_run_that_will_not_end_is_marked_as_ended_with_the_worker(
    prefect: Prefect, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tonghop.orchestrator.worker.RUNS_SECONDS", 0.0)
    run = prefect.start_run("toy/toy-runs", seconds=600)
    assert prefect.wait_for(run, "Running") == "Running"
    worker.stop()
    assert prefect.state_of(run) == "Crashed"


PARENT = """
import sys, time
from pathlib import Path
from tonghop.orchestrator import Server, Worker, deploy
home, root = map(Path, sys.argv[1:])
with Server(home) as server:
    deploy(root, server.api_url, home)
    with Worker(home, root, server.api_url) as worker:
        print(server.child.pid, worker.child.pid, flush=True)
        time.sleep(600)
"""


def test_server_and_worker_end_with_a_parent_that_is_killed_and_the_next_one_starts(
    prefect: Prefect, project: Project, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    prefect.lay_out(home)
    command = [sys.executable, "-c", PARENT, str(home), str(project.folder)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        children = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(children) == 2
    with Server(home, share=False) as server:  # waits until the orphan has left the database
        assert server.is_ours
        assert reachable(server.api_url)
    assert until(lambda: not any(_lives(pid) for pid in children))


UP = """
import os, sys
from pathlib import Path
from tonghop.orchestrator import up
home, root = map(Path, sys.argv[1:])
desk = ("http.server", os.environ["DESK_PORT"], "--bind", "127.0.0.1")
said = lambda line: print(line, flush=True)
sys.exit(up(home, root, 0, desk, said, lambda url: said(f"pages: {url}")))
"""


@contextmanager
def _machine(home: Path, project: Project, *before: str, **env: str) -> Iterator[tuple[psutil.Popen, Path]]:
    """``up`` in a process of its own, and the file of what it says; it is killed if the test leaves it running."""
    said = home.with_name("said")
    command = [*before, sys.executable, "-c", UP, str(home), str(project.folder)]
    own = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    with said.open("w", encoding="utf-8") as file:
        machine = psutil.Popen(command, env=own, stdout=file, stderr=subprocess.STDOUT)
    try:
        yield machine, said
    finally:
        if machine.poll() is None:
            machine.kill()
            machine.wait()


def test_up_runs_everything_starts_again_what_dies_and_stops_cleanly_when_asked(
    prefect: Prefect, project: Project, tmp_path: Path
) -> None:
    home, port = tmp_path / "home", free_port()
    prefect.lay_out(home)
    settings = {"DESK_PORT": str(port), "TOY_TOLD": str(tmp_path / "told.json")}
    # An ignored interrupt is what nohup and cron leave to their children; Prefect's worker stops by one.
    ignoring = ("sh", "-c", 'trap "" INT; exec "$0" "$@"')
    with _machine(home, project, *ignoring, **settings) as (machine, said):
        assert until(lambda: "Ctrl-C" in _text(said)), _text(said)
        url = api_url(home)
        assert url
        assert until(lambda: reachable(url) and _listens(port))
        children = machine.children()
        assert len(children) == 3
        for child in children:
            child.kill()
        assert until(lambda: _text(said).count("đã chạy lại") == 3), _text(said)
        assert until(lambda: reachable(url) and _listens(port))
        again = Prefect(_at(home, url))
        assert again.wait_for(again.start_run("toy/toy-a")) == "Completed"
        children = machine.children()
        machine.send_signal(signal.SIGTERM)
        assert machine.wait(PATIENCE_SECONDS) == 0
    assert not any(_lives(child.pid) for child in children)
    assert _text(said).count("pages: http://127.0.0.1:") == 1
    assert _text(said).splitlines()[-1] == "Đã dừng."
    assert api_url(home) is None


def test_up_asked_to_stop_while_it_starts_leaves_nothing_behind(project: Project, tmp_path: Path) -> None:
    with _machine(tmp_path / "home", project, DESK_PORT="0") as (machine, said):
        children = until(machine.children)
        assert children
        machine.send_signal(signal.SIGINT)
        assert machine.wait(PATIENCE_SECONDS) == 0, _text(said)
    assert not any(_lives(child.pid) for child in children)


def test_our_settings_name_only_what_prefect_knows(tmp_path: Path) -> None:
    from prefect.settings import Settings
    from prefect.settings.legacy import _get_settings_fields

    known = {setting.name for setting in _get_settings_fields(Settings).values()}
    ours = {name for name in environment(tmp_path) if name.startswith("PREFECT_")}
    assert ours <= known


def _at(home: Path, url: str) -> Server:
    server = Server(home)
    server.api_url = url
    return server


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != "zombie"
    except psutil.NoSuchProcess:
        return False


def _listens(port: int) -> bool:
    return any(c.status == "LISTEN" and c.laddr.port == port for c in psutil.net_connections("tcp4"))

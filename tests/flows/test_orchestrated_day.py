"""The shipped deployments on a real server, run by a real process worker; and the same day with the server gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.flows.world import DAY, ZONE, District, clean_environment
from tests.services.prefect_server import ROOT, Prefect, until
from tests.services.smtp_server import SmtpServer
from tonghop.orchestrator import Server, Worker, api_url, deploy, reachable

pytestmark = pytest.mark.timeout(600)
AT = f"{DAY}T14:40:00+07:00"


@pytest.fixture(scope="module")
def shipped(prefect: Prefect) -> Prefect:
    """The server with prefect.yaml of this repository applied."""
    deploy(ROOT, prefect.server.api_url, prefect.home)
    return prefect


@pytest.fixture
def worker(shipped: Prefect, district: District) -> Iterator[Worker]:
    """A worker for the district's settings, undisturbed by what the clock would have it run just now."""
    for one in shipped.api.post("/deployments/filter", {}):
        for schedule in one["schedules"]:
            shipped.api.patch(f"/deployments/{one['id']}/schedules/{schedule['id']}", {"active": False})
    settings = {key: value for key, value in district.settings().items() if key != "TONGHOP_HOME"}
    with Worker(
        Path(district.settings()["TONGHOP_HOME"]), ROOT, shipped.server.api_url, **settings
    ) as worker:
        yield worker


def test_the_daily_reports_are_scheduled_at_the_hours_of_the_campaigns_zone(shipped: Prefect) -> None:
    for name, hour, in_utc in (("daily-duc-hue", "14:40", "07:40"), ("daily-hai-phong", "16:40", "09:40")):
        moments = until(lambda name=name: shipped.scheduled(f"daily/{name}"))
        assert moments, "the scheduler created no runs: are the pins of prefect and sqlalchemy kept?"
        assert {datetime.fromisoformat(moment).astimezone(ZONE).strftime("%H:%M") for moment in moments} == {
            hour
        }
        assert {moment[11:16] for moment in moments} == {in_utc}


def test_the_worker_runs_the_daily_deployment_and_the_mail_arrives(
    shipped: Prefect, worker: Worker, district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    order = {"campaign": "tan-chau", "day": str(DAY), "at": AT}
    run = shipped.start_run("daily/daily-duc-hue", **order)
    assert shipped.wait_for(run) == "Completed", worker.child.last_lines(60)
    [received] = smtp_server.received
    assert set(received.recipients) == {"so@tayninh.example.vn", "ubnd@tanchau.example.vn"}
    mail = message_from_bytes(received.content, policy=default)
    assert "1.291" in mail.get_body(("plain",)).get_content()
    assert shipped.api.get(f"/flow_runs/{run}")["name"] == f"daily tan-chau {DAY}"
    tasks = shipped.api.post("/task_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
    assert {"collect", "aggregate", "report", "deliver_in_time"} <= {
        task["name"].rsplit("-", 1)[0] for task in tasks
    }
    shown = shipped.api.post("/artifacts/filter", {"flow_runs": {"id": {"any_": [run]}}})
    assert {"table", "markdown"} <= {artifact["type"] for artifact in shown}

    again = shipped.start_run("daily/daily-duc-hue", **order)
    assert shipped.wait_for(again) == "Completed"
    assert len(smtp_server.received) == 1


def test_the_command_line_is_a_flow_run_where_the_server_answers(
    prefect: Prefect, district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    code, told, said = _tonghop_run(district, PREFECT_API_URL=prefect.server.api_url)
    assert (code, told["edition"]) == (0, 1), said
    assert "without the orchestrator" not in said
    assert len(smtp_server.received) == 1
    by_hand = {"name": {"any_": [f"daily tan-chau {DAY}"]}, "deployment_id": {"is_null_": True}}
    [run] = prefect.api.post("/flow_runs/filter", {"flow_runs": by_hand})
    assert run["state"]["name"] == "Completed"


def test_a_report_held_near_its_cut_off_raises_an_event_and_the_findings_lead_to_the_desk(
    prefect: Prefect, district: District
) -> None:
    district.send("90101", (4000, 900, 1200, 30, 20))  # more installs than telephones
    command = ("intake", "tan-chau", "--day", str(DAY), "--at", f"{DAY}T13:40:00+07:00", "--json")
    desk = "https://desk.example.vn"
    done = _command(district, *command, PREFECT_API_URL=prefect.server.api_url, TONGHOP_DESK_URL=desk)
    assert json.loads(done.stdout)["entries"] == {"held": 1}, done.stderr
    of = {"filter": {"event": {"name": ["tonghop.held-near-cut-off"]}}}
    [event] = until(lambda: prefect.api.post("/events/filter", of)["events"])
    queue = f"{desk}/c/tan-chau/{DAY}/queue"
    assert event["payload"]["units"] == ["90101"]
    assert (event["payload"]["minutes_left"], event["payload"]["desk"]) == ({"90101": 19}, queue)
    shown = prefect.api.post("/artifacts/filter", {"artifacts": {"key": {"like_": f"%-tan-chau-{DAY}"}}})
    assert any(queue in str(one["data"]) for one in shown if one["type"] == "markdown")
    assert any(queue in one["description"] for one in shown if one["key"].startswith("findings-"))


def test_with_the_server_gone_the_command_line_still_delivers_and_says_so_in_one_line(
    prefect: Prefect, district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    home = Path(district.settings()["TONGHOP_HOME"])
    prefect.lay_out(home)
    server = Server(home)
    server.start()
    os.kill(server.child.pid, signal.SIGKILL)
    url = api_url(home)
    assert url is not None, "what was killed leaves its address behind"
    assert until(lambda: not reachable(url))
    code, told, said = _tonghop_run(district)
    server.stop()
    assert (code, told["edition"]) == (0, 1), said
    assert [line for line in said.splitlines() if "without the orchestrator" in line]
    assert {delivery["state"] for delivery in told["deliveries"]} == {"accepted"}
    assert len(smtp_server.received) == 1


def _tonghop_run(district: District, **env: str) -> tuple[int, Any, str]:
    """Run the daily flow by the command line, as an operator does; return exit code, document and messages."""
    done = _command(district, "run", "tan-chau", "--day", str(DAY), "--at", AT, "--json", **env)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else None, done.stderr


def _command(district: District, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tonghop", *words],
        env=clean_environment({**district.settings(), **env}),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

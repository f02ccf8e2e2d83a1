"""prefect.yaml against the campaigns it serves, the flows it names, and the keys that Prefect reads."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.services.prefect_server import ROOT, run_python
from tonghop.campaigns import Campaign, campaign_names, load_campaign
from tonghop.errors import ConfigurationError
from tonghop.orchestrator.deployments import QUEUES, WORK_POOL
from tonghop.orchestrator.project_file import DEPLOYMENT_KEYS, FILE_KEYS, NESTED_KEYS, read_deployments
from tonghop.orchestrator.pulling import stand_in_project

FILE = ROOT / "prefect.yaml"
CAMPAIGNS = ROOT / "campaigns"
FLOWS = ("intake", "daily", "remind", "watch", "backfill")
DAY = date(2020, 8, 18)


@pytest.fixture(scope="module")
def deployments() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {deployment["name"]: deployment for deployment in content["deployments"]}


@pytest.fixture(params=campaign_names(CAMPAIGNS))
def campaign(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    monkeypatch.setenv("TONGHOP_MAILBOX_PASSWORD", "secret")
    return load_campaign(CAMPAIGNS, request.param)


def test_every_campaign_has_every_flow_for_itself_and_nothing_else_is_deployed(
    deployments: dict[str, dict[str, Any]],
) -> None:
    wanted = {f"{flow}-{name}": (flow, name) for name in campaign_names(CAMPAIGNS) for flow in FLOWS}
    found = {
        name: (
            one["entrypoint"].removeprefix(f"flows/{one['entrypoint'].rpartition(':')[2]}.py:"),
            one["parameters"],
        )
        for name, one in deployments.items()
    }
    assert found == {name: (flow, {"campaign": campaign}) for name, (flow, campaign) in wanted.items()}


def test_the_report_is_made_at_send_at(deployments: dict[str, dict[str, Any]], campaign: Campaign) -> None:
    assert _times(deployments, "daily", campaign) == [campaign.send_at(DAY)]


def test_the_flow_of_reminders_runs_at_every_moment_the_campaign_sets_for_a_unit_that_owes(
    deployments: dict[str, dict[str, Any]], campaign: Campaign
) -> None:
    kinds = {unit.kind for unit in campaign.tree(DAY).owing}
    moments = {at for kind in kinds for at in campaign.reminders(DAY, kind)}
    assert len(moments) >= 3
    assert _times(deployments, "remind", campaign) == sorted(moments)


def test_the_watch_looks_ten_and_three_minutes_before_the_deadline_and_after_the_report(
    deployments: dict[str, dict[str, Any]], campaign: Campaign
) -> None:
    deadline = campaign.deadline(DAY)
    looks = _times(deployments, "watch", campaign)
    assert looks == [deadline - timedelta(minutes=n) for n in (10, 3)]
    assert looks[0] > campaign.send_at(DAY)


def test_intake_runs_every_five_minutes_from_morning_to_night_and_out_of_the_way_of_what_is_due(
    deployments: dict[str, dict[str, Any]], campaign: Campaign
) -> None:
    looks = _times(deployments, "intake", campaign)
    assert {later - earlier for earlier, later in pairwise(looks)} == {timedelta(minutes=5)}
    assert looks[0].time() < time(6, 5)
    assert looks[-1].time() > time(21, 50)
    due = {moment for flow in ("daily", "remind", "watch") for moment in _times(deployments, flow, campaign)}
    assert due
    assert not due & set(looks)


def test_every_schedule_runs_every_day_in_the_campaign_s_zone_under_a_slug_of_its_own(
    deployments: dict[str, dict[str, Any]], campaign: Campaign
) -> None:
    schedules = [s for one in deployments.values() for s in one["schedules"]]
    slugs = [schedule["slug"] for schedule in schedules]
    assert len(slugs) == len(set(slugs))
    assert all(schedule["cron"].endswith(" * * *") and schedule["active"] for schedule in schedules)
    assert {s["timezone"] for f in FLOWS for s in _deployment(deployments, f, campaign)["schedules"]} == {
        campaign.file.timezone
    }
    assert _deployment(deployments, "backfill", campaign)["schedules"] == []


def test_one_run_at_a_time_in_a_queue_that_exists(deployments: dict[str, dict[str, Any]]) -> None:
    for one in deployments.values():
        assert one["concurrency_limit"] == {
            "limit": 1,
            "collision_strategy": "CANCEL_NEW",
            "grace_period_seconds": 120,
        }
        assert one["work_pool"]["name"] == WORK_POOL
        assert one["work_pool"]["work_queue_name"] in QUEUES
        assert one["enforce_parameter_schema"] is True


def test_every_entrypoint_is_a_flow_of_that_name_that_takes_the_deployment_s_parameters() -> None:
    told = run_python(f"""
        import inspect, json, os
        import yaml
        from prefect.flows import load_flow_from_entrypoint
        os.chdir({str(ROOT)!r})
        told = []
        for one in yaml.safe_load(open("prefect.yaml"))["deployments"]:
            # Prefect's default hides a mistyped import until the run.
            flow = load_flow_from_entrypoint(one["entrypoint"], use_placeholder_flow=False)
            parameters = inspect.signature(flow.fn).parameters
            told.append([one["name"], flow.name, sorted(set(one["parameters"]) - set(parameters)), list(parameters)])
        print(json.dumps(told))
    """)
    assert {name for name, *_ in told} == set(read_deployments(FILE))
    for name, flow, unknown, parameters in told:
        assert name.startswith(f"{flow}-")
        assert unknown == []
        wanted = ["campaign", "start", "end"] if flow == "backfill" else ["campaign", "day", "at"]
        assert parameters[: len(wanted)] == wanted


def test_no_path_of_any_machine_stands_in_the_file() -> None:
    pull = yaml.safe_load(FILE.read_text(encoding="utf-8"))["pull"]
    assert pull == [{"tonghop.orchestrator.pulling.stand_in_project": {}}]


def test_a_worker_stands_in_the_project_whether_or_not_it_was_told_where_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TONGHOP_ROOT", raising=False)
    assert stand_in_project() == {"directory": str(ROOT)}
    assert Path.cwd() == ROOT
    monkeypatch.setenv("TONGHOP_ROOT", str(tmp_path))
    assert stand_in_project() == {"directory": str(tmp_path)}


def test_the_keys_we_allow_are_those_that_prefect_reads() -> None:
    from prefect.cli.deploy._models import (
        ConcurrencyLimitSpec,
        DeploymentConfig,
        PrefectYamlModel,
        WorkPoolConfig,
    )

    assert set(DeploymentConfig.model_fields) == DEPLOYMENT_KEYS
    assert {field.alias or name for name, field in PrefectYamlModel.model_fields.items()} == FILE_KEYS
    assert set(WorkPoolConfig.model_fields) == NESTED_KEYS["work_pool"]
    assert set(ConcurrencyLimitSpec.model_fields) == NESTED_KEYS["concurrency_limit"]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "concurrency_limit:",
            "concurency_limit:",
            "intake-duc-hue: concurency_limit: unknown key; allowed: ",
        ),
        ("schedules:", "scedules:", "scedules: unknown key; allowed: .*schedules"),
        ("collision_strategy", "colision_strategy", "concurrency_limit.colision_strategy: unknown key"),
        ("work_queue_name", "work_queue", "work_pool.work_queue: unknown key"),
        ("pull:\n", "pul:\n", "pul: unknown key"),
        ("slug: daily-duc-hue, ", "", "daily-duc-hue: a schedule has no slug"),
        ("deployments:\n", "deployment:\n", "no deployments could be read"),
    ],
)
def test_what_prefect_would_ignore_is_refused_by_name(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    shipped = FILE.read_text(encoding="utf-8")
    assert f"{right}" in shipped
    file = tmp_path / "prefect.yaml"
    file.write_text(shipped.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=told):
        read_deployments(file)


def _deployment(deployments: dict[str, dict[str, Any]], flow: str, campaign: Campaign) -> dict[str, Any]:
    return deployments[f"{flow}-{campaign.name}"]


def _times(deployments: dict[str, dict[str, Any]], flow: str, campaign: Campaign) -> list[datetime]:
    """Return the moments of DAY at which the flow is scheduled, as Prefect itself reads the cron."""
    from prefect._vendor.croniter import croniter

    moments = []
    for schedule in _deployment(deployments, flow, campaign)["schedules"]:
        midnight = datetime.combine(DAY, time(), campaign.zone)
        after = croniter(schedule["cron"], midnight - timedelta(seconds=1))
        while (moment := after.get_next(datetime)).date() == DAY:
            moments.append(moment)
    return moments

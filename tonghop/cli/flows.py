"""Run a flow: in Prefect where one is configured and answers, else as the same plain sentence."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Mapping
from datetime import date, datetime

from tonghop.campaigns import load_campaign
from tonghop.settings import read_settings

Told = Mapping[str, object]


def run_daily(
    campaign: str, day: date | None, at: datetime | None, approve: str | None, wait: bool | None
) -> Told:
    """Return what the daily flow tells."""
    return run_flow("daily", campaign=campaign, day=day, at=at, approve=approve, wait=wait)


def run_flow(name: str, **parameters: object) -> Told:
    """Return what the flow ``name`` tells: a flow run where Prefect answers, else a plain call.

    Prefect must never be the reason that a report is late: where it does not answer within two seconds the
    sentence runs without it, and one line says so. Raises ``ConfigurationError`` for a campaign that is not
    there or is set up wrongly, before anything is said of Prefect, and before a folder is made.
    """
    load_campaign(read_settings().campaigns, str(parameters["campaign"]))
    engine = prepare_prefect()
    flow = getattr(importlib.import_module(f"flows.{name}"), name)
    if not engine:
        told: Told = flow.fn(**parameters)
        return told
    from tasks.flow_run import run_as_flow  # beside Prefect, which is loaded by now

    return run_as_flow(flow, **parameters)


def prepare_prefect() -> bool:
    """Return whether a Prefect API is configured and answers, with Prefect's environment set either way."""
    from tonghop.orchestrator import api_url, environment, reachable

    settings = read_settings()
    settings.make_home("prefect")  # or Prefect warns that it is not there
    for key, value in environment(settings.home).items():
        os.environ.setdefault(key, value)
    # Great Expectations tells where its temporary files lie.
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(message)s")
    # Prefect's loggers hand everything up, whatever the level here: the handlers must keep it back.
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.WARNING)
    url = api_url(settings.home)
    if url and reachable(url):
        os.environ["PREFECT_API_URL"] = url
        return True
    os.environ.pop("PREFECT_API_URL", None)
    reason = f"{url} does not answer" if url else "no Prefect API is configured"
    sys.stderr.write(f"tonghop: {reason}; running without the orchestrator\n")
    return False

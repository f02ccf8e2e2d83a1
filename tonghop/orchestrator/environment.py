"""The environment in which Prefect runs here, and where its API is to be found."""

from __future__ import annotations

import os
from pathlib import Path

from dotenv import dotenv_values

from tonghop.settings import read_settings

_SETTINGS = {
    # The ephemeral server takes up to a minute to begin, forgets its history and leaves orphans.
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_LOGGING_COLORS": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "tonghop",  # what the nouns log stands in the run's log as well
    # A line from a thread that carries no run still stands in the log file; no warning about it beside it.
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    # A run whose process and worker were killed would stand as RUNNING for ever; see deployments.py.
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    # A server that hangs costs a call two minutes at most, by default seven; not fewer attempts, because on
    # SQLite the server answers "ask again" whenever another call writes.
    "PREFECT_API_REQUEST_TIMEOUT": "15",
    "PREFECT_CLIENT_MAX_RETRIES": "4",
    "PREFECT_WORKER_QUERY_SECONDS": "5",
    "PREFECT_SERVER_DATABASE_TIMEOUT": "30",  # SQLite on a slow disk
    # Intake alone makes hundreds of runs a day: history older than three months goes.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # The installation is what was tested; a worker must not install another one before a run.
    "PREFECT_RUNNER_AUTO_INSTALL_DEPENDENCIES": "false",
}


def environment(home: Path) -> dict[str, str]:
    """Return the settings under which Prefect runs in this installation; all its state lies in HOME/prefect.

    They are meant to be put under what the operator has set, and over nothing.
    """
    own = home.absolute() / "prefect"
    return {
        **_SETTINGS,
        "PREFECT_HOME": str(own),
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(own / "ui"),
    }


def prefect_environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a child process: the operator's, ours where he set nothing, then ``more``."""
    outside = {key: value for key, value in dotenv_values(".env").items() if value is not None}
    return {**environment(home), **outside, **os.environ, "PREFECT_HOME": str(prefect_home(home)), **more}


def flow_environment(home: Path, project_root: Path, **more: str) -> dict[str, str]:
    """Return the environment of a worker and its runs, which begin in a folder of their own.

    So whatever is relative to the folder in which the worker was started is made absolute, and TONGHOP_ROOT
    tells where the flows are: prefect.yaml, and so Prefect's database, names no folder of any machine.
    """
    places = {
        "TONGHOP_ROOT": str(project_root.absolute()),
        "TONGHOP_HOME": str(home.absolute()),
        "TONGHOP_CAMPAIGNS": str(read_settings().campaigns.absolute()),
    }
    return prefect_environment(home, **{**places, **more})


def prefect_home(home: Path) -> Path:
    """Return the folder of Prefect's own state, made if it is not there."""
    folder = home.absolute() / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def prefect_setting(name: str) -> str | None:
    """Return a setting of Prefect from the environment or the file .env, as Prefect itself looks it up."""
    return os.environ.get(name) or dotenv_values(".env").get(name)


def api_url(home: Path) -> str | None:
    """Return the URL of the Prefect API to use: the one set, or that of this HOME's own server; or None.

    Whether it answers is another question: ``reachable``.
    """
    return prefect_setting("PREFECT_API_URL") or recorded_url(home)


def recorded_url(home: Path) -> str | None:
    """Return the URL that the server of this HOME wrote down; it may have been killed since."""
    try:
        return (home.absolute() / "prefect" / "api-url").read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def record_url(home: Path, url: str | None) -> None:
    """Write down where this HOME's server answers, or that it no longer does."""
    path = prefect_home(home) / "api-url"
    if url is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(url + "\n", encoding="utf-8")

"""``tonghop demo``: both campaigns' day on shipped submissions, as real flow runs, into an embedded mail server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from tonghop.cli.flows import run_flow
from tonghop.cli.progress import progress
from tonghop.mail.embedded import embedded_server
from tonghop.orchestrator import Server, environment
from tonghop.settings import read_settings
from tonghop.wiring import project_root
from tonghop.words import say

Told = Mapping[str, object]
DAY, DAY_BEFORE = date(2020, 8, 18), date(2020, 8, 17)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CAMPAIGNS = {"duc-hue": time(14, 40), "hai-phong": time(16, 40)}


def play() -> Told:
    """Return what both campaigns' runs tell and where the mails lie.

    The demonstration has its own data folder (``demo`` in HOME), made anew each time; the Prefect server
    keeps its history beside it, so that ``tonghop up`` shows the runs.
    """
    settings = read_settings()
    home = (settings.home / "demo").absolute()
    shutil.rmtree(home, ignore_errors=True)
    mails = home / "mail"
    with (
        progress(say("demo.starting")) as tell,
        _prefect(settings.home.absolute()),
        embedded_server(mails) as server,
    ):
        _lay_out(home)
        _point_at(home, server.url)
        told = {name: _play_day(home, name, at, tell) for name, at in CAMPAIGNS.items()}
    return {
        "campaigns": told,
        "mails": [str(path) for path in sorted(mails.glob("*.eml"))],
        "home": str(home),
        "needs_person": [],
        "failed": [note for one in told.values() for note in _texts(one.get("failed"))],
    }


def _play_day(home: Path, name: str, at: time, tell: Callable[[str], None]) -> Told:
    tell(say("demo.playing", campaign=name))
    _receive(home, name, DAY_BEFORE)
    run_flow("intake", campaign=name, day=DAY_BEFORE, at=datetime.combine(DAY_BEFORE, at, ZONE))
    _receive(home, name, DAY)
    return run_flow("daily", campaign=name, day=DAY, at=datetime.combine(DAY, at, ZONE), approve=None)


@contextmanager
def _prefect(home: Path) -> Iterator[None]:
    os.environ.update(environment(home))
    # Every line stands in the runs' logs on Prefect's pages; here it would only hide where to look.
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "WARNING")
    with Server(home) as server:
        os.environ["PREFECT_API_URL"] = server.api_url
        yield
        from prefect.logging.handlers import APILogWorker  # loaded by the flows by now

        APILogWorker.drain_all(timeout=10)  # the last lines, before the server goes


def _point_at(home: Path, smtp_url: str) -> None:
    os.environ["TONGHOP_HOME"] = str(home)
    os.environ["TONGHOP_CAMPAIGNS"] = str(home / "campaigns")
    os.environ["TONGHOP_SMTP_URL"] = smtp_url
    for other in ("DATABASE_URL", "WITNESS_URL"):
        os.environ[f"TONGHOP_{other}"] = ""  # the demonstration never touches what .env points at


def _lay_out(home: Path) -> None:
    """Lay out an empty shared folder and Maildir for each campaign, and the campaigns that look into them."""
    for name in CAMPAIGNS:
        for part in ("new", "cur", "tmp"):
            (home / "maildir" / name / part).mkdir(parents=True)
        (home / "shared" / name).mkdir(parents=True)
        shutil.copytree(project_root() / "campaigns" / name, home / "campaigns" / name)
        _point_sources(home, name)


def _receive(home: Path, name: str, day: date) -> None:
    """Let the day's shipped submissions come in, each at its time of the day."""
    shipped = project_root() / "demo" / name / day.isoformat()
    at = datetime.combine(day, time(7, 45), ZONE)
    for number, path in enumerate(sorted(p for p in shipped.rglob("*") if p.is_file())):
        inbox, shared = home / "maildir" / name / "new", home / "shared" / name
        place = (
            inbox / f"{number}.{day}.demo"
            if path.suffix == ".eml"
            else shared / path.relative_to(shipped / "folder")
        )
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        came = (at + timedelta(minutes=29 * number)).timestamp()
        os.utime(place, (came, came))


def _point_sources(home: Path, name: str) -> None:
    path = home / "campaigns" / name / "campaign.yaml"
    campaign = yaml.safe_load(path.read_text(encoding="utf-8"))
    campaign["sources"] = [
        {"kind": "folder", "url": f"file://{home / 'shared' / name}"},
        {"kind": "mailbox", "url": f"maildir://{home / 'maildir' / name}"},
    ]
    path.write_text(yaml.safe_dump(campaign, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []

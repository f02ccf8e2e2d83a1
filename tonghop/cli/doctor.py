"""``tonghop doctor``: try every part a day depends on, and say what to do for each that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

from tonghop.campaigns import FolderSource, MailboxSource, campaign_names
from tonghop.cli.progress import progress
from tonghop.errors import ConfigurationError, TonghopError
from tonghop.orchestrator import api_url, reachable
from tonghop.settings import Settings, read_settings
from tonghop.wiring import Occasion, occasion_of, project_root, source_of
from tonghop.words import say

Told = Mapping[str, object]


def examine(campaign: str | None) -> Told:
    """Return one line a part: what was tried, what it said, what to do. No mail is sent, nothing is recorded."""
    settings = read_settings()
    names = (campaign,) if campaign else campaign_names(settings.campaigns)
    with progress(say("doctor.looking")):
        checks = [*_installation(settings), *(line for name in names for line in _campaign(settings, name))]
    failed = [line for line in checks if not line["ok"]]
    return {"checks": checks, "exit_code": 3 if failed else 0}


def _installation(settings: Settings) -> Iterator[dict[str, object]]:
    from tonghop.mail.probe import check_smtp, check_witness
    from tonghop.mail.relays import parse_relays

    yield _try("doctor.home", str(settings.home), lambda: _writable(settings.home))
    yield _try("doctor.database", "", lambda: _opened(settings.database))
    for relay in parse_relays(settings.smtp_url):
        yield _try("doctor.smtp", str(relay), partial(check_smtp, relay))
    if not settings.smtp_url:
        yield _line("doctor.smtp", "", False, say("doctor.smtp_unset"), say("doctor.smtp_unset_to_do"))
    if settings.witness_url:
        yield _try("doctor.witness", "", lambda: check_witness(settings.witness_url))
    else:
        yield _line("doctor.witness", "", True, say("doctor.witness_unset"), "")
    yield _schedule(settings)


def _campaign(settings: Settings, name: str) -> Iterator[dict[str, object]]:
    from expectations import load_form, load_rules

    try:
        occasion = occasion_of(settings, name, None, None)
    except ConfigurationError as error:
        yield _line("doctor.campaign", name, False, str(error), say("doctor.campaign_to_do"))
        return
    file = occasion.campaign.file
    yield _try("doctor.campaign", name, lambda: say("doctor.units", count=len(occasion.campaign.units)))
    yield _try(
        "doctor.rules",
        name,
        lambda: (load_form(file.form), load_rules(file.form, file.indicators)) and file.form,
    )
    yield _try("doctor.deployments", name, lambda: _schedules_agree(occasion))
    for source in file.sources:
        yield _try("doctor.source", name, partial(_probe, source))


def _opened(url: str) -> str:
    from tonghop.store import open_store

    with open_store(url):
        return say("doctor.ok")


def _probe(source: FolderSource | MailboxSource) -> str:
    return source_of(source).probe()


def _try(what: str, of: str, work: Callable[[], object]) -> dict[str, object]:
    try:
        said = work()
    except TonghopError as error:
        return _line(what, of, False, str(error), "")
    return _line(what, of, True, str(said) if said else say("doctor.ok"), "")


def _line(what: str, of: str, ok: bool, said: str, to_do: str) -> dict[str, object]:
    return {"what": say(what, of=of), "ok": ok, "said": said, "to_do": to_do}


def _writable(home: Path) -> str:
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".doctor"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise ConfigurationError(say("doctor.home_broken", home=home, reason=error.strerror)) from error
    return str(home.absolute())


def _schedule(settings: Settings) -> dict[str, object]:
    url = api_url(settings.home)
    if url and reachable(url):
        return _line("doctor.prefect", url, True, say("doctor.ok"), "")
    said = say("doctor.prefect_silent", url=url) if url else say("doctor.prefect_unset")
    return _line("doctor.prefect", url or "", False, said, say("doctor.prefect_to_do"))


def _schedules_agree(occasion: Occasion) -> str:
    """Return when the daily run is scheduled. Raises ``ConfigurationError`` where it would come too late."""
    import yaml

    from tonghop.orchestrator.project_file import read_deployments

    read_deployments(project_root() / "prefect.yaml")  # names what Prefect would silently ignore
    deployments = yaml.safe_load((project_root() / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    mine = [d for d in deployments if d["parameters"]["campaign"] == occasion.campaign.name]
    crons = [s["cron"] for d in mine if d["entrypoint"].endswith(":daily") for s in d.get("schedules", ())]
    if not crons:
        raise ConfigurationError(say("doctor.no_schedule", campaign=occasion.campaign.name))
    minute, hour = crons[0].split()[:2]
    deadline = occasion.campaign.deadline(occasion.day)
    at = deadline.replace(hour=int(hour), minute=int(minute))
    if at + timedelta(minutes=5) > deadline:
        raise ConfigurationError(say("doctor.schedule_late", at=f"{at:%H:%M}", deadline=f"{deadline:%H:%M}"))
    return say("doctor.schedule", at=f"{at:%H:%M}", deadline=f"{deadline:%H:%M}")

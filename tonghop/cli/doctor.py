"""``tonghop doctor``: try every part a day depends on, and say what to do for each that fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tonghop.campaigns import FolderSource, MailboxSource, campaign_names
from tonghop.cli import clocks
from tonghop.cli.progress import progress
from tonghop.errors import ConfigurationError, MailRefused, TonghopError
from tonghop.orchestrator import api_url, reachable
from tonghop.settings import Settings, read_settings, unknown_variables
from tonghop.wiring import Occasion, occasion_of, project_root, source_of, system_clock
from tonghop.words import say

if TYPE_CHECKING:
    from tonghop.mail.relays import Relay
    from tonghop.mail.witness import Witness

Told = Mapping[str, object]


def examine(campaign: str | None, *, send_test: bool = False, to: str | None = None) -> Told:
    """Return one line a part: what was tried, what it said, what to do. Nothing is recorded.

    Mail is sent with ``send_test`` only: one message through each mail server to the address ``to``, or to
    the first whom the campaign alarms.
    """
    settings = read_settings()
    names = (campaign,) if campaign else campaign_names(settings.campaigns)
    with progress(say("doctor.looking")):
        checks = [
            *_installation(settings),
            *(line for name in names for line in _campaign(settings, name)),
            *(_trials(settings, names, to) if send_test else ()),
        ]
    failed = [line for line in checks if not line["ok"]]
    return {"checks": checks, "exit_code": 3 if failed else 0}


def _installation(settings: Settings) -> Iterator[dict[str, object]]:
    from tonghop.mail.probe import check_smtp, check_witness
    from tonghop.mail.relays import parse_relays
    from tonghop.mail.webhook import check_webhook

    for one in unknown_variables(settings):
        to_do = say("doctor.variable_to_do", name=one.name, nearest=one.nearest)
        yield _line("doctor.variable", one.name, False, say("doctor.variable_unknown"), to_do)
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
    if settings.dkim_key:
        yield _try("doctor.dkim", settings.dkim_selector, lambda: _signs(settings))
    if settings.alarm_webhook:
        yield _try("doctor.webhook", "", lambda: check_webhook(settings.alarm_webhook))
    yield _remark("clock.zone_data", "", clocks.zone_data())
    yield _remark("clock.network", "", clocks.set_by_network())
    yield from (_remark("clock.of", whose, remark) for whose, remark in clocks.compared(settings))
    yield _schedule(settings)


def _campaign(settings: Settings, name: str) -> Iterator[dict[str, object]]:
    try:
        occasion = occasion_of(settings, name, None, None)
    except ConfigurationError as error:
        yield _line("doctor.campaign", name, False, str(error), say("doctor.campaign_to_do"))
        return
    file = occasion.campaign.file
    yield _try("doctor.campaign", name, lambda: say("doctor.units", count=len(occasion.campaign.units)))
    yield _try("doctor.rules", name, partial(_form_of, occasion))
    yield _try("doctor.reader", name, partial(_read_own_form, occasion))
    yield _remark("clock.campaign", name, clocks.of_campaign(occasion.campaign))
    yield _try("doctor.deployments", name, lambda: _schedules_agree(occasion))
    for source in file.sources:
        yield _try("doctor.source", name, partial(_probe, source))


def _form_of(occasion: Occasion) -> str:
    """Return the form's name. Raises ``ConfigurationError`` where form, rules or what is asked of them is wrong."""
    from expectations import load_form
    from tasks.begin import check_against_form

    check_against_form(occasion)
    return load_form(occasion.campaign.file.form).name


def _read_own_form(occasion: Occasion) -> str:
    """Return that the reader takes the workbook that units fill in. Raises ``ReadingFailed`` where it cannot."""
    from expectations import load_form
    from tonghop.domain.reading import Incoming
    from tonghop.reading.reader import Reader
    from tonghop.report.blank_form import blank_forms

    campaign = occasion.campaign
    day = campaign.file.calendar.nearest(occasion.day)
    form = load_form(campaign.file.form).only(campaign.file.indicators)
    blank = next(iter(blank_forms(campaign, form, day, fill_in_day=True)))
    with Reader(form, workers=1) as reader:
        incoming = Incoming("doctor", blank.filename, blank.content, system_clock(), day)
        (reading,) = reader.read([incoming], campaign.tree(day))
    return say("doctor.read", count=len(reading.rows))


def _trials(settings: Settings, names: Sequence[str], to: str | None) -> Iterator[dict[str, object]]:
    """Yield a line for each mail server through which a test message was sent."""
    from tonghop.campaigns import load_campaign
    from tonghop.mail.relays import parse_relays
    from tonghop.mail.witness import parse_witness

    relays, witness = parse_relays(settings.smtp_url), parse_witness(settings.witness_url)
    file = load_campaign(settings.campaigns, names[0]).file if names else None
    address = to or (file.alerts.to[0] if file and file.alerts.to else None)
    if file is None or address is None:
        yield _line("doctor.trial", "", False, say("doctor.trial_nobody"), say("doctor.trial_nobody_to_do"))
        return
    sender = (file.report.sender.name, file.report.sender.address)
    for relay in relays:
        yield _try("doctor.trial", str(relay), partial(_tried, settings, relay, witness, sender, address))


def _tried(
    settings: Settings, relay: Relay, witness: Witness | None, sender: tuple[str, str], to: str
) -> str:
    from tonghop.mail.signing import signer_of
    from tonghop.mail.trial import try_relay

    signer = signer_of(settings)
    sign = (signer.signed,) if signer else ()
    trial = try_relay(relay, witness, sender, to, system_clock, time.sleep, *sign)
    if trial.arrived is None:
        return say("trial.unwitnessed", to=to, message_id=trial.message_id)
    ahead = round((trial.arrived - trial.sent).total_seconds())
    if abs(trial.arrived - system_clock()) > clocks.TOLERANCE * 2:
        raise MailRefused(say("trial.clock", seconds=ahead))
    return say("trial.kept", seconds=max(ahead, 0))


def _signs(settings: Settings) -> str:
    """Return that a message can be signed. Raises ``ConfigurationError`` where not."""
    from tonghop.domain.deliveries import OutgoingMessage
    from tonghop.mail.signing import signer_of

    sender = f"doctor@{settings.dkim_domain or 'example.vn'}"
    sample = f"From: {sender}\r\nSubject: x\r\n\r\nx\r\n".encode()
    signer = signer_of(settings)
    if signer is not None:
        signer.signed(OutgoingMessage("doctor", "test", "<x@x.vn>", sender, "x", (), sample))
    return say("doctor.ok")


def _remark(what: str, of: str, remark: clocks.Remark) -> dict[str, object]:
    return _line(what, of, remark.ok, remark.said, remark.to_do)


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

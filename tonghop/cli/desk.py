"""``tonghop desk``: the data officers' page, made of its parts and served on this machine."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tonghop.campaigns import Campaign
from tonghop.cli.output import print_json
from tonghop.errors import TonghopError
from tonghop.garbage import leave_what_stands
from tonghop.settings import Settings, read_settings
from tonghop.wiring import Clock, clock_from, system_clock
from tonghop.words import say

if TYPE_CHECKING:
    from fastapi import FastAPI

    from tonghop.desk import DeskParts, Rule


def serve(host: str, port: int, at: datetime | None, *, as_json: bool = False) -> int:
    """Serve the desk until Ctrl-C and return the exit code; ``at``: as if now were that time.

    ``as_json``: where it is served stands in one JSON document on standard output, before it is.
    """
    import logging

    import uvicorn

    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s"
    )
    app = app_of(read_settings(), at)
    leave_what_stands()
    refuse_taken(host, port)
    url = f"http://{host}:{port}/"
    sys.stderr.write(say("desk.serving", url=url) + "\n")
    if as_json:
        print_json({"desk": url})
    # Forwarded headers are believed from this very machine only: there stands the proxy, if there is one.
    uvicorn.run(
        app,
        host=host,
        port=port,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_keep_alive=10,
        h11_max_incomplete_event_size=32 * 1024,
    )
    return 0


def refuse_taken(host: str, port: int) -> None:
    """Raise ``TonghopError`` where the desk cannot listen: before it says that it serves."""
    import socket

    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise TonghopError(
            f"desk: cannot listen on {host}:{port} ({error.strerror}); nothing is served; "
            "stop what listens there, or name another place with --port and --host"
        ) from error


def app_of(settings: Settings, at: datetime | None = None) -> FastAPI:
    """Return the desk of an installation. Raises ``ConfigurationError`` or ``DatabaseUnavailable``."""
    from tonghop.desk import create_app

    return create_app(parts_of(settings, clock_from(at) if at else system_clock, is_as_if=at is not None))


def parts_of(settings: Settings, clock: Clock, *, is_as_if: bool = False) -> DeskParts:
    """Return the desk's parts: what it may not import itself is handed in here."""
    from expectations import load_form
    from tonghop.desk import Campaigns, DeskParts
    from tonghop.desk.jobs import Jobs
    from tonghop.store import open_store

    settings.make_home()
    store = open_store(settings.database)
    hosts = frozenset(name.strip().casefold() for name in settings.desk_hosts.split(",") if name.strip())
    return DeskParts(
        settings=settings,
        store=store,
        campaigns=Campaigns(settings.campaigns, store),
        form_of=load_form,
        rules_of=rules_of,
        clock=clock,
        jobs=Jobs(settings, clock if is_as_if else None),
        hosts=hosts,
    )


def rules_of(campaign: Campaign) -> Sequence[Rule]:
    """Return the campaign's rules, one a code: a rule repeated over indicators is one rule."""
    from expectations import load_rules
    from tonghop.desk import Rule

    found = load_rules(campaign.file.form, campaign.file.indicators)
    by_code = {rule.code: Rule(rule.code, rule.severity, rule.why) for rule in found.rules}
    return list(by_code.values())

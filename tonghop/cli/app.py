"""Every command of the contract, thin: each names its arguments and calls what does the work."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from tonghop.cli.accounts import officer
from tonghop.cli.arguments import At, CampaignName, Day, Json, Wait, as_day, as_reason
from tonghop.cli.output import finish

app = typer.Typer(
    name="tonghop",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tổng hợp: báo cáo hằng ngày của các xã, từ bảng tính đến hộp thư của Sở, trước giờ quy định.\n\n"
    "The communes' daily reports: collected, checked, added up and delivered before the deadline.",
)
database = typer.Typer(no_args_is_help=True, help="The database's schema.")
app.add_typer(database, name="database")
app.add_typer(officer, name="officer")


@app.command()
def run(
    campaign: CampaignName,
    day: Day = None,
    at: At = None,
    approve: Annotated[
        str | None,
        typer.Option(
            "--approve",
            metavar="REASON",
            parser=as_reason,
            help="Send the next edition though the campaign says ask; the reason is kept.",
        ),
    ] = None,
    wait: Wait = None,
    as_json: Json = False,
) -> NoReturn:
    """The daily flow now: take in, add up, report, deliver."""
    from tonghop.cli.flows import run_daily

    finish(run_daily(campaign, day, at, approve, wait), as_json, "day")


@app.command()
def intake(campaign: CampaignName, day: Day = None, at: At = None, as_json: Json = False) -> NoReturn:
    """Take in, read and judge what the sources hold; send no report."""
    from tonghop.cli.flows import run_flow

    finish(run_flow("intake", campaign=campaign, day=day, at=at), as_json, "intake")


@app.command()
def remind(campaign: CampaignName, day: Day = None, at: At = None, as_json: Json = False) -> NoReturn:
    """Remind the units that owe a report; list those to be called."""
    from tonghop.cli.flows import run_flow

    finish(run_flow("remind", campaign=campaign, day=day, at=at), as_json, "remind")


@app.command()
def watch(
    campaign: CampaignName, day: Day = None, at: At = None, wait: Wait = None, as_json: Json = False
) -> NoReturn:
    """Is there an accepted delivery? If not, raise the alarm, and bring the report on its way."""
    from tonghop.cli.flows import run_flow

    finish(run_flow("watch", campaign=campaign, day=day, at=at, wait=wait), as_json, "watch")


@app.command()
def backfill(
    campaign: CampaignName,
    start: Annotated[date, typer.Option("--from", metavar="DAY", parser=as_day, help="The first day.")],
    end: Annotated[date, typer.Option("--to", metavar="DAY", parser=as_day, help="The last day.")],
    as_json: Json = False,
) -> NoReturn:
    """The same verbs for past days, oldest first."""
    from tonghop.cli.flows import run_flow

    finish(run_flow("backfill", campaign=campaign, start=start, end=end), as_json, "backfill")


@app.command()
def check(
    campaign: CampaignName,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Workbooks, messages: whatever would be sent.")
    ],
    day: Day = None,
    sender: Annotated[
        str | None, typer.Option("--sender", metavar="ADDRESS", help="The address it would be sent from.")
    ] = None,
    as_json: Json = False,
) -> NoReturn:
    """Read and judge files without recording anything: what to know before sending."""
    from tonghop.cli.checking import check_files

    finish(check_files(campaign, files, day, sender), as_json, "check")


@app.command()
def status(campaign: CampaignName, day: Day = None, as_json: Json = False) -> NoReturn:
    """Who reported, who owes, what is held; editions and deliveries."""
    from tonghop.cli.looking import status_of

    finish(status_of(campaign, day), as_json, "status")


@app.command()
def settle(
    campaign: CampaignName,
    message_id: Annotated[
        str, typer.Argument(metavar="MESSAGE_ID", help="As status and the alarm show it, <…@…>.")
    ],
    reason: Annotated[
        str,
        typer.Option("--reason", metavar="REASON", parser=as_reason, help="Who said so and how; it is kept."),
    ],
    arrived: Annotated[
        bool, typer.Option("--arrived/--not-arrived", help="Whether the recipient has the message.")
    ],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="ADDRESS", help="One recipient only; all in doubt if left out."),
    ] = None,
    as_json: Json = False,
) -> NoReturn:
    """Say whether a message arrived of which nobody knows; one that did not is sent again."""
    from tonghop.cli.settling import settle as settle_delivery

    finish(settle_delivery(campaign, message_id, arrived=arrived, reason=reason, to=to), as_json, "settle")


@app.command()
def trace(
    campaign: CampaignName,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="The unit's code.")],
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="E.g. installs.")],
    day: Day = None,
    as_json: Json = False,
) -> NoReturn:
    """Follow a figure back to file hash, sheet, cell, sender and time."""
    from tonghop.cli.looking import trace_of

    finish(trace_of(campaign, unit, indicator, day), as_json, "trace")


@app.command()
def contact(
    campaign: CampaignName,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="A unit's address, as in units.csv.")],
    stop: Annotated[
        str | None, typer.Option("--stop", metavar="REASON", help="Send no more reminders there.")
    ] = None,
    resume: Annotated[
        str | None,
        typer.Option(
            "--resume", metavar="REASON", help="Remind again: after a STOP, or a mail that came back."
        ),
    ] = None,
    as_json: Json = False,
) -> NoReturn:
    """Whether reminders go to an address; the reason is kept."""
    from tonghop.cli.contacts import decide_contact

    finish(decide_contact(campaign, address, stop, resume), as_json, "contact")


@app.command()
def export(
    campaign: CampaignName,
    day: Day = None,
    into: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="Where the archive is written.")
    ] = Path(),
    as_json: Json = False,
) -> NoReturn:
    """A day for an auditor: everything it was made of and what was sent, in one zip that verifies itself."""
    from tonghop.cli.exporting import export_day

    finish(export_day(campaign, day, into), as_json, "export")


@app.command()
def form(
    campaign: CampaignName,
    unit: Annotated[
        str | None, typer.Argument(metavar="[UNIT]", help="The unit's code; every unit if left out.")
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="Where the workbooks are written.")
    ] = Path(),
    day: Day = None,
    as_json: Json = False,
) -> NoReturn:
    """The workbook to fill in: of a unit, of a parent with all its units, or of every unit."""
    from tonghop.cli.forming import write_forms

    finish(write_forms(campaign, unit, day, into), as_json, "form")


@app.command()
def doctor(
    campaign: Annotated[
        str | None, typer.Argument(metavar="[CAMPAIGN]", help="One campaign; all if left out.")
    ] = None,
    send_test: Annotated[
        bool, typer.Option("--send-test", help="Send a test message through each mail server as well.")
    ] = False,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="ADDRESS", help="Who gets it; if left out, whom the campaign alarms."),
    ] = None,
    as_json: Json = False,
) -> NoReturn:
    """Try every source, the database, mail servers, witness, clock and schedule; no mail without --send-test."""
    from tonghop.cli.doctor import examine

    finish(examine(campaign, send_test=send_test, to=to), as_json, "doctor")


@app.command()
def demo(as_json: Json = False) -> NoReturn:
    """Both campaigns' day on shipped submissions, with an embedded mail server to receive the reports."""
    from tonghop.cli.demo import play

    finish(play(), as_json, "demo")


@app.command()
def up(
    port: Annotated[int, typer.Option("--port", help="Where Prefect's pages are served.")] = 4200,
    desk_port: Annotated[
        int, typer.Option("--desk-port", help="Where the data officers' page is served.")
    ] = 8300,
    as_json: Json = False,
) -> NoReturn:
    """Everything on one machine: Prefect with its pages, the deployments, a worker, the desk. Ctrl-C stops it."""
    from tonghop.cli.machine import bring_up

    raise SystemExit(bring_up(port, desk_port, as_json=as_json))


@app.command()
def desk(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Where the page is served.")] = 8300,
    host: Annotated[
        str,
        typer.Option(
            "--host", help="The address it listens on; others than this machine's want a proxy with TLS."
        ),
    ] = "127.0.0.1",
    at: At = None,
    as_json: Json = False,
) -> NoReturn:
    """The data officers' page: today, what is in doubt, who owes a report."""
    from tonghop.cli.desk import serve

    raise SystemExit(serve(host, port, at, as_json=as_json))


@database.command()
def upgrade(as_json: Json = False) -> NoReturn:
    """Bring the schema to this version's."""
    from tonghop.cli.machine import upgrade_database

    finish(upgrade_database(), as_json, "upgrade")

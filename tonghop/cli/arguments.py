"""The arguments and options that several commands share, and how their text is understood."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer


def as_day(text: str) -> date:
    """Return the day a person wrote."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2020-08-18") from None


def as_moment(text: str) -> datetime:
    """Return the time a person wrote, with its zone if one stands there."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time; write it as 2020-08-18T14:40:00+07:00") from None


def as_reason(text: str) -> str:
    """Return the reason a person gave; an empty one is refused."""
    if not text.strip():
        raise typer.BadParameter("say why: the reason is kept")
    return text.strip()


CampaignName = Annotated[str, typer.Argument(metavar="CAMPAIGN", help="The campaign's name, e.g. duc-hue.")]
Day = Annotated[
    date | None,
    typer.Option(
        "--day", metavar="DAY", parser=as_day, help="The report's day (2020-08-18); today if left out."
    ),
]
At = Annotated[
    datetime | None,
    typer.Option("--at", metavar="ISO-TIME", parser=as_moment, help="As if now were this time."),
]
Wait = Annotated[
    bool | None,
    typer.Option(
        "--wait/--no-wait",
        help="Try again and again until the deadline, or once. Left out: again and again, but once with --at.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]

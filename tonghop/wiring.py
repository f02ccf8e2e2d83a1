"""Puts the parts together: which store, which campaign, which clock, for one run."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tonghop.campaigns import Campaign, FolderSource, MailboxSource, load_campaign
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.settings import Settings, environment
from tonghop.words import say

if TYPE_CHECKING:
    from tonghop.domain.units import UnitTree
    from tonghop.sources import Source
    from tonghop.store import Store

_CREDENTIALS = re.compile(r"//[^/]*@")

Clock = Callable[[], datetime]

Wait = Callable[[float], None]
"""Let so many seconds pass."""


def system_clock() -> datetime:
    """Return the moment now, in UTC."""
    return datetime.now(UTC)


def clock_from(at: datetime) -> Clock:
    """Return a clock that begins at ``at`` and goes on from there: "as if now were that time"."""
    began = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - began)


@dataclass(frozen=True)
class Occasion:
    """One run of one campaign's day: what every step is given.

    ``day`` is the report's day; ``day_was_named`` tells that a person or schedule named it, so that
    submissions of this run are expected to be about it. ``clock`` gives the moment, with its zone. ``wait``
    lets time pass between two tries; None: this run tries once, as one that is run as if at another time.
    """

    settings: Settings
    campaign: Campaign
    day: date
    day_was_named: bool
    clock: Clock = field(repr=False)
    wait: Wait | None = field(default=None, repr=False)

    @property
    def now(self) -> datetime:
        """Return the moment now in the campaign's zone."""
        return self.clock().astimezone(self.campaign.zone)

    @property
    def today(self) -> date:
        """Return the campaign's date now."""
        return self.now.date()

    @cached_property
    def tree(self) -> UnitTree:
        """Return the units of the run's day. Raises ``ConfigurationError`` as ``Campaign.tree``."""
        return self.campaign.tree(self.day)

    @property
    def store(self) -> Store:
        """Return the database of this installation, opened once a process."""
        self.settings.make_home()
        return _open(self.settings.database)


def occasion_of(
    settings: Settings, campaign: str, day: date | None, at: datetime | None, wait: bool | None = None
) -> Occasion:
    """Return the occasion of a run: the campaign's today, or the day that was named, now or as if at ``at``.

    A moment without a zone is taken in the campaign's. ``wait``: may the run let time pass to try again
    before the deadline; None: yes where it runs now, no where it runs as if at another time.
    Raises ``ConfigurationError`` for an unknown campaign.
    """
    loaded = load_campaign(settings.campaigns, campaign)
    clock = system_clock
    if at is not None:  # a moment without a zone is the campaign's
        clock = clock_from(at if at.tzinfo is not None else at.replace(tzinfo=loaded.zone))
    patient = at is None if wait is None else wait
    named = day is not None
    return Occasion(
        settings, loaded, day or loaded.local_day(clock()), named, clock, time.sleep if patient else None
    )


def source_of(configured: FolderSource | MailboxSource) -> Source:
    """Return the configured source, ready to be looked into.

    Raises ``SourceUnreachable`` where its URL cannot be used, a variable is not set for instance: one source
    that is set up wrongly must not keep the others, nor the report, from their day.
    """
    from tonghop.sources import open_source
    from tonghop.sources.names import shown

    try:
        return open_source(configured, environ=environment())
    except ConfigurationError as error:
        place = _CREDENTIALS.sub("//", configured.url)
        raise SourceUnreachable(shown(place), str(error), say("run.mend_source")) from error


@cache
def _open(url: str) -> Store:
    from tonghop.store import open_store  # heavy: only where a run needs the database

    return open_store(url)


def project_root() -> Path:
    """Return the folder that holds prefect.yaml, flows/ and the shipped campaigns."""
    return Path(__file__).resolve().parent.parent

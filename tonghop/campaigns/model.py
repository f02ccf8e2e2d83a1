"""campaign.yaml as frozen values; extras are forbidden, so a misspelt key is an error and not a default."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ByteSize, ConfigDict, Field, model_validator

from tonghop.campaigns.reminders import DEFAULT, ReminderTime, reminder_moments
from tonghop.campaigns.values import Address, Clock, Title, Words, ZoneName
from tonghop.domain.periods import moment
from tonghop.domain.units import Unit, UnitTree
from tonghop.errors import ConfigurationError

DELIVERY_MINUTES = 20
"""Between the making of the report and its deadline, unless the campaign sets ``send_at``."""

WATCH_MINUTES = 10
"""Before the deadline, when it is asked whether the report was accepted, unless the campaign sets ``watch``."""


class Frozen(BaseModel):
    """A value that cannot change and knows every key it may have."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Calendar(Frozen):
    """The days on which a report is owed ("hàng ngày" means weekends too)."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")
    days: Literal["daily", "workdays"] = "daily"
    holidays: frozenset[date] = frozenset()

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Calendar:
        if self.end < self.start:
            raise ValueError(f"to {self.end} lies before from {self.start}: no day would be owed")
        return self

    def includes(self, day: date) -> bool:
        """Return whether a report is owed for ``day``; on a holiday none is, whatever the other days."""
        is_asked = self.days == "daily" or day.weekday() < 5
        return self.start <= day <= self.end and is_asked and day not in self.holidays

    def nearest(self, day: date) -> date:
        """Return ``day``, or the first or last day of the campaign where it lies before or after it."""
        return min(max(day, self.start), self.end)


class Target(Frozen):
    """A rate that units should reach: ``at_least`` as a fraction 0–1, ``by`` a day if one is set."""

    rate: str
    at_least: float = Field(gt=0, le=1)
    by: date | None = None


class FolderSource(Frozen):
    """A shared folder, searched with its sub-folders: file, smb or sftp."""

    kind: Literal["folder"]
    url: str = Field(pattern=r"^(file|smb|sftp)://")


class MailboxSource(Frozen):
    """A mailbox: imap, imaps, or a Maildir of this machine."""

    kind: Literal["mailbox"]
    url: str = Field(pattern=r"^(imap|imaps|maildir)://")


class Sender(Frozen):
    """The name and address a report is sent from."""

    name: Title
    address: Address


class Paper(Frozen):
    """What the draft document says beside its figures; all of it may be left out.

    ``symbol`` follows the number, which the records office gives ("BC-VHTT"); ``addressees`` whom it is
    addressed to, ``bases`` the documents it carries out, ``copies`` who else gets it, ``archive`` where it
    is filed ("VT, VHTT").
    """

    symbol: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    archive: str = ""


class Report(Frozen):
    """Who sends the report to whom, and what the document's head says.

    ``allowed_domains``: the report goes to addresses of these domains and those below them only; empty: to
    any. ``size_limit``: the most a message may weigh ("10MB"), where the mail server does not say itself.
    """

    sender: Sender
    to: tuple[Address, ...] = Field(min_length=1)
    cc: tuple[Address, ...] = ()
    superior: Words
    issuer: Words
    place: Words
    signer: Words
    attachments: tuple[Literal["xlsx", "docx", "pdf"], ...] = ("xlsx",)
    document: Paper = Paper()
    allowed_domains: tuple[str, ...] = ()
    size_limit: ByteSize | None = None

    @model_validator(mode="after")
    def _stays_within_its_domains(self) -> Report:
        for address in (*self.to, *self.cc) if self.allowed_domains else ():
            domain = address.rpartition("@")[2].casefold()
            if not any(domain == one or domain.endswith(f".{one}") for one in self._domains):
                allowed = ", ".join(self.allowed_domains)
                raise ValueError(f"{address} lies outside allowed_domains ({allowed}); mend one of the two")
        return self

    @property
    def _domains(self) -> tuple[str, ...]:
        return tuple(one.casefold().strip().lstrip("@.") for one in self.allowed_domains)


class Alerts(Frozen):
    """Who is woken when something needs a person."""

    to: tuple[Address, ...] = ()


class Digest(Frozen):
    """Who is told at each turn whom the reminders went to and who must be called; empty: ``alerts.to``."""

    to: tuple[Address, ...] = ()


class CampaignFile(Frozen):
    """campaign.yaml, key by key as in the contract."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Title
    form: str
    root: str
    within: tuple[str, ...] = ()
    timezone: ZoneName
    calendar: Calendar
    cutoffs: dict[str, Clock] = Field(min_length=1)
    deadline: Clock
    send_at: Clock | None = None
    watch: tuple[Annotated[int, Field(gt=0, lt=24 * 60)], ...] | None = Field(None, min_length=1)
    indicators: tuple[str, ...] = Field(min_length=1)
    targets: tuple[Target, ...] = ()
    sources: tuple[Annotated[FolderSource | MailboxSource, Field(discriminator="kind")], ...] = Field(
        min_length=1
    )
    report: Report
    missing: Literal["carry_forward", "leave_out"] = "leave_out"
    corrections: Literal["ask", "send"] = "ask"
    alerts: Alerts = Alerts()
    reminders: tuple[ReminderTime, ...] = Field(DEFAULT, max_length=12)
    digest: Digest = Digest()

    @model_validator(mode="after")
    def _counts_each_indicator_once(self) -> CampaignFile:
        twice = sorted({code for code in self.indicators if self.indicators.count(code) > 1})
        if twice:
            raise ValueError(f"indicators: {', '.join(twice)} stands twice")
        return self

    @model_validator(mode="after")
    def _times_follow_each_other(self) -> CampaignFile:
        if self.send_at is not None and self.send_at >= self.deadline:
            raise ValueError(f"send_at {self.send_at} must lie before deadline {self.deadline}")
        for kind, at in self.cutoffs.items():
            if at > self.deadline:
                raise ValueError(f"cutoffs.{kind} {at} must not lie after deadline {self.deadline}")
        for minutes in self.watch or ():
            if minutes >= self.minutes_to_deliver:
                raise ValueError(
                    f"watch {minutes}: the report is made only {self.minutes_to_deliver:g} minutes before the"
                    " deadline (send_at); a watch must come after it"
                )
        return self

    @property
    def minutes_to_deliver(self) -> float:
        """Return the minutes between the making of the report and its deadline: 20 unless send_at is set."""
        if self.send_at is None:
            return DELIVERY_MINUTES
        first, last = (at.hour * 60 + at.minute + at.second / 60 for at in (self.send_at, self.deadline))
        return last - first


class Campaign(Frozen):
    """A campaign with its units: everything that is configured about one reporting duty."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    file: CampaignFile
    units: tuple[Unit, ...]

    @property
    def name(self) -> str:
        """Return the campaign's name, as on the command line."""
        return self.file.name

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone in which days begin and deadlines fall."""
        return ZoneInfo(self.file.timezone)

    def tree(self, day: date) -> UnitTree:
        """Return the units of ``day`` below the reporting unit.

        Raises ``ConfigurationError`` where the reporting unit is not valid that day, after a reform for instance.
        """
        try:
            return UnitTree.on(day, self.units, self.file.root, self.file.within)
        except ValueError as error:
            span = self.file.calendar
            raise ConfigurationError(
                f"campaign {self.name}: {error} (units.csv); its calendar runs from {span.start} to {span.end};"
                " nothing was done; name a day of it with --day"
            ) from error

    def local_day(self, at: datetime) -> date:
        """Return the campaign's date at a moment."""
        return at.astimezone(self.zone).date()

    def deadline(self, day: date) -> datetime:
        """Return the moment strictly before which the report must have been accepted."""
        return moment(day, self.file.deadline, self.zone)

    def send_at(self, day: date) -> datetime:
        """Return when the report is made: as set, or 20 minutes before the deadline."""
        if self.file.send_at is not None:
            return moment(day, self.file.send_at, self.zone)
        return self.deadline(day) - timedelta(minutes=DELIVERY_MINUTES)

    @property
    def watch(self) -> tuple[int, ...]:
        """Return the watch's stages in minutes before the deadline, the first one first; unless set, one."""
        if self.file.watch is not None:
            return tuple(sorted(set(self.file.watch), reverse=True))
        return (max(1, min(WATCH_MINUTES, int(self.file.minutes_to_deliver / 2))),)

    def cutoff(self, day: date, kind: str) -> datetime:
        """Return when the figures of units of ``kind`` close; a kind without one closes with the report."""
        at = self.file.cutoffs.get(kind)
        return self.send_at(day) if at is None else moment(day, at, self.zone)

    def reminders(self, day: date, kind: str) -> tuple[datetime, ...]:
        """Return when units of ``kind`` that still owe ``day`` are reminded, in order."""
        file = self.file
        return reminder_moments(file.reminders, day, self.cutoff(day, kind), self.send_at(day), self.zone)

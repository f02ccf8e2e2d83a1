"""What the desk is handed: settings, store, campaigns, clock, and what it must not import by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Lock

from tonghop.campaigns import Campaign, load_campaign
from tonghop.campaigns.load import campaign_names
from tonghop.desk.jobs import Jobs
from tonghop.domain.findings import Severity
from tonghop.domain.forms import Form
from tonghop.errors import ConfigurationError
from tonghop.settings import Settings
from tonghop.store import Store
from tonghop.wiring import Clock

_MEGABYTE = 1024 * 1024
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a form as the page of rules tells it; ``why`` it is there, for whoever is asked about it."""

    code: str
    severity: Severity
    why: str


@dataclass(frozen=True, slots=True)
class DeskLimits:
    """How long sessions last, how often one may try to log in, and how much may be handed in.

    ``idle`` counts from an officer's last act (the page refreshing itself is none), ``longest`` from the login.
    ``window``, ``tries_of_name`` and ``tries_of_origin``: failed logins within the window, of one name and from
    one address. ``form_bytes`` bounds an ordinary form, ``upload_bytes`` all files handed in at once, ``item_bytes``
    one of them (as the sources' limit). ``refresh``: seconds between two looks of a page at what is new.
    """

    idle: timedelta = timedelta(hours=1)
    longest: timedelta = timedelta(hours=12)
    window: timedelta = timedelta(minutes=15)
    tries_of_name: int = 8
    tries_of_origin: int = 30
    form_bytes: int = 64 * 1024
    upload_bytes: int = 120 * _MEGABYTE
    item_bytes: int = 36 * _MEGABYTE
    upload_files: int = 40
    refresh: int = 20


@dataclass(frozen=True)
class DeskParts:
    """All that the desk works with.

    ``form_of`` loads a form by its name. ``rules_of`` tells a campaign's rules. ``jobs`` runs commands beside
    the desk. ``hosts``: further names the desk may be asked for.
    """

    settings: Settings
    store: Store
    campaigns: Campaigns
    form_of: Callable[[str], Form]
    rules_of: Callable[[Campaign], Sequence[Rule]]
    clock: Clock = field(repr=False)
    jobs: Jobs = field(repr=False)
    hosts: frozenset[str] = frozenset()
    limits: DeskLimits = DeskLimits()


class Campaigns:
    """The campaigns of a folder, read again where a file was changed; the store's register follows them."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder, self._store = folder, store
        self._lock = Lock()
        self._loaded: dict[str, tuple[tuple[int, ...], Campaign]] = {}
        self.broken: dict[str, str] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of the campaigns, in order."""
        return campaign_names(self._folder)

    def get(self, name: str) -> Campaign | None:
        """Return a campaign; None where there is none.

        Where its files were changed and are now wrong, the last good reading stands and ``broken`` tells why: a
        slip of the pen must not take the desk away from its officers.
        """
        if name not in self.names():
            return None
        stamp = self._stamp(name)
        with self._lock:
            before = self._loaded.get(name)
            if before is None or before[0] != stamp:
                self._load(name, stamp)
            found = self._loaded.get(name)
        return found[1] if found else None

    def _load(self, name: str, stamp: tuple[int, ...]) -> None:
        try:
            campaign = load_campaign(self._folder, name)
        except ConfigurationError as error:
            _LOG.warning("%s", error)
            self.broken[name] = str(error)
            if name in self._loaded:
                self._loaded[name] = (stamp, self._loaded[name][1])
            return
        self._store.units.sync(name, campaign.units)
        self.broken.pop(name, None)
        self._loaded[name] = (stamp, campaign)

    def _stamp(self, name: str) -> tuple[int, ...]:
        paths = (self._folder / name / "campaign.yaml", self._folder / name / "units.csv")
        return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in paths)

"""One request of an officer: who asks, about which campaign and day, and what of it they may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, TypeVar

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

from tonghop.campaigns import Campaign
from tonghop.desk.days import below
from tonghop.desk.desk import Desk, desk_of
from tonghop.domain.forms import Form
from tonghop.domain.officers import DeskSession, Officer
from tonghop.domain.totals import DayTotals
from tonghop.domain.units import Unit, UnitCode, UnitTree
from tonghop.errors import ConfigurationError
from tonghop.store import Preview, Store

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """What a page about a campaign's day is made from.

    ``visible`` are the units that the officer may see: all below their branch. Whatever a page shows or changes
    must lie in it; ``unit``, ``sees`` and ``only`` are the ways to ask.
    """

    request: Request
    desk: Desk
    session: DeskSession
    campaign: Campaign
    day: date
    tree: UnitTree
    visible: frozenset[UnitCode]
    now: datetime

    @property
    def officer(self) -> Officer:
        """Return who asks."""
        return self.session.officer

    @property
    def store(self) -> Store:
        """Return the store."""
        return self.desk.parts.store

    @property
    def form(self) -> Form:
        """Return the campaign's form with the indicators it counts."""
        return self.desk.parts.form_of(self.campaign.file.form).only(self.campaign.file.indicators)

    @property
    def top(self) -> Unit:
        """Return the highest unit that the officer sees: the campaign's root, or their branch."""
        return self.tree[self.officer.branch or self.tree.root]

    @property
    def is_whole(self) -> bool:
        """Return whether the officer sees the whole campaign."""
        return self.top.code == self.tree.root

    @property
    def home(self) -> str:
        """Return the path below which this campaign's and day's pages lie."""
        return f"/c/{self.campaign.name}/{self.day}"

    @property
    def day_before(self) -> date:
        """Return the day before (the first day there is, itself)."""
        return date.fromordinal(max(1, self.day.toordinal() - 1))

    @property
    def day_after(self) -> date:
        """Return the day after (the last day there is, itself)."""
        return date.fromordinal(min(date.max.toordinal(), self.day.toordinal() + 1))

    def sees(self, unit: UnitCode | None) -> bool:
        """Return whether a unit lies in the officer's branch; what belongs to no unit is for the whole only."""
        return self.is_whole if unit is None else unit in self.visible

    def only(self, pairs: Iterable[tuple[UnitCode | None, T]]) -> tuple[T, ...]:
        """Return of things with the unit each belongs to those that the officer may see."""
        return tuple(thing for unit, thing in pairs if self.sees(unit))

    def unit(self, code: UnitCode) -> Unit:
        """Return a unit of the officer's branch; raise 404 for any other, as if it were not there."""
        if code not in self.visible:
            raise HTTPException(404)
        return self.tree[code]

    def totals(self) -> DayTotals:
        """Return the day added up; of a branch, its own line first."""
        whole = self.desk.days.get(self.campaign, self.day, self.now).totals
        return whole if self.is_whole else below(whole, self.top.code, self.visible)

    def preview(self) -> Preview:
        """Return which edition stands and what one made now would change (of the whole campaign)."""
        return self.desk.days.get(self.campaign, self.day, self.now).preview

    def audit(self, action: str, subject: str, detail: str = "") -> None:
        """Write down for ever that this officer did something."""
        self.store.audit(self.desk.parts.clock(), self.officer.name, action, subject, detail)


def asked(request: Request, campaign: str, day: date) -> Asked:
    """Return the request as asked; 404 for a campaign or day that is not there, or not for this officer."""
    desk = desk_of(request)
    session: DeskSession | None = request.state.session
    found = desk.parts.campaigns.get(campaign)
    if session is None or found is None:
        raise HTTPException(404)
    try:
        tree = desk.days.tree(found, day)
    except ConfigurationError as error:  # a day on which the reporting unit was not there
        raise HTTPException(404) from error
    branch = session.officer.branch
    if branch is not None and branch not in tree:
        raise HTTPException(404)
    visible = frozenset(unit.code for unit in (tree.units if branch is None else tree.branch(branch)))
    now = desk.parts.clock().astimezone(found.zone)
    return Asked(request, desk, session, found, day, tree, visible, now)


AskedHere = Annotated[Asked, Depends(asked)]

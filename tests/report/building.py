"""Builds days of totals for the tests: leaves are given, nodes are summed here and not by the product."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tonghop.campaigns import Campaign
from tonghop.campaigns.model import CampaignFile
from tonghop.domain.editions import Edition, OpenFinding, Source, changes_between
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.forms import Form, Indicator, Rate
from tonghop.domain.totals import DayTotals, Line, LineFigure, RateFigure, Timeliness, UnitState
from tonghop.domain.units import Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY, BEFORE = date(2020, 8, 18), date(2020, 8, 17)
AS_OF = datetime(2020, 8, 18, 14, 40, tzinfo=ZONE)
MADE_AT = datetime(2020, 8, 18, 14, 41, tzinfo=ZONE)
RECEIVED = datetime(2020, 8, 18, 9, 15, tzinfo=ZONE)

FORM = Form(
    "bluezone_v1",
    (
        Indicator("population", kinds=frozenset({"commune", "district"})),
        Indicator("smartphone_users", kinds=frozenset({"commune", "district"})),
        Indicator("installs", cumulative=True, kinds=frozenset({"commune", "district"})),
        Indicator("staff"),
        Indicator("staff_installs", cumulative=True),
    ),
    (
        Rate("installs_per_population", "installs", "population"),
        Rate("installs_per_smartphone", "installs", "smartphone_users"),
        Rate("staff_installed", "staff_installs", "staff"),
    ),
    (),
)


@dataclass(frozen=True)
class Leaf:
    """What one unit reported that day; ``previous`` the numerators of the day before."""

    values: Mapping[str, int | None]
    state: UnitState = UnitState.REPORTED
    timeliness: Timeliness | None = Timeliness.ON_TIME
    previous: Mapping[str, int] = field(default_factory=dict)
    carried_from: date | None = None


def unit(code: str, name: str, kind: str, parent: str | None, *, reports: bool = True) -> Unit:
    emails = (f"canbo{code.lower()}@example.vn",) if reports else ()
    return Unit(code, name, kind, parent, date(2004, 1, 1), None, reports, emails, "0272 385 0000")


def campaign(units: Sequence[Unit], **changed: object) -> Campaign:
    content: dict[str, object] = {
        "name": "duc-hue",
        "title": "Kết quả triển khai cài đặt ứng dụng Bluezone",
        "form": "bluezone_v1",
        "root": units[0].code,
        "timezone": "Asia/Ho_Chi_Minh",
        "calendar": {"from": "2020-08-10", "to": "2020-12-31"},
        "cutoffs": {"commune": "14:00", "agency": "14:00"},
        "deadline": "15:00",
        "send_at": "14:40",
        "indicators": [indicator.code for indicator in FORM.indicators],
        "targets": [
            {"rate": "installs_per_smartphone", "at_least": 0.60, "by": "2020-08-21"},
            {"rate": "staff_installed", "at_least": 1.00},
        ],
        "sources": [{"kind": "folder", "url": "file:///srv/baocao/duc-hue"}],
        "report": {
            "sender": {
                "name": "Phòng Văn hóa và Thông tin huyện Đức Huệ",
                "address": "baocao@duchue.example.vn",
            },
            "to": ["sotttt@longan.example.vn"],
            "superior": "UBND huyện Đức Huệ",
            "issuer": "Phòng Văn hóa và Thông tin",
            "place": "Đức Huệ",
            "signer": "TRƯỞNG PHÒNG",
        },
        "missing": "carry_forward",
    }
    report = {**content["report"], **changed.pop("report", {})}
    return Campaign(
        file=CampaignFile.model_validate({**content, **changed, "report": report}), units=tuple(units)
    )


def totals(of: Campaign, form: Form, leaves: Mapping[str, Leaf], day: date = DAY) -> DayTotals:
    """Return the day: each node the sum of its leaves, rates from sums, places among units of a kind."""
    tree = of.tree(day)
    lines = [
        _line(of, form, one, [u for u in tree.branch(one.code) if tree.is_leaf(u.code)], leaves)
        for one in tree.units
    ]
    placed = [replace(line, depth=tree.depth(line.unit), ranks=_ranks(line, lines, form)) for line in lines]
    return DayTotals(of.name, day, AS_OF, tuple(placed))


def _line(of: Campaign, form: Form, one: Unit, below: list[Unit], leaves: Mapping[str, Leaf]) -> Line:
    mine = [leaves.get(u.code, Leaf({}, UnitState.MISSING, None)) for u in below]
    owing = [leaf for leaf, u in zip(mine, below, strict=True) if u.reports]
    good = (UnitState.REPORTED, UnitState.CONFIRMED_ZERO)
    reported = [leaf for leaf in owing if leaf.state in good]
    figures = {i.code: _figure(i.code, mine) for i in form.indicators}
    is_leaf = below == [one]
    whole = UnitState.REPORTED if len(reported) == len(owing) else UnitState.PARTIAL
    return Line(
        unit=one.code,
        name=one.name,
        kind=one.kind,
        parent=one.parent,
        depth=0,
        state=mine[0].state if is_leaf else whole,
        timeliness=mine[0].timeliness if is_leaf else None,
        received_at=RECEIVED if is_leaf and mine[0].timeliness else None,
        expected=len(owing),
        reported=len(reported),
        on_time=sum(1 for leaf in reported if leaf.timeliness is Timeliness.ON_TIME),
        figures=figures,
        rates={r.code: _rate(of, r, figures) for r in form.rates},
        ranks={},
        is_leaf=is_leaf,
    )


def _figure(code: str, leaves: Sequence[Leaf]) -> LineFigure:
    values = [leaf.values.get(code) for leaf in leaves]
    known = [value for value in values if value is not None]
    before = [leaf.previous.get(code, leaf.values.get(code)) for leaf in leaves if leaf.previous]
    previous = [value for value in before if value is not None]
    carried = [
        leaf.carried_from for leaf in leaves if leaf.carried_from and leaf.values.get(code) is not None
    ]
    return LineFigure(
        code,
        sum(known) if known else None,
        carried_from=min(carried) if carried else None,
        previous=sum(previous) if previous else None,
        previous_day=BEFORE if previous else None,
    )


def _rate(of: Campaign, rate: Rate, figures: Mapping[str, LineFigure]) -> RateFigure:
    above, below = figures[rate.numerator], figures[rate.denominator]
    target = next((t.at_least for t in of.file.targets if t.rate == rate.code), None)
    gap = None
    if target is not None and above.value is not None and below.value:
        gap = max(0, math.ceil(round(target * below.value, 6)) - above.value)
    return RateFigure(
        rate.code, _share(above.value, below.value), _share(above.previous, below.previous), target, gap
    )


def _share(above: int | None, below: int | None) -> float | None:
    return None if above is None or not below else above / below


def _ranks(line: Line, lines: Sequence[Line], form: Form) -> dict[str, int]:
    found = {}
    for rate in form.rates:
        mine = line.rates[rate.code].value
        if mine is not None:
            others = [o.rates[rate.code].value for o in lines if o.kind == line.kind]
            found[rate.code] = 1 + sum(1 for value in others if value is not None and value > mine)
    return found


def edition(day: DayTotals, number: int = 1, before: DayTotals | None = None) -> Edition:
    changes = changes_between(before, day) if before else ()
    return Edition(number, day.campaign, day.day, number, MADE_AT, "d" * 64, day, changes)


def finding(code: str, severity: Severity, *, name: str = "bao-cao.xlsx", **places: str) -> OpenFinding:
    return OpenFinding(1, Finding(code, severity, document=name, **places), DAY, 7, name, None, RECEIVED)


def sources_of(day: DayTotals, *, by_mail: bool = False) -> tuple[Source, ...]:
    """Return a source for each figure of each unit that reported."""
    found = []
    for place, line in enumerate(line for line in day.lines if line.is_leaf and line.timeliness):
        for column, (code, figure) in enumerate(line.figures.items()):
            if figure.value is not None:
                found.append(_source(line.unit, code, figure.value, place, column, by_mail=by_mail))
    return tuple(found)


def _source(code: str, indicator: str, value: int, place: int, column: int, *, by_mail: bool) -> Source:
    return Source(
        unit=code,
        indicator=indicator,
        value=value,
        raw=f"{value:,}".replace(",", "."),
        submission=place + 1,
        sha256=f"{place:02x}" * 32,
        name="message.eml" if by_mail else f"{code}.xlsx",
        document=f"{code}.xlsx",
        sheet="Số liệu",
        cell=f"{'BCDEF'[column]}{7 + place}",
        sender=f"canbo{code.lower()}@example.vn" if by_mail else None,
        received_at=(RECEIVED + timedelta(minutes=place)).astimezone(UTC),
        source="imaps://baocao@mail.duchue.example.vn/INBOX" if by_mail else "file:///srv/baocao/duc-hue",
    )

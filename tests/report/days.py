"""Days of the two campaigns. Đức Huệ's sums are the directive's: 66.219, 34.049, 5.658, 1.172, 840."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from tests.report.building import BEFORE, FORM, Leaf, campaign, totals, unit
from tonghop.campaigns import Campaign
from tonghop.domain.forms import Form
from tonghop.domain.totals import DayTotals, Timeliness, UnitState

_CODES = ("population", "smartphone_users", "installs", "staff", "staff_installs")
COMMUNES = {
    "27898": ("Thị trấn Đông Thành", 8312, 4891, 1021, 74, 58),
    "27901": ("Xã Mỹ Quý Đông", 6105, 3120, 488, 92, 63),
    "27904": ("Xã Mỹ Thạnh Bắc", 5240, 2601, 402, 88, 61),
    "27907": ("Xã Mỹ Quý Tây", 8877, 4518, 731, 121, 80),
    "27910": ("Xã Mỹ Thạnh Tây", 4391, 2204, 349, 84, 57),
    "27913": ("Xã Mỹ Thạnh Đông", 6702, 3377, 560, 97, 70),
    "27916": ("Xã Bình Thành", 5519, 2755, 443, 95, 66),
    "27919": ("Xã Bình Hòa Bắc", 6918, 3490, 577, 101, 74),
    "27922": ("Xã Bình Hòa Hưng", 4026, 1987, 297, 83, 55),
    "27925": ("Xã Bình Hòa Nam", 7115, 3604, 566, 104, 71),
    "27928": ("Xã Mỹ Bình", 3014, 1502, 224, 93, 62),
}
# The agencies' staff is part of the 214 (181 installed) that the sample gives the town alone.
AGENCIES = {
    "801-VP": ("Văn phòng HĐND và UBND huyện", 46, 44),
    "801-GDDT": ("Phòng Giáo dục và Đào tạo", 38, 38),
    "801-YTE": ("Trung tâm Y tế huyện", 31, 23),
    "801-LDTBXH": ("Phòng Lao động - Thương binh và Xã hội", 25, 18),
}
_GAINS = (31, 12, 9, 0, 7, 14, 11, 18, 3, 12, 4)


def duc_hue(**changed: object) -> Campaign:
    root = unit("801", "Huyện Đức Huệ", "district", None, reports=False)
    communes = [unit(code, row[0], "commune", "801") for code, row in COMMUNES.items()]
    agencies = [unit(code, row[0], "agency", "801") for code, row in AGENCIES.items()]
    return campaign([root, *communes, *agencies], **changed)


def duc_hue_leaves() -> dict[str, Leaf]:
    leaves = {}
    for (code, (_, *counts)), gain in zip(COMMUNES.items(), _GAINS, strict=True):
        values = dict(zip(_CODES, counts, strict=True))
        before = {
            **values,
            "installs": values["installs"] - gain,
            "staff_installs": values["staff_installs"] - 1,
        }
        leaves[code] = Leaf(values, previous=before)
    for code, (_, staff, installed) in AGENCIES.items():
        leaves[code] = Leaf(
            {"staff": staff, "staff_installs": installed},
            previous={"staff": staff, "staff_installs": installed - 1},
        )
    return leaves


def whole_day() -> tuple[Campaign, Form, DayTotals]:
    """Every unit reported, on time."""
    of = duc_hue()
    return of, FORM, totals(of, FORM, duc_hue_leaves())


def troubled_day(**changed: object) -> tuple[Campaign, Form, DayTotals]:
    """One unit late, one held and one missing with yesterday's figures, one missing without any, one zero."""
    of, leaves = duc_hue(**changed), duc_hue_leaves()
    leaves["27901"] = replace(leaves["27901"], timeliness=Timeliness.LATE)
    for code, state in (("27925", UnitState.HELD), ("27928", UnitState.MISSING)):
        old = leaves[code].previous
        leaves[code] = Leaf(old, state, None, previous=old, carried_from=BEFORE)
    leaves["27922"] = Leaf({}, UnitState.MISSING, None)
    leaves["801-YTE"] = Leaf({"staff": 31, "staff_installs": 0}, UnitState.CONFIRMED_ZERO)
    return of, FORM, totals(of, FORM, leaves)


def hai_phong() -> tuple[Campaign, Form, DayTotals]:
    """217 communes, 15 districts, the city: some missing, held, late; Bạch Long Vĩ reports itself."""
    with (Path(__file__).parent / "hai_phong_2020.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = {"": "city", "31": "district"}
    parents = {row["parent"] for row in rows}
    units = [
        unit(
            r["code"],
            r["name"],
            kinds.get(r["parent"], "commune"),
            r["parent"] or None,
            reports=r["code"] not in parents,
        )
        for r in rows
    ]
    of = campaign(
        units,
        name="hai-phong",
        cutoffs={"commune": "15:00", "district": "16:00"},
        deadline="17:00",
        send_at="16:40",
        indicators=["population", "installs"],
        targets=[{"rate": "installs_per_population", "at_least": 0.60}],
        report={
            "sender": {
                "name": "Tổ tổng hợp Bluezone thành phố Hải Phòng",
                "address": "bluezone@haiphong.example.vn",
            },
            "superior": "UBND thành phố Hải Phòng",
            "place": "Hải Phòng",
        },
        missing="leave_out",
    )
    form = FORM.only(of.file.indicators)
    leaves = {one.code: _leaf(place) for place, one in enumerate(one for one in units if one.reports)}
    return of, form, totals(of, form, leaves)


def _leaf(place: int) -> Leaf:
    population = 4200 + (place * 7919) % 11800
    installs = population * (9 + (place * 37) % 29) // 100
    if place % 31 == 7:
        return Leaf({}, UnitState.MISSING, None)
    if place % 47 == 11:
        return Leaf({}, UnitState.HELD, None)
    timely = Timeliness.LATE if place % 23 == 5 else Timeliness.ON_TIME
    before = {"population": population, "installs": installs - 3 - place % 40}
    return Leaf({"population": population, "installs": installs}, timeliness=timely, previous=before)

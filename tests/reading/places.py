"""The trees and the form that the reading tests use: Đức Huệ of 2020, and a part of Hải Phòng where names repeat."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tonghop.domain.forms import Form, Indicator, Rate
from tonghop.domain.reading import Incoming
from tonghop.domain.units import Unit, UnitTree
from tonghop.reading.headings import load_headings

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2020, 8, 18)
RECEIVED = datetime(2020, 8, 18, 7, 0, tzinfo=UTC)

INDICATORS = ("population", "smartphone_users", "installs", "staff", "staff_installs")

_DUC_HUE = """801||Huyện Đức Huệ
27898|801|Thị trấn Đông Thành
27901|801|Xã Mỹ Quý Đông
27904|801|Xã Mỹ Thạnh Bắc
27907|801|Xã Mỹ Quý Tây
27910|801|Xã Mỹ Thạnh Tây
27913|801|Xã Mỹ Thạnh Đông
27916|801|Xã Bình Thành
27919|801|Xã Bình Hòa Bắc
27922|801|Xã Bình Hòa Hưng
27925|801|Xã Bình Hòa Nam
27928|801|Xã Mỹ Bình
DH-VHTT|801|Phòng Văn hóa và Thông tin
DH-GDDT|801|Phòng Giáo dục và Đào tạo"""

_HAI_PHONG = """31||Thành phố Hải Phòng
304|31|Quận Ngô Quyền
11356|304|Phường Lê Lợi
11359|304|Phường Đằng Giang
311|31|Huyện Thuỷ Nguyên
11473|311|Thị trấn Minh Đức
11500|311|Xã Minh Tân
11530|311|Xã Hoà Bình
312|31|Huyện An Dương
11581|312|Thị trấn An Dương
11611|312|Xã Lê Lợi
11602|312|Xã An Hoà
315|31|Huyện Kiến Thuỵ
11725|315|Xã Minh Tân
11722|315|Xã Đại Đồng
316|31|Huyện Vĩnh Bảo
11836|316|Xã Hoà Bình
11830|316|Xã An Hoà
318|31|Huyện Bạch Long Vĩ"""


def _tree(table: str, root: str) -> UnitTree:
    units = []
    for line in table.splitlines():
        code, parent, name = line.split("|")
        units.append(Unit(code, name, "unit", parent or None, date(2020, 1, 1), None, True))
    return UnitTree.on(DAY, units, root)


def duc_hue() -> UnitTree:
    """Return the tree of Đức Huệ: eleven communes and two agencies."""
    return _tree(_DUC_HUE, "801")


def hai_phong() -> UnitTree:
    """Return a part of Hải Phòng: Minh Tân, Hoà Bình, An Hoà stand in two districts, An Dương is three things."""
    return _tree(_HAI_PHONG, "31")


def form() -> Form:
    """Return the form of the campaign with its shipped headings."""
    from expectations.forms import load_form  # not for the child that a test starts: it brings yaml

    indicators = tuple(Indicator(code, code.endswith("installs")) for code in INDICATORS)
    rates = (
        Rate("installs_per_population", "installs", "population"),
        Rate("installs_per_smartphone", "installs", "smartphone_users"),
        Rate("staff_installed", "staff_installs", "staff"),
    )
    codes = [*INDICATORS, *(rate.code for rate in rates)]
    path = ROOT / "expectations" / "bluezone_v1" / "headings.csv"
    shipped = load_form("bluezone_v1")
    return Form(
        "bluezone_v1",
        indicators,
        rates,
        load_headings(path, codes),
        shipped.titles,
        shipped.plain_words,
        shipped.of_which,
    )


def incoming(name: str, content: bytes, key: str = "", **around: object) -> Incoming:
    """Return a submission as the intake hands it over."""
    return Incoming(key or name, name, content, RECEIVED, DAY, **around)

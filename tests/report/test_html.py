"""The mail's HTML against the rules that mail programs impose."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.report.building import FORM, MADE_AT, Leaf, campaign, edition, totals, unit
from tonghop.report import RenderedReport, render
from tonghop.report.mail_html import GROUNDS, INKS

LARGEST = 100_000


class Lint(HTMLParser):
    """Collects what a mail must not have, and every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "br":
            self.words.append(" ")
        if tag not in {"meta", "br", "img", "wbr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture(params=["whole", "troubled", "city"])
def report(request: pytest.FixtureRequest) -> RenderedReport:
    found: RenderedReport = request.getfixturevalue(request.param)
    return found


def test_the_mail_is_well_formed_vietnamese_html(report: RenderedReport) -> None:
    lint = Lint(report.html)
    assert lint.open == []
    assert lint.all("html") == [{"lang": "vi"}]
    assert report.html.startswith("<!DOCTYPE html>")


def test_the_mail_stays_under_100_kb_before_its_pictures(report: RenderedReport) -> None:
    assert len(report.html.encode()) < LARGEST


def test_nothing_is_loaded_from_outside_and_nothing_is_active(report: RenderedReport) -> None:
    lint = Lint(report.html)
    assert not re.search(r"https?:|url\(|@import|<link|<script|javascript:", report.html)
    assert all((image["src"] or "").startswith("cid:") for image in lint.all("img"))
    assert {name for name, _ in lint.elements}.isdisjoint(
        {"form", "iframe", "object", "svg", "link", "script"}
    )


def test_every_picture_has_words_a_width_and_a_part_of_the_mail(report: RenderedReport) -> None:
    shown = Lint(report.html).all("img")
    assert [image["src"] for image in shown] == [f"cid:{image.cid}" for image in report.images]
    assert all(image["alt"] and image["width"] for image in shown)


def test_every_table_and_heading_has_a_width_for_outlook(report: RenderedReport) -> None:
    lint = Lint(report.html)
    assert all(table.get("width") for table in lint.all("table"))
    assert all(heading.get("width") and heading.get("scope") == "col" for heading in lint.all("th"))


def test_no_layout_is_used_that_outlook_does_not_know(report: RenderedReport) -> None:
    inline = " ".join(attributes.get("style") or "" for _, attributes in Lint(report.html).elements)
    assert not re.search(r"flex|grid|float|position|calc\(|var\(", inline)
    coloured = [a for _, a in Lint(report.html).elements if "background-color" in (a.get("style") or "")]
    assert all(attributes.get("bgcolor") for attributes in coloured)


def test_the_figures_stand_in_the_html(whole: RenderedReport) -> None:
    text = Lint(whole.html).text
    for said in (
        "16,62%",
        "8,54%",
        "71,67%",
        "5.658/66.219 người dân",
        "còn thiếu 14.772 người",
        "1.021/4.891",
    ):
        assert said in text
    assert "Tính đến 14 giờ 40 ngày 18/8/2020: 15/15 đơn vị đã báo cáo, tất cả đúng hạn." in text


def test_a_city_shows_its_districts_in_the_mail_and_its_communes_in_the_workbook_only(
    city: RenderedReport,
) -> None:
    text = Lint(city.html).text
    assert "Huyện Bạch Long Vĩ ✓ đúng hạn" in text
    assert "Quận Hồng Bàng" in text
    assert "Phường Quán Toan" not in text
    assert "Số liệu của từng xã, phường, thị trấn có trong tệp Excel đính kèm." in text


def test_a_state_is_said_in_words_beside_its_sign(troubled: RenderedReport) -> None:
    text = Lint(troubled.html).text
    for said in (
        "✗ chưa báo cáo",
        "? đang xác minh",
        "◆ trễ hạn",
        "○ không phát sinh, đúng hạn",
        "✓ đúng hạn",
    ):
        assert said in text


def test_a_flat_province_of_150_communes_keeps_its_ends_and_stays_small() -> None:
    units = [unit("80", "Tỉnh Tây Ninh", "province", None, reports=False)]
    units += [
        unit(f"{n:05d}", f"Xã Tân Thành thứ {n} với một cái tên rất dài {'x' * 90}", "commune", "80")
        for n in range(150)
    ]
    of = campaign(units)
    leaves = {one.code: Leaf({i.code: 900 + n for i in FORM.indicators}) for n, one in enumerate(units[1:])}
    report = render(edition(totals(of, FORM, leaves)), of, FORM, [], [], [], MADE_AT)
    assert len(report.html.encode()) < LARGEST
    assert "Còn 110 đơn vị ở giữa bảng xếp hạng" in Lint(report.html).text
    assert all(len(image.content) < 100_000 for image in report.images)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *[(ink, "card") for ink in INKS],
        *[("ink", ground) for ground in ("soft", "bad", "doubt", "late", "plain")],
        *[("dim", ground) for ground in ("soft", "bad", "doubt", "late", "plain")],
        *[(tone, tone) for tone in ("bad", "doubt", "late", "plain")],
        *[(tone, "soft") for tone in ("good", "doubt")],
    ],
)
def test_letters_keep_their_contrast_in_both_schemes(ink: str, ground: str, scheme: int) -> None:
    assert contrast(INKS[ink][scheme], GROUNDS[ground][scheme]) >= 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours after WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

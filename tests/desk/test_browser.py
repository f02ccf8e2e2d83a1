"""The desk in a browser: on a telephone and on a desk, light and dark, by keyboard and without a mouse."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.desk.office import CAMPAIGN, DAY, PASSWORD, Office
from tests.services.chromium_server import Browser

pytestmark = pytest.mark.server("chromium")
PLACES = ("today", "owes", "upload")
# Every text against what lies behind it, as WCAG 2.1 counts it: 4.5, or 3 where letters are large.
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
UNNAMED = """() => [...document.querySelectorAll(
    'a, button, input:not([type=hidden]), select, textarea, summary, svg[role=img]')]
  .filter(e => e.checkVisibility())
  .filter(e => !(e.innerText || e.textContent || '').trim() && !e.getAttribute('aria-label')
    && !(e.labels && [...e.labels].some(l => l.textContent.trim())) && !e.title)
  .map(e => e.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll(
    'main a.button, main button, main select, main input:not([type=hidden], [type=radio]), nav a')]
  .filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.height < 24 || box.width < 24).map(([, e]) => e.outerHTML.slice(0, 120))"""
OUTLINE = """() => [document.documentElement.lang, !!document.querySelector('main#main'),
  !!document.querySelector('nav[aria-label]'), document.title.length > 5]"""
TWICE = """() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at); }"""
# What the page does by itself every 20 seconds.
LOOK = """() => htmx.ajax('GET', document.querySelector('#live').getAttribute('hx-get'),
  {target: '#live', swap: 'outerHTML'})"""


def until(page: Any, question: str) -> None:
    """Wait until a page answers yes. (Playwright's own way evaluates text, which the page's policy forbids.)"""
    end = time.monotonic() + 20
    while not page.evaluate(question):
        assert time.monotonic() < end, question
        page.wait_for_timeout(100)


class Seat:
    """An officer before a screen."""

    def __init__(self, context: Any, desk: Office) -> None:
        self._context, self._desk = context, desk
        self.troubles: list[str] = []

    def sit(self, name: str, width: int = 1280, scheme: str = "light") -> Any:
        self._context.clear_cookies()
        page = self._context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.on("console", lambda told: self.troubles.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.goto(f"{self._desk.url}/login")
        page.fill("#name", name)
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/today")
        return page

    def go(self, page: Any, place: str) -> None:
        page.goto(f"{self._desk.url}{self._desk.path}/{place}")


@pytest.fixture
def seat(chromium: Browser, desk: Office) -> Iterator[Seat]:
    sitting = Seat(chromium._context, desk)
    yield sitting
    for page in chromium._context.pages[1:]:
        page.close()
    assert sitting.troubles == []  # nothing was refused by the page's own policy, no script broke


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_and_can_be_read(seat: Seat, desk: Office, width: int, scheme: str) -> None:
    desk.store.calls.put(CAMPAIGN, DAY, "90104", desk.clock(), "lan", "đã gọi")
    page = seat.sit("lan", width, scheme)
    for place in PLACES:
        seat.go(page, place)
        assert page.evaluate("document.documentElement.scrollWidth") == width, place
        assert page.evaluate(CONTRAST) == [], place
        assert page.evaluate(UNNAMED) == [], place
        assert page.evaluate(SMALL) == [], place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_login_and_errors_can_be_read_as_well(seat: Seat, desk: Office, scheme: str) -> None:
    page = seat.sit("lan", 360, scheme)
    for path in ("/c/none/2020-08-18/today", "/login"):
        page.goto(desk.url + path)
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    seat.troubles.clear()  # the browser itself notes that a page was not there


def test_headings_landmarks_and_the_language_are_told(seat: Seat) -> None:
    page = seat.sit("lan")
    for place in PLACES:
        seat.go(page, place)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert page.evaluate(OUTLINE) == ["vi", True, True, True]
        assert page.evaluate(TWICE) == []


def test_the_keyboard_alone_reaches_the_content_and_notes_a_call(seat: Seat, desk: Office) -> None:
    page = seat.sit("lan")
    seat.go(page, "owes")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement.value === '14:30' && document.activeElement.id.startsWith('p-90104')"
        ):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#owe-90104 .tag.info")
    assert "Hẹn gửi lúc 14:30" in page.inner_text("#owe-90104")
    assert page.url.split("#")[0].endswith("/owes")
    assert len(desk.store.calls.of_day(CAMPAIGN, DAY)["90104"]) == 1


def test_an_hour_that_has_passed_is_told_beside_the_field(seat: Seat) -> None:
    page = seat.sit("lan")
    seat.go(page, "owes")
    page.click("#owe-90104 summary")
    page.fill("#at-90104", "09:00")
    page.click("#owe-90104 button.main")
    page.wait_for_selector("#owe-90104 [role=alert]")
    seat.troubles[:] = [told for told in seat.troubles if "422" not in told]


def test_today_refreshes_itself_and_says_so_to_who_cannot_see(seat: Seat, desk: Office) -> None:
    page = seat.sit("lan")
    assert page.inner_text("#live .big >> nth=1").startswith("4")
    desk.tell("90104", at="13:41")
    page.evaluate(LOOK)
    until(page, "() => document.querySelectorAll('#live .big')[1].innerText.startsWith('5')")
    assert "5/8" in page.text_content("#live [role=status]")


def test_the_countdown_runs_by_the_servers_clock(seat: Seat) -> None:
    page = seat.sit("lan")
    until(page, "() => document.querySelector('[data-until]').textContent.includes('17 phút')")


def test_files_are_named_before_they_are_handed_in(seat: Seat, tmp_path: Path) -> None:
    page = seat.sit("lan")
    seat.go(page, "upload")
    files = [tmp_path / "BC Tân Hội.csv", tmp_path / "<b>x.csv"]
    for file in files:
        file.write_text("a;b")
    page.set_input_files("#files", [str(file) for file in files])
    assert page.inner_text("[data-chosen]").split("\n")[0] == "BC Tân Hội.csv"
    assert page.query_selector("[data-chosen] b") is None
    page.fill("#unit", "tân h")
    until(page, "() => document.querySelectorAll('#units option').length === 2")
    assert page.get_attribute("#units option", "value") == "Xã Tân Hà (90101)"


def test_a_file_is_dropped_onto_the_page(seat: Seat) -> None:
    page = seat.sit("lan")
    seat.go(page, "upload")
    page.evaluate(
        "() => { const data = new DataTransfer(); data.items.add(new File(['a;b'], 'thả.csv'));"
        " document.querySelector('[data-drop]').dispatchEvent(new DragEvent('drop',"
        " {bubbles: true, cancelable: true, dataTransfer: data})); }"
    )
    assert "thả.csv" in page.inner_text("[data-chosen]")
    assert page.evaluate("document.querySelector('#files').files.length") == 1


def test_a_viewer_is_offered_nothing_to_change(seat: Seat) -> None:
    page = seat.sit("xem")
    seat.go(page, "owes")
    assert page.query_selector("main form[method=post]") is None
    seat.go(page, "upload")
    assert page.query_selector("input[type=file]") is None


def test_no_motion_where_none_is_wanted(seat: Seat) -> None:
    page = seat.sit("lan")
    page.emulate_media(reduced_motion="reduce")
    told = page.evaluate(
        "() => { const e = document.createElement('span'); e.className = 'busy'; document.body.append(e);"
        " return parseFloat(getComputedStyle(e).animationDuration); }"
    )
    assert told < 0.01

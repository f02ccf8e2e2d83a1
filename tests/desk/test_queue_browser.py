"""The queue in a real browser: by keyboard alone, by two at once, without script, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk.browsing import browsing, seated
from tests.desk.office import CAMPAIGN, DAY, Office, office_in
from tests.desk.reviewing import order, ten
from tests.desk.test_approval import correct
from tests.desk.test_browser import CONTRAST, SMALL, TWICE, UNNAMED
from tests.desk.test_review_pages import freeze, two_editions
from tonghop.domain.verdicts import Correction, Decision, Ruling
from tonghop.store import SubmissionState

# A minute for many presses on a busy machine.
pytestmark = pytest.mark.timeout(180)

# The longest words of the severity's choices, the arrow beside them included, against the room there is.
CUT = """() => [...document.querySelectorAll('.filters select[name=severity]')].flatMap(e => {
  const style = getComputedStyle(e), pen = document.createElement('canvas').getContext('2d');
  pen.font = style.font;
  const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 18;
  return [...e.options].map(o => o.text).filter(text => pen.measureText(text).width > room);
})"""


@pytest.fixture(scope="module")
def browser(playwright_here: Any) -> Iterator[Any]:
    with browsing(playwright_here) as opened:
        yield opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path / "tan-chau", is_filled=False) as opened:
        ten(opened)
        yield opened


def decisions(office: Office) -> list[Decision]:
    units = {i.unit for i in office.store.review.open_items(CAMPAIGN, DAY)} | {
        f"901{n:02d}" for n in range(1, 6)
    }
    units |= {"90201", "90202", "90203"}
    found = [v for unit in units if unit for v in office.store.verdicts.of_unit(CAMPAIGN, unit, DAY)]
    return [verdict.decision for verdict in sorted(found, key=lambda verdict: verdict.id)]


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def settle(page: Any, *keys: str) -> None:
    """Press keys of which the last one hands a decision in, and wait for the page that follows."""
    press(page, *keys[:-1])
    with page.expect_navigation():
        press(page, keys[-1])


def test_an_officer_settles_a_queue_of_ten_by_keyboard_alone(browser: Any, office: Office) -> None:
    page = seated(browser, office)
    page.goto(f"{office.path}/queue")
    press(page, "j")
    with page.expect_navigation():
        press(page, "Enter")
    assert page.evaluate("document.activeElement.id") == "told"
    settle(page, "a", "Enter")  # 90101: the first ready reason
    assert page.evaluate("document.activeElement.id") == "told"  # the focus is on the next finding
    settle(page, "c", *"498", "Tab", *"ba Lan", "Tab", *"go nham", "Enter")  # 90102: echoed first
    assert "498" in page.inner_text(".echo .big")
    settle(page, "Enter")
    settle(page, "r", "Enter")  # 90103: the whole report goes back, two findings
    press(
        page, "w"
    )  # 90104: waived; past the parts of the date, of which there are as many as the browser likes
    while page.evaluate("document.activeElement.tagName") != "BUTTON":
        press(page, "Tab")
    settle(page, "Enter")
    for _ in range(8):  # more than are left
        if page.locator(".all-done").count():
            break
        settle(page, "a", "Enter")
    assert office.store.review.open_items(CAMPAIGN, DAY) == ()
    made = decisions(office)
    assert made.count(Decision.CORRECT) == 1
    assert made.count(Decision.REJECT) == 1
    assert len(office.store.verdicts.waivers(CAMPAIGN, DAY)) == 1
    page.context.close()


def test_enter_behind_a_reason_of_ones_own_claims_no_ready_one(browser: Any, office: Office) -> None:
    first = order(office)[0]
    page = seated(browser, office)
    page.goto(f"{office.path}/queue/{first}")
    press(page, "a")
    settle(page, *"da xem van ban", "Enter")
    (verdict,) = office.store.verdicts.of_unit(CAMPAIGN, "90101", DAY)
    assert verdict.reason == "da xem van ban"
    page.context.close()


def test_u_takes_the_last_decision_back_and_shows_its_finding_again(browser: Any, office: Office) -> None:
    first = order(office)[0]
    page = seated(browser, office)
    page.goto(f"{office.path}/queue/{first}")
    settle(page, "a", "Enter")
    assert page.locator(".toast").is_visible()
    settle(page, "u")
    assert page.url.split("?")[0].endswith(f"/queue/{first}")
    assert order(office)[0] == first
    page.context.close()


def test_single_keys_do_nothing_while_one_writes_or_when_switched_off(browser: Any, office: Office) -> None:
    first, second = order(office)[:2]
    page = seated(browser, office)
    page.goto(f"{office.path}/queue/{first}")
    page.click("#act-correct summary")
    page.focus("#value")
    page.keyboard.type("ajkrcw?u")
    assert page.input_value("#value") == "ajkrcw?u"
    assert page.url.endswith(f"/queue/{first}")
    press(page, "Escape", "?")
    assert page.locator("dialog#keys").is_visible()
    page.uncheck("[data-keys-on]")
    press(page, "Escape")
    press(page, "j")
    page.reload()
    press(page, "j", "a")
    assert page.url.endswith(f"/queue/{first}")
    assert page.locator("details.act[open]").count() == 0
    page.click("[data-keys-open]")
    page.check("[data-keys-on]")
    press(page, "Escape")
    with page.expect_navigation():
        press(page, "j")
    assert page.url.endswith(f"/queue/{second}")
    page.context.close()


def test_the_second_of_two_officers_reads_who_was_first_and_overwrites_nothing(
    browser: Any, office: Office
) -> None:
    first = order(office)[0]
    lan, minh = seated(browser, office, "lan"), seated(browser, office, "minh")
    for page in (lan, minh):
        page.goto(f"{office.path}/queue/{first}")
    settle(lan, "a", "Enter")
    settle(minh, "r", "Enter")
    assert "Nguyễn Thị Lan đã quyết định trước" in minh.inner_text("[role=alert]")
    assert decisions(office) == [Decision.ACCEPT]
    lan.context.close()
    minh.context.close()


def test_the_cell_in_question_is_in_sight_inside_its_sheet(browser: Any, office: Office) -> None:
    page = seated(browser, office, viewport={"width": 360, "height": 740})
    page.goto(f"{office.path}/queue/{order(office)[0]}")
    page.wait_for_selector("[data-marked]")
    inside = page.evaluate(
        """() => {
        const cell = document.querySelector('[data-marked]').getBoundingClientRect();
        const box = document.querySelector('.sheet-scroll').getBoundingClientRect();
        const across = cell.left >= box.left && cell.right <= box.right;
        return across && cell.top >= box.top && cell.bottom <= box.bottom; }"""
    )
    assert inside
    page.context.close()


# A column so narrow that its words are broken into letters makes rows that nobody reads.
SQUEEZED = """() => [...document.querySelectorAll('main tr')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 150)
  .map(e => e.innerText.slice(0, 80))"""


def everything(office: Office) -> tuple[str, ...]:
    """Fill the office with all that its pages can show, and return their paths."""
    two_editions(office)
    first, waived, number, corrected = (order(office)[at] for at in (0, 1, 2, 3))
    on = {i.id: i for i in office.store.review.open_items(CAMPAIGN, DAY)}
    at = office.clock()
    waiver = office.store.verdicts.waive(
        CAMPAIGN, "90102", on[waived].code, DAY, DAY, "lan", "chờ số gốc", at
    )
    office.store.verdicts.waive(CAMPAIGN, "90103", "copied-figures", DAY, DAY, "lan", "chờ số gốc", at)
    accepted = Ruling(Decision.ACCEPT, "lan", "đã gọi", on[first].entry, first)
    office.store.verdicts.rule(accepted, at)
    correction = Correction("installs", "600", "bà Lan")
    office.store.verdicts.rule(
        Ruling(Decision.CORRECT, "lan", "gõ nhầm", on[corrected].entry, corrected, correction), at
    )
    office.store.calls.put(CAMPAIGN, DAY, "90103", at, "lan", "đã gọi", at)
    office.receive(None, name="BC.xlsx", sender="la@x.example", state=SubmissionState.QUARANTINED)
    undo = f"/queue/{number}?done=w{waiver.id}-{waived}"
    return (
        "/today", "/queue", f"/queue/{number}", f"/queue/{first}", f"/queue/{corrected}", undo,
        f"/queue/{number}/sheet", "/unit", "/unit/90102", "/unit/90103", "/unit/901", "/rules",
        "/edition", "/edition/1", "/edition/2",
        "/edition/difference?old=1&new=2", "/trace/90105/installs", "/trace/901/installs",
    )  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_and_can_be_read_in_light_and_dark(browser: Any, office: Office, width: int) -> None:
    paths = everything(office)
    page = seated(browser, office, viewport={"width": width, "height": 800})
    wrong = []
    for path in paths:
        page.goto(office.path + path)
        page.wait_for_load_state("networkidle")
        page.evaluate(
            "document.querySelectorAll('details:not(.pop)').forEach(e => { e.removeAttribute('name'); e.open = true; })"
        )
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found = [page.evaluate(one) for one in (CONTRAST, UNNAMED, SMALL, TWICE, SQUEEZED)]
            if over > 0 or any(found):
                wrong.append((path, scheme, over, *found))
    assert wrong == []
    page.context.close()


def test_on_a_telephone_the_severity_in_its_filter_can_be_read_to_its_end(
    browser: Any, office: Office
) -> None:
    page = seated(browser, office, viewport={"width": 360, "height": 800})
    page.goto(f"{office.path}/queue")
    assert page.evaluate(CUT) == []
    page.context.close()


def test_on_a_telephone_what_is_approved_lies_within_the_edge(browser: Any, office: Office) -> None:
    freeze(office)
    correct(office, "2100")
    page = seated(browser, office, viewport={"width": 360, "height": 800})
    page.goto(f"{office.path}/edition")
    line = "document.querySelector('.approval-list tbody tr:last-child')"
    assert "2.100" in page.evaluate(f"{line}.innerText")
    assert page.evaluate(f"[...{line}.cells].every(e => e.getBoundingClientRect().right <= innerWidth - 16)")
    place = "document.querySelector('.menu [aria-current]').getBoundingClientRect()"
    assert page.evaluate(f"{place}.left >= 0 && {place}.right <= innerWidth"), "where one is, in the menu"
    page.context.close()


def test_everything_can_be_done_without_script(browser: Any, office: Office) -> None:
    first = order(office)[0]
    page = seated(browser, office, java_script_enabled=False)
    page.goto(f"{office.path}/queue?unit=tan+ha")
    page.click(".queue a")
    page.click(".sheet-box a")
    assert page.locator("td.marked").count() == 1
    page.go_back()
    page.click("#act-accept summary")
    page.click("#act-accept .quick button >> nth=0")
    assert first not in order(office)
    page.click(".toast button")
    assert first in order(office)
    page.context.close()


def test_filters_change_the_list_without_leaving_the_page(browser: Any, office: Office) -> None:
    page = seated(browser, office)
    page.goto(f"{office.path}/queue")
    press(page, "/")
    page.keyboard.type("suoi day")
    page.locator(".queue > li").nth(2).wait_for(state="detached")
    assert page.locator(".queue > li").count() == 2
    assert "unit=suoi" in page.url
    assert page.evaluate("document.activeElement.id") == "filter-unit"
    page.select_option("#filter-rule", "cumulative-falls")
    page.locator(".queue > li").nth(1).wait_for(state="detached")
    assert page.locator(".queue > li").count() == 1
    page.context.close()

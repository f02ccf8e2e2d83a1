"""The mail in a browser: on a telephone and on a desk, light and dark."""

from __future__ import annotations

import pytest

from tests.services.chromium_server import Browser
from tonghop.report import RenderedReport

pytestmark = pytest.mark.server("chromium")


@pytest.mark.parametrize("width", [320, 360, 640, 1280])
@pytest.mark.parametrize("name", ["whole", "troubled", "city"])
def test_nothing_stands_outside_the_screen(
    chromium: Browser, request: pytest.FixtureRequest, name: str, width: int
) -> None:
    page = chromium.open(request.getfixturevalue(name), width)
    beyond = page.evaluate(
        "w => [...document.querySelectorAll('td, th, p, img')]"
        ".filter(e => e.getBoundingClientRect().right > w + 0.5).length",
        width,
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert (wide, beyond) == (width, 0)


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(24, 33, 43)")])
def test_the_scheme_of_the_reader_is_followed(
    chromium: Browser, whole: RenderedReport, scheme: str, ground: str
) -> None:
    page = chromium.open(whole, 360, scheme)
    shown = page.evaluate("getComputedStyle(document.querySelector('.bg-card')).backgroundColor")
    page.close()
    assert shown == ground


def test_the_first_screen_of_a_telephone_shows_who_reported_and_the_first_rate(
    chromium: Browser, troubled: RenderedReport
) -> None:
    page = chromium.open(troubled, 360)
    bottom = page.evaluate(
        "[...document.querySelectorAll('b')].find(e => e.textContent === '16,67%')"
        ".getBoundingClientRect().bottom"
    )
    page.close()
    assert bottom < 640


def test_letters_are_never_smaller_than_13_pixels(chromium: Browser, troubled: RenderedReport) -> None:
    page = chromium.open(troubled, 360)
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('p, td, th, span, b, h1, h2')]"
        ".filter(e => e.textContent.trim().replace(/\\u00a0/g, ''))"
        ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    page.close()
    assert smallest >= 13


@pytest.mark.parametrize("width", [360, 1280])
def test_the_mark_of_the_target_stands_at_60_percent_of_the_bar(
    chromium: Browser, whole: RenderedReport, width: int
) -> None:
    page = chromium.open(whole, width)
    tick = page.evaluate(
        "(() => { const t = document.querySelector('.bg-tick').getBoundingClientRect();"
        " const bar = document.querySelector('.bg-tick').closest('table').getBoundingClientRect();"
        " return [t.width, (t.left - bar.left) / bar.width]; })()"
    )
    page.close()
    assert tick[0] >= 2
    assert tick[1] == pytest.approx(0.60, abs=0.01)

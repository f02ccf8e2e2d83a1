"""A headless Chromium in which officers sit at the desk, each in a profile of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.desk.office import PASSWORD, Office
from tests.services.chromium_server import FLAGS
from tests.services.need import program


@contextmanager
def browsing(playwright: Any) -> Iterator[Any]:
    """Yield a browser in which officers can sit apart from each other."""
    browser = playwright.chromium.launch(executable_path=program("chromium"), headless=True, args=list(FLAGS))
    yield browser
    browser.close()


def seated(browser: Any, office: Office, name: str = "lan", **context: Any) -> Any:
    """Return a page in which an officer has logged in; what the browser refuses or misses fails the test."""
    options = {"viewport": {"width": 1280, "height": 900}, "locale": "vi-VN", **context}
    page = browser.new_context(base_url=office.url, **options).new_page()
    page.set_default_timeout(30_000)
    page.on("console", lambda message: _refuse(message))
    page.goto("/login")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/today")
    return page


def _refuse(message: Any) -> None:
    # A script or style that the policy stopped is told on the console and nowhere else.
    assert "Content Security Policy" not in message.text, message.text

"""A headless Chromium in which officers sit at the desk, each in a profile of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.desk.office import PASSWORD, Office
from tests.services.need import program

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)


@contextmanager
def browsing() -> Iterator[Any]:
    """Yield a browser; skipped by name where there is no Chromium."""
    executable = program("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, headless=True, args=list(_FLAGS))
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

"""A headless Chromium that shows a mail as a telephone or a desk does, and measures it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from tests.services.need import program
from tonghop.report import RenderedReport

# As root Chromium has no sandbox of its own; the rest keeps it from calling home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Browser:
    """Opens a report's HTML with its pictures at a width and in a colour scheme."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def open(self, report: RenderedReport, width: int, scheme: str = "light") -> Any:
        """Return the page, which the caller closes; a mail that asks anything of outside fails the test."""
        page = self._context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.set_content(with_pictures(report))
        outside = [url[:80] for url in asked if not url.startswith(("data:", "about:"))]
        assert not outside, f"the mail loads from outside: {outside}"
        return page


def with_pictures(report: RenderedReport) -> str:
    """Return the HTML with each cid: replaced by the picture itself."""
    html = report.html
    for image in report.images:
        data = base64.b64encode(image.content).decode("ascii")
        html = html.replace(f"cid:{image.cid}", f"data:image/png;base64,{data}")
    return html


@pytest.fixture(scope="session")
def playwright_here() -> Iterator[Any]:
    """Return what drives browsers: one of them in a process, however many tests use it."""
    program("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright_here: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with its own empty profile; skipped by name where there is no Chromium."""
    profile = tmp_path_factory.mktemp("chromium")
    context = playwright_here.chromium.launch_persistent_context(
        str(profile),
        executable_path=program("chromium"),
        headless=True,
        args=list(FLAGS),
        device_scale_factor=2,
    )
    yield Browser(context)
    context.close()

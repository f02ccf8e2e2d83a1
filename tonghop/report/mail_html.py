"""The mail in HTML: one card of tables that holds in Outlook, on a telephone, in light and in dark."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tonghop.report.rendered import InlineImage
from tonghop.report.view import View
from tonghop.words import say

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"

# Each ground and each ink of the light scheme has its counterpart in the dark one. Text on its ground
# keeps a contrast of at least 4,5 : 1 (WCAG AA) in both; a test computes it.
GROUNDS = {
    "page": ("#e9eef3", "#0f151b"),
    "card": ("#ffffff", "#18212b"),
    "soft": ("#e8eff7", "#22303d"),
    "head": ("#123b66", "#0e2f52"),
    "rule": ("#d5dde5", "#3a4957"),
    "bar": ("#1b6fb8", "#5aa9ec"),
    "track": ("#dbe4ec", "#34424f"),
    "tick": ("#b3261e", "#ff9d94"),
    "bad": ("#fdecea", "#3a1916"),
    "doubt": ("#f3effb", "#2a2342"),
    "late": ("#fff4e0", "#38290f"),
    "plain": ("#eef3f8", "#22303d"),
}
INKS = {
    "ink": ("#1b2733", "#e8eef4"),
    "dim": ("#51606f", "#a9b7c4"),
    "good": ("#1e6b3a", "#7fd69b"),
    "bad": ("#b3261e", "#ff9d94"),
    "doubt": ("#5b3fa0", "#c9b6ff"),
    "late": ("#8a4b00", "#ffc26b"),
    "plain": ("#34495e", "#c3d0dc"),
}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "say": say,
        "light": {name: pair[0] for name, pair in GROUNDS.items()},
        "dark": {name: pair[1] for name, pair in GROUNDS.items()},
        "ink": {name: pair[0] for name, pair in INKS.items()},
        "dark_ink": {name: pair[1] for name, pair in INKS.items()},
    }
    return environment


def html_of(view: View, images: Sequence[InlineImage], trace: Sequence[str], legend: str) -> str:
    """Return the mail as one HTML document, everything in it escaped.

    ``trace`` tells how to check a figure, ``legend`` what the form's abbreviations mean.
    """
    template = _environment().get_template("mail.html.j2")
    return template.render(view=view, images=images, trace=trace, legend=legend, preheader=_preheader(view))


def _preheader(view: View) -> str:
    """Return what a telephone shows of the mail before it is opened."""
    rates = "; ".join(f"{one.title}: {one.percent}" for one in view.headlines)
    return " ".join((*view.opening.later[:1], view.opening.first_line, rates))

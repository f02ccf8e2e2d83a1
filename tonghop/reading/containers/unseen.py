"""What a page's styles keep from being seen: left out as a browser leaves it out, or there and not to be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

# Takes no room: a browser shows the page as if it were not there.
_GONE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.I)
# Takes its room and shows nothing, or nothing that can be read.
_BLANK = re.compile(
    r"visibility\s*:\s*(?:hidden|collapse)|\bopacity\s*:\s*0*(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*(?:0+(?:\.0+)?\s*(?:px|pt|em|rem|%)?|(?:0?\.\d+|1(?:\.\d+)?)\s*(?:px|pt))\s*(?:;|!|$)"
    r"|(?<![\w-])height\s*:\s*0(?:px|pt)?\s*;?.{0,200}overflow\s*:\s*hidden"
    r"|\bcolor\s*:\s*transparent",
    re.I,
)
_WHITE = r"(?:white\b|#fff(?:fff)?\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)"
_IN_WHITE = re.compile(rf"(?<![\w-])color\s*:\s*{_WHITE}", re.I)
_ON_COLOUR = re.compile(
    rf"background(?:-color)?\s*:\s*(?!\s*(?:{_WHITE}|none|transparent|inherit|initial))", re.I
)
_CLASS = re.compile(r"\.([\w-]+)\s*$")
_MOST_RULES, _LONGEST_SHEET, _LONGEST_STYLE = 2_000, 500_000, 1_000
_MOST_NAMES = 100  # classes of one element
Attributes = Mapping[str, str]


class Styles:
    """The classes of a page's style sheets, and what they and an element's own style hide."""

    def __init__(self) -> None:
        self._classes: dict[str, str] = {}

    def add(self, sheet: str) -> None:
        """Take the rules of a style sheet that are for one class each; the page's markup stands around some."""
        for rule in sheet[:_LONGEST_SHEET].split("}")[:_MOST_RULES]:
            selectors, _, body = rule.partition("{")
            for selector in selectors[-_LONGEST_STYLE:].split(",") if body else ():
                name = _CLASS.search(selector.strip()[-100:])
                if name is not None:
                    known = self._classes.get(name[1], "")
                    self._classes[name[1]] = f"{known};{body.strip()}"[:_LONGEST_STYLE]

    def of(self, values: Attributes) -> str:
        """Return the style of an element: those of its classes and its own."""
        own = values.get("style", "")[:_LONGEST_STYLE]
        if not self._classes or "class" not in values:
            return own
        names = dict.fromkeys(islice(values["class"].split(), _MOST_NAMES))
        classes = (self._classes.get(name, "") for name in names)
        return ";".join((*filter(None, classes), own))


def is_gone(style: str, values: Attributes) -> bool:
    """Return whether an element is not shown at all."""
    return "hidden" in values or _is_gone(style)


# The styles of classes stand at thousands of cells and are asked about at each.
@lru_cache(maxsize=1_024)
def _is_gone(style: str) -> bool:
    return _GONE.search(style) is not None


@lru_cache(maxsize=1_024)
def is_blank(style: str) -> bool:
    """Return whether an element takes its room and shows nothing."""
    return _BLANK.search(style) is not None


@lru_cache(maxsize=1_024)
def is_white(style: str) -> bool:
    """Return whether an element writes in white."""
    return _IN_WHITE.search(style) is not None


def is_coloured(style: str, values: Attributes) -> bool:
    """Return whether an element has a ground on which white can be read."""
    ground = values.get("bgcolor", "").lower()
    return _is_on_colour(style) or (bool(ground) and ground not in ("white", "#ffffff", "#fff"))


@lru_cache(maxsize=1_024)
def _is_on_colour(style: str) -> bool:
    return _ON_COLOUR.search(style) is not None

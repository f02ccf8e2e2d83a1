"""Foreign text on a terminal: it is shown, and steers nothing."""

from __future__ import annotations

import unicodedata

from rich import markup

_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_REPLACED = "\ufffd"


def escape(text: str) -> str:
    """Return text as a page may print it: no markup, no control or direction sign, no byte that is no text."""
    if not text.isprintable():  # what is printable steers nothing
        text = "".join(_REPLACED if _steers(c) else c for c in text)
    return markup.escape(text)


def _steers(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in _STEERING

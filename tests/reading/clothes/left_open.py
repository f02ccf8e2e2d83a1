"""Quotes in separated text: left open they swallow the rows behind them."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case
from tests.reading.clothes.tailor import BT, HEAD, TITLE, D, E, counts, row


def _text(*lines: str, end: str = "\n") -> Callable[[], bytes]:
    head = ";".join([*HEAD, "Ghi chú"])
    return lambda: ("\n".join((TITLE[0], head, *lines)) + end).encode("utf-8-sig")


def _line(unit: str, before: str = "", note: str = "") -> str:
    return before + ";".join(map(str, row(unit))) + f";{note}"


_THREE = counts(BT, D, E)

CASES: list[Case] = [
    Case("quote-open", "a.csv", _text(_line(BT), _line(D, '"'), _line(E)), "entries", _THREE),
    Case("quotes-open", "a.csv", _text(_line(BT, '"'), _line(D), _line(E, '"')), "entries", _THREE),
    Case(
        "quote-open-in-note", "a.csv", _text(_line(BT, "", '"đã rà'), _line(D), _line(E)), "entries", _THREE
    ),
    Case("quote-open-at-end", "a.csv", _text(_line(BT), _line(D), _line(E, '"'), end=""), "entries", _THREE),
    Case(
        "quote-with-rows", "a.csv", _text(_line(BT, "", '"một;\nhai"'), _line(D), _line(E)), "entries", _THREE
    ),
    Case("inches", "a.csv", _text(_line(BT, "", 'máy 5" cũ'), _line(D), _line(E)), "entries", _THREE),
]

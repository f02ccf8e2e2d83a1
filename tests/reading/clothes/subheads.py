"""Headings below headings that nobody merged: they make of a count another one, or say nothing new."""

from __future__ import annotations

from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, counts, ods, row, xlsx

_UNCLEAR = ("Mới", "Đăng ký", "Nữ", "hộ", "(dự kiến)")
_OTHERS = ("Kế hoạch", "Trong ngày", "Chưa cài", "%")
_NOTHING_NEW = ("(người)", "Lũy kế")
_TWO = [*HEAD[:4], "", *HEAD[4:]]


def _below(text: object) -> list[Any]:
    return ["", "", "", text, "", ""]


def _parted(first: object, second: object) -> list[Any]:
    return ["", "", "", first, second, "", ""]


def _figures(first: int, second: int) -> list[Any]:
    whole = row(BT)
    return [*whole[:3], first, second, *whole[4:]]


CASES: list[Case] = [
    *(held(f"subhead-unclear-{i}", "a.xlsx", xlsx(TITLE, HEAD, _below(text), row(BT)), ("heading-not-understood", "D3"))
      for i, text in enumerate(_UNCLEAR)),
    *(held(f"subhead-of-another-{i}", "a.ods", ods(TITLE, HEAD, _below(text), row(BT)), ("missing-figure", None))
      for i, text in enumerate(_OTHERS)),
    *(held(f"subhead-parts-{first}", "a.xlsx", xlsx(TITLE, _TWO, _parted(first, second), _figures(200, 243)),
           ("heading-not-understood", "D3")) for first, second in (("Nam", "Nữ"), ("Android", "iOS"))),
    *(Case(f"subhead-of-nothing-new-{i}", "a.xlsx", xlsx(TITLE, HEAD, _below(text), row(BT)), "entries", counts(BT))
      for i, text in enumerate(_NOTHING_NEW)),
]  # fmt: skip

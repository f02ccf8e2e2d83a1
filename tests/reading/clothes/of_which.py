"""Columns below "Trong đó" are of those in front of it; below "Nam", "Số nữ" of a part of the people only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.groups import NOT_UNDERSTOOD, SI, ST, N, P, S, down
from tests.reading.clothes.tailor import BT, TITLE, counts
from tests.reading.writers import Page, as_xlsx

OF = "Trong đó"
Top = tuple[str, Sequence[tuple[str, Any]]]


def of(*groups: Top | tuple[str, int]) -> Callable[[], bytes]:
    """Return a table of one commune: headings over two rows, or groups merged over theirs."""
    top, below, line, merges = ["Đơn vị"], [""], ["Xã Bình Thành"], [(1, 0, 2, 0)]
    for name, columns in groups:
        at = len(top)
        parts: Sequence[tuple[str, Any]] = [("", columns)] if isinstance(columns, int) else columns
        merges.append((1, at, 2, at) if isinstance(columns, int) else (1, at, 1, at + len(parts) - 1))
        top += [name, *[""] * (len(parts) - 1)]
        below += [heading for heading, _ in parts]
        line += [value for _, value in parts]
    return lambda: as_xlsx([Page([TITLE, top, below, line], merges=merges)])


PEOPLE, PHONES, STAFF, STAFF_DONE = (
    ("Dân số", P),
    ("Dùng ĐTTM", S),
    ("Tổng số CBCCVC", ST),
    ("CBCCVC đã cài đặt", SI),
)


def sexes(man: str, woman: str) -> Callable[[], bytes]:
    parts = [("Đã cài đặt", 223), ("Chưa cài đặt", 2000)]
    return of(PEOPLE, PHONES, (man, parts), (woman, parts), STAFF, STAFF_DONE)


RIGHT = counts(BT)
CASES = [
    Case(
        "of-which-both",
        "a.xlsx",
        of(PEOPLE, (OF, [PHONES, ("Số người đã cài đặt", N)]), STAFF, (f"{OF}:", [("Số đã cài đặt", SI)])),
        "entries",
        RIGHT,
    ),
    Case(
        "of-which-open",
        "a.xlsx",
        of(
            PEOPLE,
            PHONES,
            (OF, [("Đã cài đặt", N), ("Chưa cài đặt", S - N)]),
            STAFF,
            ("Chia ra", [("Đã cài đặt", SI), ("Chưa cài", ST - SI)]),
        ),
        "entries",
        RIGHT,
    ),
    Case(
        "of-which-below-a-group",
        "a.html",
        lambda: (
            "<p>BÁO CÁO BLUEZONE ngày 18/8/2020</p><table><tr><th rowspan=3>Đơn vị<th colspan=3>Người dân"
            "<th colspan=2>CBCCVC, NLĐ<tr><th rowspan=2>Dân số<th colspan=2>Trong đó<th rowspan=2>Tổng số"
            "<th rowspan=2>Đã cài đặt<tr><th>Số người dùng điện thoại thông minh<th>Số người đã cài đặt"
            f"<tr><td>Xã Bình Thành<td>{P}<td>{S}<td>{N}<td>{ST}<td>{SI}</table>"
        ).encode(),
        "entries",
        RIGHT,
    ),
    Case(
        "of-which-staff",
        "a.xlsx",
        of(PEOPLE, PHONES, ("Đã cài đặt", N), (OF, [("CBCCVC, NLĐ", SI)]), STAFF, STAFF_DONE),
        "entries",
        RIGHT,
    ),
    held(
        "of-which-pupils",
        "a.xlsx",
        of(PEOPLE, PHONES, STAFF, STAFF_DONE, ("Tổng số học sinh", 1000), (OF, [("Đã cài đặt", N)])),
        (NOT_UNDERSTOOD, None),
    ),
    held(
        "of-which-the-old",
        "a.xlsx",
        of(
            PEOPLE,
            ("Số người trên 60 tuổi", 800),
            (OF, [("Dùng ĐTTM", 275), ("Đã cài đặt", 143)]),
            STAFF,
            STAFF_DONE,
        ),
        (NOT_UNDERSTOOD, None),
    ),
    held(
        "of-which-telephones-of-the-staff",
        "a.xlsx",
        of(PEOPLE, ("Đã cài đặt", 43), STAFF, (OF, [("Dùng ĐTTM", 90), ("Đã cài đặt", 26)])),
        (NOT_UNDERSTOOD, None),
    ),
    *(
        held(f"sexes-{i}", "a.xlsx", sexes(*both), (NOT_UNDERSTOOD, "D2"))
        for i, both in enumerate(
            [("Nam", "Nữ"), ("Số nam", "Số nữ"), ("NAM", "NỮ"), ("Tong so nam", "Tong so nu")]
        )
    ),
    held(
        "sexes-down",
        "a.xlsx",
        down(
            ("Người dân", [("Dân số", P), ("Số người dùng ĐTTM", S)]),
            ("Số nam", [("Đã cài đặt", 223)]),
            ("CBCCVC, NLĐ", [("Tổng số", ST), ("Đã cài đặt", SI)]),
        ),
        (NOT_UNDERSTOOD, None),
    ),
]

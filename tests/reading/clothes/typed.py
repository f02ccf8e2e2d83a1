"""Tables that are typed into a message: between semicolons, bars or tabs; sentences and lists are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.reading.clothes.case import Case
from tests.reading.clothes.persons import letter
from tests.reading.clothes.tailor import BT, HEAD, counts, row
from tests.reading.writers import as_message

_SUBJECT = "BC Bluezone ngày 18/8/2020"
_TABLE: Sequence[Sequence[Any]] = (HEAD, row(BT))
_SENTENCES = (
    "Xã Bình Thành: dân số 5519; dùng ĐTTM 2755; đã cài 443",
    "Xã Mỹ Bình: dân số 3014; dùng ĐTTM 1502; đã cài 224",
)


def lines(separator: str) -> list[str]:
    """Return the report's lines with a sign between their cells."""
    return [separator.join(map(str, one)) for one in _TABLE]


def pairs(separator: str) -> list[str]:
    """Return the report with an indicator a line, a sign between its name and its number."""
    told = [("Chỉ tiêu", "Số liệu"), *zip(HEAD[1:], row(BT)[1:], strict=True)]
    return [f"{name}{separator}{value}" for name, value in told]


def plain(*body: str) -> Callable[[], bytes]:
    """Return a message of nothing but text."""
    return letter("\n".join(["Kính gửi Phòng VHTT,", "", *body, "", "Trân trọng"]), _SUBJECT)


def typed_in_html(*body: str) -> Callable[[], bytes]:
    """Return a message as a mail program writes it whose user typed lines: a division each."""
    html = "".join(f"<div>{one}</div>" for one in ("Kính gửi Phòng VHTT,", *body, "Trân trọng"))
    return lambda: as_message(_SUBJECT, html).as_bytes()


def read(case: str, content: Callable[[], bytes]) -> Case:
    """Return the case of a table that was typed."""
    return Case(f"typed-{case}", "a.eml", content, "entries", counts(BT))


def prose(case: str, *body: str) -> Case:
    """Return the case of figures that stand in no table."""
    return Case(f"typed-{case}", "a.eml", plain(*body), "unreadable", reason="không nằm trong bảng")


def signed(case: str, telephone: str) -> Case:
    """Return the case of a message whose only digits are a telephone: it reports nothing."""
    content = letter(f"Kính gửi quý cơ quan\n--\nUBND xã\nĐT: {telephone}", subject="Kính gửi")
    return Case(f"typed-telephone-{case}", "a.eml", content, "ignored")


CASES: list[Case] = [
    read("semicolons", plain(*lines(";"))),
    read("semicolons-and-spaces", plain(*lines(" ; "))),
    read("tabs", plain(*lines("\t"))),
    read("bars", plain(*lines(" | "))),
    read("semicolons-in-html", typed_in_html(*lines(";"))),
    read("bars-in-html", typed_in_html(*lines(" | "))),
    *(
        read(f"pairs-between-{name}", plain("UBND xã Bình Thành", *pairs(separator)))
        for name, separator in (("tabs", "\t"), ("bars", " | "), ("semicolons", "; "))
    ),
    prose("sentences-of-one-form", *_SENTENCES),
    prose("a-list", *(f"- {heading}: {value}" for heading, value in zip(HEAD, row(BT), strict=True))),
    prose("columns-of-spaces", *lines("    ")),
    prose("a-space-between", *lines(" ")),
    signed("grouped", "0272 3888 999"),
    signed("in-brackets", "(0272) 3888 999"),
    signed("with-its-country", "+84 272 388 8999"),
    signed("two", "0912.345.678 - 0987 654 321"),
]

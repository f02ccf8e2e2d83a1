"""Persons where no person belongs, sentences that quote nothing, and what comes in place of a table."""

from __future__ import annotations

import binascii
from collections.abc import Callable
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    NAMES,
    TITLE,
    counts,
    csv,
    ods,
    pages,
    row,
    vertical,
    word,
    xls,
    xlsx,
)
from tests.reading.writers import as_message, as_zip

BODIES = ("Đoàn Thanh niên xã Bình Thành", "Đoàn Thanh Niên", "BCH Đoàn xã", "Ấp Mỹ Hương")
GIVEN_NAMES = (
    ("Hồng Nhung 443", "Nhung"),
    ("Kế toán Nhung", "Nhung"),
    ("Nhung (VHXH)", "Nhung"),
    ("443 Bích Ngân", "Ngân"),
    ("Cán bộ thống kê Duy", "Duy"),
)
TELEPHONE = ("912345678", "912.345.678", "912 345 678", "912,345,678")


def no_count(case: str, file: str, content: Callable[[], bytes], cell: str, *secret: str) -> Case:
    """Return the case of a number of a person in a column of people: held, told as personal data, never shown."""
    flags = ("not-a-number", cell), ("personal-data", cell)
    return held(case, file, content, *flags, secret=secret, says=("“…”",))


def named(case: str, heading: str, *secret: str, flags: tuple[tuple[str, str | None], ...] = ()) -> Case:
    """Return the case of a person in a heading beside the form's: it is not taken and not quoted."""
    content = xlsx(TITLE, [*HEAD, heading], [*row(BT), "x"])
    return Case(case, "a.xlsx", content, "entries", counts(BT), flags, secret=secret)


def unseen(case: str, before: str, behind: str = "") -> Case:
    """Return the case of a figure with signs around it that nobody sees: it is read as it is seen."""
    content = xlsx(TITLE, HEAD, row(BT, installs=f"{before}443{behind}"))
    return Case(case, "a.xlsx", content, "entries", counts(BT))


def asking(
    case: str, file: str, content: Callable[[], bytes], code: str, cell: str | None, *says: str
) -> Case:
    """Return the case of a submission that is held with a sentence that says all of this."""
    return held(case, file, content, (code, cell), says=says)


def letter(text: str, subject: str = "BC Bluezone ngày 18/8/2020") -> Callable[[], bytes]:
    """Return a message with nothing but a text."""
    return lambda: as_message(subject, text=text).as_bytes()


def in_text(name: str, content: bytes) -> str:
    """Return a file as old mail programs write it into a text."""
    lines = [binascii.b2a_uu(content[at : at + 45]).decode() for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def old_word_with_a_style_of_books() -> bytes:
    """Return an old Word file whose styles speak of a "Book Title", as LibreOffice writes it."""

    def entry(name: str) -> bytes:
        told = name.encode("utf-16-le") + b"\0\0"
        return told.ljust(64, b"\0") + len(told).to_bytes(2, "little") + bytes(62)

    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return (
        start
        + entry("Root Entry")
        + entry("WordDocument")
        + "\0Book Title\0".encode("utf-16-le")
        + bytes(512)
    )


ABSENT = "không có cột hoặc mục ghi"
_NINE: dict[str, Any] = {"installs": 912345678}

CASES: list[Case] = [
    no_count("telephone-number-xlsx", "a.xlsx", xlsx(TITLE, HEAD, row(BT, **_NINE)), "D3", *TELEPHONE),
    no_count("telephone-number-xls", "a.xls", xls(TITLE, HEAD, row(BT, **_NINE)), "D3", *TELEPHONE),
    no_count("telephone-number-ods", "a.ods", ods(TITLE, HEAD, row(BT, **_NINE)), "D3", *TELEPHONE),
    no_count("telephone-number-csv", "a.csv", csv(TITLE, HEAD, row(BT, **_NINE)), "D3", *TELEPHONE),
    no_count("telephone-number-docx", "a.docx", word(HEAD, row(BT, **_NINE)), "D2", *TELEPHONE),
    no_count("telephone-number-vertical", "a.xlsx", xlsx(*vertical(BT, **_NINE)), "B7", *TELEPHONE),
    no_count(
        "telephone-with-its-country", "a.xlsx", xlsx(TITLE, HEAD, row(BT, staff=84912345678)), "E3",
        "84912345678", "84.912.345.678",
    ),
    no_count(
        "identity-number-without-its-nought", "a.xlsx", xlsx(TITLE, HEAD, row(BT, population=80301004567)), "B3",
        "80301004567", "80.301.004.567",
    ),
    no_count(
        "old-identity-number", "a.xlsx", xlsx(TITLE, HEAD, row(BT, smartphone_users=301234567)), "C3",
        "301234567", "301.234.567",
    ),
    no_count(
        "account-number", "a.xlsx", xlsx(TITLE, HEAD, row(BT, installs=6600205012345)), "D3",
        "6600205012345", "6.600.205.012.345",
    ),
    no_count(
        "telephone-grouped-like-thousands", "a.xlsx", xlsx(TITLE, HEAD, row(BT, staff="912.345.678")), "E3",
        *TELEPHONE,
    ),
    no_count(
        "telephone-grouped-by-spaces", "a.xlsx", xlsx(TITLE, HEAD, row(BT, staff="912 345 678")), "E3", *TELEPHONE
    ),
    no_count(
        "telephone-grouped-by-commas", "a.xlsx", xlsx(TITLE, HEAD, row(BT, staff="912,345,678")), "E3", *TELEPHONE
    ),
    named("person-for-heading", "Trần Thị Bé", "Trần Thị Bé"),
    *(
        named(f"person-of-a-rarer-family-{number}{before and '-quoted'}", f"{before}{name}", name)
        for number, name in enumerate(("Lò Thị Xuân", "Giàng A Páo", "Nông Văn Dền", "Lo Thi Xuan", "Y Thị Lan"))
        for before in ("", "Ghi chú của ")
    ),
    named("person-in-heading", "Ghi chú của đ/c Lê Văn Cò", "Lê Văn Cò"),
    named("addressed-in-heading", "Chị Hoa phụ trách", "Chị Hoa"),
    named("telephone-in-heading", "CB: Lê Cò - 0912345678", "0912345678", flags=(("personal-data", "G2"),)),
    Case(
        "person-for-sheet-name",
        "a.xlsx",
        pages(("Trần Thị Bé 0912345678", [TITLE, HEAD, row(BT)])),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("0912345678", "Trần Thị Bé"),
    ),
    Case(
        "persons-for-names-in-a-zip",
        "a.zip",
        lambda: as_zip(
            [
                ("Trần_Thị_Bé_0912345678.xlsx", xlsx(TITLE, HEAD, row(BT))()),
                ("CCCD Trần Thị Bé 080301004567.jpg", b"\xff\xd8\xff" + bytes(30_000)),
            ]
        ),
        "entries",
        counts(BT),
        secret=("0912345678", "080301004567", "Trần Thị Bé", "Trần_Thị_Bé"),
    ),
    held(
        "addressed-for-unit",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Ông An (trưởng ấp)")),
        ("unknown-unit", "A3"),
        secret=("Ông An",),
    ),
    asking(
        "school-for-unit",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Trường THCS Nguyễn Trãi")),
        "unknown-unit", "A3", "“Trường THCS Nguyễn Trãi”",
    ),
    *(
        held(
            f"given-name-{number}-for-{place}",
            "a.xlsx",
            xlsx(TITLE, HEAD, row(BT, **{key: text})),
            (code, cell),
            secret=(name,),
        )
        for number, (text, name) in enumerate(GIVEN_NAMES)
        for place, key, code, cell in (
            ("unit", "name", "unknown-unit", "A3"),
            ("figure", "installs", "not-a-number", "D3"),
        )
    ),
    *(
        asking(f"youth-union-{number}", "a.xlsx", xlsx(TITLE, HEAD, row(BT, name=text)), "unknown-unit", "A3", text)
        for number, text in enumerate(BODIES)
    ),
    held(
        "youth-union-and-its-secretary",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Đoàn xã - Trần Thị Bé")),
        ("unknown-unit", "A3"),
        secret=("Trần Thị Bé",),
    ),
    unseen("zero-width-before", "\u200b"),
    unseen("zero-width-behind", "", "\ufeff"),
    unseen("copied-from-a-telephone", "\u202a", "\u202c"),
    unseen("isolated", "\u2068", "\u2069"),
    held(
        "turned-round",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, installs="\u202e443")),
        ("not-a-number", "D3"),
    ),
    held("nothing-but-unseen", "a.xlsx", xlsx(TITLE, HEAD, row(BT, installs="\u200b")), ("missing-figure", "D3")),
    Case(
        "nothing-arisen-is-quoted",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, installs="Không phát sinh")),
        "entries",
        {BT: counts(BT)[BT] | {"installs": 0}},
        (("zero-in-words", "D3"),),
        says=("“Không phát sinh”",),
    ),
    asking(
        "column-of-those-without",
        "a.xlsx",
        xlsx(TITLE, [*HEAD[:3], "Số người chưa cài đặt", *HEAD[4:]], row(BT, installs=2312)),
        "missing-figure", None, ABSENT,
    ),
    asking("column-left-out", "a.csv", csv(TITLE, HEAD[:5], row(BT)[:5]), "missing-figure", None, ABSENT),
    asking(
        "line-left-out",
        "a.xlsx",
        xlsx(*(line for line in vertical(BT) if line[:1] != [HEAD[3]])),
        "missing-figure", None, ABSENT,
    ),
    asking(
        "titles-of-two-units",
        "a.xlsx",
        xlsx(["UBND XÃ MỸ QUÝ TÂY"], ["Đơn vị báo cáo: Xã Mỹ Quý Đông"], TITLE, HEAD[1:], row(BT)[1:]),
        "ambiguous-unit", None, "phần tiêu đề ghi nhiều đơn vị", "Xã Mỹ Quý Tây",
    ),
    Case("old-word-of-books", "a.doc", old_word_with_a_style_of_books, "unreadable", reason="Word đời cũ"),
    Case(
        "sheets-without-number",
        "a.xlsx",
        pages(*((f"T{i}", [TITLE, HEAD, row(BT)]) for i in range(61))),
        "unreadable",
        reason="60 trang tính",
    ),
    Case(
        "file-in-the-text",
        "a.eml",
        letter(f"Kính gửi\n{in_text('bc.xlsx', xlsx(TITLE, HEAD, row(BT))())}Trân trọng"),
        "entries",
        counts(BT),
    ),
    Case(
        "nothing-but-a-link",
        "a.eml",
        letter("Số liệu xem tại https://docs.google.com/spreadsheets/d/1AbC/edit?usp=sharing"),
        "unreadable",
        reason="liên kết",
    ),
    Case(
        "a-website-below-is-no-link",
        "a.eml",
        letter("Kính gửi quý cơ quan\n--\nUBND xã, https://duchue.longan.gov.vn/xa", subject="Kính gửi"),
        "ignored",
    ),
    Case(
        "nothing-arisen-in-a-letter",
        "a.eml",
        letter(f"{NAMES[BT]} không phát sinh."),
        "unreadable",
        reason="trong câu",
    ),
]  # fmt: skip

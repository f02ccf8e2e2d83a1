"""Other days, other units, files that cannot be opened, persons, formulas."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    TITLE,
    D,
    E,
    carrying,
    counts,
    csv,
    formulas,
    formulas_as_nought,
    ods,
    pages,
    row,
    word,
    xls,
    xlsx,
)
from tests.reading.writers import Error, as_7z, as_zip

CASES: list[Case] = [
    # 15: another day.
    held(
        "yesterday-in-cell", "a.ods", ods(["Ngày báo cáo:", "17/8/2020"], HEAD, row(BT)), ("wrong-day", None)
    ),
    held("yesterday-in-name", "bc 17-8-2020.xlsx", xlsx(HEAD, row(BT)), ("wrong-day", None)),
    held(
        "yesterday-in-docx",
        "a.docx",
        word(HEAD, row(BT), titles=("Số liệu tính đến 14 giờ 00 ngày 17 tháng 8 năm 2020",)),
        ("wrong-day", None),
    ),
    held(
        "two-days",
        "a.xlsx",
        xlsx(["Báo cáo ngày 18/8/2020"], ["Ngày chốt:", "17/8/2020"], HEAD, row(BT)),
        ("day-contradiction", None),
        ("wrong-day", None),
    ),
    Case(
        "today-in-title-name-of-yesterday",
        "bc 17-8.xlsx",
        xlsx(TITLE, HEAD, row(BT)),
        "entries",
        counts(BT),
        (("day-differs", None),),
    ),
    held("last-year", "a.xlsx", xlsx(["Báo cáo ngày 18/8/2019"], HEAD, row(BT)), ("wrong-day", None)),
    # 16: units that are not there, or two.
    held(
        "unknown-unit-csv", "a.csv", csv(TITLE, HEAD, row(BT, name="Xã Đức Lập Hạ")), ("unknown-unit", "A3")
    ),
    held(
        "unknown-unit-amid",
        "a.ods",
        ods(TITLE, HEAD, row(D), row(E, name="Thị trấn Đức Hòa"), row(BT)),
        ("unknown-unit", "A4"),
        values=counts(D, BT),
    ),
    held("unknown-code", "a.xlsx", xlsx(TITLE, HEAD, row(BT, name="27999")), ("unknown-unit", "A3")),
    held(
        "unit-of-two-kinds", "a.docx", word(HEAD, row(BT, name="Phường Bình Thành")), ("unknown-unit", "A2")
    ),
    held("no-unit-at-all", "a.xlsx", xlsx(TITLE, HEAD[1:], row(BT)[1:]), ("unit-missing", None)),
    held(
        "unit-contradicts-title",
        "a.xls",
        xls(["ỦY BAN NHÂN DÂN XÃ MỸ BÌNH"], TITLE, HEAD, row(BT)),
        ("unit-contradiction", "A4"),
    ),
    held("short-mythanh", "a.xlsx", xlsx(TITLE, HEAD, row("27910", name="Mỹ Thạnh")), ("unknown-unit", "A3")),
    # 17, 18: damaged and locked.
    Case("cut-off-xlsx", "a.xlsx", lambda: xlsx(TITLE, HEAD, row(BT))()[:2000], "unreadable", reason="hỏng"),
    Case(
        "cut-off-zip-in-mail",
        "a.eml",
        carrying("a.zip", lambda: as_zip([("a.xlsx", xlsx(TITLE, HEAD, row(BT))())])[:1500]),
        "unreadable",
        reason="hỏng",
    ),
    Case("empty-file", "a.xls", lambda: b"", "unreadable", reason="rỗng"),
    Case("noise-named-ods", "a.ods", lambda: bytes(range(256)) * 20, "unreadable"),
    Case(
        "locked-7z",
        "a.7z",
        lambda: as_7z([("a.xlsx", xlsx(TITLE, HEAD, row(BT))())], "bimat"),
        "unreadable",
        reason="mật khẩu",
    ),
    # 19: personal data.
    Case(
        "persons-first",
        "a.xlsx",
        xlsx(TITLE, ["Họ và tên cán bộ", "SĐT", *HEAD], ["Lê Văn Tám", "0987.654.321", *row(BT)]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Lê Văn Tám", "0987.654.321", "654.321"),
    ),
    Case(
        "persons-in-docx",
        "a.docx",
        word([*HEAD, "Đầu mối"], [*row(BT), "Phạm Thị Hoa - 0912 345 678"]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Phạm Thị Hoa", "0912 345 678", "345 678"),
    ),
    Case(
        "persons-below",
        "a.ods",
        ods(TITLE, HEAD, row(BT), [""], ["Người lập: Nguyễn Thị Lan", "ĐT: 0912345678"]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Nguyễn Thị Lan", "0912345678"),
    ),
    held(
        "person-in-figure",
        "a.xls",
        xls(TITLE, HEAD, row(BT, installs="hỏi chị Lan 0912345678")),
        ("not-a-number", "D3"),
        ("personal-data", None),
        secret=("0912345678", "chị Lan"),
    ),
    Case(
        "identity-in-note-csv",
        "a.csv",
        csv(TITLE, [*HEAD, "Ghi chú"], [*row(BT), "CCCD 080301004567"]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("080301004567",),
    ),
    Case(
        "list-of-persons-on-second-sheet",
        "a.xlsx",
        pages(
            ("BC", [TITLE, HEAD, row(BT)]),
            (
                "DS",
                [
                    ["STT", "Họ tên", "Số điện thoại"],
                    [1, "Trần Văn Bảy", "0903111222"],
                    [2, "Võ Thị Sáu", "0903111223"],
                ],
            ),
        ),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Trần Văn Bảy", "0903111222", "Võ Thị Sáu"),
    ),
    # 20: formulas.
    held(
        "formula-staff",
        "a.xlsx",
        formulas(TITLE, HEAD, row(BT, staff="=90+5", staff_installs="=60+6")),
        ("formula-without-value", "E3"),
        ("formula-without-value", "F3"),
    ),
    held(
        "formula-as-nought",
        "a.xlsx",
        formulas_as_nought(TITLE, HEAD, row(BT, installs="=SUM(400,43)")),
        ("formula-without-value", "D3"),
    ),
    held("error-xls", "a.xls", xls(TITLE, HEAD, row(BT, population=Error("#REF!"))), ("formula-error", "B3")),
    held(
        "error-ods", "a.ods", ods(TITLE, HEAD, row(BT, population=Error("#NAME?"))), ("formula-error", "B3")
    ),
    held("error-docx", "a.docx", word(HEAD, row(BT, installs="#DIV/0!")), ("formula-error", "D2")),
    Case(
        "total-formula-without-value",
        "a.xlsx",
        formulas(TITLE, HEAD, row(D), row(E), ["Tổng", *(f"=SUM({c}3:{c}4)" for c in "BCDEF")]),
        "entries",
        counts(D, E),
    ),
]

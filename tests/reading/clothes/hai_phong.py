"""The same faults in Hải Phòng: districts with communes of one name, two indicators."""

from __future__ import annotations

from tests.reading.clothes.case import Case, hp, hp_held
from tests.reading.clothes.tailor import HEAD, HP_HEAD, TITLE, csv, ods, of_hp, pdf, word, xls, xlsx
from tests.reading.writers import Error

CASES: list[Case] = [
    hp(
        "clean",
        "a.xlsx",
        xlsx(TITLE, HP_HEAD, [1, "Phường Hùng Vương", "12.345", "1.234", "10,00%"]),
        "entries",
        values=of_hp(u11299=(12345, 1234)),
    ),
    hp_held(
        "two-of-one-name",
        "a.ods",
        ods(TITLE, HP_HEAD, [1, "Xã Minh Tân", 9000, 900, ""]),
        ("ambiguous-unit", "B3"),
    ),
    hp(
        "two-of-one-name-district-title",
        "a.xls",
        xls(
            ["UBND HUYỆN THUỶ NGUYÊN"],
            TITLE,
            HP_HEAD,
            [1, "Xã Minh Tân", 9000, 900, ""],
            [2, "Thị trấn Minh Đức", 8000, 800, ""],
        ),
        "entries",
        values=of_hp(u11500=(9000, 900), u11473=(8000, 800)),
    ),
    hp(
        "by-type",
        "a.docx",
        word(
            HP_HEAD, ["1", "Phường Lê Lợi", "9.000", "900", "10%"], ["2", "Xã Lê Lợi", "8.000", "800", "10%"]
        ),
        "entries",
        values=of_hp(u11356=(9000, 900), u11611=(8000, 800)),
    ),
    hp(
        "district-leaf",
        "a.csv",
        csv(TITLE, HP_HEAD, ["1", "Huyện Bạch Long Vĩ", "907", "400", "44,1%"]),
        "entries",
        values=of_hp(u318=(907, 400)),
    ),
    hp_held(
        "percent-ambiguous",
        "a.xlsx",
        xlsx(TITLE, HP_HEAD, [1, "Phường Hùng Vương", 12345, 1000, "1.234"]),
        ("ambiguous-percent", "E3"),
    ),
    hp_held(
        "installs-above",
        "a.ods",
        ods(TITLE, HP_HEAD, [1, "P. Hùng Vương", 1234, 12345, ""]),
        ("installs-above-population", "D3"),
    ),
    hp_held(
        "float",
        "a.xls",
        xls(TITLE, HP_HEAD, [1, "P. Hùng Vương", 12.345, 123, ""]),
        ("ambiguous-number", "C3"),
    ),
    hp_held(
        "yesterday",
        "a.docx",
        word(HP_HEAD, ["1", "P. Hùng Vương", "9.000", "900", ""], titles=("Ngày 17/8/2020",)),
        ("wrong-day", None),
    ),
    hp(
        "total-amid",
        "a.xlsx",
        xlsx(
            TITLE,
            HP_HEAD,
            ["I", "Quận Hồng Bàng", 3000, 300, "10%"],
            [1, "Phường Quán Toan", 1000, 100, "10%"],
            [2, "Phường Hùng Vương", 2000, 200, "10%"],
            ["II", "Huyện An Dương", 8000, 800, "10%"],
            [1, "Xã Lê Lợi", 8000, 800, "10%"],
        ),
        "entries",
        values=of_hp(u11296=(1000, 100), u11299=(2000, 200), u11611=(8000, 800)),
    ),
    hp(
        "total-wrong",
        "a.csv",
        csv(
            TITLE,
            HP_HEAD,
            ["I", "Quận Hồng Bàng", "3.100", "300", ""],
            ["1", "Phường Quán Toan", "1.000", "100", ""],
            ["2", "Phường Hùng Vương", "2.000", "200", ""],
        ),
        "entries",
        values=of_hp(u11296=(1000, 100), u11299=(2000, 200)),
        flags=(("total-differs", "C3"),),
    ),
    hp_held(
        "heading-beyond-recognition",
        "a.ods",
        ods(TITLE, ["STT", "Xã, phường", "Dân số", "Bzn"], [1, "P. Hùng Vương", 9000, 900]),
        ("heading-not-understood", "D2"),
    ),
    hp_held(
        "unknown-unit",
        "a.xlsx",
        xlsx(TITLE, HP_HEAD, [1, "Xã Bình Thành", 9000, 900, ""]),
        ("unknown-unit", "B3"),
    ),
    hp(
        "staff-columns-of-another-form",
        "a.xlsx",
        xlsx(TITLE, [*HP_HEAD, *HEAD[4:]], [1, "P. Hùng Vương", 9000, 900, "10%", 30, 20]),
        "entries",
        values=of_hp(u11299=(9000, 900)),
    ),
    hp(
        "two-of-one-name-with-district",
        "a.csv",
        csv(
            TITLE,
            HP_HEAD,
            ["1", "Xã Minh Tân, huyện Kiến Thụy", "9.000", "900", ""],
            ["2", "Xã Minh Tân (Thủy Nguyên)", "8.000", "800", ""],
        ),
        "entries",
        values=of_hp(u11725=(9000, 900), u11500=(8000, 800)),
    ),
    hp_held(
        "unit-of-a-district-that-has-none-of-the-name",
        "a.ods",
        ods(TITLE, HP_HEAD, [1, "Xã Minh Tân (An Dương)", 9000, 900, ""]),
        ("unknown-unit", "B3"),
    ),
    hp(
        "two-of-one-name-district-column",
        "a.xlsx",
        xlsx(
            TITLE,
            ["Huyện", "Xã", "Dân số", "Số người đã cài đặt"],
            ["Kiến Thuỵ", "Minh Tân", 9000, 900],
            ["Thuỷ Nguyên", "Minh Tân", 8000, 800],
        ),
        "entries",
        values=of_hp(u11725=(9000, 900), u11500=(8000, 800)),
    ),
    hp_held(
        "estimate",
        "a.xlsx",
        xlsx(TITLE, HP_HEAD, [1, "P. Hùng Vương", "khoảng 9.000", 900, ""]),
        ("estimated-figure", "C3"),
    ),
    hp_held(
        "error",
        "a.xls",
        xls(TITLE, HP_HEAD, [1, "P. Hùng Vương", Error("#REF!"), 900, ""]),
        ("formula-error", "C3"),
    ),
    hp_held(
        "blank", "a.docx", word(HP_HEAD, ["1", "P. Hùng Vương", "9.000", "", ""]), ("missing-figure", "D2")
    ),
    hp(
        "pdf",
        "a.pdf",
        pdf(
            ["STT", "Xã, phường", "Dân số", "Số người đã cài đặt"],
            ["1", "Phường Quán Toan", "1.000", "100"],
            ["2", "Phường Hùng Vương", "2.000", "200"],
            ["", "Quận Hồng Bàng", "3.000", "300"],
            at=(60, 120, 400, 560),
        ),
        "entries",
        values=of_hp(u11296=(1000, 100), u11299=(2000, 200)),
    ),
    hp(
        "persons",
        "a.ods",
        ods(TITLE, [*HP_HEAD, "Họ tên người nhập"], [1, "P. Hùng Vương", 9000, 900, "10%", "Vũ Văn Tình"]),
        "entries",
        values=of_hp(u11299=(9000, 900)),
        flags=(("personal-data", None),),
        secret=("Vũ Văn Tình",),
    ),
    hp_held(
        "installs-behind-the-staff-nobody-asks-for",
        "a.xlsx",
        xlsx(TITLE, ["Đơn vị", "Dân số", "CBCCVC", "Đã cài đặt"], ["Phường Hùng Vương", 9000, 95, 66]),
        ("heading-not-understood", "D2"),
    ),
    hp_held(
        "installs-behind-the-staff-in-a-list",
        "a.xlsx",
        xlsx(
            TITLE,
            ["Đơn vị", "Chỉ tiêu", "Số liệu"],
            *(["Phường Hùng Vương", *one] for one in (("Dân số", 9000), ("CBCCVC", 95), ("Đã cài đặt", 66))),
        ),
        ("heading-not-understood", "B5"),
    ),
    hp(
        "staff-nobody-asks-for-behind-the-people",
        "a.xlsx",
        xlsx(
            TITLE,
            ["Đơn vị", "Dân số", "Đã cài đặt", "CBCCVC", "Đã cài đặt"],
            ["Phường Hùng Vương", 9000, 900, 95, 66],
        ),
        "entries",
        values=of_hp(u11299=(9000, 900)),
        flags=(("unknown-column", "E2"),),
    ),
]

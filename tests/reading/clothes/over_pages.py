"""Lists over several pages, each below headings of its own, and districts told above tables and in titles."""

from __future__ import annotations

from tests.reading.clothes.case import Case, hp, hp_held
from tests.reading.clothes.tailor import (
    ALL,
    BT,
    HEAD,
    HP_HEAD,
    TITLE,
    D,
    Rows,
    counts,
    of_hp,
    pages,
    row,
    sums,
    word_tables,
    xls,
    xlsx,
)

_FIRST: Rows = [row(unit) for unit in ALL[:6]]
_REST: Rows = [row(unit) for unit in ALL[6:]]
_WHOLE = sums("Tổng", *ALL)
_MINH_TAN = [1, "Xã Minh Tân", 9000, 900, ""]


def _carried(label: str) -> Rows:
    carried = [sums(text, *ALL[:6]) for text in ("Cộng mang sang", label)]
    return [*_FIRST, carried[0], [], HEAD, carried[1], *_REST, _WHOLE]


CASES: list[Case] = [
    Case("pages", "a.xlsx", xlsx(TITLE, HEAD, *_FIRST, [], HEAD, *_REST, _WHOLE), "entries", counts(*ALL)),
    Case(
        "pages-total-on-top",
        "a.xls",
        xls(TITLE, HEAD, _WHOLE, *_FIRST, [], HEAD, *_REST),
        "entries",
        counts(*ALL),
    ),
    Case(
        "pages-of-word",
        "a.docx",
        word_tables((TITLE[0], [HEAD, *_FIRST]), ("", [HEAD, *_REST, _WHOLE])),
        "entries",
        counts(*ALL),
    ),
    *(
        Case(f"pages-carried-{at}", "a.xlsx", xlsx(TITLE, HEAD, *_carried(label)), "entries", counts(*ALL))
        for at, label in enumerate(
            ("Mang sang", "Trang trước mang sang", "Số trang 1 chuyển sang", "Cộng mang sang")
        )
    ),
    Case(
        "pages-total-wrong",
        "a.xlsx",
        xlsx(TITLE, HEAD, *_FIRST, [], HEAD, *_REST, [*_WHOLE[:3], 5685, *_WHOLE[4:]]),
        "entries",
        counts(*ALL),
        flags=(("total-differs", "D16"),),
        says=("dòng tổng ghi 5.685 (số người đã cài đặt), cộng các đơn vị được 5.658",),
    ),
    Case(
        "pages-own-total-wrong",
        "a.xlsx",
        xlsx(TITLE, HEAD, *_FIRST, [], HEAD, *_REST, sums("Cộng", *ALL[6:], off={"staff_installs": 1})),
        "entries",
        counts(*ALL),
        flags=(("total-differs", "F16"),),
    ),
    Case(
        "yesterday-beside-today",
        "a.xlsx",
        xlsx(
            TITLE,
            [*HEAD[:3], "Đã cài đặt hôm trước", "Đã cài đặt đến nay", *HEAD[4:]],
            [*row(BT)[:3], 431, *row(BT)[3:]],
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "sheet-of-another-commune-copied",
        "a.xlsx",
        pages(("Bình Thành", [TITLE, HEAD, row(BT)]), ("Mỹ Bình", [TITLE, HEAD, row(BT)])),
        "entries",
        counts(BT),
        flags=(("unit-differs", "A3"),),
        says=("Xã Mỹ Bình (27928), bảng ghi Xã Bình Thành",),
    ),
    Case(
        "sheet-for-each-commune",
        "a.xlsx",
        pages(("Bình Thành", [TITLE, HEAD, row(BT)]), ("TT Đông Thành", [TITLE, HEAD, row(D)])),
        "entries",
        counts(BT, D),
    ),
    hp(
        "tables-each-below-its-district",
        "a.xlsx",
        xlsx(
            TITLE,
            ["HUYỆN THUỶ NGUYÊN"],
            HP_HEAD,
            _MINH_TAN,
            [2, "Thị trấn Minh Đức", 8000, 800, ""],
            [],
            ["HUYỆN KIẾN THUỴ"],
            HP_HEAD,
            [1, "Xã Minh Tân", 7000, 700, ""],
            [2, "Thị trấn Núi Đối", 6000, 600, ""],
        ),
        "entries",
        values=of_hp(u11500=(9000, 900), u11473=(8000, 800), u11725=(7000, 700), u11680=(6000, 600)),
    ),
    hp_held(
        "table-below-another-district",
        "a.xlsx",
        xlsx(
            TITLE,
            ["HUYỆN THUỶ NGUYÊN"],
            HP_HEAD,
            _MINH_TAN,
            [2, "Thị trấn Minh Đức", 8000, 800, ""],
            [],
            ["HUYỆN VĨNH BẢO"],
            HP_HEAD,
            [1, "Thị trấn Núi Đối", 6000, 600, ""],
        ),
        ("unit-contradiction", "B9"),
        values=of_hp(u11500=(9000, 900), u11473=(8000, 800)),
    ),
    *(
        hp(
            f"commune-and-district-in-one-title-{at}",
            "a.xlsx",
            xlsx([text], TITLE, HP_HEAD, _MINH_TAN),
            "entries",
            values=of_hp(u11500=(9000, 900)),
        )
        for at, text in enumerate(
            (
                "UBND XÃ MINH TÂN - HUYỆN THỦY NGUYÊN",
                "xã Minh Tân, huyện Thuỷ Nguyên, thành phố Hải Phòng",
                "UBND X. MINH TÂN – H. THUỶ NGUYÊN",
            )
        )
    ),
    hp(
        "commune-and-district-in-one-title-alone",
        "a.xlsx",
        xlsx(["UBND XÃ MINH TÂN (HUYỆN KIẾN THUỴ)"], TITLE, HP_HEAD[2:4], [9000, 900]),
        "entries",
        values=of_hp(u11725=(9000, 900)),
    ),
    hp_held(
        "commune-and-strange-district-in-one-title",
        "a.xlsx",
        xlsx(["UBND XÃ MINH TÂN - HUYỆN VĨNH BẢO"], TITLE, HP_HEAD, _MINH_TAN),
        ("ambiguous-unit", None),
    ),
]

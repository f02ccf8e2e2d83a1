"""Single cells that show more than a number: marks of notes, words beside the count, figures struck out or hidden."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    BT,
    CODES,
    HEAD,
    TITLE,
    D,
    E,
    counts,
    csv,
    ods,
    row,
    vertical,
    word,
    xls,
    xlsx,
)

NOT, UNCLEAR = "not-a-number", "ambiguous-number"

# What stands behind or before the number makes another count of it, or may.
_SAID: dict[str, tuple[str, str]] = {
    "in-the-day": ("12 (trong ngày)", NOT),
    "grown": ("12 (tăng)", NOT),
    "percent-sign": ("8 (%)", NOT),
    "households": ("443 (hộ)", NOT),
    "thousands": ("443 (nghìn)", NOT),
    "under-review": ("443 (đang rà soát)", NOT),
    "to-be-verified": ("443 người (chờ xác minh)", NOT),
    "old": ("443 (SL cũ)", NOT),
    "yesterday": ("443 (số hôm qua)", NOT),
    "not-cumulative": ("443 (không phải lũy kế)", NOT),
    "two-brackets": ("443 (trong ngày) (người)", NOT),
    "footnote": ("443 (*)", NOT),
    "asterisk": ("443*", NOT),
    "arrow": ("12↑", NOT),
    "plus-in-brackets": ("12 (+)", NOT),
    "plus-before": ("+12", UNCLEAR),
    "plus-behind": ("443+", UNCLEAR),
    "minus-behind": ("443-", UNCLEAR),
    "raised": ("443¹", NOT),
    "raised-behind-group": ("1.021²", NOT),
    "circled": ("44③", NOT),
    "half": ("443½", NOT),
}
_HARMLESS = {
    "people": "443 (người)",
    "cumulative": "443 (lũy kế)",
    "of-all": "443 người (toàn xã)",
    "growth-beside": "443 (+12)",
    "growth-told": "443 (tăng 12)",
    "share-beside": "443 (8,03%)",
    "parted-words": "443 cán bộ, đ/c",
    "empty-brackets": "443 ()",
    "full-width": "４４３",
}


def _with_measures(*measures: str) -> list[list[object]]:
    """Return the lines of a vertical form with a column of units of measure."""
    head = vertical(BT)[3]
    lines = [[one[0], measure, one[1]] for one, measure in zip(vertical(BT)[4:], measures, strict=True)]
    titles = [["UBND XÃ BÌNH THÀNH"], ["Ngày 18/8/2020"], []]
    return [*titles, [head[0], "Đơn vị tính", head[1]], *lines]


_ALL_UNCLEAR = tuple((UNCLEAR, f"{column}3") for column in "BCDEF")
_ALL_AWRY = tuple(("misaligned-row", f"{column}3") for column in "BCDEF")


_PARTS_FIRST = [
    "Đơn vị",
    "Số CBCCVC đã cài đặt",
    "Tổng số CBCCVC",
    "Số người đã cài đặt",
    *HEAD[1:3],
    "Ghi chú",
]
_RATED = [
    *HEAD[:4],
    "Tổng số CBCCVC",
    "CBCCVC đã cài đặt",
    "Tỷ lệ CBCCVC đã cài đặt",
    "Tăng so với ngày trước",
]


def _typed(more: str, line: str) -> Callable[[], bytes]:
    """Return a CSV typed by hand, nothing in it quoted: one commune's line under the headings and some more."""
    head = ",".join(heading.replace(",", "") for heading in HEAD)
    text = f"{TITLE[0]}\n{head}{more and ','}{more}\nXã Bình Thành,{line}\n"
    return text.encode


CASES: list[Case] = [
    *(
        held(f"said-{name}", "a.xlsx", xlsx(TITLE, HEAD, row(BT, installs=text)), (code, "D3"))
        for name, (text, code) in _SAID.items()
    ),
    *(
        Case(
            f"said-harmless-{name}",
            "a.xlsx",
            xlsx(TITLE, HEAD, row(BT, installs=text)),
            "entries",
            counts(BT),
        )
        for name, text in _HARMLESS.items()
    ),
    # Thousands parted by the commas between cells, where there is room for the cells too many.
    held("parted-into-notes", "a.csv", _typed("Ghi chú,Khác", "5,519,2,755,443,95,66"), *_ALL_AWRY),
    held("parted-into-blanks", "a.csv", _typed("Ghi chú,Khác", "5,519,2755,443,95,66,"), *_ALL_AWRY),
    held("parted-line-longer", "a.csv", _typed("", "5,519,2755,443,95,,"), *_ALL_AWRY),
    held("parted-part-left-out", "a.csv", _typed("", "5,519,2,755,443"), *_ALL_AWRY),
    Case("not-parted", "a.csv", _typed("Ghi chú", "5519,2755,443,95,66,"), "entries", counts(BT)),
    Case(
        "not-parted-by-chance",
        "a.csv",
        csv(TITLE, [*HEAD, "Ghi chú"], [*row(D), "đủ"], [*row(E, installs=63, staff=214), ""], separator=","),
        "entries",
        {**counts(D), E: {**counts(E)[E], "installs": 63, "staff": 214}},
    ),
    # The parts first: 27 who installed it of 367 are no 27.367. A percent tells that its counts are in their places.
    Case(
        "not-parted-with-the-parts-first",
        "a.csv",
        csv(TITLE, _PARTS_FIRST, ["Xã Bình Thành", 27, 367, 443, 5519, 2755, ""], separator=","),
        "entries",
        {BT: {**counts(BT)[BT], "staff": 367, "staff_installs": 27}},
    ),
    held(
        "parted-with-the-parts-first",
        "a.csv",
        lambda: f"{','.join(_PARTS_FIRST)}\nXã Bình Thành,1,121,443,5519\n".encode(),
        *(("misaligned-row", f"{column}2") for column in "BCDEF"),
    ),
    Case(
        "not-parted-before-a-right-percent",
        "a.csv",
        csv(TITLE, _RATED, ["Xã Bình Thành", 16579, 11689, 7717, 807, 325, "40.27", 7], separator=","),
        "entries",
        {BT: dict(zip(CODES, (16579, 11689, 7717, 807, 325), strict=True))},
    ),
    held(
        "parted-behind-a-right-percent",
        "a.csv",
        csv(
            TITLE,
            [
                "Đơn vị",
                "Dân số",
                "Số người đã cài đặt",
                "Tỷ lệ/dân số",
                "CBCCVC đã cài đặt",
                "Tổng số CBCCVC",
                "Ghi chú",
            ],
            ["Xã Bình Thành", 5519, 443, "8.03", 1, 121, 1430],
            separator=",",
        ),
        *(("misaligned-row", f"{column}3") for column in "BCEF"),
        ("missing-figure", None),
    ),
    # What is counted, or by how many, told beside the table.
    *(
        held(f"told-above-{name}", "a.xlsx", xlsx([*TITLE, text], HEAD, row(BT)), *_ALL_UNCLEAR)
        for name, text in {
            "households": "Đơn vị tính: hộ",
            "families": "(ĐVT: hộ gia đình)",
            "percent": "ĐVT: %",
            "share": "Đơn vị tính: tỷ lệ %",
            "times": "x1000 người",
            "times-grouped": "(x 1.000)",
        }.items()
    ),
    *(
        Case(
            f"told-above-harmless-{name}",
            "a.xlsx",
            xlsx([*TITLE, text], HEAD, row(BT)),
            "entries",
            counts(BT),
        )
        for name, text in {"people": "ĐVT: người", "both": "Đơn vị tính: người, %"}.items()
    ),
    held(
        "told-in-column",
        "a.xlsx",
        xlsx(*_with_measures("người", "người", "%", "người", "hộ")),
        ("not-a-number", "C7"),
        ("not-a-number", "C9"),
    ),
    # 1.000 typed where the machine takes the dot for decimals is 1, beside 1.731 that is a fraction.
    held(
        "noughts-lost-in-column",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(D, installs=1), row(E), row(BT, installs=1.731)),
        ("ambiguous-number", "D3"),
        ("ambiguous-number", "D5"),
        values=counts(E),
    ),
    held(
        "noughts-lost-in-line",
        "a.ods",
        ods(TITLE, HEAD, row(BT, population=6.519, smartphone_users=3.755, installs=1)),
        ("ambiguous-number", "B3"),
        ("ambiguous-number", "C3"),
        ("ambiguous-number", "D3"),
    ),
    Case(
        "noughts-not-lost",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(D, installs=1), row(E, staff=8, staff_installs=3)),
        "entries",
        {
            D: {**counts(D)[D], "installs": 1},
            E: {**counts(E)[E], "staff": 8, "staff_installs": 3},
        },
    ),
    # A remark on the unit that says of whom it is not.
    *(
        held(
            f"remark-{name}",
            "a.xlsx",
            xlsx(TITLE, HEAD, row(BT, name=f"Xã Bình Thành ({text})")),
            ("unknown-unit", "A3"),
        )
        for name, text in {
            "not-all": "chưa tính ấp 3",
            "only": "riêng ấp 1",
            "provisional": "số liệu tạm tính",
            "day": "trong ngày",
        }.items()
    ),
    *(
        Case(
            f"remark-harmless-{name}",
            "a.xlsx",
            xlsx(TITLE, HEAD, row(BT, name=f"Xã Bình Thành ({text})")),
            "entries",
            counts(BT),
        )
        for name, text in {
            "sent": "đã gửi",
            "again": "báo cáo lần 2",
            "star": "*",
            "district": "Đức Huệ",
        }.items()
    ),
    held("said-csv", "a.csv", csv(TITLE, HEAD, row(BT, staff_installs="66 (%)")), (NOT, "F3")),
    held("said-ods", "a.ods", ods(TITLE, HEAD, row(BT, population="5519②")), (NOT, "B3")),
    held("said-xls", "a.xls", xls(TITLE, HEAD, row(BT, population="+5519")), (UNCLEAR, "B3")),
    held("said-docx", "a.docx", word(HEAD, row(BT, population="5.519¹")), (NOT, "B2")),
]

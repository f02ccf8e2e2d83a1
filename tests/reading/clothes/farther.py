"""Once more, in clothes that lie farther off."""

from __future__ import annotations

from datetime import date

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    RATED,
    STT_HEAD,
    TITLE,
    D,
    E,
    carrying,
    counts,
    csv,
    in_font,
    locked,
    locked_pdf,
    mail,
    ods,
    picture,
    rated,
    row,
    scan,
    sums,
    vertical,
    word,
    xls,
    xlsx,
)
from tests.reading.spellings import in_tcvn3
from tests.reading.writers import Page, as_csv, as_html, as_xlsx, as_zip

CASES: list[Case] = [
    held(
        "percent-of-staff-ambiguous",
        "a.ods",
        ods(TITLE, [*HEAD, "Tỷ lệ CBCCVC"], [*row(BT), "6.947"]),
        ("ambiguous-percent", "G3"),
    ),
    held(
        "percent-ambiguous-in-vertical-form",
        "a.xlsx",
        xlsx(*vertical(E), ["Tỷ lệ người dân đã cài đặt", "1.234%"]),
        ("ambiguous-percent", "B10"),
    ),
    held(
        "percent-ambiguous-in-mail", "a.eml", mail(RATED, rated(BT, "80.267%")), ("ambiguous-percent", "E2")
    ),
    held(
        "percent-in-the-count", "a.xlsx", xlsx(TITLE, HEAD, row(BT, installs="8,03%")), ("not-a-number", "D3")
    ),
    held(
        "letters-for-digits",
        "a.xls",
        xls(TITLE, HEAD, row(BT, population="55l9", installs="44O")),
        ("not-a-number", "B3"),
        ("not-a-number", "D3"),
    ),
    held(
        "grouping-out-of-order",
        "a.csv",
        csv(TITLE, HEAD, row(BT, population="55.19")),
        ("fraction-of-people", "B3"),
    ),
    held("two-signs", "a.ods", ods(TITLE, HEAD, row(BT, population="5.519.00")), ("not-a-number", "B3")),
    held("two-figures-in-a-cell", "a.docx", word(HEAD, row(BT, installs="443/5519")), ("not-a-number", "D2")),
    held("brackets", "a.xlsx", xlsx(TITLE, HEAD, row(BT, installs="(443)")), ("not-a-number", "D3")),
    held(
        "minus-of-another-font",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, installs="−5")),
        ("negative-figure", "D3"),
    ),
    held(
        "estimate-sign-csv",
        "a.csv",
        csv(TITLE, HEAD, row(BT, population="~5.500")),
        ("estimated-figure", "B3"),
    ),
    Case(
        "decimals-of-nought-xls",
        "a.xls",
        xls(TITLE, HEAD, row(BT, staff="95,00")),
        "entries",
        counts(BT),
        (("zero-decimals", "E3"),),
    ),
    held("error-in-mail", "a.eml", mail(HEAD, row(BT, installs="#N/A")), ("formula-error", "D2")),
    Case("error-in-percent", "a.xlsx", xlsx(TITLE, RATED, rated(BT, "#DIV/0!")), "entries", counts(BT)),
    held(
        "date-cell-of-yesterday",
        "a.xlsx",
        xlsx(["Ngày báo cáo", date(2020, 8, 17)], HEAD, row(BT)),
        ("wrong-day", None),
    ),
    Case(
        "date-column",
        "a.xlsx",
        xlsx(TITLE[:0] or [""], ["Ngày", *HEAD], [date(2020, 8, 18), *row(BT)]),
        "entries",
        counts(BT),
    ),
    held(
        "date-column-of-yesterday",
        "a.ods",
        ods(["Ngày", *HEAD], ["17/8/2020", *row(BT)]),
        ("wrong-day", None),
    ),
    Case(
        "days-below-each-other",
        "a.xlsx",
        xlsx(["Ngày", *HEAD], ["17/8/2020", *row(BT, installs=440)], ["18/8/2020", *row(BT)]),
        "entries",
        counts(BT),
    ),
    Case(
        "unit-with-its-district",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Xã Bình Thành, huyện Đức Huệ")),
        "entries",
        counts(BT),
    ),
    Case(
        "unit-with-its-district-in-brackets",
        "a.csv",
        csv(TITLE, HEAD, row(BT, name="UBND xã Bình Thành (Đức Huệ)")),
        "entries",
        counts(BT),
    ),
    held(
        "unit-of-another-district-in-brackets",
        "a.docx",
        word(HEAD, row(BT, name="Xã Bình Thành (Bến Lức)")),
        ("unknown-unit", "A2"),
    ),
    Case(
        "unit-with-a-remark",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Xã Bình Thành (đã ký)")),
        "entries",
        counts(BT),
    ),
    held(
        "unit-of-another-district-told",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Xã Bình Thành, huyện Bến Lức")),
        ("unknown-unit", "A3"),
    ),
    held(
        "code-and-another-name",
        "a.ods",
        ods(TITLE, ["Mã ĐVHC", *HEAD], ["27928", *row(BT)]),
        ("ambiguous-unit", None),
    ),
    Case(
        "code-with-a-lost-nought",
        "a.xlsx",
        xlsx(TITLE, ["Mã xã", *HEAD], [27916, *row(BT)]),
        "entries",
        counts(BT),
    ),
    Case("xlsx-named-xls", "a.xls", xlsx(TITLE, HEAD, row(BT)), "entries", counts(BT)),
    Case(
        "html-named-xls",
        "a.xls",
        lambda: as_html(Page([HEAD, row(BT)]), ["Báo cáo ngày 18/8/2020"]).encode(),
        "entries",
        counts(BT),
    ),
    Case("csv-named-xls", "a.xls", csv(TITLE, HEAD, row(BT), separator="\t"), "entries", counts(BT)),
    Case(
        "csv-with-sep-line",
        "a.csv",
        lambda: ("sep=,\n" + as_csv(Page([HEAD, [str(v) for v in row(BT)]]), ",", "utf-8").decode()).encode(),
        "entries",
        counts(BT),
    ),
    Case(
        "csv-tcvn3",
        "a.csv",
        lambda: as_csv(Page(in_font(in_tcvn3, TITLE, HEAD, row(BT))), ";", "latin-1"),
        "entries",
        counts(BT),
    ),
    Case(
        "merged-total-label",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        STT_HEAD,
                        *([i, *row(u)] for i, u in enumerate((D, E), 1)),
                        ["TỔNG CỘNG", "", *sums("", D, E)[1:]],
                    ],
                    merges=[(4, 0, 4, 1)],
                )
            ]
        ),
        "entries",
        counts(D, E),
    ),
    Case(
        "merged-total-wrong",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        STT_HEAD,
                        *([i, *row(u)] for i, u in enumerate((D, E), 1)),
                        ["TỔNG CỘNG", "", *sums("", D, E, off={"staff_installs": 5})[1:]],
                    ],
                    merges=[(4, 0, 4, 1)],
                )
            ]
        ),
        "entries",
        counts(D, E),
        (("total-differs", "G5"),),
    ),
    held(
        "total-under-a-blank-figure",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(D), row(E, installs=""), sums("Tổng", D, E)),
        ("missing-figure", "D4"),
        values=counts(D),
    ),
    Case("locked-pdf", "a.pdf", lambda: locked_pdf(), "unreadable", reason="mật khẩu"),
    Case(
        "locked-xlsx-named-csv",
        "a.csv",
        lambda: locked(xlsx(TITLE, HEAD, row(BT))()),
        "unreadable",
        reason="mật khẩu",
    ),
    Case(
        "locked-in-zip",
        "a.zip",
        lambda: as_zip([("a.xlsx", locked(xlsx(TITLE, HEAD, row(BT))()))]),
        "unreadable",
        reason="mật khẩu",
    ),
    Case("photograph", "a.jpg", lambda: picture("JPEG"), "unreadable", reason="ảnh"),
    Case(
        "photograph-in-mail", "a.eml", carrying("bc.png", lambda: picture("PNG")), "unreadable", reason="ảnh"
    ),
    Case("scan-of-two-pages", "a.pdf", lambda: scan(), "unreadable", reason="quét"),
    Case("rar", "a.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(200), "unreadable", reason="RAR"),
    held(
        "unknown-unit-in-title-only",
        "a.docx",
        word(HEAD[1:], row(BT)[1:], titles=("UBND XÃ TÂN PHÚ", "Báo cáo ngày 18/8/2020")),
        ("unit-missing", None),
    ),
    held(
        "note-says-nothing-arisen-but-blank",
        "a.xlsx",
        xlsx(TITLE, [*HEAD, "Ghi chú"], [*row(BT, installs="", staff_installs=""), "Không phát sinh"]),
        ("missing-figure", "D3"),
        ("missing-figure", "F3"),
    ),
    held(
        "person-in-the-unit-column",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, name="Nguyễn Thị Lan")),
        ("unknown-unit", "A3"),
        secret=("Nguyễn Thị Lan",),
    ),
    Case(
        "identity-as-a-number",
        "a.xlsx",
        xlsx(TITLE, [*HEAD, "Cột 7"], [*row(BT), 80301004567]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("80301004567",),
    ),
    Case(
        "telephone-in-title",
        "a.ods",
        ods(["Người gửi: Lê Thị Mai - 0912.345.678"], TITLE, HEAD, row(BT)),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("Lê Thị Mai", "0912.345.678"),
    ),
    Case(
        "personal-heading-in-mail",
        "a.eml",
        mail([*HEAD, "Email", "Ngày sinh"], [*row(BT), "lan@xa.vn", "1/2/1980"]),
        "entries",
        counts(BT),
        (("personal-data", None),),
        secret=("lan@xa.vn", "1/2/1980"),
    ),
]

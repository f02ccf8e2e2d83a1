"""Clean submissions in other layouts, containers, encodings and numbers, as many as people find."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    ALL,
    BHN,
    BT,
    COUNTS,
    HEAD,
    NAMES,
    TITLE,
    D,
    E,
    carrying,
    counts,
    csv,
    each,
    in_font,
    mail,
    nfd,
    ods,
    pages,
    row,
    sums,
    turned,
    vertical,
    word,
    xls,
    xlsx,
)
from tests.reading.spellings import as_wrong_page, in_tcvn3, in_vni
from tests.reading.writers import Page, as_7z, as_message, as_xlsx, as_zip, forwarded

CASES: list[Case] = [
    # Clean ones in other clothes.
    Case(
        "clean-columns-reversed",
        "a.xlsx",
        xlsx(TITLE, list(reversed(HEAD)), list(reversed(row(BT)))),
        "entries",
        counts(BT),
    ),
    Case(
        "clean-far-right-and-down",
        "a.xlsx",
        xlsx([""], [""], ["", "", "", *TITLE], [""], ["", "", "", *HEAD], ["", "", "", *row(BHN)]),
        "entries",
        counts(BHN),
    ),
    Case("clean-ods", "a.ods", ods(TITLE, HEAD, row(E)), "entries", counts(E)),
    Case("clean-xls", "a.xls", xls(TITLE, HEAD, row(E)), "entries", counts(E)),
    Case(
        "clean-capitals",
        "BC.XLSX",
        xlsx([TITLE[0].upper()], [h.upper() for h in HEAD], row(D, name="TT. ĐÔNG THÀNH")),
        "entries",
        counts(D),
    ),
    Case(
        "clean-no-accents",
        "bc.xlsx",
        xlsx(
            ["Bao cao ngay 18/8/2020"],
            [
                "Don vi",
                "Dan so",
                "So nguoi dung dien thoai thong minh",
                "So nguoi da cai dat (luy ke)",
                "Tong so CBCCVC, NLD",
                "So CBCCVC, NLD da cai dat",
            ],
            row(BT, name="Xa Binh Thanh"),
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "two-sheets-one-of-yesterday",
        "a.xlsx",
        pages(
            ("17.8", [["Ngày 17/8/2020"], HEAD, row(BT, installs=440)]),
            ("18.8", [["Ngày 18/8/2020"], HEAD, row(BT)]),
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "hidden-old-sheet",
        "a.xlsx",
        pages(
            ("cũ", [["Ngày 17/8/2020"], HEAD, row(BT, installs=440)]),
            ("Sheet1", [["Ngày 18/8/2020"], HEAD, row(BT)]),
            hidden=("cũ",),
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "people-and-staff-on-two-sheets",
        "a.xlsx",
        pages(
            ("Dân", [TITLE, HEAD[:4], row(BT)[:4]]),
            ("CB", [TITLE, ["Đơn vị", *HEAD[4:]], [NAMES[BT], *row(BT)[4:]]]),
        ),
        "entries",
        counts(BT),
    ),
    # 02: a district's table with headers of two rows.
    Case(
        "groups-staff-first",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        ["BIỂU TỔNG HỢP NGÀY 18/8/2020"],
                        ["TT", "Tên đơn vị", "CBCCVC, NLĐ", "", "Người dân", "", ""],
                        [
                            "",
                            "",
                            "Tổng số",
                            "Đã cài đặt",
                            "Dân số",
                            "Số người dùng ĐTTM",
                            "Đã cài đặt (lũy kế)",
                        ],
                        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
                        *(
                            [i, NAMES[u], COUNTS[u][3], COUNTS[u][4], *COUNTS[u][:3]]
                            for i, u in enumerate(ALL, 1)
                        ),
                        ["", "TỔNG CỘNG", *(sum(c[i] for c in COUNTS.values()) for i in (3, 4, 0, 1, 2))],
                        ["", "", "Người lập biểu", "", "", "Trưởng phòng"],
                    ],
                    merges=[(1, 2, 1, 3), (1, 4, 1, 6)],
                )
            ]
        ),
        "entries",
        counts(*ALL),
    ),
    Case("district-ods", "a.ods", ods(TITLE, HEAD, *each(*ALL), sums("Cộng", *ALL)), "entries", counts(*ALL)),
    Case(
        "district-docx", "a.docx", word(HEAD, *each(*ALL), sums("TỔNG CỘNG", *ALL)), "entries", counts(*ALL)
    ),
    Case(
        "district-total-on-top",
        "a.xlsx",
        xlsx(TITLE, HEAD, sums("Huyện Đức Huệ", *ALL), *each(*ALL)),
        "entries",
        counts(*ALL),
    ),
    Case(
        "district-total-amid",
        "a.xlsx",
        xlsx(TITLE, HEAD, *each(*ALL[:5]), sums("Cộng", *ALL[:5]), *each(*ALL[5:])),
        "entries",
        counts(*ALL),
    ),
    Case(
        "district-grand-total-amid",
        "a.xls",
        xls(TITLE, HEAD, *each(*ALL[:5]), sums("TỔNG HUYỆN", *ALL), *each(*ALL[5:])),
        "entries",
        counts(*ALL),
    ),
    Case(
        "district-turned", "a.xlsx", xlsx(TITLE, *turned(HEAD, *each(D, E, BT))), "entries", counts(D, E, BT)
    ),
    # 03: vertical forms.
    Case("vertical-xls", "a.xls", xls(*vertical(E)), "entries", counts(E)),
    Case(
        "vertical-docx",
        "a.docx",
        word(*vertical(BHN)[3:], titles=("UBND XÃ BÌNH HÒA NAM", "Báo cáo ngày 18/8/2020")),
        "entries",
        counts(BHN),
    ),
    Case("vertical-mail", "a.eml", mail(*vertical(BHN)), "entries", counts(BHN)),
    held("vertical-blank", "a.xlsx", xlsx(*vertical(E, installs="")), ("missing-figure", "B7")),
    # 04: csv.
    Case(
        "csv-comma-quoted",
        "a.csv",
        csv(TITLE, HEAD, [NAMES[BT], "5.519", "2.755", "443", "95", "66"], separator=","),
        "entries",
        counts(BT),
    ),
    Case(
        "csv-tab-utf16",
        "a.csv",
        csv(TITLE, HEAD, row(BT), separator="\t", encoding="utf-16"),
        "entries",
        counts(BT),
    ),
    Case("csv-1258", "a.csv", csv(TITLE, HEAD, row(BT), encoding="cp1258"), "entries", counts(BT)),
    Case(
        "csv-decimals",
        "a.csv",
        csv(TITLE, HEAD, [NAMES[BT], "5.519,00", "2.755,00", "443,00", "95,00", "66,00"]),
        "entries",
        counts(BT),
    ),
    held(
        "csv-unquoted-comma",
        "a.csv",
        lambda: "Đơn vị,Dân số,Số người đã cài đặt\nXã Mỹ Bình,3,014,224\n".encode(),
        ("misaligned-row", "B2"),
        ("missing-figure", None),
    ),
    # 05, 06: old fonts and decomposed text.
    Case("vni-xls", "a.xls", xls(*in_font(in_vni, TITLE, HEAD, row("27907"))), "entries", counts("27907")),
    Case(
        "tcvn3-ods", "a.ods", ods(*in_font(in_tcvn3, TITLE, HEAD, row("27913"))), "entries", counts("27913")
    ),
    Case(
        "wrong-page-csv",
        "a.csv",
        csv(*in_font(as_wrong_page, TITLE, HEAD, row("27913"))),
        "entries",
        counts("27913"),
    ),
    Case("nfd-csv", "a.csv", csv(*in_font(nfd, TITLE, HEAD, row("27925"))), "entries", counts("27925")),
    Case(
        "nfd-docx",
        "a.docx",
        word(*in_font(nfd, HEAD, row("27925", name="Xã Bình Hoà Nam"))),
        "entries",
        counts("27925"),
    ),
    # 08, 09: messages and archives.
    Case(
        "mail-day-in-subject-only",
        "a.eml",
        mail(HEAD, row(BT), subject="BC Bluezone xã Bình Thành 18-8"),
        "entries",
        counts(BT),
    ),
    Case(
        "mail-7z",
        "a.eml",
        carrying("báo cáo.7z", lambda: as_7z([("Xã Mỹ Bình.xlsx", xlsx(TITLE, HEAD, row("27928"))())])),
        "entries",
        counts("27928"),
    ),
    Case(
        "mail-in-mail",
        "a.eml",
        lambda: forwarded(
            "Fwd: báo cáo", as_message("bc", attachments=[("bc.xls", xls(TITLE, HEAD, row(E))())])
        ).as_bytes(),
        "entries",
        counts(E),
    ),
    Case(
        "zip-of-two",
        "a.zip",
        lambda: as_zip(
            [
                ("Đông Thành.xlsx", xlsx(TITLE, HEAD, row(D))()),
                ("Mỹ Quý Đông.ods", ods(TITLE, HEAD, row(E))()),
            ]
        ),
        "entries",
        counts(D, E),
    ),
    held(
        "zip-twice-the-same-unit",
        "a.zip",
        lambda: as_zip(
            [("a.xlsx", xlsx(TITLE, HEAD, row(D))()), ("b.xlsx", xlsx(TITLE, HEAD, row(D, installs=1020))())]
        ),
        ("unit-twice", "A3"),
    ),
    Case("numbered-copy-of-a-mail", "08-2.eml", mail(HEAD, row(BT)), "entries", counts(BT)),
    Case("name-that-only-looks-like-a-day", "utf8-8bit.eml", mail(HEAD, row(BT)), "entries", counts(BT)),
    Case(
        "day-in-a-subject-of-raw-bytes",
        "a.eml",
        lambda: mail(HEAD, row(BT), subject="SUBJECT")().replace(
            b"SUBJECT", "Báo cáo ngày 18/8/2020 xã Bình Thành".encode()
        ),
        "entries",
        counts(BT),
    ),
    held(
        "day-in-a-broken-subject",
        "a.eml",
        lambda: mail(HEAD, row(BT), subject="SUBJECT")().replace(
            b"SUBJECT", b"=?x-unknown?Q?B=C3=A1o_c=C3?=\n =?utf-8?Q?=A1o_ng=C3=A0y_17/8/2020?="
        ),
        ("wrong-day", None),
    ),
    # 10: numbers as text.
    held(
        "text-with-spaces",
        "a.xlsx",
        xlsx(TITLE, HEAD, [NAMES[BT], "5 519", "2\u00a0755 người", " 443 ", "95 ng", "'66"]),
        ("not-a-number", "F3"),
    ),
    Case(
        "text-with-people",
        "a.xls",
        xls(TITLE, HEAD, [NAMES[BT], "5.519 người", "2.755", "443 người", "95", "66 (người)"]),
        "entries",
        counts(BT),
    ),
    Case(
        "text-full-width",
        "a.xlsx",
        xlsx(TITLE, HEAD, [NAMES[BT], "５５１９", "2755", "443", "95", "66"]),
        "entries",
        counts(BT),
    ),
]

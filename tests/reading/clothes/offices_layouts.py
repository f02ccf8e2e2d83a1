"""Forms of other districts' offices: short words, layouts, other persons' columns, letters that quote."""

from __future__ import annotations

from tests.reading.clothes.case import Case, hp
from tests.reading.clothes.tailor import (
    ALL,
    BT,
    HEAD,
    TITLE,
    D,
    E,
    counts,
    each,
    of_hp,
    pages,
    row,
    sums,
    xlsx,
)
from tests.reading.writers import Page, as_docx, as_html, as_message, as_xlsx

WHO, NOT_UNDERSTOOD = "UBND XÃ BÌNH THÀNH", "heading-not-understood"


def letter(new: str, mark: str, old: str) -> bytes:
    return as_message("Re: BC Bluezone", f"<html><body>{new}{mark}{old}</body></html>").as_bytes()


def table(installs: int) -> str:
    return as_html(Page([HEAD, row(BT, installs=installs)]), [])


OUTLOOK = (
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Binh Thanh<br>'
    "<b>Sent:</b> Monday, August 17, 2020 2:05 PM<br><b>To:</b> baocao<br><b>Subject:</b> BC ngày 17/8</p></div>"
)
OUTLOOK_WEB = '<div id="divRplyFwdMsg"><b>Từ:</b> Binh Thanh<br><b>Chủ đề:</b> BC ngày 17/8</div>'
ZIMBRA = (
    '<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From: </b>Binh Thanh<br></div>'
    '<div data-marker="__QUOTED_TEXT__">'
)
GREETING = "<p>Xã Bình Thành gửi số liệu ngày 18/8/2020</p>"

CASES: list[Case] = [
    # Words of offices.
    Case(
        "short-words",
        "a.xlsx",
        xlsx(
            TITLE,
            [
                "ĐV",
                "TS dân",
                "SL người dùng ĐTTM",
                "SL người đã cài",
                "TS CBCC, VC, NLĐ",
                "SL CBCC, VC, NLĐ đã cài",
            ],
            row(BT, name="X. Bình Thành"),
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "words-of-the-directive",
        "a.xlsx",
        xlsx(
            [WHO],
            TITLE,
            [
                "Tổng số người dân trên địa bàn xã",
                "Số người dân có sử dụng điện thoại thông minh",
                "Số lượng người dân cài đặt ứng dụng Bluezone",
                "Tổng số cán bộ, công chức, viên chức và người lao động trong khu vực công",
                "Số cán bộ, công chức, viên chức và người lao động trong khu vực công đã cài đặt ứng dụng Bluezone",
            ],
            row(BT)[1:],
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "long-headings",
        "a.xlsx",
        xlsx(
            TITLE,
            [
                "Đơn vị",
                "Dân số trung bình (người)",
                "Tổng số người sử dụng điện thoại thông minh trên địa bàn",
                "Tổng số người đã cài đặt ứng dụng Bluezone (lũy kế đến nay)",
                "Tổng số CBCCVC, NLĐ",
                "CBCCVC, NLĐ đã cài đặt ứng dụng Bluezone (lũy kế)",
            ],
            row(BT),
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "title-over-all-columns-that-speaks-of-plans",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        ["Đơn vị", "Thực hiện chỉ tiêu, kế hoạch giao", *[""] * 4],
                        ["", *HEAD[1:]],
                        row(BT),
                    ],
                    merges=[(1, 1, 1, 5), (1, 0, 2, 0)],
                )
            ]
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "count-and-percent-below-one-heading",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        [
                            "Đơn vị",
                            "Dân số",
                            "Số người dùng ĐTTM",
                            "Đã cài đặt",
                            "",
                            "Tổng số CBCCVC",
                            "CBCCVC đã cài",
                            "",
                        ],
                        ["", "", "", "SL", "%", "", "SL", "%"],
                        [*row(BT)[:4], 8.03, 95, 66, 69.47],
                    ],
                    merges=[(1, 3, 1, 4), (1, 6, 1, 7), *((1, c, 2, c) for c in (0, 1, 2, 5))],
                )
            ]
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "groups-of-the-day-and-up-to-it",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        [*HEAD[:3], "Tổng số CBCCVC", "Trong ngày 18/8", "", "Lũy kế đến 18/8", ""],
                        ["", "", "", "", *["Người dân đã cài", "CBCCVC đã cài"] * 2],
                        [*row(BT)[:3], 95, 3, 1, 443, 66],
                    ],
                    merges=[(1, 4, 1, 5), (1, 6, 1, 7), *((1, c, 2, c) for c in range(4))],
                )
            ]
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "before-now-and-the-difference",
        "a.xlsx",
        xlsx(
            ["Đơn vị: UBND xã Bình Thành - ngày 18/8/2020"],
            ["Chỉ tiêu", "Kỳ trước", "Kỳ này", "So sánh", "Tỷ lệ %"],
            *([name, n - 1, n, 1, 100.5] for name, n in zip(HEAD[1:], row(BT)[1:], strict=True)),
        ),
        "entries",
        counts(BT),
    ),
    # Layouts.
    Case(
        "header-on-every-page",
        "a.xlsx",
        xlsx(TITLE, HEAD, *each(*ALL[:6]), HEAD, *each(*ALL[6:]), sums("TỔNG TOÀN HUYỆN", *ALL)),
        "entries",
        counts(*ALL),
    ),
    Case(
        "header-on-every-page-total-wrong",
        "a.xlsx",
        xlsx(TITLE, HEAD, *each(D, E), HEAD, *each(BT), sums("TỔNG TOÀN HUYỆN", D, E, BT, off={"staff": 1})),
        "entries",
        counts(D, E, BT),
        (("total-differs", "E7"),),
    ),
    Case(
        "sections-merged-over-the-figures",
        "a.docx",
        lambda: as_docx(
            Page(
                [
                    ["STT", "Chỉ tiêu", "Số liệu"],
                    ["I", "Người dân", ""],
                    ["1", "Tổng số dân", "5.519 người"],
                    ["2", "Số người có điện thoại thông minh", "2.755 người"],
                    ["3", "Đã cài đặt", "443 người"],
                    ["II", "CBCCVC, NLĐ", ""],
                    ["1", "Tổng số", "95"],
                    ["2", "Đã cài đặt", "66"],
                ],
                merges=[(1, 1, 1, 2), (5, 1, 5, 2)],
            ),
            [WHO, "Ngày 18 tháng 08 năm 2020"],
        ),
        "entries",
        counts(BT),
    ),
    Case(
        "two-sheets-under-one-title",
        "a.xlsx",
        pages(("Dân", [[WHO], TITLE, HEAD[1:4], row(BT)[1:4]]), ("CB", [HEAD[4:], row(BT)[4:]])),
        "entries",
        counts(BT),
    ),
    hp(
        "one-of-one-name-below-its-districts-title",
        "a.xlsx",
        pages(
            (
                "1",
                [
                    ["UBND HUYỆN KIẾN THỤY"],
                    TITLE,
                    ["Xã", "Dân số", "Số người đã cài đặt"],
                    ["Minh Tân", 9000, 900],
                ],
            ),
            ("Thủy Nguyên", [TITLE, ["Xã", "Dân số", "Số người đã cài đặt"], ["Minh Tân", 8000, 800]]),
        ),
        "entries",
        values=of_hp(u11725=(9000, 900), u11500=(8000, 800)),
    ),
    hp(
        "kinds-and-their-sum-below-one-heading",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        ["Đơn vị", "Dân số", "Số người đã cài đặt", "", ""],
                        ["", "", "Android", "iOS", "Tổng"],
                        ["P. Hùng Vương", 2000, 150, 50, 200],
                    ],
                    merges=[(1, 2, 1, 4), (1, 0, 2, 0), (1, 1, 2, 1)],
                )
            ]
        ),
        "entries",
        values=of_hp(u11299=(2000, 200)),
    ),
    # Others than the form asks for.
    Case(
        "members-with-their-own-installs",
        "a.xlsx",
        xlsx(TITLE, [*HEAD[:3], "Đoàn viên", "Đã cài", "CBCCVC", "Đã cài"], [*row(BT)[:3], 300, 250, 95, 66]),
        "held",
        flags=((NOT_UNDERSTOOD, "D2"),),
    ),
    Case(
        "a-group-of-members",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        [*HEAD[:3], "Đoàn viên thanh niên", "", "CBCCVC, NLĐ", ""],
                        ["", "", "", *["Tổng số", "Đã cài đặt"] * 2],
                        [*row(BT)[:3], 300, 250, 95, 66],
                    ],
                    merges=[(1, 3, 1, 4), (1, 5, 1, 6), *((1, c, 2, c) for c in range(3))],
                )
            ]
        ),
        "held",
        flags=(("missing-figure", "A4"),),
    ),
    Case(
        "a-group-of-what-is-hoped-for",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        [*HEAD[:3], "Tổng số CBCCVC", "Phấn đấu đến cuối tháng", ""],
                        ["", "", "", "", "Người dân đã cài", "CBCCVC đã cài"],
                        [*row(BT)[:3], 95, 1653, 95],
                    ],
                    merges=[(1, 4, 1, 5), *((1, c, 2, c) for c in range(4))],
                )
            ]
        ),
        "held",
        flags=(("missing-figure", "A4"),),
    ),
    hp(
        "pupils-beside-the-people",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        ["Đơn vị", "Người dân", "", "Học sinh", ""],
                        ["", "Dân số", "Đã cài đặt", "Tổng số", "Đã cài đặt"],
                        ["P. Hùng Vương", 2000, 200, 100, 90],
                    ],
                    merges=[(1, 1, 1, 2), (1, 3, 1, 4), (1, 0, 2, 0)],
                )
            ]
        ),
        "entries",
        values=of_hp(u11299=(2000, 200)),
    ),
    hp(
        "men-and-women-of-one-number",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        ["Đơn vị", "Dân số", "Số người đã cài đặt", ""],
                        ["", "", "Nam", "Nữ"],
                        ["P. Hùng Vương", 2000, 150, 150],
                    ],
                    merges=[(1, 2, 1, 3), (1, 0, 2, 0), (1, 1, 2, 1)],
                )
            ]
        ),
        "held",
        flags=((NOT_UNDERSTOOD, "C3"),),
    ),
    hp(
        "days-below-one-heading",
        "a.xlsx",
        lambda: as_xlsx(
            [
                Page(
                    [
                        TITLE,
                        ["Đơn vị", "Dân số", "Số người đã cài đặt", "", ""],
                        ["", "", "16/8", "17/8", "18/8"],
                        ["P. Hùng Vương", 2000, 180, 190, 200],
                    ],
                    merges=[(1, 2, 1, 4), (1, 0, 2, 0), (1, 1, 2, 1)],
                )
            ]
        ),
        "entries",
        values=of_hp(u11299=(2000, 200)),
    ),
    Case(
        "compared-with-figures-of-yesterday",
        "a.xlsx",
        xlsx(TITLE, ["(tăng 3 người so với số liệu ngày 17/8/2020)"], HEAD, row(BT)),
        "entries",
        counts(BT),
    ),
    # Letters that quote yesterday's.
    Case(
        "quoted-by-outlook",
        "a.eml",
        lambda: letter(GREETING + table(443), OUTLOOK, table(430)),
        "entries",
        counts(BT),
    ),
    Case(
        "quoted-by-outlook-of-the-web",
        "a.eml",
        lambda: letter(GREETING + table(443), OUTLOOK_WEB, table(430)),
        "entries",
        counts(BT),
    ),
    Case(
        "quoted-by-zimbra",
        "a.eml",
        lambda: letter(GREETING + table(443), ZIMBRA, table(430)),
        "entries",
        counts(BT),
    ),
    Case(
        "only-what-is-passed-on",
        "a.eml",
        lambda: letter("<p>Chuyển để tổng hợp</p>", OUTLOOK.replace("17", "18"), table(443)),
        "entries",
        counts(BT),
    ),
    # Refused for what they are.
    Case(
        "sylk",
        "a.slk",
        lambda: b'ID;PSCALCOOO0\nC;X1;Y1;K"Dan so"\nC;X1;Y2;K5519\nE\n',
        "unreadable",
        reason="Loại tệp",
    ),
    Case("rich-text", "a.rtf", lambda: b"{\\rtf1\\ansi 5519}", "unreadable", reason=".rtf"),
]

"""What is blank, nought, set without lines, told in sentences, or an agency's."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    ALL,
    BT,
    CODES,
    HEAD,
    NAMES,
    PDF_HEAD,
    TITLE,
    D,
    E,
    counts,
    csv,
    each,
    ods,
    pdf,
    row,
    sums,
    vertical,
    word,
    xls,
    xlsx,
)
from tests.reading.writers import as_message

CASES: list[Case] = [
    # 21: blank is missing.
    held("blank-staff-ods", "a.ods", ods(TITLE, HEAD, row(BT, staff_installs="")), ("missing-figure", "F3")),
    held("blank-dash-docx", "a.docx", word(HEAD, row(BT, installs="-")), ("missing-figure", "D2")),
    held("blank-column-missing", "a.csv", csv(TITLE, HEAD[:5], row(BT)[:5]), ("missing-figure", None)),
    held(
        "blank-one-of-many",
        "a.xls",
        xls(TITLE, HEAD, row(D), row(E, installs="")),
        ("missing-figure", "D4"),
        values=counts(D),
    ),
    held(
        "blank-not-available",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, installs="chưa có")),
        ("not-a-number", "D3"),
    ),
    held(
        "heading-beyond-recognition",
        "a.xlsx",
        xlsx(TITLE, [*HEAD[:3], "Sl bz lk", *HEAD[4:]], row(BT)),
        ("heading-not-understood", "D2"),
    ),
    held(
        "heading-beyond-recognition-docx",
        "a.docx",
        word(["Đơn vị", "Tsd", *HEAD[2:]], row(D), row(E)),
        ("heading-not-understood", "B1"),
    ),
    held(
        "nothing-filled",
        "a.xlsx",
        xlsx(TITLE, HEAD, [NAMES[BT], "", "", "", "", ""]),
        ("missing-figure", "B3"),
        ("missing-figure", "F3"),
    ),
    # 22: a stated nought.
    Case(
        "nought-ods",
        "a.ods",
        ods(TITLE, [*HEAD, "Ghi chú"], [*row(BT, installs=0, staff_installs=0), "không phát sinh"]),
        "entries",
        {BT: dict(zip(CODES, (5519, 2755, 0, 95, 0), strict=True))},
    ),
    Case(
        "nought-text",
        "a.csv",
        csv(TITLE, HEAD, row(BT, installs="0", staff_installs="00")),
        "entries",
        {BT: dict(zip(CODES, (5519, 2755, 0, 95, 0), strict=True))},
    ),
    Case(
        "nought-in-words",
        "a.docx",
        word(HEAD, row(BT, installs="không phát sinh")),
        "entries",
        {BT: dict(zip(CODES, (5519, 2755, 0, 95, 66), strict=True))},
        (("zero-in-words", "D2"),),
    ),
    held(
        "nothing-arisen-of-the-day",
        "a.ods",
        ods(TITLE, HEAD, row(BT, installs="không phát sinh mới")),
        ("not-a-number", "D3"),
    ),
    # 23: text PDFs without ruled lines.
    Case("pdf-one-row", "a.pdf", pdf(PDF_HEAD, row(BT)), "entries", counts(BT)),
    Case(
        "pdf-many-rows",
        "a.pdf",
        pdf(
            PDF_HEAD,
            *each(*ALL),
            sums("TỔNG CỘNG", *ALL),
            [""],
            ["Người lập biểu", "", "", "", "Trưởng phòng"],
        ),
        "entries",
        counts(*ALL),
    ),
    Case(
        "pdf-vertical",
        "a.pdf",
        pdf(
            ["Chỉ tiêu", "Số liệu"],
            *vertical(E)[4:],
            titles=("UBND XÃ MỸ QUÝ ĐÔNG", "Báo cáo ngày 18/8/2020"),
            at=(60, 400),
        ),
        "entries",
        counts(E),
    ),
    held(
        "pdf-blank-cell",
        "a.pdf",
        pdf(PDF_HEAD, row(D), row(E, installs="")),
        ("missing-figure", None),
        values=counts(D),
    ),
    Case(
        "pdf-columns-touch",
        "a.pdf",
        pdf(PDF_HEAD, row(D), row(E), at=(60, 160, 190, 216, 240, 262)),
        "unreadable",
        reason="cột",
    ),
    Case(
        "pdf-name-broken-in-two",
        "a.pdf",
        pdf(PDF_HEAD, row(D), row("27919", name="Xã Bình Hòa\nBắc"), row(E)),
        "unreadable",
        reason="cột",
    ),
    Case(
        "pdf-column-that-no-row-fills",
        "a.pdf",
        pdf(PDF_HEAD, row(D, installs=""), row(E, installs="")),
        "unreadable",
        reason="cột",
    ),
    Case("pdf-no-heading", "a.pdf", pdf(row(D), row(E), titles=("Số liệu",)), "unreadable"),
    Case(
        "pdf-heading-over-two-columns",
        "a.pdf",
        pdf(
            ["Đơn vị", "Người dân (dân số, số người đã cài đặt)", "", "CBCCVC, NLĐ"],
            row(D)[:4],
            at=(60, 220, 300, 560),
        ),
        "unreadable",
        reason="cột",
    ),
    # 25: sentences.
    Case(
        "sentence-docx",
        "a.docx",
        word([""], titles=("Xã Bình Thành báo cáo ngày 18/8/2020: dân số 5.519 người, đã cài 443 người.",)),
        "unreadable",
    ),
    Case(
        "sentence-mail-html",
        "a.eml",
        lambda: as_message(
            "Báo cáo",
            html="<p>Xã Bình Thành: 443/5519 người đã cài, đạt 8,03%.</p>",
            text="Xã Bình Thành: 443/5519 người đã cài, đạt 8,03%.",
        ).as_bytes(),
        "unreadable",
        reason="câu",
    ),
    Case(
        "sentence-cells",
        "a.xlsx",
        xlsx(["Xã Bình Thành ngày 18/8/2020 có 5.519 dân, 443 người đã cài"]),
        "unreadable",
    ),
    # Agencies report their staff only.
    Case(
        "agency",
        "a.xlsx",
        xlsx(TITLE, ["Đơn vị", *HEAD[4:]], ["Trung tâm Y tế huyện", 120, 118]),
        "entries",
        {"801-YTE": {"staff": 120, "staff_installs": 118}},
    ),
    *(
        Case(
            f"agency-as-{at}",
            "a.xlsx",
            xlsx(TITLE, ["Đơn vị", *HEAD[4:]], [label, 120, 118]),
            "entries",
            {code: {"staff": 120, "staff_installs": 118}},
        )
        for at, (label, code) in enumerate(
            {
                "TTYT huyện": "801-YTE",
                "Trung tâm y tế Đức Huệ": "801-YTE",
                "Phòng GD-ĐT huyện": "801-GDDT",
                "Phòng LĐ - TB và XH": "801-LDTBXH",
                "P. LĐTB&XH": "801-LDTBXH",
                "Phòng Lao động - TB&XH": "801-LDTBXH",
                "P.GD-ĐT": "801-GDDT",
                "TT Y tế huyện": "801-YTE",
                "VP HĐND-UBND huyện": "801-VP",
                "VPHĐND&UBND": "801-VP",
                "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện": "801-VP",
            }.items()
        )
    ),
    *(
        Case(f"town-as-{at}", "a.xlsx", xlsx(TITLE, HEAD, row(D, name=label)), "entries", counts(D))
        for at, label in enumerate(("TTr. Đông Thành", "T.T Đông Thành", "T/T Đông Thành"))
    ),
    *(
        held(
            f"agency-of-no-name-{at}",
            "a.xlsx",
            xlsx(TITLE, ["Đơn vị", *HEAD[4:]], [label, 9, 8]),
            ("unknown-unit", "A3"),
        )
        for at, label in enumerate(
            ("TTVH huyện", "VP Huyện ủy", "P. Tư pháp", "VP HĐND-UBND xã Bình Thành", "TT Văn hóa")
        )
    ),
    held(
        "agency-blank",
        "a.ods",
        ods(TITLE, ["Đơn vị", *HEAD[4:]], ["Phòng GD&ĐT", 35, ""]),
        ("missing-figure", "C3"),
    ),
    Case(
        "agency-in-the-communes-form",
        "a.docx",
        word(HEAD, ["Trung tâm Y tế", "", "", "", 120, 118]),
        "entries",
        {"801-YTE": {"staff": 120, "staff_installs": 118}},
    ),
    Case(
        "agencies-by-other-names",
        "a.xlsx",
        xlsx(
            TITLE,
            ["Cơ quan, đơn vị", *HEAD[4:]],
            ["Phòng LĐTBXH", 20, 19],
            ["Phòng Giáo dục & Đào tạo huyện Đức Huệ", 35, 30],
            ["TRUNG TÂM Y TẾ HUYỆN", 120, 118],
            ["Văn phòng HĐND & UBND", 40, 40],
        ),
        "entries",
        {
            "801-LDTBXH": {"staff": 20, "staff_installs": 19},
            "801-GDDT": {"staff": 35, "staff_installs": 30},
            "801-YTE": {"staff": 120, "staff_installs": 118},
            "801-VP": {"staff": 40, "staff_installs": 40},
        },
    ),
]

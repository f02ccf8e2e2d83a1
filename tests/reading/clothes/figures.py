"""Figures that are no numbers, parts larger than wholes, percents and totals."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    ALL,
    BHN,
    BT,
    HEAD,
    RATED,
    TITLE,
    D,
    E,
    counts,
    csv,
    each,
    ods,
    rated,
    row,
    sums,
    word,
    xls,
    xlsx,
)

CASES: list[Case] = [
    # 11: a fraction that stands for thousands.
    held("float-ods", "a.ods", ods(TITLE, HEAD, row(BT, population=5.519)), ("ambiguous-number", "B3")),
    held("float-xls", "a.xls", xls(TITLE, HEAD, row(BT, installs=1.02)), ("ambiguous-number", "D3")),
    held(
        "float-one-of-many",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(D), row(E, smartphone_users=3.12)),
        ("ambiguous-number", "C4"),
        values=counts(D),
    ),
    held(
        "comma-thousands",
        "a.csv",
        csv(TITLE, HEAD, row(BT, population="5,519"), separator=";"),
        ("ambiguous-number", "B3"),
    ),
    held(
        "fraction-text",
        "a.xlsx",
        xlsx(TITLE, HEAD, row(BT, population="5519,5")),
        ("fraction-of-people", "B3"),
    ),
    held(
        "estimate-bracket",
        "a.docx",
        word(HEAD, row(BT, population="5.500 (ước)")),
        ("estimated-figure", "B2"),
    ),
    held(
        "estimate-word", "a.ods", ods(TITLE, HEAD, row(BT, installs="khoảng 440")), ("estimated-figure", "D3")
    ),
    # 12: more of a part than of the whole.
    held(
        "staff-above",
        "a.ods",
        ods(TITLE, HEAD, row(BT, staff_installs=96)),
        ("staff-installs-above-staff", "F3"),
    ),
    held(
        "installs-above-people-csv",
        "a.csv",
        csv(TITLE, HEAD, row(BT, installs="6.000")),
        ("installs-above-smartphones", "D3"),
        ("installs-above-population", "D3"),
    ),
    held(
        "installs-above-one-of-many",
        "a.docx",
        word(HEAD, row(D), row(E, installs=4880)),
        ("installs-above-smartphones", "D3"),
        values=counts(D),
    ),
    held("negative", "a.xls", xls(TITLE, HEAD, row(BT, installs=-5)), ("negative-figure", "D3")),
    # 13: declared percents.
    Case(
        "percent-of-yesterday",
        "a.ods",
        ods(TITLE, RATED, rated(BT, "7,9%")),
        "entries",
        counts(BT),
        (("declared-rate-differs", "E3"),),
    ),
    Case("percent-as-number", "a.xls", xls(TITLE, RATED, rated(BT, 0.0803)), "entries", counts(BT)),
    Case(
        "percent-of-100",
        "a.csv",
        csv(TITLE, RATED, rated(BT, "80,3")),
        "entries",
        counts(BT),
        (("declared-rate-differs", "E3"),),
    ),
    held("percent-ambiguous", "a.xlsx", xlsx(TITLE, RATED, rated(BT, "1.234")), ("ambiguous-percent", "E3")),
    held(
        "percent-ambiguous-number", "a.ods", ods(TITLE, RATED, rated(BT, 1.234)), ("ambiguous-percent", "E3")
    ),
    Case(
        "percent-of-one-of-many",
        "a.docx",
        word(RATED, rated(D, "12,28%"), rated(E, "7,8%")),
        "entries",
        counts(D, E),
        (("declared-rate-differs", "E3"),),
    ),
    Case(
        "percent-words",
        "a.xlsx",
        xlsx(TITLE, RATED, rated(BT, "đạt")),
        "entries",
        counts(BT),
        (("unreadable-percent", "E3"),),
    ),
    # 14: wrong totals.
    Case(
        "total-wrong-on-top",
        "a.xls",
        xls(TITLE, HEAD, sums("Tổng số", *ALL, off={"population": 100}), *each(*ALL)),
        "entries",
        counts(*ALL),
        (("total-differs", "B3"),),
    ),
    Case(
        "total-wrong-amid",
        "a.xlsx",
        xlsx(TITLE, HEAD, *each(D, E, BT), sums("Cộng", D, E, BT, off={"staff": 1}), *each("27928", "27925")),
        "entries",
        counts(D, E, BT, "27928", "27925"),
        (("total-differs", "E6"),),
    ),
    Case(
        "total-of-district-wrong-docx",
        "a.docx",
        word(HEAD, *each(*ALL), sums("Huyện Đức Huệ", *ALL, off={"installs": 27})),
        "entries",
        counts(*ALL),
        (("total-differs", "D13"),),
    ),
    Case(
        "group-total-wrong",
        "a.ods",
        ods(
            TITLE,
            HEAD,
            *each(D, E),
            sums("Cộng cụm 1", D, E),
            *each(BT, BHN),
            sums("Cộng cụm 2", BT, BHN, off={"installs": -9}),
            sums("TỔNG CỘNG", D, E, BT, BHN),
        ),
        "entries",
        counts(D, E, BT, BHN),
        (("total-differs", "D8"),),
    ),
    Case(
        "total-as-error",
        "a.xlsx",
        xlsx(TITLE, HEAD, *each(D, E), ["Tổng", "#REF!", "#REF!", "#REF!", "#REF!", "#REF!"]),
        "entries",
        counts(D, E),
        (("total-not-read", "B5"), ("total-not-read", "F5")),
    ),
    Case(
        "total-typed-as-fraction",
        "a.ods",
        ods(TITLE, HEAD, *each(D, E), ["Tổng cộng", 14.417, 8011, 1509, 306, 244]),
        "entries",
        counts(D, E),
        (("total-not-read", "B5"),),
    ),
    Case(
        "total-estimated",
        "a.docx",
        word(HEAD, *each(D, E), ["Cộng", "khoảng 14.000", "8.011", "1.509", "306", "244"]),
        "entries",
        counts(D, E),
        (("total-not-read", "B4"),),
    ),
]

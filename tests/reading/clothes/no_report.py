"""Titles, sheets and marks that say that the figures are no report: examples, plans, estimates, other programmes."""

from __future__ import annotations

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import (
    BT,
    HEAD,
    TITLE,
    D,
    E,
    Rows,
    counts,
    csv,
    mail,
    ods,
    pages,
    row,
    sums,
    word,
    xls,
    xlsx,
)

_EXAMPLE = ["Xã Mỹ Bình", 1000, 500, 100, 50, 40]
_REPORT: Rows = [TITLE, HEAD, row(BT)]
_OTHERWISE = ("title-says-otherwise", None)
_LEFT_OUT = (("example-left-out", None),)


def _below(name: str, title: str) -> Case:
    return Case(f"title-of-a-report-{name}", "a.xlsx", xlsx([title], *_REPORT), "entries", counts(BT))


CASES: list[Case] = [
    # What is no report is asked about, whatever it stands in.
    held("plan-by-title", "a.xls", xls(["KẾ HOẠCH CÀI ĐẶT BLUEZONE"], *_REPORT), ("title-says-otherwise", "A1")),
    # A week or quarter that is over, and no day anywhere.
    *(
        held(f"past-period-{i}", "a.xlsx", xlsx([title], HEAD, row(BT)), ("title-says-otherwise", "A1"))
        for i, title in enumerate(
            ("BÁO CÁO TUẦN 33", "KẾT QUẢ CÀI ĐẶT BLUEZONE QUÝ II/2020", "BÁO CÁO 6 THÁNG ĐẦU NĂM 2020")
        )
    ),
    held("past-period-by-file", "BC tuan 33.ods", ods(["BÁO CÁO BLUEZONE"], HEAD, row(BT)), _OTHERWISE),
    *(
        Case(f"period-{name}", "a.xlsx", xlsx([title], HEAD, row(BT)), "entries", counts(BT))
        for name, title in {
            "of-today": "BÁO CÁO TUẦN 34",
            "with-a-day": "BÁO CÁO TUẦN 33, số liệu đến ngày 18/8/2020",
            "of-this-quarter": "KẾT QUẢ QUÝ III/2020",
            "without-a-number": "BÁO CÁO CÀI ĐẶT BLUEZONE TRONG TUẦN",
        }.items()
    ),
    held("plan-by-numbered-title", "a.xlsx", xlsx(["II. Kế hoạch cài đặt"], *_REPORT), _OTHERWISE),
    held("plan-by-sheet", "a.xlsx", pages(("Kế hoạch", _REPORT)), _OTHERWISE),
    held("expected-by-title", "a.docx", word(HEAD, row(BT), titles=("SỐ LIỆU DỰ KIẾN ngày 18/8/2020",)),
         _OTHERWISE),
    held("expected-without-marks", "a.csv", csv(["Du kien ket qua den ngay 18/8/2020"], HEAD, row(BT)), _OTHERWISE),
    held("estimated-by-title", "a.ods", ods(["Kết quả ước thực hiện đến 18/8/2020"], HEAD, row(BT)), _OTHERWISE),
    held("target-by-title", "a.xlsx", xlsx(["BẢNG CHỈ TIÊU GIAO"], *_REPORT), _OTHERWISE),
    held("other-programme-by-title", "a.docx",
         word(HEAD, row(BT), titles=("KẾT QUẢ CÀI ĐẶT ỨNG DỤNG VSSID NGÀY 18/8/2020",)), _OTHERWISE),
    held("other-programme-by-sheet", "a.xlsx", pages(("NCOVI", [["Ngày 18/8/2020"], HEAD, row(BT)])), _OTHERWISE),
    held("other-programme-by-file", "BC_VssID_18.8.xlsx", xlsx(["Ngày 18/8/2020"], HEAD, row(BT)), _OTHERWISE),
    held("example-by-title-alone", "a.xlsx", xlsx(["BIỂU MẪU (VÍ DỤ)"], *_REPORT), _OTHERWISE),
    held("plan-below-the-report", "a.xlsx", xlsx(*_REPORT, [""], ["Kế hoạch ngày mai"], HEAD, row(D)), _OTHERWISE,
         values=counts(BT)),
    # An example beside the report is left out, and said to be.
    Case("example-in-first-sheet", "a.xlsx", pages(("Hướng dẫn điền", [HEAD, _EXAMPLE]), ("Báo cáo", _REPORT)),
         "entries", counts(BT), _LEFT_OUT),
    Case("example-in-last-sheet", "a.xlsx",
         pages(("Báo cáo", _REPORT), ("Sheet2", [["BẢNG SỐ LIỆU MINH HỌA"], HEAD, _EXAMPLE])),
         "entries", counts(BT), _LEFT_OUT),
    Case("example-of-the-same-unit", "a.xlsx",
         pages(("BC", _REPORT), ("VD", [["Ngày 18/8/2020"], HEAD, row(BT, installs=100)])),
         "entries", counts(BT), _LEFT_OUT),
    Case("example-in-mail", "a.eml", mail(["STT", *HEAD], ["Ví dụ", *_EXAMPLE], [1, *row(BT)]), "entries",
         counts(BT), _LEFT_OUT),
    Case("example-in-name", "a.xlsx", xlsx(TITLE, HEAD, ["Xã Mỹ Bình (ví dụ)", *_EXAMPLE[1:]], row(BT)), "entries",
         counts(BT), _LEFT_OUT),
    Case("example-in-note", "a.xlsx", xlsx(TITLE, [*HEAD, "Ghi chú"], [*_EXAMPLE, "Số liệu mẫu"], [*row(BT), ""]),
         "entries", counts(BT), _LEFT_OUT),
    Case("example-is-not-added", "a.xlsx",
         xlsx(TITLE, ["STT", *HEAD], ["VD", *_EXAMPLE], [1, *row(D)], [2, *row(E)], ["", *sums("Tổng", D, E)]),
         "entries", counts(D, E), _LEFT_OUT),
    # What speaks of plans, examples and other programmes beside the report is one of every day.
    _below("plan-done", "BÁO CÁO KẾT QUẢ THỰC HIỆN KẾ HOẠCH CÀI ĐẶT BLUEZONE"),
    _below("plan-followed", "Kế hoạch số 45/KH-UBND ngày 1/8/2020 của UBND huyện"),
    _below("target", "Mục tiêu: đạt 60% dân số"),
    _below("how-to-type", "Ví dụ: 5658, không ghi 5.658"),
    _below("two-programmes", "Kết quả cài đặt Bluezone, NCOVI"),
    Case("provisional-by-title", "a.xlsx", xlsx(["Số liệu tạm tính"], *_REPORT), "entries", counts(BT),
         (("figures-provisional", "A1"),)),
    Case("example-to-fill-in", "a.xlsx", xlsx(TITLE, [*HEAD, "Ghi chú"], [*row(BT), "Theo mẫu"]), "entries",
         counts(BT)),
]  # fmt: skip

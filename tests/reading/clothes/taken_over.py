"""Figures of an earlier day or of fewer people, and who says so: a note, a letter, a comment, a heading's bounds."""

from __future__ import annotations

from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.noted import noted
from tests.reading.clothes.other_days import commented
from tests.reading.clothes.tailor import (
    BT,
    COUNTS,
    HEAD,
    TITLE,
    carrying,
    counts,
    csv,
    ods,
    row,
    word,
    xls,
    xlsx,
)
from tests.reading.clothes.tailor import mail as page
from tests.reading.writers import as_message

DOUBTED, STRANGE = "figures-doubted", "heading-not-understood"
NOTES = (
    "Số liệu như hôm qua",
    "Số liệu vẫn như ngày hôm qua",
    "Như báo cáo hôm trước",
    "Số liệu giống ngày trước",
    "y nguyên như hôm qua",
    "Chưa kể giáo viên",
    "chưa kể lực lượng công an, quân sự",
    "Trừ giáo viên",
    "Không kể học sinh",
    "Chưa tính cán bộ ấp",
    "Chưa bao gồm viên chức trạm y tế",
    "CBCCVC chưa tính khối trường học",
    "Số lượt tải, không phải số người",
    "Tính theo số hộ",
    "Có 12 người cài 2 máy",
    "Bổ sung ấp 5 sau",
    "Đang chờ ấp 5",
    "Số ảo",
    "Số dự báo",
    "Tính cả người ngoài xã",
    "Gồm cả công nhân xã khác",
    "Trùng 5 người",
    "Chỉ tính ấp 1, 2",
    "Chỉ tính người trên 18 tuổi",
    "Chỉ có số của UBND xã",
    "Của ấp 3",
    "Số cài mới",
    "Là số tăng thêm",
)
NO_NOTES = (
    "Không thay đổi so với hôm qua",
    "Tăng 12 người như hôm qua",
    "Báo cáo theo mẫu như hôm qua",
    "Số liệu không như hôm qua",
    "Không tính cán bộ nghỉ hưu",
    "Dân số chưa tính tạm trú",
    "Đã tính cả giáo viên",
    "Giáo viên lưu trú tại xã",
    "Xã chưa có cán bộ chuyên trách",
    "Tính theo hộ khẩu thường trú",
    "Chỉ tiêu giao 1.653 người",
    "Chỉ còn ấp 3 thấp",
    "Chỉ có ấp 3 chưa đạt",
    "Trùng 5 người, đã loại",
    "Đang chờ ấp trưởng ký",
    "Không tính người ngoài xã",
    "Số liệu ấp 3 đã nhận đủ",
    "Người già không dùng smartphone",
    "Xã khác đạt cao hơn",
)
LETTERS = (
    "Số liệu như hôm qua ạ.",
    "Số liệu CBCCVC chưa kể giáo viên.",
    "Hôm nay xã báo cáo như hôm qua.",
    "Số liệu vẫn như ngày 17/8.",
    "Số liệu ấp 3 xã chưa nhận được.",
    "Riêng CBCCVC em chưa cập nhật.",
    "Do mạng lỗi nên số liệu chỉ tính đến trưa qua.",
    "Số liệu trong file là số lượt cài trong ngày.",
    "Em lấy đại số liệu vì ấp chưa báo.",
    "File này em làm mẫu, chưa có số thật.",
    "Dân số em chưa chắc, để em hỏi lại.",
    "Số liệu tính đến 10 giờ sáng 17/8.",
)
NO_LETTERS = (
    "Số liệu không thay đổi so với hôm qua.",
    "Em gửi báo cáo theo mẫu như hôm qua ạ.",
    "Như hôm qua đã trao đổi, xã gửi số liệu ngày 18/8.",
    "Em gửi trễ do cúp điện, mong chị thông cảm.",
    "Đến hôm qua xã cài được 431 người, hôm nay 443 người.",
    "Bản có dấu xã gửi sau qua đường văn bản.",
    "Hôm qua xã chưa gửi báo cáo, hôm nay xã gửi.",
)
COMMENTS = (
    "Số liệu ngày 17/8",
    "số liệu đến ngày 17/8/2020",
    "lấy số liệu ngày 16/8",
    "như ngày 17/8",
    "Số hôm qua",
)
NO_COMMENTS = (
    "Tăng 12 so với 17/8",
    "Tập huấn ngày 15/8",
    "Số liệu ngày 18/8",
    "Công văn 123/UBND ngày 12/8/2020",
)
BOUNDS = ("Trên 60", "Từ 18 đến 60", "18-60", "Dưới 18", "60+", "Từ 15 trở lên", ">60")
NO_BOUNDS = ("Đến 18/8", "Tính đến 14h ngày 18/8", "Đến 14 giờ", "Kết quả", "Đến 18-8")


_MEASURED = [(name, "người", value) for name, value in zip(HEAD[1:], COUNTS[BT], strict=True)]


def _letter(text: str) -> bytes:
    attached = xlsx(TITLE, HEAD, row(BT))()
    return as_message("Báo cáo Bluezone", text=text, attachments=[("bc.xlsx", attached)]).as_bytes()


def _below(group: str) -> list[list[Any]]:
    """Return a table whose installs stand below a group of its own."""
    first = [*HEAD[:3], group, *HEAD[4:]]
    return [[*TITLE, "", "", "", "", ""], first, ["", "", "", "Đã cài", "", ""], [row(BT)[0], *COUNTS[BT]]]


def _one(heading: str) -> list[list[Any]]:
    return [TITLE, [*HEAD[:3], heading, *HEAD[4:]], row(BT)]


def _in(i: int, rows: list[list[Any]]) -> tuple[str, Any]:
    """Return a file's name and content, each in the next container."""
    made = (("a.xls", xls), ("a.ods", ods), ("a.csv", csv), ("a.xlsx", xlsx))
    name, content = made[i % len(made)]
    return name, content(*rows)


CASES: list[Case] = [
    *(held(f"taken-over-{i}", *_in(i, noted(note)), (DOUBTED, "G3")) for i, note in enumerate(NOTES)),
    *(
        Case(f"taken-over-not-{i}", *_in(i, noted(note)), "entries", counts(BT))
        for i, note in enumerate(NO_NOTES)
    ),
    held(
        "taken-over-from-a-day",
        "a.xls",
        xls(*noted("như ngày 17/8")),
        ("day-contradiction", "G3"),
        ("wrong-day", None),
    ),
    *(
        held(f"taken-over-letter-{i}", "a.eml", lambda text=text: _letter(text), (DOUBTED, None))
        for i, text in enumerate(LETTERS)
    ),
    *(
        Case(f"taken-over-letter-not-{i}", "a.eml", lambda text=text: _letter(text), "entries", counts(BT))
        for i, text in enumerate(NO_LETTERS)
    ),
    *(
        held(f"taken-over-comment-{i}", "a.xlsx", commented(text, title=TITLE), ("day-contradiction", "A1"))
        for i, text in enumerate(COMMENTS)
    ),
    held("taken-over-comment-in-words", "a.xlsx", commented("Như hôm qua", title=TITLE), (DOUBTED, None)),
    *(
        Case(f"taken-over-comment-not-{i}", "a.xlsx", commented(text, title=TITLE), "entries", counts(BT))
        for i, text in enumerate(NO_COMMENTS)
    ),
    *(held(f"bounds-over-{i}", *_in(i, _below(text)), (STRANGE, "D2")) for i, text in enumerate(BOUNDS)),
    *(
        Case(f"bounds-none-over-{i}", *_in(i, _below(text)), "entries", counts(BT))
        for i, text in enumerate(NO_BOUNDS)
    ),
    *(
        held(f"bounds-in-brackets-{i}", *_in(i, _one(f"Số người đã cài đặt ({text})")), (STRANGE, "D2"))
        for i, text in enumerate(BOUNDS)
    ),
    *(
        Case(
            f"bounds-none-in-brackets-{i}",
            *_in(i, _one(f"Số người đã cài đặt ({text})")),
            "entries",
            counts(BT),
        )
        for i, text in enumerate(("đến 18/8", "18-8", "tính đến 14 giờ", "5"))
    ),
    held("bounds-in-word", "a.docx", word(*_one("Đã cài (trên 60)")[1:]), (STRANGE, "D1")),
    held("bounds-in-mail", "a.eml", page(*_one("Đã cài đặt (18-60)")[1:]), (STRANGE, "D1")),
    held("bounds-in-mail-attached", "a.eml", carrying("a.xls", xls(*_below("60+"))), (STRANGE, "D2")),
    held(
        "taken-over-from-a-day-in-a-list",
        "a.xlsx",
        xlsx(
            TITLE,
            [f"Đơn vị: {row(BT)[0]}"],
            ["STT", "Nội dung", "ĐVT", "Kết quả", "Ghi chú"],
            *([i, *one, "như ngày 17/8" if i == 3 else ""] for i, one in enumerate(_MEASURED, 1)),
        ),
        (DOUBTED, "E6"),
    ),
    held(
        "taken-over-in-a-narrow-cell",
        "a.xlsx",
        xlsx(*noted("Gồm cả công nhân xã\nkhác")),
        (DOUBTED, "G3"),
    ),
]

"""A letter with a table for the people and one for the staff: the section's title above each tells of whom it is."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, COUNTS, HEAD, NAMES, TITLE, E, Rows, counts, word_tables
from tests.reading.writers import Page, as_html, as_message

Block = tuple[str, Rows]
PEOPLE, STAFF = COUNTS[BT][:3], COUNTS[BT][3:]
_DOWN: Rows = [["Nội dung", "Số liệu"], *map(list, zip(["Dân số", *HEAD[2:4]], PEOPLE, strict=True))]


def _down(*figures: int) -> Rows:
    return [["Nội dung", "Số liệu"], ["Tổng số", figures[0]], ["Đã cài đặt", figures[1]]]


def _across(*units: str) -> Rows:
    return [["Đơn vị", "Tổng số", "Đã cài đặt"], *([NAMES[unit], *COUNTS[unit][3:]] for unit in units)]


def _people(*units: str) -> Rows:
    return [HEAD[:4], *([NAMES[unit], *COUNTS[unit][:3]] for unit in units)]


def _word(*blocks: Block) -> Callable[[], bytes]:
    return word_tables(*blocks, above=(TITLE[0], f"Đơn vị: {NAMES[BT]}"))


def _mail(*blocks: Block) -> Callable[[], bytes]:
    parts = [as_html(Page(rows), [title]).replace("<p>Trân trọng ./.</p>", "") for title, rows in blocks]
    html = f"<p>{TITLE[0]}</p><p>Đơn vị: {NAMES[BT]}</p>{''.join(parts)}"
    return lambda: as_message("Báo cáo", html, text="").as_bytes()


_READ: dict[str, tuple[tuple[Block, ...], tuple[str, ...]]] = {
    "down": ((("I. Người dân", _DOWN), ("II. CBCCVC, NLĐ", _down(*STAFF))), (BT,)),
    "across": ((("1. Người dân", _people(BT)), ("2. CBCCVC, NLĐ", _across(BT))), (BT,)),
    "staff-first": ((("I. CBCCVC, NLĐ", _across(BT)), ("II. Người dân", _people(BT))), (BT,)),
    "with-regard-to": ((("Đối với CBCCVC, NLĐ:", _down(*STAFF)), ("Đối với người dân:", _DOWN)), (BT,)),
    "of-two-communes": ((("I. Người dân", _people(BT, E)), ("II. CBCCVC, NLĐ", _across(BT, E))), (BT, E)),
}

CASES: list[Case] = [
    *(
        Case(f"tables-of-sections-{name}-{kind}", file, make(*blocks), "entries", counts(*units))
        for name, (blocks, units) in _READ.items()
        for kind, file, make in (("word", "a.docx", _word), ("mail", "a.eml", _mail))
    ),
    *(
        held(f"tables-of-others-{i}", "a.docx", _word(("I. Người dân", _DOWN), (title, _down(*STAFF))),
             ("missing-figure", None))
        for i, title in enumerate(("II. Học sinh", "II. Giáo viên", "II. Kết quả khác"))
    ),
]  # fmt: skip

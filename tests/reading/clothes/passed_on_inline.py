"""Messages passed on in the text of another, as mail programs write their heads; older ones that a reply quotes."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, counts, row, xlsx
from tests.reading.writers import Page, as_html, as_message

DOUBTED, WRONG, PERSONAL = ("figures-doubted", None), ("wrong-day", None), ("personal-data", None)
# The writer's name and address, and the mark of a message passed on.
_WHO, _RULE = "Bình Thành <bt@longan.gov.vn>", "---------- Forwarded message ---------"
HEADS = {
    "outlook": f"Từ: {_WHO}\nĐã gửi: Thứ Hai, 17 Tháng Tám, 2020 4:50 CH\nĐến: VHTT\nChủ đề: BC Bluezone",
    "outlook-english": f"From: {_WHO}\nSent: Monday, August 17, 2020 4:50 PM\nTo: VHTT\nSubject: BC",
    "gmail": f"{_RULE}\nTừ: {_WHO}\nDate: Th 2, 17 thg 8, 2020 vào lúc 16:50\nSubject: BC\nTo: VHTT",
    "gmail-english": f"{_RULE}\nFrom: {_WHO}\nDate: Mon, Aug 17, 2020 at 4:50 PM\nSubject: BC\nTo: VHTT",
    "thunderbird": f"-------- Thư đã chuyển tiếp --------\nTiêu đề: BC\nNgày: Mon, 17 Aug 2020 16:50 +0700\nTừ: {_WHO}",
    "apple": f"Begin forwarded message:\nFrom: {_WHO}\nSubject: BC\nDate: 17 August 2020 at 16:50:00 GMT+7\nTo: VHTT",
    "apple-vietnamese": f"Bắt đầu thư được chuyển tiếp:\nTừ: {_WHO}\nChủ đề: BC\nNgày: 17 tháng 8, 2020 lúc 16:50",
    "senders-own": f"Người gửi: {_WHO}\nThời gian: 17/08/2020 16:50\nNgười nhận: VHTT",
}
WRITERS = {
    "gmail": f"Vào Th 2, 17 thg 8, 2020 vào lúc 16:50 {_WHO} đã viết:",
    "two-lines": "Vào lúc 16:50 Th 2, 17 thg 8, 2020 Bình Thành <\nbt@longan.gov.vn> đã viết:",
    "english": f"On Mon, Aug 17, 2020 at 4:50 PM {_WHO} wrote:",
}
# One of today that itself passes on one of yesterday.
_TWICE = f"{HEADS['gmail']}\nXã gửi".replace("17 thg 8", "18 thg 8").replace(
    "Subject: BC", "Subject: Fwd: BC"
)


def _attached(
    head: str, *above: list[str], words: str = "Kính chuyển", subject: str = "Fwd: BC"
) -> Callable[[], bytes]:
    book = xlsx(*above, HEAD, row(BT))
    text = f"{words}\n\n{head}\n\nXã gửi báo cáo"
    return lambda: as_message(subject, "", text, [("bc.xlsx", book())]).as_bytes()


def _table(installs: int = 443) -> str:
    return as_html(Page([HEAD, row(BT, installs=installs)]), [])


def _in_html(head: str, own: str = "", subject: str = "Fwd: BC") -> Callable[[], bytes]:
    lines = "<br>".join(map(escape, head.split("\n")))
    return lambda: as_message(
        subject, f"<p>Kính chuyển</p>{own}<p>{lines}</p>{_table(443 - 12 * bool(own))}"
    ).as_bytes()


def _in_text(head: str, own: str = "", subject: str = "Re: BC") -> Callable[[], bytes]:
    def lines(installs: int) -> str:
        return "\n".join("\t".join(map(str, one)) for one in (HEAD, row(BT, installs=installs)))

    above = lines(443) if own else ""
    return lambda: as_message(
        subject, "", f"Xã gửi\n\n{above}\n\n{head}\n\n{lines(431 if own else 443)}"
    ).as_bytes()


def _today(head: str) -> str:
    return head.replace("17", "18")


CASES: list[Case] = [
    *(held(f"inline-{name}", "a.eml", _attached(head), DOUBTED) for name, head in HEADS.items()),
    *(held(f"inline-html-{name}", "a.eml", _in_html(head), WRONG, PERSONAL)
      for name, head in (HEADS | WRITERS).items()),
    *(held(f"inline-text-{name}", "a.eml", _in_text(head), WRONG, PERSONAL)
      for name, head in (HEADS | WRITERS).items()),
    *(Case(f"inline-today-{name}", "a.eml", _attached(_today(head)), "entries", counts(BT))
      for name, head in HEADS.items()),
    held("inline-twice", "a.eml", _attached(f"{_TWICE}\n{HEADS['gmail']}"), DOUBTED),
    Case("inline-its-table-of-today", "a.eml", _attached(HEADS["gmail"], TITLE), "entries", counts(BT)),
    Case("inline-under-todays-subject", "a.eml", _attached(HEADS["gmail"], subject="Fwd: BC ngày 18/8/2020"),
         "entries", counts(BT)),
    Case("inline-under-words-of-today", "a.eml", _attached(HEADS["gmail"], words="Kính chuyển báo cáo ngày 18/8"),
         "entries", counts(BT)),
    *(Case(f"quoted-below-{name}", "a.eml", _attached(head, words="Xã gửi", subject="Re: BC"), "entries", counts(BT))
      for name, head in ({"outlook": HEADS["outlook"]} | WRITERS).items()),
    *(Case(f"quoted-table-below-{name}", "a.eml", _in_html(head, _table(), subject="Re: BC"), "entries", counts(BT))
      for name, head in (HEADS | WRITERS).items()),
    *(Case(f"own-table-above-{name}", "a.eml", _in_html(head, _table()), "entries", counts(BT))
      for name, head in HEADS.items()),
    *(Case(f"quoted-text-below-{name}", "a.eml", _in_text(head, "own"), "entries", counts(BT))
      for name, head in (HEADS | WRITERS).items()),
]  # fmt: skip

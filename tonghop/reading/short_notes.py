"""Notes of few words in a column of notes that put the figures beside them in doubt: "17/8", "như cũ", "443 -> 453".

In running text the same words would tell of something else, so only a whole note is asked about.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from tonghop.reading.dates import days_in
from tonghop.reading.text import plain, tidy

_LONGEST = 60
_NEAR = timedelta(days=14)
# A day and words that say no more than that the figures are of it.
_TIME = r"\d{1,2} ?(?:h|g|gio|:) ?\d{0,2}(?::\d\d)?"
_DAY = re.compile(
    r"^\W*(?:(?:ghi chu|so lieu|so|bao cao|bc|ket qua|tinh|chot|cap nhat|den|het|luc|ngay|toi|chieu|sang|trua|cuoi"
    rf"|thoi diem|cua|la|vao|{_TIME}),?:? )*"
    r"(?:ngay )?(\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{2,4})?|20\d\d-\d\d-\d\d(?:[ t]00:00:00)?|hom qua|hom truoc)"
    rf"(?:,? (?:luc )?{_TIME})?\W*$"
)
# A later day by itself may be a goal's; with one of these it is the figures'.
_OF_FIGURES = re.compile(r"\b(?:so lieu|so|bao cao|bc|ket qua|tinh|chot|cap nhat|den|het|thoi diem|cua)\b")
# Figures that stand elsewhere; where a list of people or the particulars are attached these are the figures.
_PAPER = r"(?:file|tep|sheet|phu luc|bang|bieu|mail|email|zalo|to|ban|trang)"
_ELSEWHERE = (
    r"(?:kem|dinh kem|kem theo|gui kem|gui rieng|rieng|khac|duoi|ben duoi|ben|sau|moi|so \d{1,2}|\d{1,2})"
)
_SEE = (
    rf"(?:so |so lieu )?xem(?: (?:so|so lieu|them|o|tai|trong|theo))*"
    rf" (?:{_PAPER}(?: {_ELSEWHERE})*|bao cao(?: {_ELSEWHERE})+|(?:o |ben |phia )?(?:duoi|tren|sau))"
    rf"|(?:so |so lieu )?(?:nam |ghi |lay )?(?:theo|o|trong|tai|nhu) {_PAPER}(?: {_ELSEWHERE})+"
)
_HAMLET = r"(?:ap|kp|khu pho|thon|xom|khom|to|to dan pho)"
_OTHERS = (
    r"(?:truong(?: hoc)?|tram(?: y te)?|doan(?: xa| thanh nien)?|hoi(?: phu nu| nong dan)?|cong an|quan su)"
)
_BEFORE = r"(?:nhu|giong|copp?y|chep) (?:so )?(?:hom qua|hom truoc)"
_PLACE = r"(?:dong|cot|hang) (?:tren|duoi|ben)"
_DOUBTS = re.compile(
    r"^\W*(?:"
    rf"(?:so |so lieu )?(?:(?:giu|de) nguyen|(?:van |giong |y )?nhu cu|y cu|{_BEFORE})"
    r"|(?:can |cho |dang |xin )?(?:kiem tra|xac minh|ra soat|hoi|xem|doi chieu)(?: lai)?"
    r"(?: (?:so|so lieu|anh|chi|voi)\b.{0,20})?"
    r"|(?:so |so lieu )?(?:khong|chua|ko|k) (?:duoc )?(?:chinh xac|chuan|dung|chac(?: chan)?|on|khop)"
    r"|(?:so )?(?:nhap|dien|de|ghi|lay)(?: so)? (?:tam|dai|dai dai|cho co)"
    r"|cho co|dai khai|ang chung|tron so|(?:da )?lam tron"
    rf"|(?:moi |chi |moi co |chi co |chi tinh |duoc )?(?P<of>\d{{1,2}}) ?/ ?(?!(?P=of)\b)\d{{1,2}} {_HAMLET}"
    rf"|(?:con|thieu|moi co|chi co|chi tinh|chi) (?:so )?(?:\d{{1,2}} {_HAMLET}|{_HAMLET} \d[\d ,+&\-]*)"
    rf"|{_HAMLET} \d[\d ,+&\-]*(?: chua(?: co| bao| gui)?)?"
    r"|(?:so )?luy ke (?:tuan|thang|quy|tu dau tuan|tu dau thang|trong tuan)"
    r"|(?:(?:so|la|theo) )*(?:chi tieu(?: giao)?|ke hoach(?: giao)?|dang ky|du kien|muc tieu)"
    r"|(?:du kien|uoc|phan dau|ke hoach)(?: thuc hien| dat)? den (?:ngay )?\d[\d/.\-]*"
    rf"|(?:so|so lieu)(?: cua)?(?: cac)? {_OTHERS}"
    rf"|(?:doi|dao)(?: cho)?(?: voi)? {_PLACE}|(?:so )?cua {_PLACE}"
    r"|(?:so )?(?:dung|thuc|dinh chinh|sua|chinh xac|moi nhat)(?: (?:te|nhat|la|thanh))*:? ?\d[\d.]*"
    r"|\d[\d.]* ?(?:->|=>|→) ?\d[\d.]*"
    rf"|{_SEE}"
    r")\W*$"
)
_ASKING = re.compile(r"^\s*\(?\?+\)?\s*$")


def day_in_note(note: str, day: date) -> date | None:
    """Return the other day that a whole note says its figures are of; None for other notes."""
    if len(note) > _LONGEST:
        return None
    words = plain(note)
    found = _DAY.match(words)
    if found is None:
        return None
    if found[1].startswith("hom"):
        return day - timedelta(days=1)
    days = [one.day for one in days_in(f"ngày {found[1][:10]}", day)]
    if len(days) != 1 or not timedelta() < abs(day - days[0]) <= _NEAR:
        return None
    return days[0] if days[0] < day or _OF_FIGURES.search(words) else None


@lru_cache(maxsize=4_096)
def doubt_in_note(note: str) -> str:
    """Return a note of few words that puts the figures beside it in doubt, "" for any other."""
    if len(note) > _LONGEST:
        return ""
    words = plain(note)
    return tidy(note) if _ASKING.match(note) or _DOUBTS.match(words) else ""

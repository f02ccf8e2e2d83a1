"""Bodies and hamlets of a commune that a title names: "Trạm Y tế xã Bình Thành", "Ấp 2" report for themselves.

Their figures are a part of the commune's, though its name stands in theirs. The commune's own offices (UBND, HĐND,
ban chỉ đạo, văn phòng) report for all of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tonghop.reading.text import has_accents, key, plain, tidy

_LONGEST = 90
_BODY = (
    r"truong (?:tieu hoc|trung hoc|thcs|thpt|th\b|pho thong|ptth|ptcs|mam non|mau giao|mn\b|mg\b|cap \d)"
    r"|tram y te|phong kham|benh vien|cong an|doan (?:thanh nien|tncs|tn|xa|phuong)\b"
    r"|hoi (?:lhpn|lien hiep|phu nu|nong dan|cuu chien binh|ccb|chu thap do|nguoi cao tuoi|cao tuoi|khuyen hoc)"
    r"|dang (?:uy|bo) (?:xa|phuong|thi tran)|chi (?:bo|doan)|ban (?:chqs|chi huy quan su)|quan su (?:xa|phuong)"
    r"|(?:ub|uy ban |ban )?(?:mttq|mat tran)|hop tac xa|htx\b|quy tin dung|cong ty|doanh nghiep|buu dien|ngan hang"
    r"|khoi (?:truong|doan the|giao duc|mat tran|dang|quan su|cong an)"
    r"|(?:ap|thon|xom|khom|to)(?: so)? \d{1,2}\b|(?:khu pho|to dan pho|tdp|kp|khu dan cu|kdc|khoi pho)(?: so)? \w"
)
# "Của", "tại" and "đơn vị:" tell whose a report is; a body that begins a short line is its issuer.
_BEGINS = re.compile(
    rf"^\W*(?:(?:bao cao|ket qua|so lieu|bieu|bang|tong hop|thong ke|bc)\b[^:;]{{0,60}}?\b(?:cua|tai)\s+"
    rf"|(?:ten )?don vi(?: bao cao)?\s*:?\s*|(?:bao cao|bc)\W*)?(?:{_BODY})"
)
_HAMLET = re.compile(r"^\W*(?:đơn vị(?: báo cáo)?\s*:?\s*)?(?:ấp|thôn|xóm|chợ)\s+(?!các\b|của\b)\w", re.I)
_LABEL = re.compile(r"^\W*(?:tên )?đơn vị(?: báo cáo)?\s*:?\s*", re.I)
_WHOLE = re.compile(
    r"\bu\.?b\.?n\.?d\b|\buy ban nhan dan|\bhdnd|\bban chi dao|\bbcd\b|\bphoi hop|\bcac (?:ap|thon|truong)\b"
)
# What follows a name on a letterhead or in a title; any other verb makes it a sentence about somebody.
_SENTENCE = re.compile(r"\b(?:da|se|duoc|to chuc|trien khai xuong|huong dan|tuyen truyen|ho tro|gui)\b")


@lru_cache(maxsize=4_096)
def body_in(text: str) -> str:
    """Return whose report a title says it is, where that is a body or hamlet of a commune; "" for any other text."""
    written = tidy(text)
    if not 3 < len(written) <= _LONGEST:
        return ""
    words = plain(written)
    if _WHOLE.search(words) or _SENTENCE.search(words):
        return ""
    if _BEGINS.match(words) or (has_accents(key(written)) and _HAMLET.match(written)):
        return _LABEL.sub("", written)
    return ""

"""Labels of lines that say "total"."""

from __future__ import annotations

import re

from tonghop.reading.text import key, unaccented

_PLACES = "huien|quan|thanh pho|tp|tinh|xa|phuong|thi xa|thi tran|dia ban|bo"
# At the foot of a page and at the head of the next one: "Cộng mang sang", "Trang trước chuyển sang".
_CARRIED = re.compile(
    r"^(?:so |so lieu |tong |tong so |cong )?(?:tu )?(?:(?:cong )?trang(?: truoc| \d{1,2})? )?(?:mang|chuien|cong) sang"
    r"(?: (?:tu )?trang(?: sau| truoc| ben| \d{1,2})?)?$"
)
_TOTAL = re.compile(
    r"^(?:[ivx]{1,4} |[a-h] |\d{1,2} )?"
    rf"(?:tong(?: cong| so| hop)?|cong(?: don| lai)?|tc|luy ke chung|toan (?:{_PLACES}))"
    # What may follow says of what; "Công an", "Tổng công ty" are names.
    rf"(?: (?:{_PLACES}|toan|cac|nhom|khoi|cum|vung|khu|tieu|trang|dot|bang|bieu|chung|don vi|muc|phan"
    r"|[ivx]+|[a-d]|\d+)(?: .*)?)?$"
)


def is_total(label: str) -> bool:
    """Return whether a label says "total": TỔNG CỘNG, Cộng huyện, Toàn thành phố (Xã Cộng Hòa says it not)."""
    plain = unaccented(key(label))
    return _TOTAL.match(plain) is not None or ("sang" in plain and _CARRIED.match(plain) is not None)

"""Persons told by a given name alone: "Hồng Nhung 443", "Kế toán Nhung", "Nhung (VHXH)".

A family name stands nowhere there. Only given names that hardly any place bears at its end are known: "Hòa Bình" and
"Bình Thành" are communes, though people are called so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tonghop.reading.text import key, tidy, unaccented

_LONGEST = 60
_WORD = re.compile(r"[^\W\d_]+")
_GIVEN = frozenset(
    re.findall(
        r"\S+",
        """nhung hạnh hằng tuấn thảo ngân yến oanh loan lan thúy thuý trâm vy nga hiền nguyệt diễm quyên duy nhi nhàn
        thơm quỳnh gấm lụa uyên thoa cúc huy tuyết tươi hân thùy thuỳ ngoan sương phượng trinh tú hùng dũng hương
        hoa cường tùng dung hằng""",
    )
)
# What stands beside a name and is none: who somebody is, and how to reach them.
_BESIDE = frozenset(
    re.findall(
        r"\S+",
        """ke toan van thu can bo cong chuc vien truong pho ap chu tich bi thu phong nguoi lap bao cao lien he lh gap
        dt sdt em co chi anh ong ba dc vhxh vhtt vp cb cc i te tram xa phu trach dau moi gui cua do zalo tel chuyen
        a c e thong ke hanh chinh tu phap dia giao duc doan tncs thanh nien nhan so cho hoi""",
    )
)
_MIDDLES = frozenset(
    re.findall(
        r"\S+",
        """hồng thu bích ngọc kim thanh thúy thuý minh phương hoài thùy thuỳ quỳnh diễm tuyết cẩm mai xuân kiều ánh
        hoàng văn thị hữu đức như trúc tường bảo""",
    )
)
_PLACES = frozenset(("ap", "xa", "phuong", "thon", "xom", "khu", "to", "tt", "p", "x"))


@lru_cache(maxsize=8_192)
def is_given_name(text: str) -> bool:
    """Return whether a text is nothing but a given name of one or two words, a role or a number beside it."""
    if len(text) > _LONGEST:
        return False
    words = _WORD.findall(tidy(text))
    names = [i for i, word in enumerate(words) if unaccented(key(word)) not in _BESIDE or word in _GIVEN]
    if not 1 <= len(names) <= 2 or names[-1] - names[0] != len(names) - 1:
        return False
    found = [words[i] for i in names]
    if not all(word.istitle() for word in found) or found[-1].casefold() not in _GIVEN:
        return False
    if names[0] == 1 and unaccented(key(words[0])) in _PLACES:
        return False  # "Ấp Mỹ Hương"
    is_alone = len(words) == len(names) and not any(map(str.isdigit, text))
    return not is_alone or len(found) == 1 or found[0].casefold() in _MIDDLES

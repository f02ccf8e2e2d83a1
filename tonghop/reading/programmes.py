"""Other programmes that a text counts together with the form's own: "gồm cả NCOVI", "cài đặt Bluezone và NCOVI".

The number is then of two applications, and nobody but its sender can part it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tonghop.domain.forms import Titles
from tonghop.reading.text import plain, tidy

_LONGEST, _LONGEST_TITLE = 500, 200
_APP = r"(?:ung dung|phan mem|app)"
_OTHER_APP = rf"{_APP}(?: \w+)? khac"
# "Không gồm NCOVI", "chưa tính VssID" take nothing in.
_WITH = (
    r"(?<!khong )(?<!chua )(?<!ko )(?<!k )(?<!bao )(?<!tru )(?<!duoc )"
    r"(?:bao gom|gom|tinh|ke|cong|dem|gop|kem|lan|ca|chung|cung)"
)
_BETWEEN = (
    rf"(?:ca|luon|chung|them|gop|theo|voi|cho|so|luong|nguoi|dan|cac|da|cai|dat|dung|su|{_APP}|khai|bao|y|te|qua|tren"
    r"|cua|va|hoac|lan|tai|tong)"
)


class Programmes:
    """Tells in the words of one form where its own programme and another are counted as one."""

    def __init__(self, titles: Titles) -> None:
        own, others = _any_of(titles.own), _any_of(titles.others)
        named = f"(?:{others}|{_OTHER_APP})" if others else _OTHER_APP
        self._may_tell = re.compile(rf"\b{named}\b")
        self._counted = re.compile(rf"\b{_WITH} (?:{_BETWEEN} ){{0,6}}{named}\b")
        joined = rf"\W{{0,3}}(?:(?:va|cung|hoac|voi|cac)\b ?)?(?:{_BETWEEN} ){{0,4}}"
        self._joined = re.compile(rf"\b(?:{own}{joined}{named}|{named}{joined}{own})\b" if own else r"(?!)")
        self.counted_in = lru_cache(maxsize=8_192)(self._counted_in)

    def _counted_in(self, text: str) -> str:
        """Return the words by which a text counts another programme as well, "" where it does not."""
        return _found(self._counted, text[:_LONGEST]) if self._is_named(text) else ""

    def joined_in(self, title: str) -> str:
        """Return the words by which a title names its own programme and another together, "" where it does not."""
        return _found(self._joined, title) if len(title) <= _LONGEST_TITLE and self._is_named(title) else ""

    def _is_named(self, text: str) -> bool:
        return self._may_tell.search(plain(text[:_LONGEST])) is not None


def _any_of(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(re.escape(plain(word)) for word in words)})" if words else ""


def _found(pattern: re.Pattern[str], text: str) -> str:
    """Return what a pattern finds in a text as it is written, where it has all its letters."""
    words, written = plain(text), tidy(text)
    found = pattern.search(words)
    if found is None:
        return ""
    return written[found.start() : found.end()] if len(written) == len(words) else found.group()

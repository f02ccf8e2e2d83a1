"""Running text around no table: does it hold figures, does it promise an attachment?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from tonghop.reading.containers.model import Opened
from tonghop.reading.text import plain

_NOT_FIGURES = re.compile(
    r"\d{1,2}\s*[/.\-]\s*\d{1,2}(?:\s*[/.\-]\s*\d{2,4})?|\d{1,2}\s*(?:h|gio)\s*\d{0,2}|\bngay\s*\d{1,2}(?:\s*thang\s*\d{1,2})?(?:\s*nam\s*\d{4})?|"
    # Where an office lies, as signatures tell it.
    r"\bso\s*(?:nha\s*)?\d+[a-z]?\s*,?\s*(?:duong|pho|khu|to|thon|quoc lo|tinh lo)\b|"
    r"\b(?:duong(?: tinh)?|tinh lo|quoc lo|ql|dt|khu pho)\s*\d+[a-z]?\b|"
    r"covid\s*-?\s*19|(?<!\d)(?:\+?84|0)(?:[ .\-]?\d){8,10}(?!\d)|\(0\d{1,3}\)[ .\-]{0,2}\d(?:[ .\-]?\d){5,8}|\d{9,}|\b\d+/[a-z][\w-]*|https?://\S+|\S+@\S+|\b20\d\d\b"
)
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)*\s*%|\b\d{1,3}(?:[. ]\d{3})+\b|\b\d{2,6}\b|\b\d+\s*(?:nguoi|dan|can bo|may)\b"
)
_PROMISE = re.compile(
    r"dinh kem|gui kem|kem theo|file kem|tep kem|attach|file so lieu|file bao cao|tep bao cao"
)
_NOTHING_ARISEN = re.compile(r"\b(?:khong|ko|chua)(?: co)? phat sinh\b")
# Where files lie that people send a link to; a website below a signature is none.
_SHARED = re.compile(
    r"\b(?:(?:docs|drive|forms)\.google\.com|1drv\.ms|onedrive\.live\.com|[\w-]{1,63}\.sharepoint\.com|(?:www\.)?dropbox\.com"
    r"|(?:www\.)?fshare\.vn|mega\.nz|we\.tl|wetransfer\.com|(?:www\.)?mediafire\.com|drive\.zalo\.me)/[\w:]"
)


# By other ways than mail: "em gửi qua Zalo rồi ạ", "đã nộp vào nhóm Zalo của huyện".
_ELSEWHERE = re.compile(
    r"\b(?:gui|nop|chuyen|up|bao cao|dang)\b[^.;!?]{0,80}\b(?:qua|tren|vao|len|trong|o|bang)\s{1,5}"
    r"(?:\w{1,20}\s{1,5}){0,2}(?:zalo|viber|messenger|facebook|fb|telegram|whatsapp)\b"
)


def said_alone(opened: Opened) -> Sequence[str]:
    """Return what the sender of a message wrote, without what it quotes; of every other submission all its text.

    A unit that thanks for a reminder quotes our own figures, links and promises. Where a message says nothing
    itself, what it quotes is what it sends.
    """
    if not opened.is_message or opened.documents:
        return opened.prose
    own = list(takewhile(lambda line: line.strip() != "--", opened.letter))
    return own if any(line.strip() for line in own) else opened.prose


def was_sent_elsewhere(texts: Sequence[str]) -> bool:
    """Return whether a message says that its report went another way, which nobody here looks into."""
    return any(_ELSEWHERE.search(plain(text[:1_000])) for text in texts[:100])


def has_figures(texts: Sequence[str]) -> bool:
    """Return whether running text holds what reads like counts or percents, days and telephones apart."""
    return any(_FIGURE.search(_NOT_FIGURES.sub(" ", plain(text[:20_000]))) for text in texts)


def promises_attachment(texts: Sequence[str]) -> bool:
    """Return whether a message speaks of an attachment."""
    return any(_PROMISE.search(plain(text[:20_000])) for text in texts)


def reports_nothing(texts: Sequence[str]) -> bool:
    """Return whether running text says that nothing has arisen: a figure too, in words."""
    return any(_NOTHING_ARISEN.search(plain(text[:20_000])) for text in texts)


def links_to_a_file(texts: Sequence[str]) -> bool:
    """Return whether running text links to where people share files."""
    return any(_SHARED.search(text[:20_000].lower()) for text in texts)

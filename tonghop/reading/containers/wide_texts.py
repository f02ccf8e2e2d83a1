"""Texts of two bytes a letter (UTF-16): known by their byte-order mark, or without one by what they hold."""

from __future__ import annotations

import re

_ORDERS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LOOKED_AT = 4_096
_UNSEEN = "\t\r\n\u00a0\u200b\ufeff"
_DECLARATION = re.compile(r"\s{0,9}<\?xml\b[^<>]{0,200}\?>")


def in_utf8(content: bytes) -> bytes:
    """Return the bytes of a text in UTF-16 as UTF-8; any others, and text that breaks off in a letter, as they are.

    An XML declaration goes, as it names the encoding that was.
    """
    encoding = _encoding_of(content)
    if encoding is None:
        return content
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return content
    return _DECLARATION.sub("", text, count=1).encode() if text.lstrip()[:5] == "<?xml" else text.encode()


def _encoding_of(content: bytes) -> str | None:
    """Return the encoding of a text of two bytes a letter, None for any other bytes.

    Without a mark it is the order in which all are letters that can be seen, and most are those of plain Latin: the
    other order makes Chinese of them. No text of one byte a letter holds a nought.
    """
    for mark, encoding in _ORDERS:
        if content.startswith(mark) and content[2:4] != b"\0\0":
            return encoding
    head = content[:_LOOKED_AT]
    if len(content) % 2 or b"\0" not in head[:64]:
        return None
    return next((encoding for _, encoding in _ORDERS if _is_text(head, encoding)), None)


def _is_text(head: bytes, encoding: str) -> bool:
    text = head.decode(encoding, errors="replace")
    latin = sum(char < "\u0100" for char in text)
    return 2 * latin >= len(text) and all(char.isprintable() or char in _UNSEEN for char in text)

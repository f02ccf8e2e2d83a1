"""Fields of a message's head as people read them, also those whose eight-bit letters name no encoding.

Programs of many offices write a subject or a file's name as raw UTF-8, as windows-1258 or in the letters of an old
font; the library shows each such byte as a sign of its own for "unreadable".
"""

from __future__ import annotations

from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from tonghop.reading.legacy import conversion_for, convert, from_1258

# 224 KB of encoded words cost a parser 1.8 GB; no honest header is a hundredth of that.
LONGEST = 4_000


def field_of(message: Message, name: str) -> str:
    """Return a field decoded, cut to a length no honest one has; empty where there is none."""
    return in_words((_raw_field(message, name) or str(message.get(name, "")))[:LONGEST])


def read_names_of_raw_bytes(part: Message) -> None:
    """Put text in place of the fields that a part's file is named in, where they are raw bytes."""
    for name in ("Content-Disposition", "Content-Type"):
        if text := _raw_field(part, name):
            part.replace_header(name, text)


def _raw_field(message: Message, name: str) -> str:
    """Return the text of a field of raw bytes, of two of one name the first; empty text for every other."""
    if isinstance(message.get(name, ""), str):
        return ""
    raw = next(value for key, value in message.raw_items() if key.lower() == name.lower())
    return _text(str(raw)[:LONGEST].encode("utf-8", "surrogateescape"))


def in_words(text: str) -> str:
    """Return a field's or a parameter's text, its encoded words decoded."""
    if "=?" in text:
        try:
            text = "".join(decoded(piece, charset) for piece, charset in decode_header(text))
        except (ValueError, LookupError, MessageError):
            return text
    return _from_old_font(text)


def decoded(text: str | bytes, charset: str | None) -> str:
    """Return text that a message says is in an encoding, which may be none or unknown."""
    if isinstance(text, str):
        return text
    for name in (charset or "utf-8", "utf-8", "cp1258", "latin-1"):
        try:
            return text.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return ""


def _text(raw: bytes) -> str:
    """Return bytes of which nobody says the encoding: UTF-8, else an old font's where the words say so."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return convert(text, conversion_for([text], fallback=from_1258) or from_1258)


def _from_old_font(text: str) -> str:
    """Return text in the letters of an old font as Unicode, where its words leave no doubt."""
    conversion = None if text.isascii() else conversion_for([text])
    return convert(text, conversion) if conversion else text

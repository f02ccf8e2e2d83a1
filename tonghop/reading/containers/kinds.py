"""The kind of a file by its bytes; names lie."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What a file is, whatever it is called."""

    ZIP = "zip"
    OLE = "ole"
    PDF = "pdf"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    TNEF = "tnef"
    PICTURE = "picture"
    RTF = "rtf"
    HTML = "html"
    MESSAGE = "message"
    TEXT = "text"
    EMPTY = "empty"
    OTHER = "other"


_MAGIC = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"PK\x07\x08", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"\x78\x9f\x3e\x22", Kind.TNEF),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"BM", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),
    (b"MM\x00*", Kind.PICTURE),
    (b"{\\rtf", Kind.RTF),
)
# These have their directory at the end, or are refused for what they are.
_HAVE_AN_END = frozenset({Kind.ZIP, Kind.SEVEN_ZIP, Kind.RAR, Kind.PICTURE, Kind.RTF})
# A signed or encrypted envelope (S/MIME, RFC 5652): its text inside would pass for the file's own.
_ENVELOPE = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07"
ENCRYPTED_TEXT = b"-----BEGIN PGP MESSAGE-----"
_HEADER_LINE = re.compile(rb"^(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r\n])")
_MESSAGE_FIELDS = re.compile(
    rb"^(?:From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Content-Type):", re.I | re.M
)
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|table|body|head)\b", re.I)


def kind_of(content: bytes) -> Kind:
    """Return the kind of a file by its first bytes."""
    if not content.lstrip(b"\x00\t\r\n "):  # which copies nothing where the first byte is another
        return Kind.EMPTY
    for magic, kind in _MAGIC:
        if content.startswith(magic) and not (magic == b"BM" and content[:512].isascii()):
            return kind
    head = content[:4096]
    if head[:1] == b"\x30" and _ENVELOPE in head[:32]:
        return Kind.OTHER
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Kind.PICTURE
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Kind.TEXT
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if _HEADER_LINE.match(start) and len(_MESSAGE_FIELDS.findall(content[:65_536])) >= 2:
        return Kind.MESSAGE
    if start.startswith(ENCRYPTED_TEXT):
        return Kind.OTHER
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<Workbook" in head:
        return Kind.TEXT
    if start.startswith((b"ID;P", b"TABLE\r\n0,1", b"TABLE\n0,1")) or b"<office:document" in head:
        return Kind.OTHER  # SYLK, DIF, flat OpenDocument: text that is no table with separators
    if start.startswith(b"<") and _HTML.search(head):
        return Kind.HTML
    return Kind.TEXT if _is_text(head) else Kind.OTHER


def is_whole_by_itself(content: bytes) -> bool:
    """Return whether a reader of this kind of file sees itself that the end is missing."""
    return kind_of(content) in _HAVE_AN_END


def _is_text(head: bytes) -> bool:
    """Return whether bytes can be text: no zero bytes and hardly any control characters."""
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return b"\x00" not in head and controls * 50 <= len(head)

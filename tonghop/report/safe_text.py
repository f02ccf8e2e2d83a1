"""Text from files and registers, made harmless for a mail, a workbook and a picture."""

from __future__ import annotations

import re
import unicodedata

from tonghop.words import say

_LONGEST = 240
# User and password in an address inside a sentence: a report tells which mailbox, never whose key.
_CREDENTIALS = re.compile(r"(?<=//)[^/\s]*@")


def clean(text: str, longest: int = _LONGEST) -> str:
    """Return ``text`` in NFC on one line, without control, bidirectional and unpaired characters.

    A right-to-left override in a file's name would let "xls.exe" look like "exe.slx", and a lone surrogate
    cannot be written to any file. Escaping for HTML or a workbook is done where it is written.
    """
    one_line = " ".join(text.split())
    kept = "".join(c for c in one_line if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    normal = unicodedata.normalize("NFC", kept)
    return normal if len(normal) <= longest else normal[: longest - 1] + "…"


def without_credentials(text: str) -> str:
    """Return a sentence without the user and password of any address in it."""
    return clean(_CREDENTIALS.sub("", text))


def source_name(source: str) -> str:
    """Return a source as a recipient knows it: ``Hộp thư mail.example.vn``, ``Thư mục /srv/baocao``."""
    scheme, separator, rest = source.partition("://")
    if not separator:
        return without_credentials(source)
    host, slash, path = rest.rpartition("@")[2].partition("/")
    if scheme in {"imap", "imaps"}:
        return say("report.source_mailbox", place=clean(host))
    return say("report.source_folder", place=clean(host + slash + path))

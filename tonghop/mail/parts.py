"""The files inside a message: pictures beside the HTML, and attachments with their Vietnamese names."""

from __future__ import annotations

import re
import unicodedata
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xls": "application/vnd.ms-excel",
    "csv": "text/csv",
    "zip": "application/zip",
    "png": "image/png",
}
"""Media types by file ending: the machine's own table may lack them, and a file goes out as None/None."""

_MEDIA_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9.+-]{0,126}")
_CONTENT_ID = re.compile(r"[A-Za-z0-9._-]{1,60}(?:@[A-Za-z0-9.-]{1,60})?")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069/\\:*?\"<>|]+")
_LONGEST_NAME = 100  # characters; three bytes each, percent-encoded, still fit a mail line of 998


def media_type_of(filename: str) -> str:
    """Return the media type for a file name's ending; unknown endings are bytes to save."""
    return MEDIA_TYPES.get(filename.rpartition(".")[2].lower(), "application/octet-stream")


def attachment_name(filename: str) -> str:
    """Return a file name that every system can store: no separator, control or direction mark.

    The ending survives, because it decides which program opens the file.
    """
    clean = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", filename)).strip(" .") or "tep"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 8:
        return clean[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"


def attachment_part(filename: str, media_type: str, content: bytes) -> MIMEBase:
    """Return an attachment; its name is written as RFC 2231 has it where it is not plain ASCII."""
    part = _part(filename, media_type, content)
    _add_disposition(part, "attachment", filename)
    return part


def image_part(cid: str, filename: str, content: bytes, alt: str) -> MIMEBase:
    """Return a picture that the HTML shows as ``cid:…``; ``alt`` is its description where it is listed."""
    if not _CONTENT_ID.fullmatch(cid):
        raise ValueError(f"content id {cid!r}: letters, digits, dot, dash and underscore only")
    part = _part(filename, media_type_of(filename), content)
    part["Content-ID"] = f"<{cid}>"
    part["Content-Description"] = Header(
        " ".join(alt.split()), "utf-8", header_name="Content-Description"
    ).encode()
    _add_disposition(part, "inline", filename)
    return part


def _part(filename: str, media_type: str, content: bytes) -> MIMEBase:
    known = media_type if _MEDIA_TYPE.fullmatch(media_type) else media_type_of(filename)
    part = MIMEBase(*known.split("/", 1))
    part.set_payload(content)
    encode_base64(part)
    return part


def _add_disposition(part: MIMEBase, disposition: str, filename: str) -> None:
    name = attachment_name(filename)
    part.add_header(
        "Content-Disposition", disposition, filename=name if name.isascii() else ("utf-8", "", name)
    )

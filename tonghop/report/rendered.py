"""A report as it is handed to the mail: words, pictures and files, nothing of transport."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture the HTML shows as ``cid:<cid>``; ``alt`` says in words what it shows."""

    cid: str
    filename: str
    content: bytes = field(repr=False)
    alt: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the mail; the name is plain ASCII, so no mail program mangles it."""

    filename: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RenderedReport:
    """A report ready to be put into a message.

    ``html`` is empty where only plain text could be made. ``faults`` names, for the log and the operator,
    the parts (chart, workbook) that could not be made and why; the mail itself says that they are wanting.
    ``left_out`` names the parts that were left out so that the mail server takes the message.
    """

    subject: str
    text: str
    html: str
    images: tuple[InlineImage, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    faults: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

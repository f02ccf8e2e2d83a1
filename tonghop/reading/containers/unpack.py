"""A submission's bytes unpacked by what they are, containers inside containers within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tonghop.reading.containers.kinds import Kind, is_whole_by_itself, kind_of
from tonghop.reading.containers.model import Budget, Document, Opened, Refused
from tonghop.reading.containers.texts import decode, read_csv
from tonghop.reading.containers.volume import keep_prose_within, keep_within
from tonghop.reading.containers.wide_texts import in_utf8
from tonghop.reading.containers.workbook import read_spreadsheet, read_xls
from tonghop.reading.containers.zips import Zip
from tonghop.reading.findings import finding
from tonghop.reading.limits import Limits

if TYPE_CHECKING:
    from tonghop.reading.containers.messages import Attachment

# Bytes of a picture in a message's body from which on it is no logo: a telephone sends the sheet's photograph so.
_PHOTOGRAPH = 150_000
_REFUSED_KINDS = {
    Kind.EMPTY: "empty-file",
    Kind.RAR: "rar-archive",
    Kind.PICTURE: "picture",
    Kind.RTF: "old-word",
    Kind.OTHER: "unsupported-kind",
}


def unpack(name: str, content: bytes, limits: Limits) -> Opened:
    """Return everything readable in a submission, with a refusal for every document that is not."""
    opened, budget = Opened(), Budget(limits)
    _Unpacking(opened, budget).add(name, content, 0)
    _keep_within(opened, name, len(content), budget)
    return opened


def unpack_with_contents(name: str, content: bytes, limits: Limits) -> tuple[Opened, Mapping[str, bytes]]:
    """Return what ``unpack`` does, and the bytes of each file by its name as documents bear it."""
    opened, budget = Opened(), Budget(limits)
    keeping = _Keeping(opened, budget)
    keeping.add(name, content, 0)
    _keep_within(opened, name, len(content), budget)
    return opened, keeping.contents


def _keep_within(opened: Opened, name: str, size: int, budget: Budget) -> None:
    limits = budget.limits
    size += limits.inflated_bytes - budget.bytes_left
    keep_within(opened, size, limits)
    if size > limits.letters:
        keep_prose_within(opened, name, limits)


class _Unpacking:
    """One submission while it is unpacked. Rare formats' readers are imported when such a file comes."""

    def __init__(self, opened: Opened, budget: Budget) -> None:
        self._opened, self._budget = opened, budget
        self._names: set[str] = set()

    def add(self, name: str, content: bytes, depth: int) -> None:
        """Add what one file holds; a refusal stays with it and harms no other."""
        if name.rsplit("/", 1)[-1].startswith("~$"):
            self._opened.ignored = self._opened.ignored or "lock-file"
            return
        try:
            self._check(content, depth)
            self._by_kind(name, content, depth)
        except Refused as refusal:
            self._opened.refusals.append(refusal.as_finding(name))

    def _check(self, content: bytes, depth: int) -> None:
        limits = self._budget.limits
        if len(content) > limits.file_bytes:
            raise Refused("file-too-large", limit=f"{limits.file_bytes // 2**20} MB")
        if depth > limits.depth:
            raise Refused("nested-too-deep")
        self._budget.spend_document()

    def _by_kind(self, name: str, content: bytes, depth: int) -> None:
        kind = kind_of(content)
        if kind in (Kind.TEXT, Kind.OTHER) and (narrow := in_utf8(content)) is not content:
            narrow_kind = kind_of(narrow)
            content, kind = (content, kind) if narrow_kind is Kind.OTHER else (narrow, narrow_kind)
        if kind in _REFUSED_KINDS:
            raise Refused(_REFUSED_KINDS[kind], kind=kind.value)
        if kind is Kind.ZIP:
            self._zip(name, content, depth)
        elif kind is Kind.OLE:
            self._opened.documents.append(_ole(name, content, self._budget.limits))
        elif kind is Kind.MESSAGE:
            self._message(name, content, depth)
        elif kind is Kind.SEVEN_ZIP:
            self._seven_zip(name, content, depth)
        elif kind is Kind.TNEF:
            self._tnef(name, content, depth)
        elif kind is Kind.PDF:
            self._pdf(name, content)
        elif kind is Kind.HTML:
            self._html(name, decode(content)[0])
        else:
            self._text(name, content)

    def _zip(self, name: str, content: bytes, depth: int) -> None:
        archive = Zip(content, self._budget)
        if "word/document.xml" in archive.names:
            from tonghop.reading.containers.word import read_docx

            word = read_docx(name, archive, self._budget)
            self._opened.documents.append(word.document)
            self._opened.prose += word.prose
        elif archive.is_workbook:
            self._opened.documents.append(read_spreadsheet(name, archive, self._budget))
        elif archive.is_office:
            raise Refused("unsupported-kind", kind="office")
        else:
            from tonghop.reading.containers.archives import zip_members

            for inner, member in zip_members(archive):
                if isinstance(member, Refused):
                    self._opened.refusals.append(member.as_finding(f"{name}/{inner}"))
                else:
                    self.add(f"{name}/{inner}", member, depth + 1)

    def _seven_zip(self, name: str, content: bytes, depth: int) -> None:
        from tonghop.reading.containers.seven_zips import seven_zip_members

        for inner, member in list(seven_zip_members(content, self._budget)):
            self.add(f"{name}/{inner}", member, depth + 1)

    def _message(self, name: str, content: bytes, depth: int) -> None:
        from tonghop.reading.containers.messages import read_message

        message = read_message(name, content, self._budget)
        opened = self._opened
        if depth == 0:
            opened.is_message = True
            if message.is_automatic:
                opened.ignored = "automatic-message"
                return
        opened.subject = " ; ".join((*([opened.subject] if opened.subject else ()), *message.subjects))[
            :1_000
        ]
        opened.prose += message.prose
        opened.letter += message.letter
        opened.links += message.links
        inside = message.sent if depth else message.sent[1:]
        opened.forwarded += [day for day in inside if day is not None]
        opened.passed_on += message.passed_on
        for attachment in message.attachments:
            if _is_beside(attachment):
                self._set_aside(attachment)
                continue
            opened.brings_file = True
            name_here = self._free(attachment.name)
            if attachment.is_cut_off and not is_whole_by_itself(attachment.content):
                opened.refusals.append(Refused("damaged-file").as_finding(name_here))
            else:
                self.add(name_here, attachment.content, depth + 1)
        opened.refers |= message.refers
        if message.cut_tables or message.is_cut_off:
            cut = Refused("damaged-file", sentence="message").as_finding(name)
            (opened.refusals if message.cut_tables else opened.cut_off).append(cut)
        if message.grids:
            opened.documents.append(Document(name, tuple(message.grids), is_body=True))

    def _free(self, name: str) -> str:
        """Return the name, or with a number where another attachment has it: what is told must lead to one file."""
        stem, dot, ending = name.rpartition(".")
        chosen, number = name, 1
        while chosen in self._names:
            number += 1
            chosen = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
        self._names.add(chosen)
        return chosen

    def _set_aside(self, attachment: Attachment) -> None:
        self._opened.asides.append(finding("attachment-ignored", document=attachment.name))
        kind = kind_of(attachment.content)
        if kind is Kind.PICTURE and len(attachment.content) >= _PHOTOGRAPH:
            refused = Refused(_REFUSED_KINDS[kind], kind=kind.value)
            self._opened.photographs.append(refused.as_finding(attachment.name))

    def _tnef(self, name: str, content: bytes, depth: int) -> None:
        from tonghop.reading.containers.tnef import read_tnef

        wrapped = read_tnef(content, self._budget)
        for inner, member in wrapped.attachments:
            self.add(inner, member, depth + 1)
        if wrapped.html:
            self._html(name, wrapped.html)

    def _pdf(self, name: str, content: bytes) -> None:
        from tonghop.reading.containers.pdf import read_pdf

        pdf = read_pdf(name, content, self._budget.limits)
        self._opened.documents.append(pdf.document)
        self._opened.prose += pdf.prose

    def _html(self, name: str, html: str) -> None:
        from tonghop.reading.containers.pages import read_html

        page = read_html(name, html, self._budget.limits)
        if page.is_cut_off:
            raise Refused("damaged-file")
        self._opened.documents.append(Document(name, page.grids, tuple(page.own)))
        self._opened.prose += page.prose

    def _text(self, name: str, content: bytes) -> None:
        from tonghop.reading.containers.xml_sheets import is_xml_workbook, read_xml_workbook

        if is_xml_workbook(content):
            self._opened.documents.append(read_xml_workbook(name, content, self._budget.limits))
            return
        document = read_csv(name, content, self._budget.limits)
        lines = decode(content[:20_000])[0].splitlines()
        if document is not None:
            self._opened.documents.append(document)
        else:
            self._opened.letter += lines
        self._opened.prose += lines


class _Keeping(_Unpacking):
    """Keeps the bytes of every file that is looked into; of two of one name the first."""

    def __init__(self, opened: Opened, budget: Budget) -> None:
        super().__init__(opened, budget)
        self.contents: dict[str, bytes] = {}

    def _by_kind(self, name: str, content: bytes, depth: int) -> None:
        self.contents.setdefault(name, content)
        super()._by_kind(name, content, depth)


def _is_beside(attachment: Attachment) -> bool:
    """Return whether an attachment is a picture of the body; what is only called a picture may be the report."""
    if attachment.is_inline and kind_of(attachment.content) in (Kind.PICTURE, Kind.OTHER, Kind.EMPTY):
        return True
    return _is_decoration(attachment.name, attachment.content)


def _is_decoration(name: str, content: bytes) -> bool:
    """Return whether an attachment is a small picture: logos and signatures are sent as attachments too."""
    return kind_of(content) is Kind.PICTURE and (len(content) < 20_000 or name.lower().startswith("image0"))


def _ole(name: str, content: bytes, limits: Limits) -> Document:
    """Return the sheets of an old xls; other files of the same container are told apart by their streams."""
    if _has_stream(content, "EncryptedPackage"):
        raise Refused("password-protected")
    is_workbook = _has_stream(content, "Workbook") or _has_stream(content, "Book")
    if _has_stream(content, "WordDocument") and not is_workbook:
        raise Refused("old-word")
    if "__substg1.0_".encode("utf-16-le") in content and not is_workbook:
        raise Refused("unsupported-kind", kind="msg")
    return read_xls(name, content, limits)


def _has_stream(content: bytes, name: str) -> bool:
    """Return whether a container's directory lists a stream: a style called "Book Title" is none.

    An entry takes 128 bytes and lies at a multiple of them: its name in 64, then the bytes that name takes.
    """
    sought = name.encode("utf-16-le") + b"\x00\x00"
    length = len(sought).to_bytes(2, "little")
    at = content.find(sought)
    while at >= 0:
        if at % 128 == 0 and content[at + 64 : at + 66] == length:
            return True
        at = content.find(sought, at + 2)
    return False

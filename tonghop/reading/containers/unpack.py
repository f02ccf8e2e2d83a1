"""A submission's bytes unpacked by what they are, containers inside containers within bounds."""

from __future__ import annotations

from tonghop.reading.containers.kinds import Kind, kind_of
from tonghop.reading.containers.model import Budget, Document, Opened, Refused
from tonghop.reading.containers.texts import read_csv
from tonghop.reading.containers.workbook import read_spreadsheet, read_xls
from tonghop.reading.containers.zips import Zip
from tonghop.reading.limits import Limits


def unpack(name: str, content: bytes, limits: Limits) -> Opened:
    """Return everything readable in a submission, with a refusal for every document that is not."""
    opened = Opened()
    unpack_into(opened, name, content, Budget(limits), 0)
    return opened


def unpack_into(opened: Opened, name: str, content: bytes, budget: Budget, depth: int) -> None:
    """Add what one file holds to ``opened``; a refusal of it stays with it and harms no other."""
    if name.rsplit("/", 1)[-1].startswith("~$"):
        opened.ignored = opened.ignored or "lock-file"
        return
    try:
        if len(content) > budget.limits.file_bytes:
            raise Refused("file-too-large", limit=f"{budget.limits.file_bytes // 2**20} MB")
        budget.spend_document()
        _by_kind(opened, name, content, budget, depth)
    except Refused as refusal:
        opened.refusals.append(refusal.as_finding(name))


def _by_kind(opened: Opened, name: str, content: bytes, budget: Budget, depth: int) -> None:
    kind = kind_of(content)
    if kind is Kind.EMPTY:
        raise Refused("empty-file")
    if kind is Kind.ZIP:
        _add(opened, _zip(name, content, budget))
    elif kind is Kind.OLE:
        _add(opened, _ole(name, content, budget.limits))
    elif kind is Kind.TEXT:
        _add(opened, read_csv(name, content, budget.limits))
    else:
        raise Refused("unsupported-kind", kind=kind.value)


def _zip(name: str, content: bytes, budget: Budget) -> Document:
    names = Zip(content, budget).names
    if "xl/workbook.xml" in names:
        return read_spreadsheet(name, content, budget)
    raise Refused("unsupported-kind", kind="zip")


def _ole(name: str, content: bytes, limits: Limits) -> Document:
    """Return the sheets of an old xls; other files of the same container are told apart by their streams."""
    if _stream("EncryptedPackage") in content:
        raise Refused("password-protected")
    if _stream("WordDocument") in content and _stream("Workbook") not in content:
        raise Refused("old-word")
    return read_xls(name, content, limits)


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _add(opened: Opened, document: Document | None) -> None:
    if document is not None:
        opened.documents.append(document)

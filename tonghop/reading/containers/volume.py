"""How much a submission may hold in all: rows, filled cells and letters, each far more than any report has.

Bytes alone do not tell: a megabyte may be a million cells or one. What lies above costs seconds to look through
and is no report; the document that goes beyond is refused with the reason, and harms no other.
"""

from __future__ import annotations

from collections.abc import Iterator

from tonghop.reading.containers.model import Document, Opened, Refused
from tonghop.reading.limits import Limits


def keep_within(opened: Opened, size: int, limits: Limits) -> None:
    """Refuse the documents with which a submission holds more than it may.

    ``size``: the bytes it has, unpacked ones included. No text has more letters than bytes.
    """
    volume = _Volume(limits, may_be_long=size > limits.letters)
    kept = []
    for document in opened.documents:
        try:
            volume.take(document)
        except Refused as refusal:
            opened.refusals.append(refusal.as_finding(document.name))
        else:
            kept.append(document)
    opened.documents[:] = kept


def keep_prose_within(opened: Opened, name: str, limits: Limits) -> None:
    """Leave out, with the reason, running text that is longer than a submission may be."""
    if sum(map(len, opened.prose)) > limits.letters:
        opened.refusals.append(_too_long(limits).as_finding(name))
        opened.prose.clear()
        opened.letter.clear()


class _Volume:
    """What the documents of one submission hold so far; the same text counts once."""

    def __init__(self, limits: Limits, *, may_be_long: bool) -> None:
        self._limits, self._may_be_long = limits, may_be_long
        self._rows = self._cells = self._letters = 0
        self._texts: set[str] = set()

    def take(self, document: Document) -> None:
        """Count a document. Raises ``Refused`` where it is too much; it is not counted then."""
        limits = self._limits
        rows = self._rows + sum(len(grid.rows) for grid in document.grids)
        cells = self._cells + sum(sum(map(len, grid.rows)) for grid in document.grids)
        if rows > limits.rows or cells > limits.filled:  # blank ones among them, which count for nothing
            filled = [len(row) - row.count("") for grid in document.grids for row in grid.rows]
            rows, cells = self._rows + sum(map(bool, filled)), self._cells + sum(filled)
        if rows > limits.rows:
            raise Refused("too-many-rows", limit=str(limits.rows), sentence="all")
        if cells > limits.filled:
            raise Refused("sheet-too-large", limit=str(limits.filled), sentence="filled")
        if self._may_be_long:
            self._read(document)
        self._rows, self._cells = rows, cells

    def _read(self, document: Document) -> None:
        new = set(_texts_of(document)) - self._texts
        letters = self._letters + sum(map(len, new))
        if letters > self._limits.letters:
            raise _too_long(self._limits)
        self._texts |= new
        self._letters = letters


def _texts_of(document: Document) -> Iterator[str]:
    yield from document.words
    for grid in document.grids:
        yield from grid.margins
        yield from grid.strings()


def _too_long(limits: Limits) -> Refused:
    return Refused("file-too-large", limit=str(limits.letters), sentence="letters")

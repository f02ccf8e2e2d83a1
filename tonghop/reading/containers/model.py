"""What unpacking yields: documents with their grids, and refusals with a true reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tonghop.domain.findings import Finding
from tonghop.reading.findings import finding
from tonghop.reading.grid import Grid
from tonghop.reading.limits import Limits


class Refused(Exception):
    """A document is not read; ``code`` of the catalogue says why and what to send instead."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.arguments: Mapping[str, str] = arguments

    def as_finding(self, document: str) -> Finding:
        """Return the refusal as a finding on a document."""
        return finding(self.code, document=document, arguments=self.arguments)


class Document(NamedTuple):
    """One readable document: its name inside the submission, its sheets or tables, the words that stand around them.

    ``is_body``: they stand in a message's text.
    """

    name: str
    grids: tuple[Grid, ...]
    words: tuple[str, ...] = ()
    is_body: bool = False


@dataclass(slots=True)
class Opened:
    """All that was unpacked of one submission.

    ``refusals``: documents that could not be read. ``asides``: parts left out on purpose (a signature's
    picture). ``photographs``: pictures in a message's body that are too large for that. ``prose``: running text
    of messages and documents, to tell an empty message from one with figures in a sentence. ``letter``: of a
    message only what its sender wrote, without what it quotes. ``forwarded``: the days on which messages inside it
    were sent. ``passed_on``: the same of messages that others hold as text. ``ignored``: the code why the submission
    as a whole is none of ours to judge. ``brings_file``: a message has an attachment that is no aside. ``links``: what
    its own words lead to where they do not show it. ``refers``: a message names a file that lies elsewhere as its
    part. ``cut_off``: messages whose end did not come, to be told where nothing else was read.
    """

    documents: list[Document] = field(default_factory=list)
    refusals: list[Finding] = field(default_factory=list)
    asides: list[Finding] = field(default_factory=list)
    photographs: list[Finding] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    letter: list[str] = field(default_factory=list)
    forwarded: list[date] = field(default_factory=list)
    passed_on: list[date] = field(default_factory=list)
    subject: str = ""
    ignored: str | None = None
    is_message: bool = False
    brings_file: bool = False
    links: list[str] = field(default_factory=list)
    refers: bool = False
    cut_off: list[Finding] = field(default_factory=list)


class Budget:
    """What one submission may still cost; shared by all containers inside it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bytes = limits.inflated_bytes
        self._entries = limits.entries
        self._documents = limits.documents

    @property
    def bytes_left(self) -> int:
        """Return how many inflated bytes may still come."""
        return self._bytes

    def spend_bytes(self, count: int) -> None:
        """Count inflated bytes. Raises ``Refused`` where they are too many."""
        self._bytes -= count
        if self._bytes < 0:
            raise Refused("container-too-large", limit=f"{self.limits.inflated_bytes // 2**20} MB")

    def spend_entries(self, count: int) -> None:
        """Count members of containers. Raises ``Refused`` where they are too many."""
        self._entries -= count
        if self._entries < 0:
            raise Refused("container-too-large", limit=f"{self.limits.entries}", sentence="parts")

    def spend_document(self) -> None:
        """Count one document. Raises ``Refused`` where they are too many."""
        self._documents -= 1
        if self._documents < 0:
            raise Refused("container-too-large", limit=f"{self.limits.documents}", sentence="files")

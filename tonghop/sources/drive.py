"""What a shared folder needs of the place its files lie in: list them, and take one whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Found:
    """A file in a listing.

    ``path`` is relative, with ``/`` between its parts, exactly as the place spells it. ``changed_ns`` is
    when anything of the file last changed, where the place tells (else the same as ``modified_ns``): a
    copy may set the modification time back, but not this one. Both in nanoseconds since 1970.
    """

    path: str
    size: int
    modified_ns: int
    changed_ns: int


class Writer(Enum):
    """Whether somebody has a file open for writing, as far as the place tells."""

    NOBODY = "nobody"
    SOMEONE = "someone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file's bytes, and what the place knew of its writer while they were read."""

    content: bytes
    writer: Writer


class LeftForLater(Exception):  # noqa: N818 - no error: the file comes with the next look
    """This file cannot be taken now. ``reason`` is a key of the catalogue."""

    def __init__(self, reason: str, **places: str) -> None:
        super().__init__(reason)
        self.reason, self.places = reason, places


class Listing(Protocol):
    """An opened drive."""

    @property
    def blocked(self) -> list[tuple[str, str]]:
        """Return the sub-folders that ``files`` could not list, each with the reason."""
        ...

    def files(self) -> Iterator[Found]:
        """Yield every file that may be a submission, in no order. Raises ``SourceUnreachable``."""
        ...

    def take(self, found: Found, *, at_rest: bool) -> Taken:
        """Return the bytes of a file that still is as found, else raise ``LeftForLater``.

        One that somebody has open for writing is left for later too, unless it is ``at_rest``: nothing of
        it has changed for long, so a program merely keeps it open, as Excel does all day.
        """
        ...


class Drive(Protocol):
    """A place that holds files: this machine's disk, an SMB share, an SFTP server."""

    @property
    def name(self) -> str:
        """Return the place's stable name, without a password."""
        ...

    def opened(self) -> AbstractContextManager[Listing]:
        """Return the drive opened for one look. Raises ``SourceUnreachable``."""
        ...

"""7z archives through py7zr, into memory and within the budget."""

from __future__ import annotations

import io
import lzma
from collections.abc import Iterator

import py7zr
from py7zr.exceptions import ArchiveError, DecompressionError, PasswordRequired
from py7zr.io import Py7zIO, WriterFactory

from tonghop.reading.containers.archives import is_junk
from tonghop.reading.containers.model import Budget, Refused
from tonghop.reading.containers.zips import safe_path


def seven_zip_members(content: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every file of a 7z. Raises ``Refused``."""
    collected = _Collected(budget)
    try:
        with py7zr.SevenZipFile(io.BytesIO(content)) as archive:
            if archive.needs_password():
                raise Refused("password-protected")
            members = archive.list()
            budget.spend_entries(len(members))
            if sum(member.uncompressed for member in members) > budget.limits.inflated_bytes:
                raise Refused("container-too-large", limit=f"{budget.limits.inflated_bytes // 2**20} MB")
            archive.extractall(factory=collected)
    except PasswordRequired as error:
        raise Refused("password-protected") from error
    except (
        ArchiveError,
        DecompressionError,
        lzma.LZMAError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OSError,
        EOFError,
    ) as error:
        # The unpacker lets whatever a broken archive provokes through.
        raise Refused("damaged-file") from error
    for name, member in collected.members.items():
        shown = safe_path(name)
        if shown and not is_junk(shown):
            yield shown, member.content()


class _Member(Py7zIO):
    """A member's bytes in memory, counted as they come."""

    def __init__(self, budget: Budget) -> None:
        self._budget, self._bytes = budget, io.BytesIO()

    def write(self, s: bytes | bytearray) -> int:
        self._budget.spend_bytes(len(s))
        return self._bytes.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self._bytes.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._bytes.seek(offset, whence)

    def flush(self) -> None:
        self._bytes.flush()

    def size(self) -> int:
        return self._bytes.getbuffer().nbytes

    def content(self) -> bytes:
        return self._bytes.getvalue()


class _Collected(WriterFactory):
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.members: dict[str, _Member] = {}

    def create(self, filename: str) -> Py7zIO:
        member = _Member(self._budget)
        self.members[filename] = member
        return member

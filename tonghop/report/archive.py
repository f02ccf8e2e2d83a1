"""A zip that verifies itself: the same content gives the same bytes, and every file stands in a list of hashes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

# What a spreadsheet takes for a formula; and the apostrophe itself, so that taking one off gives the text back.
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first a zip knows: the archive says nothing of when it was made
_UNIX, _PRIVATE = 3, 0o100600 << 16
_AT_ONCE = 256 * 1024
LIST, MANIFEST = "MANIFEST.sha256", "manifest.json"


@dataclass(frozen=True, slots=True)
class Filed:
    """One file of the archive: its path, hash and size in bytes."""

    path: str
    sha256: str
    size: int


class Archive:
    """Files one after the other; nothing but the file that is being written is in memory.

    Paths are ours: letters, digits, dots and dashes; no text of a submission is ever part of one.
    """

    def __init__(self, target: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.files: list[Filed] = []

    def add(self, path: str, chunks: Iterable[bytes]) -> Filed:
        """Write one file and return it with its hash."""
        info = zipfile.ZipInfo(path, _MOMENT)
        info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _PRIVATE
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w") as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.files.append(Filed(path, digest.hexdigest(), size))
        return self.files[-1]

    def add_table(self, path: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Write a table as CSV (see ``csv_chunks``) and return how many rows it has."""
        count = 0

        def counted() -> Iterator[Sequence[Any]]:
            nonlocal count
            for row in rows:
                count += 1
                yield row

        self.add(path, csv_chunks(columns, counted()))
        return count

    def close(self, about: Mapping[str, object]) -> tuple[Filed, ...]:
        """Write manifest.json with ``about`` in it, then MANIFEST.sha256 over all; return every file."""
        files = [{"path": one.path, "sha256": one.sha256, "bytes": one.size} for one in self.files]
        content = json.dumps({**about, "files": files}, ensure_ascii=False, indent=1, sort_keys=True)
        self.add(MANIFEST, [content.encode("utf-8") + b"\n"])
        lines = "".join(f"{one.sha256}  {one.path}\n" for one in self.files)
        self.add(LIST, [lines.encode("ascii")])
        self._zip.close()
        return tuple(self.files)


def csv_chunks(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a table as RFC 4180 CSV: UTF-8 with a byte order mark, for a spreadsheet guesses another code without.

    A text that a spreadsheet would take for a formula, or that begins with an apostrophe, has an apostrophe
    before it; without the first apostrophe it is what was recorded. Blank is "not recorded". Moments are UTC.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if buffer.tell() > _AT_ONCE:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode("utf-8", "backslashreplace")
    buffer.seek(0)
    buffer.truncate()
    return content


def _cell(value: object) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_GUARDED) else value
    return _FORMS.get(type(value), str)(value)


_FORMS: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: str(
        int(value)
    ),  # as SQLite has them: the same day gives the same file on any database
    datetime: lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    date: lambda value: value.isoformat(),
}

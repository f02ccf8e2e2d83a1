"""Files laid into a folder, wherever it is, and what a look at it finds."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Container
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tonghop.campaigns import FolderSource
from tonghop.domain.sources import Arrival
from tonghop.sources import Source, SourceLimits, open_source

NOW = datetime(2030, 1, 1, tzinfo=UTC)  # later than any file of a test
YESTERDAY = float(int(time.time()) - 86400)
QUICK = SourceLimits(pause=0.2, quiet=0.2)


def folder(url: str, limits: SourceLimits = QUICK) -> Source:
    return open_source(FolderSource(kind="folder", url=url), limits)


def look(source: Source, known: Container[str] = frozenset(), now: datetime = NOW) -> list[Arrival]:
    return [arrival for batch in source.look(known, now) for arrival in batch.arrivals]


def reasons(source: Source) -> dict[str, str]:
    """Return why each file waits that does."""
    return {item.name: item.reason for batch in source.look(frozenset(), NOW) for item in batch.waiting}


def put(path: Path, content: bytes = b"content", at: float = YESTERDAY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (at, at))
    return path


@cache
def workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 400)
    return buffer.getvalue()

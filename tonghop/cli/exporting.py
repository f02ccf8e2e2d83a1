"""``tonghop export``: a day for an auditor, in one zip that standard tools verify."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from tonghop.cli.progress import progress_bar
from tonghop.domain.periods import moment
from tonghop.errors import ConfigurationError, TonghopError
from tonghop.report.archive import Archive
from tonghop.settings import read_settings
from tonghop.store.export import TABLES, DayRecord
from tonghop.store.vault import Vault, VaultBroken
from tonghop.wiring import Occasion, occasion_of
from tonghop.words import say, short_day

Told = Mapping[str, object]
Tell = Callable[[], None]
_FORMAT = "tonghop-export/1"
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})")
_KIND = re.compile(r"[a-z]{1,16}")
_READ = 1 << 20
_MIDNIGHT = time(0)


class ExportFailed(TonghopError):
    """The archive could not be written; a whole one or none lies in the folder."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """What went into an archive. ``absent``: hashes of submissions whose bytes are gone or are not the same."""

    files: int
    originals: int
    messages: int
    rows: Mapping[str, int]
    absent: tuple[str, ...]


def export_day(campaign: str, day: date | None, into: Path) -> Told:
    """Write the archive of a day into a folder and return where it lies, its hash, and what is in it.

    The same database gives the same bytes. It appears under its name only when it is whole, readable by its
    owner alone, for it holds the submissions themselves and so personal data; that it was taken is noted for
    ever. Raises ``ExportFailed`` where it cannot be written, ``ConfigurationError`` for a day of which nothing
    is known: an archive of nothing would pass for a proof that nothing happened.
    """
    occasion = occasion_of(read_settings(), campaign, day, None)
    path = into / f"tonghop-{occasion.campaign.name}-{occasion.day}.zip"
    try:
        with _record_of(occasion) as record:
            if record.is_empty:
                raise ConfigurationError(
                    say("export.nothing", campaign=campaign, day=short_day(occasion.day))
                )
            into.mkdir(parents=True, exist_ok=True)
            with _whole_or_not_at_all(path) as file:
                filled = _fill(occasion, record, file)
        sha256, size = _hash_of(path), path.stat().st_size
    except OSError as error:
        raise ExportFailed(
            f"{path}: the archive cannot be written ({error.strerror or error}); nothing was left there; "
            "name another folder with --into, or free the disk"
        ) from error
    what = f"{path.name} sha256 {sha256}; {filled.files} files, {filled.originals} originals"
    occasion.store.audit(occasion.clock(), "operator", "export", f"{campaign} {occasion.day}", what)
    return {
        "campaign": campaign,
        "day": occasion.day.isoformat(),
        "file": str(path),
        "sha256": sha256,
        "bytes": size,
        "files": filled.files,
        "originals": filled.originals,
        "messages": filled.messages,
        "rows": dict(filled.rows),
        "absent": list(filled.absent),
        "personal_data": say("export.personal"),
        "needs_person": [say("export.absent", sha256=one) for one in filled.absent],
    }


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[BinaryIO]:
    """Yield a file beside ``path`` that takes its name at the end, flushed, or is removed where anything raises."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _record_of(occasion: Occasion) -> AbstractContextManager[DayRecord]:
    campaign, day = occasion.campaign, occasion.day
    midnight = moment(day, _MIDNIGHT, campaign.zone)
    # The day after by the calendar of the zone, not by adding 24 hours.
    until = moment(day + timedelta(days=1), _MIDNIGHT, campaign.zone)
    return occasion.store.export.day(campaign.name, day, midnight, until)


def _fill(occasion: Occasion, record: DayRecord, file: BinaryIO) -> _Filled:
    campaign, day = occasion.campaign, occasion.day
    steps = len(TABLES) + len(record.originals) + len(record.messages) + 1
    with progress_bar(say("export.progress"), steps) as tell:
        archive = Archive(file)
        archive.add("README.txt", _readme(campaign.name, day))
        tell()
        absent = _add_originals(occasion, archive, record, tell)
        _add_messages(archive, record, tell)
        rows = _add_tables(archive, record, tell)
        about = {
            "format": _FORMAT,
            "campaign": campaign.name,
            "day": day.isoformat(),
            "timezone": campaign.file.timezone,
            "schema": record.revision,
            "rows": rows,
            "absent": absent,
        }
        files = archive.close(about)
    originals = len(record.originals) - len(absent)
    return _Filled(len(files), originals, len(record.messages), rows, tuple(absent))


def _readme(campaign: str, day: date) -> Iterator[bytes]:
    for language in ("vi", "en"):
        yield say("export.readme", language, campaign=campaign, day=day).encode("utf-8")


def _add_originals(occasion: Occasion, archive: Archive, record: DayRecord, tell: Tell) -> list[str]:
    """Add each different submission under its hash, and return the hashes of those the vault has no more."""
    vault, absent = Vault(occasion.settings.submissions), []
    for sha256, name in record.originals:
        try:
            archive.add(f"originals/{sha256}{_ending(name)}", [vault.read(sha256)])
        except VaultBroken:
            absent.append(sha256)  # named in the manifest and to the operator: the rest is still evidence
        tell()
    return absent


def _ending(name: str) -> str:
    """Return the ending of a submission's name as a path may have it: letters and digits, else none."""
    found = _ENDING.fullmatch(PurePosixPath(name).suffix)
    return f".{found[1].lower()}" if found else ""


def _add_messages(archive: Archive, record: DayRecord, tell: Tell) -> None:
    for number, kind in record.messages:
        archive.add(_path_of(number, kind), [record.content(number)])
        tell()


def _path_of(number: int, kind: str) -> str:
    return f"sent/{number:06d}-{kind if _KIND.fullmatch(kind) else 'message'}.eml"


def _add_tables(archive: Archive, record: DayRecord, tell: Tell) -> dict[str, int]:
    rows = {}
    for name in TABLES:
        columns, found = record.table(name)
        rows[name] = archive.add_table(f"data/{name}.csv", columns, found)
        tell()
    return rows


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_READ):
            digest.update(chunk)
    return digest.hexdigest()

"""Zip archives of files: members by their real names, what systems leave beside them left out."""

from __future__ import annotations

from collections.abc import Iterator

from tonghop.reading.containers.model import Refused
from tonghop.reading.containers.zips import Zip, member_name

_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def zip_members(archive: Zip) -> Iterator[tuple[str, bytes | Refused]]:
    """Yield name and bytes of every file of a zip; a member that cannot be read as its refusal."""
    for member in archive.members:
        name = member_name(member)
        if member.filename.endswith("/") or not name or is_junk(name):
            continue
        try:
            yield name, archive.inflate(member)
        except Refused as refusal:
            yield name, refusal


def is_junk(name: str) -> bool:
    """Return whether a member is what a system leaves in archives, no file of anybody's."""
    return name.startswith(_JUNK[0]) or name.rsplit("/", 1)[-1] in _JUNK[1:]

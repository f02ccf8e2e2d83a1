"""Whether the disk or share that a folder should lie on is mounted: an empty mount point lists as empty."""

from __future__ import annotations

import os
from pathlib import Path

FSTAB = Path("/etc/fstab")


def missing_mount(folder: Path, fstab: Path, *, must_be_mounted: bool) -> Path | None:
    """Return the mount point on the folder's path where nothing is mounted though it should be, else None.

    What /etc/fstab mounts at or above the folder must be mounted. Where the mount stands elsewhere
    (systemd, autofs), ``must_be_mounted`` asks that the folder or one above it is a mount point.
    """
    above = [folder, *folder.parents]
    for point in _points_of(fstab):
        if point in above and not os.path.ismount(point):
            return point
    if must_be_mounted and not any(os.path.ismount(place) for place in above if place != Path("/")):
        return folder
    return None


def _points_of(fstab: Path) -> list[Path]:
    """Return the mount points of an fstab(5) but the root; none where there is no such file."""
    try:
        lines = fstab.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    fields = (line.split() for line in lines if not line.lstrip().startswith("#"))
    points = (Path(_unescaped(field[1])) for field in fields if len(field) >= 3 and field[2] != "swap")
    return [point for point in points if point.is_absolute() and point != Path("/")]


def _unescaped(text: str) -> str:
    for octal, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(octal, character)
    return text

"""A place that could not be looked into, told in words of the catalogue."""

from __future__ import annotations

import errno

from tonghop.errors import SourceUnreachable
from tonghop.sources.names import shown
from tonghop.words import say

_DETAIL = 160
_BY_ERRNO = {
    errno.ENOENT: "source-missing",
    errno.ENOTDIR: "source-missing",
    errno.EACCES: "source-forbidden",
    errno.EPERM: "source-forbidden",
}
# The file server is gone or was restarted; the mount point is still there.
CUT_OFF = frozenset(
    {
        errno.ENOTCONN,
        errno.ESTALE,
        errno.EIO,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.ETIMEDOUT,
        errno.ECONNRESET,
        errno.ECONNABORTED,
        errno.ENODEV,
        errno.ENXIO,
    }
)


def unreachable(source: str, key: str, **places: object) -> SourceUnreachable:
    """Return the error for a place: ``key`` is the reason in the catalogue, ``key``-advice what to do."""
    told = {name: shown(str(value), _DETAIL) for name, value in places.items()}
    return SourceUnreachable(source, say(key, **told), say(f"{key}-advice", **told))


def cannot_list(source: str, path: str, error: OSError) -> SourceUnreachable:
    """Return the error for a folder that the system refuses to list."""
    return unreachable(source, _reason(error), path=path, detail=error.strerror or type(error).__name__)


def not_listed(error: OSError) -> str:
    """Return why a folder below the source, which is named elsewhere, could not be listed."""
    key = "source-forbidden-here" if _reason(error) == "source-forbidden" else "source-unlisted-here"
    return say(key, detail=error.strerror or type(error).__name__)


def _reason(error: OSError) -> str:
    if error.errno in CUT_OFF:
        return "source-cut-off"
    return _BY_ERRNO.get(error.errno or 0, "source-unlisted")

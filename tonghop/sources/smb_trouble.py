"""What the no of a Windows or Samba file server means, in words of the catalogue."""

from __future__ import annotations

import errno
import socket
from typing import Any

from smbprotocol.exceptions import (  # type: ignore[import-untyped] # the library ships no types
    SMBAuthenticationError,
    SMBConnectionClosed,
    SMBOSError,
    SMBResponseException,
)
from smbprotocol.header import NtStatus  # type: ignore[import-untyped] # as above

from tonghop.errors import SourceUnreachable
from tonghop.sources.drive import LeftForLater
from tonghop.sources.trouble import unreachable
from tonghop.sources.urls import Place
from tonghop.words import say

MISSING = frozenset(
    {
        NtStatus.STATUS_OBJECT_NAME_NOT_FOUND,
        NtStatus.STATUS_OBJECT_PATH_NOT_FOUND,
        NtStatus.STATUS_NOT_FOUND,
        NtStatus.STATUS_NO_SUCH_FILE,
        NtStatus.STATUS_DELETE_PENDING,
    }
)
_NO_SHARE = frozenset({NtStatus.STATUS_BAD_NETWORK_NAME, NtStatus.STATUS_NOT_A_DIRECTORY}) | MISSING
# [MS-ERREF] 2.3.1
_WRITE_PROTECTED, _FILE_LOCKED = 0xC00000A2, 0xC0000054
_ACCOUNT_DISABLED, _ACCOUNT_LOCKED_OUT = 0xC0000072, 0xC0000234
_REFUSED = frozenset(
    {
        NtStatus.STATUS_LOGON_FAILURE,
        NtStatus.STATUS_PASSWORD_EXPIRED,
        NtStatus.STATUS_WRONG_PASSWORD,
        _ACCOUNT_DISABLED,
        _ACCOUNT_LOCKED_OUT,
    }
)
_NO_WRITING = frozenset({NtStatus.STATUS_ACCESS_DENIED, _WRITE_PROTECTED})
_WRITTEN = frozenset({NtStatus.STATUS_SHARING_VIOLATION, _FILE_LOCKED})


def told(place: Place, error: BaseException) -> SourceUnreachable:
    """Return what it means that the share could not be looked into."""
    status = _status(error)
    detail = str(error).replace(place.password or "\0", "***")
    places = {"host": place.host, "user": place.user, "path": place.name, "detail": detail}
    if isinstance(error, SMBAuthenticationError) or status in _REFUSED:
        key = "source-login-refused"
    elif status in _NO_SHARE:
        key = "source-missing"
    elif status == NtStatus.STATUS_ACCESS_DENIED:
        key = "source-forbidden"
    elif isinstance(error, SMBConnectionClosed):
        key = "source-broken-off"
    elif isinstance(error, socket.gaierror):
        key = "source-unknown-host"
    elif isinstance(error, SMBOSError | SMBResponseException):
        key = "source-server-said-no"
    else:
        key = "source-no-answer"
    return unreachable(place.name, key, **places)


def not_listed(error: Exception) -> str:
    """Return why a folder below the share could not be listed."""
    is_forbidden = _status(error) == NtStatus.STATUS_ACCESS_DENIED
    key = "source-forbidden-here" if is_forbidden else "source-unlisted-here"
    return say(key, detail=getattr(error, "strerror", None) or type(error).__name__)


def not_written(error: Exception) -> OSError:
    """Return the error of the system that a refusal to write comes to."""
    if _status(error) in _NO_WRITING:
        return PermissionError(errno.EACCES, say("answer.no_right"))
    return OSError(getattr(error, "errno", None) or errno.EIO, getattr(error, "strerror", None) or str(error))


def not_taken(error: Any) -> LeftForLater:
    """Return why a file could not be read now."""
    match error.ntstatus:
        case status if status in _WRITTEN:
            return LeftForLater("source-still-written")
        case NtStatus.STATUS_ACCESS_DENIED:
            return LeftForLater("source-no-right")
        case status if status in MISSING:
            return LeftForLater("source-gone")
        case _:
            return LeftForLater("source-unread", detail=error.strerror)


def _status(error: BaseException) -> object:
    return getattr(error, "ntstatus", getattr(error, "status", None))

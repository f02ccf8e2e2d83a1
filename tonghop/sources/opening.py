"""From a line of campaign.yaml to a source that can be looked into."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from tonghop.campaigns import FolderSource, MailboxSource
from tonghop.errors import ConfigurationError
from tonghop.sources.answers_folder import AnswersFolder
from tonghop.sources.folder import SharedFolder
from tonghop.sources.local import LocalDrive
from tonghop.sources.look import Source, SourceLimits
from tonghop.sources.maildir import Maildir
from tonghop.sources.oauth import OAUTH_OPTIONS
from tonghop.sources.urls import Place, expand, place_of

_OF_A_SERVER = frozenset({"cafile", "starttls", "authserv"}) | OAUTH_OPTIONS
_OPTIONS: Mapping[str, frozenset[str]] = {
    "file": frozenset({"mounted"}),
    "imap": _OF_A_SERVER,
    "imaps": _OF_A_SERVER,
    "maildir": frozenset({"authserv"}),
    "sftp": frozenset({"hostkey", "known_hosts", "key"}),
    "smb": frozenset({"encrypt"}),
}


def open_source(
    source: FolderSource | MailboxSource,
    limits: SourceLimits | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Source:
    """Return the source that a campaign names. Nothing is connected to before the first look.

    ``environ`` fills the ``${NAME}`` of the URL. Raises ``ConfigurationError`` for a variable that is not
    set, an option that the scheme does not know, or a place that cannot be one.
    """
    place = place_of(expand(source.url, environ), _OPTIONS)
    return _OPENERS[place.scheme](place, limits or SourceLimits())


def trusted_server(
    source: FolderSource | MailboxSource, environ: Mapping[str, str] = os.environ
) -> str | None:
    """Return the name a mailbox's own server has in Authentication-Results: ``?authserv=``, or None."""
    return place_of(expand(source.url, environ), _OPTIONS).option("authserv") or None


def answers_folder(
    source: FolderSource | MailboxSource,
    limits: SourceLimits | None = None,
    environ: Mapping[str, str] = os.environ,
) -> AnswersFolder | None:
    """Return what puts answers beside a folder's files; None for a mailbox, and for shares that are only read."""
    place = place_of(expand(source.url, environ), _OPTIONS)
    if place.scheme != "file":
        return None
    return AnswersFolder(_local(place), (limits or SourceLimits()).answers_folder)


def own_address(source: FolderSource | MailboxSource, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the address whose mailbox a source is, where its user's name is one."""
    user = place_of(expand(source.url, environ), _OPTIONS).user
    return user.lower() if "@" in user else None


def _file(place: Place, limits: SourceLimits) -> Source:
    mounted = place.option("mounted", "no")
    if mounted not in ("yes", "no"):
        raise ConfigurationError(f"source {place.name}: mounted is {mounted!r}; allowed: yes, no")
    return SharedFolder(
        LocalDrive(place.name, _local(place), limits, must_be_mounted=mounted == "yes"), limits
    )


# Each client library takes a quarter of a second to import: only what a campaign uses is.


def _imap(place: Place, limits: SourceLimits) -> Source:
    from tonghop.sources.imap import ImapMailbox

    return ImapMailbox(place, limits)


def _smb(place: Place, limits: SourceLimits) -> Source:
    from tonghop.sources.smb import SmbDrive

    return SharedFolder(SmbDrive(place, limits), limits)


def _sftp(place: Place, limits: SourceLimits) -> Source:
    from tonghop.sources.sftp import SftpDrive

    return SharedFolder(SftpDrive(place, limits), limits)


def _maildir(place: Place, limits: SourceLimits) -> Source:
    return Maildir(place.name, _local(place), limits)


def _local(place: Place) -> Path:
    if place.host not in ("", "localhost") or place.user or place.port:
        raise ConfigurationError(
            f"source {place.name}: a folder of this machine has no host; write {place.scheme}:///path, "
            "or smb://host/share/path for a share"
        )
    return Path(place.path)


_OPENERS: Mapping[str, Callable[[Place, SourceLimits], Source]] = {
    "file": _file,
    "imap": _imap,
    "imaps": _imap,
    "maildir": _maildir,
    "sftp": _sftp,
    "smb": _smb,
}

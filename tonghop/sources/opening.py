"""From a line of campaign.yaml to a source that can be looked into."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from tonghop.campaigns import FolderSource, MailboxSource
from tonghop.errors import ConfigurationError
from tonghop.sources.answers_folder import AnswersFolder, LocalShelf, Shelf
from tonghop.sources.folder import SharedFolder
from tonghop.sources.local import LocalDrive
from tonghop.sources.look import Source, SourceLimits
from tonghop.sources.maildir import Maildir
from tonghop.sources.oauth import OAUTH_OPTIONS
from tonghop.sources.spellings import as_it_lies
from tonghop.sources.urls import Place, expand, place_of

_LONGEST_NAME = 100
_OF_A_SERVER = frozenset({"cafile", "starttls", "authserv"}) | OAUTH_OPTIONS
_OPTIONS: Mapping[str, frozenset[str]] = {
    "file": frozenset({"mounted", "answers"}),
    "imap": _OF_A_SERVER,
    "imaps": _OF_A_SERVER,
    "maildir": frozenset({"authserv"}),
    "sftp": frozenset({"hostkey", "known_hosts", "key", "answers"}),
    "smb": frozenset({"encrypt", "answers"}),
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
    return _OPENERS[place.scheme](place, _named(place, limits or SourceLimits()))


def trusted_server(
    source: FolderSource | MailboxSource, environ: Mapping[str, str] = os.environ
) -> str | None:
    """Return the name a mailbox's own server has in Authentication-Results: ``?authserv=``, or None."""
    return place_of(expand(source.url, environ), _OPTIONS).option("authserv") or None


@contextmanager
def answers_folder(
    source: FolderSource | MailboxSource,
    limits: SourceLimits | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[AnswersFolder | None]:
    """Yield what puts answers beside a folder's files; None for a mailbox, and where the campaign wants none.

    ``?answers=NAME`` names the folder, ``?answers=no`` lays none. A share is connected to for the block. Raises
    ``SourceUnreachable`` where it cannot be reached, or no longer.
    """
    place = place_of(expand(source.url, environ), _OPTIONS)
    limits = _named(place, limits or SourceLimits())
    if place.scheme not in _SHELVES or place.option("answers") == "no":
        yield None
        return
    with _SHELVES[place.scheme](place, limits) as shelf:
        yield AnswersFolder(shelf, limits.answers_folder)


def _named(place: Place, limits: SourceLimits) -> SourceLimits:
    """Return the limits with the answers folder as the source's URL names it."""
    name = place.option("answers")
    if name in ("", "no"):
        return limits
    if "/" in name or "\\" in name or name.startswith(".") or len(os.fsencode(name)) > _LONGEST_NAME:
        raise ConfigurationError(
            f"source {place.name}: answers is {name!r}; write a folder's name without / and without a dot in "
            "front, or no"
        )
    return replace(limits, answers_folder=name)


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


@contextmanager
def _local_shelf(place: Place, _limits: SourceLimits) -> Iterator[Shelf]:
    yield LocalShelf(_local(place))


@contextmanager
def _smb_shelf(place: Place, limits: SourceLimits) -> Iterator[Shelf]:
    from tonghop.sources.smb import SmbDrive

    with SmbDrive(place, limits).opened() as listing:
        yield listing


@contextmanager
def _sftp_shelf(place: Place, limits: SourceLimits) -> Iterator[Shelf]:
    from tonghop.sources.sftp import SftpDrive

    with SftpDrive(place, limits).opened() as listing:
        yield listing


def _maildir(place: Place, limits: SourceLimits) -> Source:
    return Maildir(place.name, _local(place), limits)


def _local(place: Place) -> Path:
    if place.host not in ("", "localhost") or place.user or place.port:
        raise ConfigurationError(
            f"source {place.name}: a folder of this machine has no host; write {place.scheme}:///path, "
            "or smb://host/share/path for a share"
        )
    return Path(as_it_lies(place.path, os.path.lexists))


_OPENERS: Mapping[str, Callable[[Place, SourceLimits], Source]] = {
    "file": _file,
    "imap": _imap,
    "imaps": _imap,
    "maildir": _maildir,
    "sftp": _sftp,
    "smb": _smb,
}

_SHELVES: Mapping[str, Callable[[Place, SourceLimits], AbstractContextManager[Shelf]]] = {
    "file": _local_shelf,
    "sftp": _sftp_shelf,
    "smb": _smb_shelf,
}

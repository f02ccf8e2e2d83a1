"""Names of files: which are never submissions, how one is shown, how it is keyed."""

from __future__ import annotations

import os
import unicodedata
from hashlib import sha256
from urllib.parse import quote

from tonghop.sources.drive import Found

_SHOWN = 200
_KEYED = 500  # letters, of at most three bytes each
_BRANCH = 1000
_LOOSE_ENDS = (".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".lnk", ".swp")
_LOCKS = ("~$", "~wr", ".")
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_FOLDERS_OF_THE_SYSTEM = frozenset(
    {"$recycle.bin", "system volume information", "@eadir", "#recycle", "#snapshot", "lost+found", "__macosx"}
)


def is_left_alone(name: str) -> bool:
    """Return whether a file of this name is never a submission: locks, half downloads, the system's own."""
    folded = name.casefold()
    return folded.startswith(_LOCKS) or folded.endswith(_LOOSE_ENDS) or folded in _OF_THE_SYSTEM


def is_folder_left_alone(name: str, answers_folder: str) -> bool:
    """Return whether a folder of this name is not searched: hidden, the system's, or our own answers."""
    folded = name.casefold()
    return folded.startswith(".") or folded in _FOLDERS_OF_THE_SYSTEM or same_name(name, answers_folder)


def same_name(one: str, other: str) -> bool:
    """Return whether two names are the same to a person: in composed form, whatever their case."""
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()


def shown(text: str, length: int = _SHOWN) -> str:
    """Return a foreign name as it may be shown: NFC, one line, nothing that steers a terminal or a reader.

    Control and direction characters and bytes that are no text become ``�``; too long a name is cut in the
    middle, so that its ending (the type) stays.
    """
    clean = unicodedata.normalize("NFC", text)
    if not clean.isprintable():  # what is printable steers nothing
        clean = "".join("\ufffd" if _steers(c) else c for c in clean)
    if len(clean) <= length:
        return clean
    half = length // 2
    return f"{clean[:half]}…{clean[-(length - half - 1) :]}"


def _steers(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def branch_of(path: str) -> str | None:
    """Return the folders a file lies in, from top to bottom with ``/`` between, or None at the top."""
    folders = path.rpartition("/")[0]
    return shown(folders, _BRANCH) if folders else None


def key_of(found: Found) -> str:
    """Return the file's key for ever: path, size and modification time, so that a changed file is a new one.

    The path is exact, byte for byte. One that is no UTF-8 cannot be stored as text, and one of thousands of
    letters not in an index (PostgreSQL ends at 2.704 bytes): they stand percent-coded, or as their hash,
    behind ``//``, with which no relative path begins.
    """
    path = found.path
    if len(path) > _KEYED:
        path = f"//sha256:{sha256(os.fsencode(path)).hexdigest()}"
    elif not _is_text(path):
        path = "//" + quote(os.fsencode(path))
    return f"{path}/{found.size}/{found.modified_ns}"


def key_of_cut(found: Found, content: bytes) -> str:
    """Return the key of a file that is not whole: the whole one may come under the same size and time."""
    return f"{key_of(found)}-{sha256(content).hexdigest()[:16]}"


def _is_text(path: str) -> bool:
    """Return whether a path is text throughout: bytes that are none stand as surrogates, which nothing encodes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True

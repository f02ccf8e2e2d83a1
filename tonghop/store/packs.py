"""Packs: the submissions of one batch in one file, because making a file costs more than all it holds.

A pack is a plain tar, its members named by their SHA-256: ``tar -xf`` brings everything back without us. An
index beside the packs says where a member lies; it is only a help, and what it does not tell is looked for in
the packs themselves.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

_BLOCK = 512
_END = bytes(2 * _BLOCK)
# ustar: name, mode, owner, group, size, time, checksum, kind, link, magic and version; the rest is empty.
_HEADER = struct.Struct("=100s8s8s8s12s12s8s1s100s8s247x")
_NO_SUM = b"        "
_INDEX = "index"
# In the index: the member's hash, the pack's name, where the member's bytes begin, and how many they are.
_RECORD = struct.Struct(">32s16sQQ")


class Packs:
    """A folder of packs; nothing in it is ever changed or deleted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Write the contents (by their hashes) as one pack, on the disk for good when this returns.

        Written aside, flushed, then renamed: killed anywhere, the pack is there whole or not at all. Raises
        ``OSError``.
        """
        parts, records, at = [], [], 0
        for name, content in contents.items():
            records.append((bytes.fromhex(name), at + _BLOCK, len(content)))
            parts += [_header(name, len(content)), content, bytes(-len(content) % _BLOCK)]
            at += _BLOCK + len(content) + -len(content) % _BLOCK
        identity = hashlib.sha256("".join(contents).encode()).digest()[:16]
        if not self._folder.is_dir():
            self._folder.mkdir(parents=True, exist_ok=True)
            flush_folder(self._folder.parent)
        write_for_good(self._path(identity), b"".join((*parts, _END)))
        flush_folder(self._folder)
        self._note(identity, records)

    def _note(self, identity: bytes, records: list[tuple[bytes, int, int]]) -> None:
        """Add to the index; not flushed, as the packs themselves tell it again."""
        noted = b"".join(_RECORD.pack(name, identity, at, size) for name, at, size in records)
        index = os.open(self._folder / _INDEX, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            os.write(index, noted)
        finally:
            os.close(index)

    def read(self, name: str) -> bytes | None:
        """Return the bytes that lie here under a hash, not verified yet; None where no pack holds them.

        Raises ``OSError``.
        """
        for pack, at, size in self._indexed(bytes.fromhex(name)):
            content = _part(self._path(pack), at - _BLOCK, _BLOCK + size)
            if content[:64] == name.encode():
                return content[_BLOCK:]
        return self._searched(name)

    def _indexed(self, name: bytes) -> Iterator[tuple[bytes, int, int]]:
        """Yield where the index says it lies, the latest first: most that is asked for has just come."""
        try:
            file = (self._folder / _INDEX).open("rb")
        except FileNotFoundError:
            return
        with file:
            if os.fstat(file.fileno()).st_size < _RECORD.size:
                return
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as index:
                found = index.rfind(name)
                while found >= 0:
                    if found + _RECORD.size <= len(index):
                        yield _RECORD.unpack_from(index, found)[1:]
                    found = index.rfind(name, 0, found)

    def _searched(self, name: str) -> bytes | None:
        """Return a member by looking through every pack: for an index that was lost or cut."""
        for path in sorted(self._folder.glob("*.tar")):
            for member, at, size in _members(path):
                if member == name:
                    return _part(path, at, size)
        return None

    def _path(self, identity: bytes) -> Path:
        return self._folder / f"{identity.hex()}.tar"


def _header(name: str, size: int) -> bytes:
    fields = [
        name.encode(), b"0000444\0", b"0000000\0", b"0000000\0", b"%011o\0" % size, b"00000000000\0",
        _NO_SUM, b"0", b"", b"ustar\x0000",
    ]  # fmt: skip
    fields[6] = b"%06o\0 " % sum(b"".join(fields))
    return _HEADER.pack(*fields)


def _members(path: Path) -> Iterator[tuple[str, int, int]]:
    """Yield each member's name, where its bytes begin and how many they are."""
    with path.open("rb") as pack:
        while (header := pack.read(_BLOCK)) and header[0]:
            size = int(header[124:135], 8)
            yield header[:64].decode("ascii", "replace"), pack.tell(), size
            pack.seek(size + -size % _BLOCK, os.SEEK_CUR)


def _part(path: Path, at: int, size: int) -> bytes:
    """Return a part of a file; less than asked where it ends before, nothing where it is gone."""
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(at)
            return file.read(size) or b""
    except FileNotFoundError:
        return b""


def write_for_good(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all; its folder is still to be flushed. Raises ``OSError``."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    with aside.open("wb", buffering=0) as file:
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())
    aside.rename(path)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk for good. Raises ``OSError``."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The vault: every submission byte for byte, named by its hash, durable before it is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tonghop.errors import TonghopError
from tonghop.store.packs import Packs, flush_folder, write_for_good

# From so many on, a batch is one file. Fewer, as they trickle in all day, are each a file of its own name.
_PACKED_FROM = 8


class VaultBroken(TonghopError):
    """A submission's bytes are not what was recorded, or the disk could not take them."""


def hash_of(content: bytes) -> str:
    """Return the name that bytes have in the vault and the ledger: their SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Vault:
    """A folder of files named by SHA-256 in 16 sub-folders, and of packs of them; nothing in it ever changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._packs = Packs(folder / "packs")

    def keep(self, contents: Iterable[bytes]) -> tuple[str, ...]:
        """Return the hashes of the contents, each on the disk for good when this returns.

        Written aside, flushed, then renamed: killed anywhere, a file is there whole or not at all. Raises
        ``VaultBroken`` when the disk refuses.
        """
        named = [(hash_of(content), content) for content in contents]
        try:
            if len(named) >= _PACKED_FROM:
                self._packs.keep(dict(named))
            else:
                for folder in {self._keep(name, content) for name, content in named}:
                    flush_folder(folder)
        except OSError as error:
            raise VaultBroken(
                f"{self._folder}: a submission could not be stored ({error.strerror}); it was not recorded and"
                " will be fetched again; free or mend the disk (docs/runbook.md#disk)"
            ) from error
        return tuple(name for name, _ in named)

    def read(self, sha256: str) -> bytes:
        """Return the bytes of a submission. Raises ``VaultBroken`` if they are gone or are not the same."""
        try:
            content = self._read(sha256)
        except OSError as error:
            raise VaultBroken(
                f"{self._path(sha256)}: a recorded submission cannot be read ({error.strerror}); it stays"
                " unread; bring the folder back from the backup (docs/runbook.md#disk)"
            ) from error
        if hash_of(content) != sha256:
            raise VaultBroken(
                f"{self._path(sha256)}: the bytes are not those that were received; the submission stays unread;"
                " bring the file back from the backup (docs/runbook.md#disk)"
            )
        return content

    def _read(self, sha256: str) -> bytes:
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError:
            packed = self._packs.read(sha256)
            if packed is None:
                raise
            return packed

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:1] / sha256

    def _keep(self, sha256: str, content: bytes) -> Path:
        """Return the folder that is still to be flushed, for a file that was there already as well."""
        path = self._path(sha256)
        if not path.exists():
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
                flush_folder(path.parent.parent)
            write_for_good(path, content)
        return path.parent

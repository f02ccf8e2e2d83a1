from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

import pytest

from tonghop.store.vault import Vault, VaultBroken


def test_what_is_kept_is_read_back_byte_for_byte_by_its_hash(tmp_path: Path) -> None:
    contents = [bytes([n]) * n for n in range(1, 120)] + [b""]
    vault = Vault(tmp_path)
    names = vault.keep(contents)
    assert names == tuple(hashlib.sha256(content).hexdigest() for content in contents)
    assert [vault.read(name) for name in names] == contents


def test_keeping_again_changes_no_file(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    (name,) = vault.keep([b"5.658"])
    (path,) = tmp_path.rglob(name)
    before = path.stat()
    assert vault.keep([b"5.658", b"5.658"]) == (name, name)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_bytes_that_were_changed_on_the_disk_are_never_taken_for_the_submission(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    (name,) = vault.keep([b"5.658"])
    next(tmp_path.rglob(name)).write_bytes(b"5.659")
    with pytest.raises(VaultBroken, match="backup"):
        vault.read(name)


def test_a_submission_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    with pytest.raises(VaultBroken, match="backup"):
        Vault(tmp_path).read("0" * 64)


def test_a_disk_that_refuses_is_told_and_nothing_counts_as_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(VaultBroken, match="fetched again"):
        Vault(tmp_path / "file").keep([b"5.658"])


def test_a_batch_is_one_file_that_tar_unpacks_into_its_submissions(tmp_path: Path) -> None:
    contents = [b"%d" % n * n * 9 for n in range(100)]
    names = Vault(tmp_path).keep(contents)
    (pack,) = (tmp_path / "packs").glob("*.tar")
    with tarfile.open(pack) as archive:
        unpacked = {one.name: archive.extractfile(one).read() for one in archive}
    assert unpacked == dict(zip(names, contents, strict=True))


def test_a_pack_is_read_though_its_index_is_lost_or_points_elsewhere(tmp_path: Path) -> None:
    contents = [b"%d" % n for n in range(50)]
    vault = Vault(tmp_path)
    names = vault.keep(contents)
    index = tmp_path / "packs" / "index"
    for damaged in (None, index.read_bytes()[7:], index.read_bytes()[:100], b""):
        index.unlink(missing_ok=True)
        if damaged is not None:
            index.write_bytes(damaged)
        assert [vault.read(name) for name in names] == contents


def test_packed_bytes_that_were_changed_on_the_disk_are_never_taken_for_the_submission(
    tmp_path: Path,
) -> None:
    vault = Vault(tmp_path)
    names = vault.keep([b"5.658 - %d" % n for n in range(20)])
    (pack,) = (tmp_path / "packs").glob("*.tar")
    pack.write_bytes(pack.read_bytes().replace(b"5.658 - 7", b"5.659 - 7"))
    assert vault.read(names[6]) == b"5.658 - 6"
    with pytest.raises(VaultBroken, match="backup"):
        vault.read(names[7])


def test_a_pack_cut_short_on_the_disk_says_that_the_submission_is_gone(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    names = vault.keep([b"5.658 - %d" % n for n in range(20)])
    (pack,) = (tmp_path / "packs").glob("*.tar")
    pack.write_bytes(pack.read_bytes()[: 3 * 1024 + 515])
    assert vault.read(names[2]) == b"5.658 - 2"
    with pytest.raises(VaultBroken, match="backup"):
        vault.read(names[3])
    with pytest.raises(VaultBroken, match="backup"):
        vault.read(names[19])

"""Answers laid beside files: on this machine's disk, on a real Samba share, on a real SFTP server."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.services.samba_server import Samba
from tests.services.sftp_server import Sftp
from tonghop.campaigns import FolderSource
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources import SourceLimits, answers_folder, open_source
from tonghop.sources.drive import Found
from tonghop.sources.names import key_of

_NOW = datetime(2030, 1, 1, tzinfo=UTC)
QUICK = SourceLimits(pause=0.2, connect=5.0, read=5.0)


@pytest.fixture(params=["file", "smb", "sftp"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Callable[..., str]]:
    """A folder, and the URL of it with options: of each kind in turn."""
    if request.param == "file":
        return tmp_path, lambda **options: f"file://{tmp_path}" + _query(options)
    if request.param == "smb":
        samba: Samba = request.getfixturevalue("samba")
        return samba.share, lambda **options: samba.url() + _query(options)
    sftp: Sftp = request.getfixturevalue("sftp")
    sftp.share.chmod(0o777)
    return sftp.share, lambda **options: sftp.url(**options)


def _query(options: dict[str, str]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in options.items()) if options else ""


def folder(url: str) -> FolderSource:
    return FolderSource(kind="folder", url=url)


def key(path: str) -> str:
    return key_of(Found(path, 10, 20, 20))


def test_an_answer_lies_in_our_folder_beside_the_file(place: tuple[Path, Callable[..., str]]) -> None:
    root, url = place
    (root / "Xã Mỹ Bình").mkdir()
    (root / "Xã Mỹ Bình").chmod(0o777)
    with answers_folder(folder(url()), QUICK) as answers:
        assert answers is not None
        file = answers.choose(key("Xã Mỹ Bình/BC 18-8.xlsx"), lambda name: f"{name} - biên nhận.html")
        assert file == "Xã Mỹ Bình/_tra_loi/BC 18-8.xlsx - biên nhận.html"
        answers.write(file, b"first")
        answers.write(file, b"again" * 100_000)
        second = answers.choose(key("Xã Mỹ Bình/BC 18-8.xlsx"), lambda name: f"{name} - biên nhận.html")
    assert (root / file).read_bytes() == b"again" * 100_000
    assert second == "Xã Mỹ Bình/_tra_loi/BC 18-8.xlsx - biên nhận (2).html"
    assert sorted(path.name for path in (root / "Xã Mỹ Bình").iterdir()) == ["_tra_loi"]
    assert [path.name for path in (root / file).parent.iterdir()] == [file.rpartition("/")[2]]


def test_a_file_in_the_root_has_its_answer_below_the_root(place: tuple[Path, Callable[..., str]]) -> None:
    root, url = place
    with answers_folder(folder(url()), QUICK) as answers:
        assert answers is not None
        answers.write(answers.choose(key("a.csv"), lambda name: name + ".html"), b"1")
    assert (root / "_tra_loi" / "a.csv.html").read_bytes() == b"1"


def test_the_folder_is_named_by_the_campaign_and_left_alone_by_the_look(
    place: tuple[Path, Callable[..., str]],
) -> None:
    root, url = place
    source = folder(url(answers="phan_hoi"))
    with answers_folder(source, QUICK) as answers:
        assert answers is not None
        answers.write(answers.choose(key("a.csv"), lambda name: name + ".html"), b"1")
    assert (root / "phan_hoi" / "a.csv.html").exists()
    found = [item.name for batch in open_source(source, QUICK).look(set(), _NOW) for item in batch.arrivals]
    assert found == []


def test_a_campaign_may_want_no_answers(place: tuple[Path, Callable[..., str]]) -> None:
    _, url = place
    with answers_folder(folder(url(answers="no")), QUICK) as answers:
        assert answers is None


@pytest.mark.parametrize("name", ["a/b", "..", ".hidden"])
def test_an_answers_folder_that_is_no_plain_name_is_refused(
    place: tuple[Path, Callable[..., str]], name: str
) -> None:
    _, url = place
    with pytest.raises(ConfigurationError, match="answers"):
        open_source(folder(url(answers=name)), QUICK)


def test_what_a_killed_process_of_the_same_number_left_is_replaced(tmp_path: Path) -> None:
    left = tmp_path / "_tra_loi" / f".{os.getpid()}.tmp"
    left.parent.mkdir()
    left.write_bytes(b"a part of an older, longer answer")
    with answers_folder(folder(f"file://{tmp_path}"), QUICK) as answers:
        assert answers is not None
        answers.write("_tra_loi/a.html", b"whole")
    assert {path.name: path.read_bytes() for path in left.parent.iterdir()} == {"a.html": b"whole"}


def test_an_answer_that_cannot_take_its_name_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "_tra_loi" / "a.html" / "in the way").mkdir(parents=True)
    with answers_folder(folder(f"file://{tmp_path}"), QUICK) as answers:
        assert answers is not None
        with pytest.raises(OSError, match=r"\S"):
            answers.write("_tra_loi/a.html", b"1")
    assert [path.name for path in (tmp_path / "_tra_loi").iterdir()] == ["a.html"]


def test_a_link_on_this_machine_in_place_of_our_folder_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "_tra_loi").symlink_to(tmp_path / "elsewhere")
    with answers_folder(folder(f"file://{tmp_path}/share"), QUICK) as answers:
        assert answers is not None
        with pytest.raises(OSError, match=r"\S"):
            answers.write("_tra_loi/a.html", b"1")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_what_stands_in_the_way_refuses_and_stays(place: tuple[Path, Callable[..., str]]) -> None:
    root, url = place
    (root / "_tra_loi").write_text("in the way", encoding="utf-8")
    with answers_folder(folder(url()), QUICK) as answers:
        assert answers is not None
        with pytest.raises(OSError, match=r"\S"):
            answers.write("_tra_loi/a.html", b"1")
    assert (root / "_tra_loi").read_text(encoding="utf-8") == "in the way"


def test_a_share_that_denies_writes_says_so(samba: Samba) -> None:
    (samba.share / "a.csv").write_bytes(b"1;2")
    with answers_folder(folder(samba.url(share="chidoc")), QUICK) as answers:
        assert answers is not None
        with pytest.raises(PermissionError):
            answers.write("_tra_loi/a.html", b"1")
    assert [path.name for path in samba.share.iterdir()] == ["a.csv"]


def test_a_server_that_denies_writes_says_so(sftp: Sftp) -> None:
    sftp.share.chmod(0o555)
    with answers_folder(folder(sftp.url()), QUICK) as answers:
        assert answers is not None
        with pytest.raises(PermissionError):
            answers.write("_tra_loi/a.html", b"1")


def test_a_link_in_place_of_our_folder_leads_nowhere(sftp: Sftp, tmp_path: Path) -> None:
    sftp.share.chmod(0o777)
    (sftp.share / "_tra_loi").symlink_to(tmp_path)
    with answers_folder(folder(sftp.url()), QUICK) as answers:
        assert answers is not None
        with pytest.raises(OSError, match=r"\S"):
            answers.write("_tra_loi/a.html", b"1")
    assert not list(tmp_path.glob("*.html"))


@pytest.mark.parametrize("kind", ["samba", "sftp"])
def test_a_server_that_goes_away_is_no_refusal(request: pytest.FixtureRequest, kind: str) -> None:
    server: Samba | Sftp = request.getfixturevalue(kind)
    with (
        pytest.raises(SourceUnreachable),
        answers_folder(folder(server.url()), SourceLimits(read=2.0)) as answers,
    ):
        assert answers is not None
        server.stop()
        answers.write("_tra_loi/a.html", b"1")

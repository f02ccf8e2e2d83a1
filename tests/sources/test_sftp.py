"""A folder on a real OpenSSH server, whose host key must be the right one."""

from __future__ import annotations

import io
import os
import socket
import time
import zipfile
from collections.abc import Container
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from tests.services.sftp_server import Sftp
from tonghop.campaigns import FolderSource
from tonghop.domain.sources import Arrival
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources import Source, SourceLimits, open_source
from tonghop.sources.folder import SharedFolder
from tonghop.sources.opening import _OPTIONS
from tonghop.sources.sftp import SftpDrive
from tonghop.sources.urls import place_of

NOW = datetime(2030, 1, 1, tzinfo=UTC)
QUICK = SourceLimits(pause=0.2)
YESTERDAY = float(int(time.time()) - 86400)


def folder(url: str, limits: SourceLimits = QUICK) -> Source:
    return open_source(FolderSource(kind="folder", url=url), limits)


def look(source: Source, known: Container[str] = frozenset()) -> list[Arrival]:
    return [arrival for batch in source.look(known, NOW) for arrival in batch.arrivals]


def reasons(source: Source) -> dict[str, str]:
    return {item.name: item.reason for batch in source.look(frozenset(), NOW) for item in batch.waiting}


def put(path: Path, content: bytes = b"content", at: float = YESTERDAY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (at, at))
    return path


@cache
def workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 400)
    return buffer.getvalue()


def test_files_arrive_with_their_folders_and_times_and_known_ones_no_more(sftp: Sftp) -> None:
    put(sftp.share / "Xã Mỹ Bình" / "ngày 18.xlsx", workbook())
    put(sftp.share / "b\udce1o.csv", b"1;2\n", at=YESTERDAY + 1)
    for left_alone in ("~$b.xlsx", "b.filepart", ".hidden.xlsx", "_tra_loi/b.xlsx"):
        put(sftp.share / left_alone)
    source = folder(sftp.url())
    arrived = look(source)
    assert [(a.name, a.branch_hint) for a in arrived] == [
        ("Xã Mỹ Bình/ngày 18.xlsx", "Xã Mỹ Bình"),
        ("b\ufffdo.csv", None),
    ]
    assert [a.content for a in arrived] == [workbook(), b"1;2\n"]
    assert arrived[0].received_at == datetime.fromtimestamp(YESTERDAY, UTC)
    assert look(source, {a.key for a in arrived}) == []
    put(sftp.share / "Xã Mỹ Bình" / "ngày 18.xlsx", b"changed", at=YESTERDAY + 60)
    assert [a.content for a in look(source, {a.key for a in arrived})] == [b"changed"]


def test_links_and_pipes_never_arrive_and_never_block(sftp: Sftp, tmp_path: Path) -> None:
    (sftp.share / "a.csv").symlink_to(put(tmp_path / "secret.csv"))
    (sftp.share / "folder").symlink_to(tmp_path)
    os.mkfifo(sftp.share / "pipe.csv")
    assert list(folder(sftp.url()).look(frozenset(), NOW)) == []


def test_a_young_file_that_is_not_whole_waits_and_arrives_when_it_is(sftp: Sftp) -> None:
    put(sftp.share / "cut.xlsx", workbook()[:-30], at=time.time())
    put(sftp.share / "zeros.xlsx", b"\0" * 9000, at=time.time())
    put(sftp.share / "whole.xlsx", workbook(), at=time.time())
    assert set(reasons(folder(sftp.url()))) == {"cut.xlsx", "zeros.xlsx"}
    assert [a.name for a in look(folder(sftp.url()))] == ["whole.xlsx"]
    put(sftp.share / "cut.xlsx", workbook(), at=time.time())
    assert {a.name for a in look(folder(sftp.url()))} == {"cut.xlsx", "whole.xlsx"}


def test_a_file_that_grows_between_two_looks_waits(sftp: Sftp) -> None:
    path = put(sftp.share / "a.csv", b"1;2\n", at=time.time())

    def meanwhile(_: float) -> None:
        with path.open("ab") as file:
            file.write(b"3;4\n")

    drive = SftpDrive(place_of(sftp.url(), _OPTIONS), QUICK)
    assert "đang được ghi" in reasons(SharedFolder(drive, QUICK, sleep=meanwhile))["a.csv"]


def test_a_file_that_vanishes_or_is_forbidden_waits_and_the_others_arrive(sftp: Sftp) -> None:
    put(sftp.share / "old.csv")
    put(sftp.share / "closed.csv", at=YESTERDAY + 1).chmod(0)
    gone = put(sftp.share / "young.csv", at=time.time())
    drive = SftpDrive(place_of(sftp.url(), _OPTIONS), QUICK)
    batches = list(SharedFolder(drive, QUICK, sleep=lambda _: gone.unlink()).look(frozenset(), NOW))
    assert [a.name for batch in batches for a in batch.arrivals] == ["old.csv"]
    told = {w.name: w.reason for batch in batches for w in batch.waiting}
    assert "không có quyền" in told["closed.csv"]
    assert "đổi tên hoặc chuyển đi" in told["young.csv"]


def test_a_sub_folder_that_cannot_be_listed_is_told_after_the_rest_arrived(sftp: Sftp) -> None:
    put(sftp.share / "a.csv")
    put(sftp.share / "closed" / "b.csv").parent.chmod(0)
    arrived: list[Arrival] = []
    with pytest.raises(SourceUnreachable, match="1 thư mục con: closed"):
        for batch in folder(sftp.url()).look(frozenset(), NOW):
            arrived += batch.arrivals
    assert [a.name for a in arrived] == ["a.csv"]


# --- the host key


def test_a_host_key_may_be_known_by_a_file(sftp: Sftp) -> None:
    put(sftp.share / "a.csv")
    assert len(look(folder(sftp.url(hostkey="", known_hosts=str(sftp.base / "known_hosts"))))) == 1


def test_a_changed_host_key_stops_us_before_the_login(sftp: Sftp) -> None:
    put(sftp.share / "a.csv")
    by_fingerprint, before = sftp.url(), (sftp.base / "known_hosts").read_text()
    sftp.stop()
    sftp.new_host_key()
    old = sftp.base / "old_known_hosts"
    old.write_text(before)
    sftp.start()
    for url in (by_fingerprint, sftp.url(hostkey="", known_hosts=str(old))):
        with pytest.raises(SourceUnreachable) as caught:
            look(folder(url))
        assert "đã thay đổi" in caught.value.reason
        assert "quản trị máy chủ xác nhận" in caught.value.advice
    assert "Accepted" not in (sftp.base / "stderr").read_text()
    assert len(look(folder(sftp.url()))) == 1, "the new key, once an operator has written it down"


def test_a_host_key_nobody_knows_is_never_trusted_at_first_sight(sftp: Sftp, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(SourceUnreachable) as caught:
        look(folder(sftp.url(hostkey="", known_hosts=str(tmp_path / "empty"))))
    assert "chưa biết khóa" in caught.value.reason
    assert f"?hostkey={sftp.fingerprint}" in caught.value.advice


# --- could not look


def test_a_password_that_is_refused_is_told_and_shown_nowhere(
    sftp: Sftp, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    url = sftp.url(key="").replace(f"{sftp.user}@", f"{sftp.user}:geheim@")
    with pytest.raises(SourceUnreachable) as caught:
        look(folder(url))
    assert "từ chối đăng nhập" in caught.value.reason
    assert "geheim" not in str(caught.value) + caplog.text


def test_a_folder_that_is_not_there_is_told(sftp: Sftp) -> None:
    with pytest.raises(SourceUnreachable, match="không thấy thư mục"):
        look(folder(sftp.url("nowhere")))


def test_a_server_that_is_down_silent_or_unknown_is_unreachable(sftp: Sftp) -> None:
    put(sftp.share / "a.csv")
    limits = SourceLimits(pause=0.2, connect=0.5, read=1)
    source = folder(sftp.url(), limits)
    assert source.probe() == "xem được thư mục, có 1 tệp"
    sftp.stop()
    with pytest.raises(SourceUnreachable, match="không trả lời"):
        source.probe()
    with socket.socket() as silent:
        silent.bind((sftp.host, 0))
        silent.listen()
        with pytest.raises(SourceUnreachable):
            look(folder(f"sftp://a:b@127.0.0.1:{silent.getsockname()[1]}/x?hostkey=SHA256:x", limits))
    with pytest.raises(SourceUnreachable, match="không tìm thấy máy chủ"):
        look(folder("sftp://a:b@nas.invalid/x?hostkey=SHA256:x", limits))
    sftp.start()
    assert len(look(source)) == 1


def test_a_server_that_dies_between_batches_leaves_those_before_standing(sftp: Sftp) -> None:
    for number in range(4):
        put(sftp.share / f"{number}.csv", at=YESTERDAY + number)
    source = folder(sftp.url(), SourceLimits(pause=0, batch=2, read=2))
    batches = source.look(frozenset(), NOW)
    known = {a.key for a in next(batches).arrivals}
    sftp.stop()
    with pytest.raises(SourceUnreachable, match=r"ngắt giữa chừng|không trả lời"):
        list(batches)
    sftp.start()
    assert [a.name for a in look(source, known)] == ["2.csv", "3.csv"]


@pytest.mark.parametrize(
    "url",
    [
        "sftp://host/share",
        "sftp://a:b@host/",
        "sftp://a:b@host/x?hostkey=MD5:00",
        "sftp://a:b@host/x?key=/nowhere",
        "sftp://a:b@host/x?known_hosts=/nowhere",
    ],
)
def test_an_sftp_url_that_is_wrong_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigurationError):
        folder(url)

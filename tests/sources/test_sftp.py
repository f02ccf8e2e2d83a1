"""A folder on a real OpenSSH server, whose host key must be the right one."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.services.sftp_server import Sftp
from tests.sources.files import NOW, QUICK, YESTERDAY, folder, look, put, reasons, workbook
from tonghop.domain.sources import Arrival
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources.folder import SharedFolder
from tonghop.sources.opening import _OPTIONS
from tonghop.sources.sftp import SftpDrive
from tonghop.sources.urls import place_of


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

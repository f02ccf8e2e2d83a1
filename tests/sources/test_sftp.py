"""A folder on a real OpenSSH server, whose host key must be the right one."""

from __future__ import annotations

import os
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.services.sftp_server import Sftp
from tests.sources.files import NOW, QUICK, YESTERDAY, folder, look, put, reasons, workbook
from tonghop.domain.sources import Arrival
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources.drive import Found, Taken
from tonghop.sources.folder import SharedFolder
from tonghop.sources.opening import _OPTIONS
from tonghop.sources.sftp import SftpDrive, SftpListing
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


def test_a_folder_whose_names_alone_may_be_read_is_not_taken_for_an_empty_one(sftp: Sftp) -> None:
    put(sftp.share / "a.csv")
    put(sftp.share / "names" / "b.csv").parent.chmod(0o444)
    with pytest.raises(SourceUnreachable, match=r"1 thư mục con: names \(không có quyền xem\)"):
        look(folder(sftp.url()))
    with pytest.raises(SourceUnreachable, match="không có quyền xem thư mục"):
        look(folder(sftp.url("names")))
    (sftp.share / "empty").mkdir()
    assert look(folder(sftp.url("empty"))) == []


def test_a_copy_with_its_full_size_and_old_time_from_the_start_is_not_lost(sftp: Sftp) -> None:
    put(sftp.share / "a.xlsx", workbook()[:-100] + bytes(100))
    [half] = look(folder(sftp.url()))
    assert look(folder(sftp.url()), {half.key}) == [], "as it was"
    put(sftp.share / "a.xlsx", workbook())
    [whole] = look(folder(sftp.url()), {half.key})
    assert whole.content == workbook()
    assert look(folder(sftp.url()), {half.key, whole.key}) == []


def test_a_server_that_dies_among_the_files_has_broken_off_and_the_rest_comes_later(
    sftp: Sftp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        put(sftp.share / f"{number}.csv", b"1;2\n", at=YESTERDAY + number)
    ask = SftpListing.take

    def take(listing: SftpListing, found: Found, *, at_rest: bool) -> Taken:
        if found.path == "15.csv":
            sftp.stop()
        return ask(listing, found, at_rest=at_rest)

    arrived: list[Arrival] = []
    with monkeypatch.context() as patched, pytest.raises(SourceUnreachable) as caught:
        patched.setattr(SftpListing, "take", take)
        for batch in folder(sftp.url()).look(frozenset(), NOW):
            arrived += batch.arrivals
    assert "bị ngắt giữa chừng" in caught.value.reason
    sftp.start()
    rest = look(folder(sftp.url()), {a.key for a in arrived})
    assert arrived
    assert sorted(a.name for a in [*arrived, *rest]) == sorted(f"{number}.csv" for number in range(20))


# --- the host key


def test_a_host_key_of_any_kind_is_known_by_its_fingerprint_whatever_the_server_shows_first(
    sftp: Sftp,
) -> None:
    put(sftp.share / "a.csv")
    more = [sftp.add_host_key(kind) for kind in ("ssh-rsa", "ecdsa-sha2-nistp256")]
    for fingerprint in (sftp.fingerprint, *more):
        assert len(look(folder(sftp.url(hostkey=fingerprint)))) == 1


def test_a_changed_host_key_of_another_kind_is_told_as_changed(sftp: Sftp) -> None:
    put(sftp.share / "a.csv")
    known = sftp.url(hostkey="", known_hosts=str(sftp.base / "known_hosts"))
    fingerprint = sftp.url()
    shown = sftp.add_host_key("ecdsa-sha2-nistp256", alone=True)
    for url in (known, fingerprint):
        with pytest.raises(SourceUnreachable) as caught:
            look(folder(url))
        assert "đã thay đổi" in caught.value.reason
        assert shown in caught.value.reason
    assert "Accepted" not in (sftp.base / "stderr").read_text()


def test_a_host_key_may_be_known_by_a_file(sftp: Sftp) -> None:
    put(sftp.share / "a.csv")
    assert len(look(folder(sftp.url(hostkey="", known_hosts=str(sftp.base / "known_hosts"))))) == 1


def test_a_host_that_is_called_by_its_name_may_be_known_by_a_file(sftp: Sftp) -> None:
    put(sftp.share / "a.csv", b"1;2\n")
    url = sftp.url(hostkey="", known_hosts=str(sftp.base / "known_hosts")).replace("127.0.0.1", "localhost")
    assert [a.name for a in look(folder(url))] == ["a.csv"]


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


def test_a_fingerprint_works_as_the_advice_prints_it(sftp: Sftp) -> None:
    put(sftp.share / "a.csv")
    while "+" not in sftp.fingerprint:
        sftp.stop()
        sftp.new_host_key()
    sftp.stop()
    sftp.start()
    url = f"{sftp.url(hostkey='')}&hostkey={sftp.fingerprint}"
    assert len(look(folder(url))) == 1


# --- could not look


def test_a_revoked_host_key_is_told_as_revoked(sftp: Sftp) -> None:
    known = sftp.base / "known_hosts"
    known.write_text(f"@revoked {known.read_text(encoding='ascii')}", encoding="ascii")
    with pytest.raises(SourceUnreachable, match="đã bị thu hồi"):
        look(folder(sftp.url(hostkey="", known_hosts=str(known))))
    by_name = sftp.url(hostkey="", known_hosts=str(known)).replace("127.0.0.1", "localhost")
    with pytest.raises(SourceUnreachable, match="đã bị thu hồi"):
        look(folder(by_name))


@pytest.mark.parametrize(("written", "lies"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_folder_is_found_however_its_letters_are_composed(sftp: Sftp, written: str, lies: str) -> None:
    name = "Báo cáo/Mỹ Bình"
    put(sftp.share / unicodedata.normalize(lies, name) / "a.csv", b"1;2\n")
    assert [a.name for a in look(folder(sftp.url(unicodedata.normalize(written, name))))] == ["a.csv"]


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
        "sftp://a:b@host/x?hostkey=SHA256:abc",
        "sftp://a:b@host/x?key=/nowhere",
        "sftp://a:b@host/x?known_hosts=/nowhere",
    ],
)
def test_an_sftp_url_that_is_wrong_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigurationError):
        folder(url)

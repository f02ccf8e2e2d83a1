"""A share of a real Samba, looked into while others write there."""

from __future__ import annotations

import logging
import os
import time
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import smbclient

from tests.services.samba_server import PASSWORD, Samba
from tests.sources.files import NOW, QUICK, YESTERDAY, folder, look, put, reasons, workbook
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources import Source
from tonghop.sources.folder import SharedFolder
from tonghop.sources.opening import _OPTIONS
from tonghop.sources.smb import SmbDrive
from tonghop.sources.urls import place_of


def rested(samba: Samba) -> Source:
    """Return the share as it will look when all in it has rested for long."""
    drive = SmbDrive(place_of(samba.url(), _OPTIONS), QUICK)
    return SharedFolder(drive, QUICK, wall=lambda: time.time() + 2 * QUICK.settle)


@pytest.fixture
def officer(samba: Samba) -> Iterator[dict[str, object]]:
    """Another computer's session on the share: what smbclient needs to open files in it."""
    cache: dict[str, object] = {}
    session = {"username": samba.user, "password": PASSWORD, "port": samba.port, "connection_cache": cache}
    smbclient.register_session(samba.host, **session)
    yield session
    smbclient.reset_connection_cache(fail_on_error=False, connection_cache=cache)


@pytest.mark.parametrize(("written", "lies"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_folder_is_found_however_its_letters_are_composed(samba: Samba, written: str, lies: str) -> None:
    name = "Báo cáo/Mỹ Bình"
    put(samba.share / unicodedata.normalize(lies, name) / "a.csv", b"1;2\n")
    assert [a.name for a in look(folder(samba.url(unicodedata.normalize(written, name))))] == ["a.csv"]


def test_files_of_a_share_arrive_with_their_folders_and_times(samba: Samba) -> None:
    put(samba.share / "Xã Mỹ Bình" / "ngày 18.xlsx", workbook())
    put(samba.share / "b.csv", b"1;2\n", at=YESTERDAY + 1)
    for left_alone in ("~$b.xlsx", "b.tmp", ".hidden.xlsx", "_tra_loi/b.xlsx"):
        put(samba.share / left_alone)
    arrived = look(folder(samba.url()))
    assert [(a.name, a.branch_hint) for a in arrived] == [
        ("Xã Mỹ Bình/ngày 18.xlsx", "Xã Mỹ Bình"),
        ("b.csv", None),
    ]
    assert arrived[0].content == workbook()
    assert arrived[0].received_at == datetime.fromtimestamp(YESTERDAY, UTC)
    assert arrived[0].source == f"smb://{samba.user}@127.0.0.1:{samba.port}/baocao"


def test_a_sub_folder_may_be_the_source_and_known_files_arrive_no_more(samba: Samba) -> None:
    put(samba.share / "báo cáo" / "a.csv")
    put(samba.share / "other.csv")
    source = folder(samba.url("báo cáo"))
    known = {a.key for a in look(source)}
    assert len(known) == 1
    assert look(source, known) == []
    put(samba.share / "báo cáo" / "a.csv", b"changed", at=YESTERDAY + 60)
    assert [a.content for a in look(source, known)] == [b"changed"]


def test_a_file_another_computer_is_writing_waits_even_with_yesterdays_date_and_its_full_size(
    samba: Samba, officer: dict[str, object]
) -> None:
    path = rf"\\{samba.host}\baocao\a.xlsx"
    with smbclient.open_file(path, "wb", share_access="rwd", **officer) as file:
        file.write(b"PK\x03\x04" + b"\0" * 50_000)
        file.flush()
        os.utime(samba.share / "a.xlsx", (YESTERDAY, YESTERDAY))
        assert "đang được ghi" in reasons(folder(samba.url()))["a.xlsx"]
        assert look(folder(samba.url())) == []
        assert look(rested(samba)) == [], "open, and not whole"
        file.seek(0)
        file.write(workbook())
        file.flush()
        file.truncate(len(workbook()))
    [arrival] = look(folder(samba.url()))
    assert arrival.content == workbook()


def test_a_finished_workbook_that_excel_keeps_open_arrives_once_it_rests(
    samba: Samba, officer: dict[str, object]
) -> None:
    put(samba.share / "a.xlsx", workbook(), at=time.time())
    put(samba.share / "a.csv", b"1;2\n", at=time.time())
    with (
        smbclient.open_file(rf"\\{samba.host}\baocao\a.xlsx", "r+b", share_access="r", **officer),
        smbclient.open_file(rf"\\{samba.host}\baocao\a.csv", "r+b", share_access="r", **officer),
    ):
        assert "đang được ghi" in reasons(folder(samba.url()))["a.xlsx"]
        assert [a.content for a in look(rested(samba))] == [workbook()]


def test_a_file_written_past_the_share_waits_until_it_is_whole_and_arrives_once(samba: Samba) -> None:
    # On the server itself, or by its FTP: Samba knows nothing of such a writer.
    source = folder(samba.url())
    for end in (0, 10, len(workbook()) - 50):
        put(samba.share / "a.xlsx", workbook()[:end], at=time.time())
        assert "chưa đầy đủ" in reasons(source)["a.xlsx"]
        assert look(source) == []
    put(samba.share / "a.xlsx", workbook(), at=time.time())
    [arrival] = look(source)
    assert arrival.content == workbook()
    assert look(source, {arrival.key}) == []


def test_while_we_read_a_file_nobody_is_kept_from_renaming_it(
    samba: Samba, officer: dict[str, object]
) -> None:
    put(samba.share / "a.csv")
    drive = SmbDrive(place_of(samba.url(), _OPTIONS), QUICK)
    with drive.opened() as listing:
        [found] = list(listing.files())
        smbclient.rename(rf"\\{samba.host}\baocao\a.csv", rf"\\{samba.host}\baocao\b.csv", **officer)
        with pytest.raises(Exception, match="source-gone"):
            listing.take(found, at_rest=True)
    assert [a.name for a in look(folder(samba.url()))] == ["b.csv"]


def test_links_on_the_server_that_lead_outside_never_arrive(samba: Samba, tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.csv", b"secret")
    (samba.share / "a.csv").symlink_to(secret)
    (samba.share / "folder").symlink_to(secret.parent)
    assert look(folder(samba.url())) == []


def test_a_wrong_password_and_a_wrong_share_are_told_apart(
    samba: Samba, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(SourceUnreachable) as caught:
        look(folder(samba.url(password="sai-mat-khau-99")))
    assert "từ chối đăng nhập" in caught.value.reason
    assert "sai-mat-khau" not in str(caught.value) + caplog.text
    with pytest.raises(SourceUnreachable) as caught:
        look(folder(samba.url(share="khong-co")))
    assert "không thấy thư mục" in caught.value.reason
    with pytest.raises(SourceUnreachable, match="không thấy thư mục"):
        look(folder(samba.url("khong/co")))
    assert PASSWORD not in caplog.text


def test_a_file_over_the_limit_is_refused_unread(samba: Samba) -> None:
    with put(samba.share / "phim.mp4").open("r+b") as file:
        file.truncate(1024**3)
    [refused] = [item for batch in rested(samba).look(frozenset(), NOW) for item in batch.refused]
    assert "1.024 MB" in refused.reason


def test_the_connection_may_be_required_to_be_encrypted(samba: Samba) -> None:
    put(samba.share / "a.csv")
    assert len(look(folder(samba.url() + "?encrypt=required"))) == 1


@pytest.mark.parametrize(
    "url", ["smb://host/share", "smb://a:b@host/", "smb:///share", "smb://a:b@h/s?encrypt=no"]
)
def test_a_share_url_that_is_wrong_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigurationError):
        folder(url)

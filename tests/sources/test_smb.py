"""A share of a real Samba, looked into while others write there."""

from __future__ import annotations

import io
import logging
import os
import socket
import time
import zipfile
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import smbclient

from tests.services.samba_server import PASSWORD, Samba
from tonghop.campaigns import FolderSource
from tonghop.domain.sources import Arrival
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources import Source, SourceLimits, open_source
from tonghop.sources.folder import SharedFolder
from tonghop.sources.opening import _OPTIONS
from tonghop.sources.smb import SmbDrive
from tonghop.sources.urls import place_of

NOW = datetime(2030, 1, 1, tzinfo=UTC)
QUICK = SourceLimits(pause=0.2)
YESTERDAY = float(int(time.time()) - 86400)


def share(url: str, limits: SourceLimits = QUICK) -> Source:
    return open_source(FolderSource(kind="folder", url=url), limits)


def rested(samba: Samba) -> Source:
    """Return the share as it will look when all in it has rested for long."""
    drive = SmbDrive(place_of(samba.url(), _OPTIONS), QUICK)
    return SharedFolder(drive, QUICK, wall=lambda: time.time() + 2 * QUICK.settle)


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


@pytest.fixture
def officer(samba: Samba) -> Iterator[dict[str, object]]:
    """Another computer's session on the share: what smbclient needs to open files in it."""
    cache: dict[str, object] = {}
    session = {"username": samba.user, "password": PASSWORD, "port": samba.port, "connection_cache": cache}
    smbclient.register_session(samba.host, **session)
    yield session
    smbclient.reset_connection_cache(fail_on_error=False, connection_cache=cache)


def test_files_of_a_share_arrive_with_their_folders_and_times(samba: Samba) -> None:
    put(samba.share / "Xã Mỹ Bình" / "ngày 18.xlsx", workbook())
    put(samba.share / "b.csv", b"1;2\n", at=YESTERDAY + 1)
    for left_alone in ("~$b.xlsx", "b.tmp", ".hidden.xlsx", "_tra_loi/b.xlsx"):
        put(samba.share / left_alone)
    arrived = look(share(samba.url()))
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
    source = share(samba.url("báo cáo"))
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
        assert "đang được ghi" in reasons(share(samba.url()))["a.xlsx"]
        assert look(share(samba.url())) == []
        assert look(rested(samba)) == [], "open, and not whole"
        file.seek(0)
        file.write(workbook())
        file.flush()
        file.truncate(len(workbook()))
    [arrival] = look(share(samba.url()))
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
        assert "đang được ghi" in reasons(share(samba.url()))["a.xlsx"]
        assert [a.content for a in look(rested(samba))] == [workbook()]


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
    assert [a.name for a in look(share(samba.url()))] == ["b.csv"]


def test_links_on_the_server_that_lead_outside_never_arrive(samba: Samba, tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.csv", b"secret")
    (samba.share / "a.csv").symlink_to(secret)
    (samba.share / "folder").symlink_to(secret.parent)
    assert look(share(samba.url())) == []


def test_a_wrong_password_and_a_wrong_share_are_told_apart(
    samba: Samba, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(SourceUnreachable) as caught:
        look(share(samba.url(password="sai-mat-khau-99")))
    assert "từ chối đăng nhập" in caught.value.reason
    assert "sai-mat-khau" not in str(caught.value) + caplog.text
    with pytest.raises(SourceUnreachable) as caught:
        look(share(samba.url(share="khong-co")))
    assert "không thấy thư mục" in caught.value.reason
    with pytest.raises(SourceUnreachable, match="không thấy thư mục"):
        look(share(samba.url("khong/co")))
    assert PASSWORD not in caplog.text


def test_a_server_that_is_down_silent_or_unknown_is_unreachable(samba: Samba) -> None:
    put(samba.share / "a.csv")
    limits = SourceLimits(pause=0.2, connect=0.5, read=0.5)
    source = share(samba.url(), limits)
    assert source.probe() == "xem được thư mục, có 1 tệp"
    samba.stop()
    with pytest.raises(SourceUnreachable, match="không trả lời"):
        source.probe()
    with socket.socket() as silent:
        silent.bind((samba.host, 0))
        silent.listen()
        with pytest.raises(SourceUnreachable):
            look(share(f"smb://a:b@127.0.0.1:{silent.getsockname()[1]}/x", limits))
    with pytest.raises(SourceUnreachable, match="không tìm thấy máy chủ"):
        look(share("smb://a:b@nas.invalid/x", limits))
    samba.start()
    assert len(look(source)) == 1


def test_a_server_that_dies_between_batches_leaves_those_before_standing(samba: Samba) -> None:
    for number in range(4):
        put(samba.share / f"{number}.csv", at=YESTERDAY + number)
    source = share(samba.url(), SourceLimits(pause=0, batch=2, read=2))
    batches = source.look(frozenset(), NOW)
    known = {a.key for a in next(batches).arrivals}
    samba.stop()
    with pytest.raises(SourceUnreachable):
        list(batches)
    samba.start()
    assert [a.name for a in look(source, known)] == ["2.csv", "3.csv"]


def test_a_file_over_the_limit_is_refused_unread(samba: Samba) -> None:
    with put(samba.share / "phim.mp4").open("r+b") as file:
        file.truncate(1024**3)
    [refused] = [item for batch in rested(samba).look(frozenset(), NOW) for item in batch.refused]
    assert "1.024 MB" in refused.reason


def test_the_connection_may_be_required_to_be_encrypted(samba: Samba) -> None:
    put(samba.share / "a.csv")
    assert len(look(share(samba.url() + "?encrypt=required"))) == 1


@pytest.mark.parametrize(
    "url", ["smb://host/share", "smb://a:b@host/", "smb:///share", "smb://a:b@h/s?encrypt=no"]
)
def test_a_share_url_that_is_wrong_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigurationError):
        share(url)

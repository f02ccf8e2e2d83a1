"""A Maildir of this machine, as a mail server fills it and a mail reader changes it."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tonghop.campaigns import MailboxSource
from tonghop.domain.sources import Arrival
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources import Source, SourceLimits, open_source

NOW = datetime(2030, 1, 1, tzinfo=UTC)
MESSAGE = b"From: Xa A <xa.a@duchue.example.vn>\nSubject: bao cao\n\nnumber %d\n"


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for folder in ("tmp", "new", "cur"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    return tmp_path / "Maildir"


def opened(path: Path, limits: SourceLimits | None = None) -> Source:
    return open_source(MailboxSource(kind="mailbox", url=f"maildir://{path}"), limits)


def look(source: Source, known: set[str] | frozenset[str] = frozenset()) -> list[Arrival]:
    return [arrival for batch in source.look(known, NOW) for arrival in batch.arrivals]


def deliver(maildir: Path, name: str, raw: bytes, at: float = 1_597_737_600) -> Path:
    path = maildir / "tmp" / name
    path.write_bytes(raw)
    os.utime(path, (at, at))
    return path.rename(maildir / "new" / name)


def test_messages_of_new_and_cur_arrive_oldest_first_and_tmp_is_left_alone(maildir: Path) -> None:
    deliver(maildir, "2.M2.host", MESSAGE % 2, at=1_597_737_700)
    read = deliver(maildir, "1.M1.host", MESSAGE % 1)
    read.rename(maildir / "cur" / "1.M1.host:2,RS")
    (maildir / "tmp" / "3.M3.host").write_bytes(b"half of a mes")
    arrived = look(opened(maildir))
    assert [(a.key, a.name) for a in arrived] == [
        ("1.M1.host", "1.M1.host.eml"),
        ("2.M2.host", "2.M2.host.eml"),
    ]
    assert arrived[0].content == MESSAGE % 1
    assert arrived[0].sender == "xa.a@duchue.example.vn"
    assert arrived[0].received_at == datetime(2020, 8, 18, 8, 0, tzinfo=UTC)


def test_a_message_that_a_reader_moves_and_flags_is_the_same_message(maildir: Path) -> None:
    path = deliver(maildir, "1.M1.host", MESSAGE % 1)
    source = opened(maildir)
    known = {a.key for a in look(source)}
    path.rename(maildir / "cur" / "1.M1.host:2,S")
    assert look(source, known) == []


def test_a_message_that_is_moved_between_listing_and_reading_still_arrives(maildir: Path) -> None:
    for number in range(3):
        deliver(maildir, f"{number}.host", MESSAGE % number, at=1_597_737_600 + number)
    batches = opened(maildir, SourceLimits(batch=1)).look(frozenset(), NOW)
    arrived = list(next(batches).arrivals)
    (maildir / "new" / "1.host").rename(maildir / "cur" / "1.host:2,S")
    (maildir / "new" / "2.host").unlink()
    rest = list(batches)
    arrived += [a for batch in rest for a in batch.arrivals]
    assert [a.content for a in arrived] == [MESSAGE % 0, MESSAGE % 1]
    assert [w.name for batch in rest for w in batch.waiting] == ["2.host.eml"]


def test_links_pipes_and_folders_in_a_maildir_are_never_read(maildir: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (maildir / "new" / "1.host").symlink_to(tmp_path / "secret")
    os.mkfifo(maildir / "new" / "2.host")
    (maildir / "new" / "3.host").mkdir()
    batches = list(opened(maildir).look(frozenset(), NOW))
    assert [a for batch in batches for a in batch.arrivals] == []
    assert sorted(w.name for batch in batches for w in batch.waiting) == ["1.host.eml", "2.host.eml"]


def test_a_message_over_the_limit_is_refused_with_its_sender(maildir: Path) -> None:
    deliver(maildir, "1.host", MESSAGE % 1 + b"x" * 3_000_000)
    [batch] = opened(maildir, SourceLimits(item_bytes=1024 * 1024)).look(frozenset(), NOW)
    assert batch.arrivals == ()
    assert batch.refused[0].sender == "xa.a@duchue.example.vn"
    assert "3 MB" in batch.refused[0].reason


def test_looking_and_acknowledging_change_nothing_there(maildir: Path) -> None:
    deliver(maildir, "1.host", MESSAGE % 1)
    source = opened(maildir)
    source.acknowledge([a.key for a in look(source)])
    assert [path.name for path in (maildir / "new").iterdir()] == ["1.host"]


def test_a_receipt_is_never_later_than_the_look(maildir: Path) -> None:
    deliver(maildir, "1.host", MESSAGE % 1, at=NOW.timestamp() + 3600)
    assert look(opened(maildir))[0].received_at == NOW


def test_a_place_that_is_no_maildir_is_unreachable_and_never_empty(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(SourceUnreachable, match="không phải là hộp thư Maildir"):
            look(opened(place))
        with pytest.raises(SourceUnreachable):
            opened(place).probe()


def test_a_maildir_of_another_host_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError):
        opened(Path("mail.example.vn/x"))


def test_the_probe_counts_the_messages(maildir: Path) -> None:
    deliver(maildir, "1.host", MESSAGE % 1, at=time.time())
    assert opened(maildir).probe() == "mở được hộp thư, có 1 thư"

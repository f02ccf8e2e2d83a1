"""A shared folder on a real disk: what is taken, what waits, and what could not be looked into."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.sources.files import NOW, YESTERDAY, look, put, workbook
from tonghop.campaigns import FolderSource
from tonghop.domain.sources import Arrival, Refused, Waiting
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources import Source, SourceLimits, open_source
from tonghop.sources.folder import SharedFolder
from tonghop.sources.local import LocalDrive

QUICK = SourceLimits(pause=0.25)


def folder_at(path: Path, limits: SourceLimits = QUICK, options: str = "") -> Source:
    return open_source(FolderSource(kind="folder", url=f"file://{quote(str(path))}{options}"), limits)


def waiting(source: Source) -> list[Waiting]:
    return [item for batch in source.look(frozenset(), NOW) for item in batch.waiting]


def test_files_of_all_sub_folders_arrive_oldest_first_with_their_folders_as_hint(tmp_path: Path) -> None:
    put(tmp_path / "b.xlsx", at=YESTERDAY + 2)
    put(tmp_path / "Xã Mỹ Bình" / "ngày 18" / "a.xlsx", b"figures", at=YESTERDAY)
    arrived = look(folder_at(tmp_path))
    assert [(a.name, a.branch_hint) for a in arrived] == [
        ("Xã Mỹ Bình/ngày 18/a.xlsx", "Xã Mỹ Bình/ngày 18"),
        ("b.xlsx", None),
    ]
    assert arrived[0].content == b"figures"
    assert arrived[0].received_at == datetime.fromtimestamp(YESTERDAY, UTC)
    assert arrived[0].sender is None


@pytest.mark.parametrize(("written", "lies"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_folder_is_found_however_its_letters_are_composed(tmp_path: Path, written: str, lies: str) -> None:
    path = tmp_path / unicodedata.normalize(lies, "Báo cáo") / unicodedata.normalize(written, "Mỹ Bình")
    put(path / "a.csv", b"1;2\n")
    asked = Path(unicodedata.normalize(written, str(path)))
    assert [a.name for a in look(folder_at(asked))] == ["a.csv"]
    assert [a.name for a in look(folder_at(path))] == ["a.csv"]


def test_a_known_file_arrives_no_more_and_a_changed_one_arrives_again(tmp_path: Path) -> None:
    path = put(tmp_path / "a.xlsx", b"one")
    source = folder_at(tmp_path)
    known = {a.key for a in look(source)}
    assert look(source, known) == []
    put(path, b"two", at=YESTERDAY + 60)
    assert [a.content for a in look(source, known)] == [b"two"]


def test_the_receipt_is_never_later_than_the_look(tmp_path: Path) -> None:
    put(tmp_path / "a.xlsx", at=NOW.timestamp() + 86400)
    assert look(folder_at(tmp_path))[0].received_at == NOW


@pytest.mark.parametrize(
    "name",
    [
        "~$a.xlsx",
        "a.tmp",
        "a.XLSX.part",
        "a.crdownload",
        ".a.xlsx",
        "Thumbs.db",
        "DESKTOP.INI",
        ".~lock.a.xlsx#",
    ],
)
def test_locks_half_downloads_and_the_systems_own_files_never_arrive(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    put(tmp_path / "a.xlsx")
    assert [a.name for a in look(folder_at(tmp_path))] == ["a.xlsx"]


def test_our_answers_folder_is_not_read_back(tmp_path: Path) -> None:
    put(tmp_path / "Xã A" / "_Tra_Loi" / "a (can sua).xlsx")
    assert look(folder_at(tmp_path)) == []


def test_links_pipes_and_sockets_never_arrive_and_never_block(tmp_path: Path) -> None:
    secret = put(tmp_path / "outside" / "secret.xlsx")
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.xlsx").symlink_to(secret)
    (root / "folder").symlink_to(secret.parent)
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe.xlsx")
    assert list(folder_at(root).look(frozenset(), NOW)) == []


def test_a_file_that_is_swapped_for_a_link_or_a_pipe_after_listing_is_not_read(tmp_path: Path) -> None:
    secret = put(tmp_path / "outside" / "secret.xlsx", b"secret")
    link = put(tmp_path / "root" / "a.xlsx", b"secret")
    pipe = put(tmp_path / "root" / "b.xlsx", b"secret")
    folder = put(tmp_path / "root" / "c" / "secret.xlsx", b"secret").parent
    with LocalDrive("file:///x", tmp_path / "root", QUICK).opened() as listing:
        listed = sorted(listing.files(), key=lambda found: found.path)
        link.unlink()
        link.symlink_to(secret)
        pipe.unlink()
        os.mkfifo(pipe)
        (folder / "secret.xlsx").unlink()
        folder.rmdir()
        folder.symlink_to(secret.parent)
        for found in listed:
            with pytest.raises(Exception, match="source-"):
                listing.take(found, at_rest=False)


@pytest.mark.parametrize(
    ("on_disk", "expected"),
    [
        (unicodedata.normalize("NFD", "Xã Mỹ Thạnh Tây.xlsx"), "Xã Mỹ Thạnh Tây.xlsx"),
        ("a\nb\x1b[31m.xlsx", "a\ufffdb\ufffd[31m.xlsx"),
        ("a..\\..\\etc\\passwd.xlsx", "a..\\..\\etc\\passwd.xlsx"),
        ("gpj.\u202exslx.exe", "gpj.\ufffdxslx.exe"),
        ("b\udce1o c\udce1o.xls", "b\ufffdo c\ufffdo.xls"),
    ],
)
def test_a_strange_name_is_cleaned_for_people_and_its_key_stays_exact(
    tmp_path: Path, on_disk: str, expected: str
) -> None:
    put(tmp_path / on_disk)
    source = folder_at(tmp_path)
    [arrival] = look(source)
    assert arrival.name == expected
    arrival.key.encode("utf-8")
    assert look(source, {arrival.key}) == []


def test_names_that_look_alike_keep_different_keys(tmp_path: Path) -> None:
    name = "Xã Mỹ Bình.xlsx"
    for form in ("NFC", "NFD"):
        put(tmp_path / unicodedata.normalize(form, name))
    put(tmp_path / "b\udce1.xls")
    put(tmp_path / "b%E1.xls")
    arrived = look(folder_at(tmp_path))
    assert len({a.key for a in arrived}) == 4


def test_a_path_of_thousands_of_letters_keeps_a_key_that_an_index_can_hold(tmp_path: Path) -> None:
    deep = "/".join(["ấ" * 80] * 10)
    put(tmp_path / deep / "a.xlsx", b"one")
    put(tmp_path / deep / "b.xlsx", b"two")
    source = folder_at(tmp_path)
    arrived = look(source)
    assert len({a.key for a in arrived}) == 2
    assert all(len(a.key.encode()) < 2000 for a in arrived)
    assert arrived[0].branch_hint == deep
    assert look(source, {a.key for a in arrived}) == []


def test_a_file_over_the_limit_is_refused_with_both_sizes_and_not_read(tmp_path: Path) -> None:
    with put(tmp_path / "Xã A" / "phim.mp4").open("r+b") as file:
        file.truncate(3 * 1024**3)
    os.utime(tmp_path / "Xã A" / "phim.mp4", (YESTERDAY, YESTERDAY))
    # The file rests: its last change of any kind lies longer back than a copy takes.
    source = SharedFolder(
        LocalDrive("file:///x", tmp_path, QUICK), QUICK, wall=lambda: time.time() + 2 * QUICK.settle
    )
    [refused] = [item for batch in source.look(frozenset(), NOW) for item in batch.refused]
    assert isinstance(refused, Refused)
    assert refused.branch_hint == "Xã A"
    assert "3.072" in refused.reason
    assert "36" in refused.reason


def test_batches_stay_small_in_number_and_in_bytes(tmp_path: Path) -> None:
    for number in range(25):
        put(tmp_path / f"{number:02}.csv", b"x" * 1000)
    by_number = folder_at(tmp_path, SourceLimits(pause=0, batch=10)).look(frozenset(), NOW)
    assert [len(batch.arrivals) for batch in by_number] == [10, 10, 5]
    first = next(iter(folder_at(tmp_path, SourceLimits(pause=0)).look(frozenset(), NOW)))
    assert len(first.arrivals) == 10  # early, so that its reading begins
    by_bytes = folder_at(tmp_path, SourceLimits(pause=0, batch_bytes=4000)).look(frozenset(), NOW)
    assert {len(batch.arrivals) for batch in by_bytes} == {4, 1}


# --- still being written


@pytest.fixture
def writer() -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Start a program in another process that has begun to write and goes on; it is ended afterwards."""
    started: list[subprocess.Popen[bytes]] = []

    def start(program: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_a_file_another_process_writes_slowly_waits_and_arrives_whole_once(
    tmp_path: Path, writer: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    path = tmp_path / "a.csv"
    process = writer(
        f"import time, sys\nf = open({str(path)!r}, 'wb', buffering=0)\n"
        "for n in range(12):\n"
        "    f.write(b'%02d;1\\n' % n)\n"
        "    if n == 0: print('writing', flush=True)\n"
        "    time.sleep(0.1)\n"
    )
    source = folder_at(tmp_path)
    arrived: list[Arrival] = []
    waited = 0
    while process.poll() is None:
        for batch in source.look({a.key for a in arrived}, NOW):
            arrived += batch.arrivals
            waited += len(batch.waiting)
    arrived += look(source, {a.key for a in arrived})
    assert waited >= 1
    assert [a.content for a in arrived] == [b"".join(b"%02d;1\n" % n for n in range(12))]


def test_a_copy_that_keeps_yesterdays_date_and_its_full_size_in_zeros_waits_while_it_is_open(
    tmp_path: Path, writer: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    path = tmp_path / "a.xlsx"
    writer(
        f"import os, time\nf = open({str(path)!r}, 'wb', buffering=0)\n"
        f"f.truncate(100_000)\nos.utime(f.fileno(), ({YESTERDAY}, {YESTERDAY}))\n"
        "print('writing', flush=True)\ntime.sleep(60)\n"
    )
    source = folder_at(tmp_path)
    [item] = waiting(source)
    assert item.name == "a.xlsx"
    assert "đang được ghi" in item.reason
    assert look(source) == []


def test_a_finished_workbook_that_excel_keeps_open_all_day_arrives_and_a_half_written_one_does_not(
    tmp_path: Path, writer: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    put(tmp_path / "whole.xlsx", workbook())
    put(tmp_path / "half.xlsx", workbook()[:-30])
    names = [str(tmp_path / "whole.xlsx"), str(tmp_path / "half.xlsx")]
    keep_open = f"import time\nkept = [open(n, 'r+b') for n in {names!r}]\n"
    writer(f"{keep_open}print('writing', flush=True)\ntime.sleep(60)\n")
    assert len(waiting(folder_at(tmp_path))) == 2, "young, and open for writing"
    rested = SharedFolder(
        LocalDrive("file:///x", tmp_path, QUICK), QUICK, wall=lambda: time.time() + 2 * QUICK.settle
    )
    assert [a.name for a in look(rested)] == ["whole.xlsx"]


@pytest.fixture
def no_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the system refuse leases, as it does for other people's files and on most file servers."""
    import fcntl

    real = fcntl.fcntl

    def refuse(descriptor: int, command: int, *rest: object) -> object:
        if command == fcntl.F_SETLEASE:
            raise PermissionError(13, "Permission denied")
        return real(descriptor, command, *rest)

    monkeypatch.setattr(fcntl, "fcntl", refuse)


@pytest.mark.usefixtures("no_leases")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("zeros.xlsx", b"\0" * 50_000),
        ("begun.xlsx", workbook()[:100] + b"\0" * (len(workbook()) - 100)),
        ("cut.xlsx", workbook()[:-10]),
        ("empty.csv", b""),
        ("begun.csv", b"don vi;so lieu\n" + b"\0" * 9000),
    ],
)
def test_where_nobody_tells_who_writes_a_young_unfinished_file_waits(
    tmp_path: Path, name: str, content: bytes
) -> None:
    put(tmp_path / name, content, at=YESTERDAY)
    source = folder_at(tmp_path)
    assert [item.name for item in waiting(source)] == [name]
    settled = SharedFolder(
        LocalDrive("file:///x", tmp_path, QUICK), QUICK, wall=lambda: time.time() + 2 * QUICK.settle
    )
    assert [a.content for a in look(settled)] == [content], "a broken file at rest is the reader's to explain"


@pytest.mark.usefixtures("no_leases")
def test_where_nobody_tells_who_writes_a_young_whole_file_arrives_after_one_pause(tmp_path: Path) -> None:
    for number in range(5):
        put(tmp_path / f"{number}.xlsx", workbook(), at=time.time())
    pauses: list[float] = []
    source = SharedFolder(LocalDrive("file:///x", tmp_path, QUICK), QUICK, sleep=pauses.append)
    assert len(look(source)) == 5
    assert len(pauses) == 1


@pytest.mark.parametrize(("name", "seconds"), [("a.csv", 5.0), ("a.xls", 5.0), ("a.xlsx", 1.0)])
def test_what_does_not_show_its_end_is_looked_at_again_when_it_has_stood_still(
    tmp_path: Path, name: str, seconds: float
) -> None:
    at = time.time()
    put(tmp_path / name, workbook(), at=at)
    pauses: list[float] = []
    limits = SourceLimits(pause=1.0)
    drive = LocalDrive("file:///x", tmp_path, limits)
    assert len(look(SharedFolder(drive, limits, wall=lambda: at + 0.5, sleep=pauses.append))) == 1
    assert pauses == [pytest.approx(max(seconds - 0.5, 1.0), abs=0.4)]


def test_a_list_whose_room_was_taken_and_not_filled_yet_waits(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", b"1;2\n" + bytes(40), at=time.time())
    assert [item.name for item in waiting(folder_at(tmp_path))] == ["a.csv"]


@pytest.mark.usefixtures("no_leases")
def test_a_file_that_grows_during_the_pause_waits(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", b"1;2\n", at=time.time())

    def meanwhile(_: float) -> None:
        with path.open("ab") as file:
            file.write(b"3;4\n")

    source = SharedFolder(LocalDrive("file:///x", tmp_path, QUICK), QUICK, sleep=meanwhile)
    assert [item.reason for item in waiting(source)] == ["tệp đang được ghi, sẽ nhận ở lần sau"]


def test_files_at_rest_need_no_pause(tmp_path: Path) -> None:
    put(tmp_path / "a.csv")
    pauses: list[float] = []
    source = SharedFolder(LocalDrive("file:///x", tmp_path, QUICK), QUICK, sleep=pauses.append)
    assert len(look(source)) == 1
    assert pauses == []


def test_looking_at_a_file_never_ends_us_when_somebody_opens_it_to_write(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv")
    source = folder_at(tmp_path, SourceLimits(pause=0))
    stop = threading.Event()

    def hammer() -> None:
        while not stop.is_set():
            with path.open("r+b"):
                pass

    thread = threading.Thread(target=hammer)
    thread.start()
    try:
        for _ in range(300):
            list(source.look(frozenset(), NOW))
    finally:
        stop.set()
        thread.join()
    assert [a.content for a in look(source)] == [b"content"]


# --- gone, forbidden, away


def test_a_file_that_vanishes_between_listing_and_reading_waits_and_the_others_arrive(tmp_path: Path) -> None:
    put(tmp_path / "old.csv")
    gone = put(tmp_path / "young.csv", at=time.time())

    def meanwhile(_: float) -> None:
        gone.rename(tmp_path / "young 2.csv")

    source = SharedFolder(LocalDrive("file:///x", tmp_path, QUICK), QUICK, sleep=meanwhile)
    batches = list(source.look(frozenset(), NOW))
    assert [a.name for batch in batches for a in batch.arrivals] == ["old.csv"]
    assert [w.name for batch in batches for w in batch.waiting] == ["young.csv"]
    assert {a.name for a in look(folder_at(tmp_path))} == {"old.csv", "young 2.csv"}


def test_a_folder_that_is_not_there_is_unreachable_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable) as caught:
        look(folder_at(tmp_path / "nowhere"))
    assert "không thấy thư mục" in caught.value.reason
    assert "campaign.yaml" in caught.value.advice
    with pytest.raises(SourceUnreachable):
        folder_at(tmp_path / "nowhere").probe()


def test_a_file_in_place_of_the_folder_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable):
        look(folder_at(put(tmp_path / "a.csv")))


def test_a_folder_of_fstab_that_is_not_mounted_is_unreachable_and_not_empty(tmp_path: Path) -> None:
    share = tmp_path / "bao cao"
    (share / "duc-hue").mkdir(parents=True)
    fstab = tmp_path / "fstab"
    point = str(share).replace(" ", "\\040")
    fstab.write_text(f"# shares\nUUID=1 / ext4 defaults 0 1\n//nas/b {point} cifs ro 0 0\n")
    drive = LocalDrive("file:///bao-cao", share / "duc-hue", QUICK, fstab=fstab)
    with pytest.raises(SourceUnreachable, match="chưa được kết nối"):
        look(SharedFolder(drive, QUICK))


def test_a_folder_that_must_be_mounted_and_is_not_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable, match="chưa được kết nối"):
        look(folder_at(tmp_path, options="?mounted=yes"))
    assert list(folder_at(Path("/proc/fs"), options="?mounted=yes").look(frozenset(), NOW)) is not None


_AS_NOBODY = """
import sys
from datetime import UTC, datetime
from tonghop.campaigns import FolderSource
from tonghop.errors import SourceUnreachable
from tonghop.sources import open_source
try:
    for batch in open_source(FolderSource(kind="folder", url=sys.argv[1])).look(set(), datetime.now(UTC)):
        print("arrived", *(a.name for a in batch.arrivals))
        print("waiting", *(w.name + ": " + w.reason for w in batch.waiting))
except SourceUnreachable as error:
    print("unreachable", error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="left out: only root may become another user")
@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        (".", ["unreachable", "không có quyền xem thư mục"]),
        ("sub", ["arrived a.csv", "unreachable", "1 thư mục con: sub"]),
        ("a.csv", ["arrived sub/b.csv", "waiting a.csv: không có quyền đọc tệp này"]),
    ],
)
def test_what_we_have_no_right_to_is_told_and_the_rest_arrives(
    service_folder: Path, closed: str, expected: list[str]
) -> None:
    put(service_folder / "root" / "a.csv")
    put(service_folder / "root" / "sub" / "b.csv")
    (service_folder / "root" / closed).chmod(0)
    told = _as_nobody(f"file://{service_folder}/root")
    for text in expected:
        assert text in told


def _as_nobody(url: str) -> str:
    """Return what the look prints as a user who is not root: root may read everything."""
    become = "import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path[:0] = {sys.path!r}\n"
            "import tonghop.sources.opening, encodings.idna, tonghop.words.catalogue as c\n"
            "c.say('source-gone')\n" + become + _AS_NOBODY,
            url,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_source_named_in_a_campaign_that_cannot_be_one_is_a_configuration_error() -> None:
    for url in ("file://nas/share", "file:///x?mount=yes", "file:///x?mounted=maybe", "file:///x#y"):
        with pytest.raises(ConfigurationError):
            open_source(FolderSource(kind="folder", url=url))


def test_twenty_crashes_between_batches_lose_and_double_nothing(tmp_path: Path) -> None:
    for number in range(300):
        put(tmp_path / f"{number % 7}" / f"{number}.csv", b"%d" % number, at=YESTERDAY + number)
    source = folder_at(tmp_path, SourceLimits(batch=10))
    ledger: dict[str, bytes] = {}
    for crash in range(20):
        for turn, batch in enumerate(source.look(ledger.keys(), NOW)):
            if turn == crash % 3:
                break  # the process dies before this batch is recorded
            for arrival in batch.arrivals:
                assert arrival.key not in ledger
                ledger[arrival.key] = arrival.content
    for arrival in look(source, set(ledger)):
        assert arrival.key not in ledger
        ledger[arrival.key] = arrival.content
    assert sorted(int(content) for content in ledger.values()) == list(range(300))


def test_the_moment_of_the_look_may_be_a_day_gone_by(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", at=time.time())
    then = datetime.now(UTC) - timedelta(days=365)
    assert look(folder_at(tmp_path), now=then)[0].received_at == then

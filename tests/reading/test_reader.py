"""The reader and its children: order, replacement after death, limits, threads, and its headings file."""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.reading.places import INDICATORS, ROOT, duc_hue, form, hai_phong, incoming
from tests.reading.test_tables import BINH_THANH, HEAD, TITLE, xlsx
from tonghop.domain.findings import Severity
from tonghop.domain.reading import Incoming, Outcome, Role
from tonghop.errors import ConfigurationError, ReadingFailed
from tonghop.reading import children, frames, nursery
from tonghop.reading.assemble import read_submission
from tonghop.reading.children import end_stand_by
from tonghop.reading.headings import load_headings
from tonghop.reading.interpret import Interpreter
from tonghop.reading.limits import Limits
from tonghop.reading.reader import Expecting, Reader, expect

GOOD = xlsx(TITLE, HEAD, BINH_THANH)


@pytest.fixture
def own_nursery(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test have its own: readers of the whole session may hold the process's."""
    monkeypatch.setattr(children, "NURSERY", nursery.Nursery())
    monkeypatch.setattr(children, "_STANDING_BY", children._StandingBy())


def test_readings_come_in_the_order_of_the_batch() -> None:
    batch = [incoming(f"{i}.xlsx", GOOD if i % 3 else b"", key=f"k{i}") for i in range(150)]
    with Reader(form(), workers=2) as reader:
        readings = reader.read(batch, duc_hue())
    assert [reading.key for reading in readings] == [one.key for one in batch]
    assert [reading.outcome is Outcome.READ for reading in readings] == [bool(i % 3) for i in range(150)]


def test_the_last_chunk_is_shared_so_that_the_children_end_together(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    read = children.Child.read

    def counted(
        child: children.Child, chunk: Sequence[Incoming], answered: children.Answered
    ) -> children.Stopped | None:
        sizes.append(len(chunk))
        return read(child, chunk, answered)

    monkeypatch.setattr(children.Child, "read", counted)
    batch = [incoming(f"{i}.xlsx", GOOD, key=f"k{i}") for i in range(64)]
    with Reader(form(), workers=2) as reader:
        readings = reader.read(batch, duc_hue())
    assert [reading.key for reading in readings] == [one.key for one in batch]
    assert sorted(sizes) == [4, 4, 8, 16, 16, 16]


@pytest.mark.usefixtures("own_nursery")
def test_a_child_that_dies_is_replaced_and_costs_nobody_a_reading() -> None:
    tree = duc_hue()
    others = reading_children()
    with Reader(form(), workers=1) as reader:
        reader.read([incoming("a.xlsx", GOOD)], tree)
        before = next(one for one in new_ones(others) if one.ppid() != os.getpid())
        os.kill(before.pid, signal.SIGKILL)
        before.wait(5)
        assert reader.read([incoming("b.xlsx", GOOD)], tree)[0].outcome is Outcome.READ
        assert before not in reading_children()
    assert not left(others)


def the_new_one(others: set[psutil.Process]) -> psutil.Process:
    """Return the process that was just started; for a moment it has no command line yet."""
    until = time.monotonic() + 10
    while not (new := new_ones(others)) and time.monotonic() < until:
        time.sleep(0.01)
    (one,) = new
    return one


def reading_children() -> set[psutil.Process]:
    found = set()
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # a zombie, too, is one that has ended
            if "tonghop.reading.child" in process.cmdline():
                found.add(process)
    return found


def new_ones(others: set[psutil.Process]) -> set[psutil.Process]:
    """Return the processes that came since the others were looked at.

    By their numbers: where a machine's clock is set, the same process seems to have started at another time.
    """
    known = {one.pid for one in others}
    return {one for one in reading_children() if one.pid not in known}


def left(others: set[psutil.Process]) -> set[psutil.Process]:
    """Return the new processes that are left when they had a while to end: nobody waits for them."""
    until = time.monotonic() + 10
    while (now := new_ones(others)) and time.monotonic() < until:
        time.sleep(0.01)
    return now


def test_a_file_that_takes_too_long_is_refused_and_the_rest_is_read() -> None:
    slow = ("Dân số;Đơn vị;" * 140 + "\n").encode() * 3_000
    batch = [incoming("a.xlsx", GOOD), incoming("slow.csv", slow), incoming("b.xlsx", GOOD)]
    with Reader(form(), Limits(seconds=0.5, filled=10**7, letters=10**8), workers=1) as reader:
        readings = reader.read(batch, duc_hue())
    assert [reading.outcome for reading in readings] == [Outcome.READ, Outcome.UNREADABLE, Outcome.READ]
    assert readings[1].reason is not None
    assert readings[1].reason.code == "reader-timeout"


def test_a_file_that_wants_too_much_memory_is_refused_and_the_rest_is_read() -> None:
    rows = b"".join(b"%d;%d\n" % (i, i) for i in range(700_000))
    batch = [incoming("a.xlsx", GOOD), incoming("large.csv", rows), incoming("b.xlsx", GOOD)]
    with Reader(form(), Limits(memory=230 * 1024 * 1024, rows=10**6), workers=1) as reader:
        readings = reader.read(batch, duc_hue())
    assert [reading.outcome for reading in readings] == [Outcome.READ, Outcome.UNREADABLE, Outcome.READ]
    assert readings[1].reason is not None
    assert readings[1].reason.code == "reader-stopped"


def test_two_threads_may_share_a_reader_and_two_trees_do_not_mix() -> None:
    seen: dict[str, list[str | None]] = {}
    district, city = duc_hue(), hai_phong()
    table = xlsx(HEAD, [1, "Xã Bình Thành", 9, 8, 4], [2, "Xã Đại Đồng", 9, 8, 4])

    with Reader(form(), workers=2) as reader:

        def read(name: str) -> None:
            tree = city if name.startswith("hp") else district
            (reading,) = reader.read([incoming(f"{name}.xlsx", table)], tree)
            seen[name] = [row.unit for row in reading.rows]

        threads = [threading.Thread(target=read, args=(name,)) for name in ("dh1", "hp1", "dh2", "hp2")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert seen == {
        "dh1": ["27916", None],
        "dh2": ["27916", None],
        "hp1": [None, "11722"],
        "hp2": [None, "11722"],
    }


def test_a_script_without_a_main_guard_reads_once(tmp_path: Path) -> None:
    script = tmp_path / "once.py"
    script.write_text(
        "from tests.reading.test_reader import GOOD\n"
        "from tests.reading.places import duc_hue, form, incoming\n"
        "from tonghop.reading.reader import Reader\n"
        "print('started')\n"
        "with Reader(form(), workers=2) as reader:\n"
        "    print(len(reader.read([incoming(f'{i}.xlsx', GOOD) for i in range(20)], duc_hue())))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script)], env=env, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["started", "20"]


@pytest.mark.usefixtures("own_nursery")
def test_a_child_that_cannot_start_is_said_and_nothing_is_called_unreadable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nursery.sys, "executable", "/bin/false")
    with Reader(form(), workers=1) as reader, pytest.raises(ReadingFailed, match="does not start"):
        reader.read([incoming("a.xlsx", GOOD)], duc_hue())


def test_a_machine_on_which_nothing_can_be_read_is_said_and_nothing_is_called_unreadable() -> None:
    batch = [incoming("a.xlsx", GOOD), incoming("b.xlsx", GOOD)]
    no_time = Limits(seconds=0.0)
    with Reader(form(), no_time, workers=1) as reader, pytest.raises(ReadingFailed, match="none of them was"):
        reader.read(batch, duc_hue())


def test_an_answer_arrives_as_it_was_told_every_part_of_its_own_kind() -> None:
    told = read_submission(Interpreter(form(), duc_hue(), Limits()), incoming("a.xlsx", GOOD))
    assert told.rows
    ((arrived,),) = frames.Answers().feed(frames.packed((told,)))
    assert repr(arrived) == repr(told)  # tuples of other kinds would be equal, too


def test_answers_name_nothing_but_readings_on_any_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.11.0 to 3.11.3, Debian 12's among them, pickle the members of an enum through ``getattr``."""
    for kind in (Outcome, Role, Severity):
        monkeypatch.setattr(kind, "__reduce_ex__", lambda self, _: (getattr, (type(self), self.name)))
    told = (*Outcome, *Role, *Severity)
    assert frames.Answers().feed(frames.packed(told)) == [told]


@pytest.mark.parametrize("told", [os.getcwd, subprocess.Popen, Path("a"), Limits()])
def test_an_answer_that_names_anything_else_is_not_taken(told: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="no part of a reading"):
        frames.Answers().feed(frames.packed([("done", 0, told)]))


def other_pythons() -> list[str]:
    """The interpreters of this machine, other than our own, that can load what is installed for ours."""
    name = f"python3.{sys.version_info.minor}"
    found = {Path(place, name).resolve() for place in (*os.get_exec_path(), "/usr/bin")}
    others = sorted(str(one) for one in found - {Path(sys.executable).resolve()} if one.exists())
    # What a version manager puts on the path starts only the versions that are switched on.
    return [one for one in others if subprocess.run([one, "-c", ""], capture_output=True).returncode == 0]


def test_every_python_of_the_machine_reads(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(GOOD)
    script = (
        "from pathlib import Path\n"
        "from tests.reading.places import duc_hue, form, incoming\n"
        "from tonghop.reading.reader import Reader\n"
        "with Reader(form(), workers=1) as reader:\n"
        "    (one,) = reader.read([incoming('a.xlsx', Path('a.xlsx').read_bytes())], duc_hue())\n"
        "    print(one.outcome.value, len(one.rows))\n"
    )
    packages = os.pathsep.join([str(ROOT), *(p for p in sys.path if p.endswith("site-packages"))])
    for python in (sys.executable, *other_pythons()):
        done = subprocess.run(
            [python, "-c", script],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": packages},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == ["read", "1"], python


def test_the_reader_logs_no_content(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    content = xlsx([*HEAD, "Họ và tên"], [*BINH_THANH, "Trần Thị B 0912345678"])
    with Reader(form(), workers=1) as reader:
        reader.read([incoming("a.xlsx", content)], duc_hue())
    assert "Trần" not in caplog.text
    assert "0912345678" not in caplog.text


def test_a_narrowed_form_reads_what_it_asks_for() -> None:
    narrow = form().only(["population", "installs"])
    with Reader(narrow, workers=1) as reader:
        (reading,) = reader.read([incoming("a.xlsx", GOOD)], duc_hue())
    assert {figure.indicator for figure in reading.rows[0].figures} == {"population", "installs"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Dân số,populaton,", ":2: means is 'populaton'; allowed"),
        (",population,", ":2: text is empty"),
        ("[Số dân,population,", "brackets do not match"),
    ],
)
def test_a_wrong_line_of_headings_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "headings.csv"
    path.write_text(f"text,means,group\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"headings\.csv") as error:
        load_headings(path, INDICATORS)
    assert told in str(error.value)


def test_headings_with_other_columns_or_no_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "headings.csv"
    with pytest.raises(ConfigurationError):
        load_headings(path)
    path.write_text("text,means\nDân số,population\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="text,means,group"):
        load_headings(path)


def test_the_shipped_headings_know_only_what_the_form_has() -> None:
    assert len(form().headings) > 40
    with Reader(replace(form(), headings=()), workers=1) as reader:
        (reading,) = reader.read([incoming("a.xlsx", GOOD)], duc_hue())
    assert reading.reason is not None
    assert reading.reason.code == "no-table"


@pytest.mark.usefixtures("own_nursery")
def test_what_stands_by_is_what_readers_come_from_and_nothing_is_left_behind() -> None:
    others = reading_children()
    expect()
    standing_by = the_new_one(others)
    with Reader(form(), workers=2) as reader:
        readings = reader.read([incoming(f"{i}.xlsx", GOOD) for i in range(20)], duc_hue())
        assert {child.ppid() for child in new_ones(others) - {standing_by}} == {standing_by.pid}
    assert [one.outcome for one in readings] == [Outcome.READ] * 20
    assert not left(others)


@pytest.mark.usefixtures("own_nursery")
def test_a_nursery_that_died_while_it_stood_by_is_replaced() -> None:
    others = reading_children()
    expect()
    standing_by = the_new_one(others)
    os.kill(standing_by.pid, signal.SIGKILL)
    os.waitid(os.P_PID, standing_by.pid, os.WEXITED | os.WNOWAIT)
    with Reader(form(), workers=1) as reader:
        assert reader.read([incoming("a.xlsx", GOOD)], duc_hue())[0].outcome is Outcome.READ
    assert not left(others)


@pytest.mark.usefixtures("own_nursery")
def test_a_nursery_that_died_at_work_costs_nobody_a_reading() -> None:
    tree = duc_hue()
    others = reading_children()
    with Reader(form(), workers=2) as reader:
        reader.read([incoming(f"{i}.xlsx", GOOD) for i in range(20)], tree)
        for process in new_ones(others):
            os.kill(process.pid, signal.SIGKILL)
        again = reader.read([incoming(f"{i}.xlsx", GOOD) for i in range(20)], tree)
    assert [one.outcome for one in again] == [Outcome.READ] * 20
    assert not left(others)


@pytest.mark.usefixtures("own_nursery")
def test_what_was_begun_and_is_not_wanted_any_more_ends_with_the_reader() -> None:
    others = reading_children()
    slow = ("Dân số;Đơn vị;" * 140 + "\n").encode() * 3_000
    with Reader(form(), workers=2) as reader:
        reader.begin(duc_hue())
        reader.add([incoming(f"{i}.csv", slow) for i in range(20)])
    assert not left(others)


def test_children_end_with_their_parent_whatever_they_are_at() -> None:
    script = (
        "import time\n"
        "from tests.reading.places import duc_hue, form, incoming\n"
        "from tonghop.reading.reader import Reader\n"
        "reader = Reader(form(), workers=1)\n"
        "reader.read([incoming('a.csv', b'Nothing;here')], duc_hue())\n"
        "print('read', flush=True)\n"
        "time.sleep(60)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", script], env=env, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"read\n"
        (source,) = psutil.Process(parent.pid).children()
        (child,) = source.children()
        child.suspend()  # it would answer nothing, and hear of no end
        parent.kill()
    assert psutil.wait_procs([source, child], timeout=10)[1] == []


@pytest.mark.usefixtures("own_nursery")
def test_a_nursery_that_does_not_end_by_itself_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "_END_SECONDS", 0.2)
    others = reading_children()
    with Reader(form(), workers=1) as reader:
        reader.read([incoming("a.xlsx", GOOD)], duc_hue())
        (source,) = (one for one in new_ones(others) if one.ppid() == os.getpid())
        os.kill(source.pid, signal.SIGSTOP)
    assert not left(others)


@pytest.mark.usefixtures("own_nursery")
def test_processes_that_nobody_needed_end_with_the_reader() -> None:
    others = reading_children()
    expect()
    assert new_ones(others)
    Reader(form()).close()
    assert not left(others)


@pytest.mark.usefixtures("own_nursery")
def test_a_look_that_finds_nothing_new_starts_no_process() -> None:
    others = reading_children()
    known = Expecting({"a.xlsx#1", "b.xlsx#1"})
    assert "a.xlsx#1" in known
    assert not new_ones(others)
    assert "c.xlsx#1" not in known
    the_new_one(others)
    end_stand_by()
    assert not left(others)


def test_the_process_children_come_from_imports_nothing_of_its_parents_side() -> None:
    tell = "import sys, tonghop.reading.child; print(*(name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", tell], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "tonghop.reading.assemble" in loaded
    parents = {"reader", "queue", "children", "nursery", "ahead", "annotator", "viewer"}
    assert not {f"tonghop.reading.{name}" for name in parents} & loaded
    assert not {"tonghop.domain.sheets", "zipfile", "email", "pypdf", "py7zr"} & loaded
    assert not {"subprocess", "logging", "olefile", "pandas", "sqlalchemy", "prefect"} & loaded
    assert not {"yaml", "pathlib", "decimal"} & loaded


def test_children_are_handed_the_words_they_need(tmp_path: Path) -> None:
    reader = Reader(form())
    reader.begin(duc_hue())
    (tmp_path / "setup").write_bytes(reader._setup)
    reader.close()
    script = (
        "import io, sys\n"
        "from tests.reading.places import incoming\n"
        "from tonghop.reading import assemble, child, frames, our_sheet\n"
        "interpreter = child._prepared(frames.read_message(open('setup', 'rb')))\n"
        "reading = assemble.read_submission(interpreter, incoming('a.csv', b'Nothing;here'))\n"
        "print(reading.reason.severity.value, our_sheet.is_our_name('Cần sửa (2)'), 'yaml' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["critical", "True", "False"]

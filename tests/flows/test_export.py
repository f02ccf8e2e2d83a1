"""The archive of a day: verified with the tools an auditor has, and traced from a figure to the bytes sent."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
import stat
import subprocess
import sys
import zipfile
from datetime import datetime, time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.flows.world import DAY, FIGURES, NAMES, ZONE, District, workbook
from tests.services.dovecot_server import Dovecot
from tests.services.smtp_server import SmtpServer

OURS = re.compile(
    r"README\.txt|MANIFEST\.sha256|manifest\.json|data/[a-z_]+\.csv"
    r"|originals/[0-9a-f]{64}(\.[a-z0-9]{1,8})?|sent/\d{6,}-[a-z]+\.eml"
)
HOSTILE = ('=HYPERLINK("http:__x",1).xlsx', "a\nb -rf $(id) ..\\..\\x.xlsx")


@pytest.fixture
def day(district: District, dovecot: Dovecot, smtp_server: SmtpServer, tmp_path: Path) -> District:
    """A day with its report sent: a folder's file, one with a hostile name, and a mail whose file has others."""
    box = {"kind": "mailbox", "url": dovecot.imap_url("baocao")}
    district.configure(sources=[{"kind": "folder", "url": f"file://{district.shared}"}, box])
    district.send("90101")
    district.send("90102", name=HOSTILE[0])
    district.send("90102", (6100, 3200, 515, 104, 77), name=HOSTILE[1], hour=10)
    message = EmailMessage()
    message["From"], message["Subject"] = "tanha@tanchau.example.vn", "=2+5 Báo cáo"
    message["Message-ID"] = "<1@example.vn>"
    message.set_content("Xã gửi báo cáo.")
    workbook(tmp_path / "bc.xlsx", NAMES["90101"], (5200, 2600, 431, 90, 61), DAY)
    message.add_attachment(
        (tmp_path / "bc.xlsx").read_bytes(),
        maintype="application",
        subtype="octet-stream",
        filename="../../../../etc/cron.d/x.xlsx",
    )
    dovecot.deliver("baocao", message.as_bytes(), datetime.combine(DAY, time(11), ZONE).timestamp())
    assert district.run()[0] in (0, 1)
    return district


def export(district: District, into: Path) -> tuple[int, Any, Path]:
    code, told, error = district.tonghop("export", "tan-chau", "--day", f"{DAY}", "--into", str(into))
    assert told is not None, error
    return code, told, Path(told["file"])


def unpacked(archive: Path, into: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(into)
    return into


def verify(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sha256sum", "-c", "MANIFEST.sha256"], cwd=folder, capture_output=True, text=True, check=False
    )


def table(folder: Path, name: str) -> list[dict[str, str]]:
    content = (folder / "data" / f"{name}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_the_standard_tool_verifies_every_file_and_finds_the_one_that_was_touched(
    day: District, tmp_path: Path
) -> None:
    code, told, archive = export(day, tmp_path / "out")
    assert code == 0
    assert told["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    folder = unpacked(archive, tmp_path / "x")
    checked = verify(folder)
    listed = (folder / "MANIFEST.sha256").read_text(encoding="ascii").splitlines()
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count(": OK") == len(listed) == told["files"] - 1
    assert {line[66:] for line in listed} | {"MANIFEST.sha256"} == {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    }
    touched = next((folder / "sent").iterdir())
    touched.write_bytes(touched.read_bytes().replace(b"a", b"b", 1))
    assert verify(folder).returncode == 1


def test_the_same_database_gives_the_same_bytes_and_the_archive_is_its_owner_s_alone(
    day: District, tmp_path: Path
) -> None:
    _, first, one = export(day, tmp_path / "one")
    _, second, two = export(day, tmp_path / "two")
    assert one.read_bytes() == two.read_bytes()
    assert first["sha256"] == second["sha256"]
    assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert [path.name for path in one.parent.iterdir()] == ["tonghop-tan-chau-2020-08-18.zip"]
    _, _, again = export(day, tmp_path / "one")
    assert again.read_bytes() == two.read_bytes()


def test_a_figure_is_followed_from_the_edition_to_the_bytes_that_the_unit_sent(
    day: District, tmp_path: Path
) -> None:
    folder = unpacked(export(day, tmp_path / "out")[2], tmp_path / "x")
    frozen = next(
        row
        for row in table(folder, "edition_figures")
        if (row["unit"], row["indicator"]) == ("90102", "installs")
    )
    figure = next(
        row
        for row in table(folder, "figures")
        if (row["entry_id"], row["indicator"]) == (frozen["entry_id"], "installs")
    )
    entry = next(row for row in table(folder, "entries") if row["id"] == frozen["entry_id"])
    submission = next(row for row in table(folder, "submissions") if row["id"] == entry["submission_id"])
    assert frozen["value"] == figure["value"] == "515"
    assert (figure["sheet"], figure["cell"], entry["standing"]) == ("BC", "E5", "counted")
    original = folder / "originals" / f"{submission['sha256']}.xlsx"
    sent = day.shared / NAMES["90102"] / HOSTILE[1]
    assert original.read_bytes() == sent.read_bytes()
    root = [
        row
        for row in table(folder, "edition_figures")
        if (row["unit"], row["indicator"]) == ("901", "installs")
    ]
    assert [(row["value"], row["entry_id"]) for row in root] == [(str(431 + 515), "")]


def test_the_sent_bytes_and_the_server_s_replies_are_those_of_the_day(
    day: District, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    folder = unpacked(export(day, tmp_path / "out")[2], tmp_path / "x")
    report = next(row for row in table(folder, "messages") if row["kind"] == "report")
    content = (folder / "sent" / f"{int(report['id']):06d}-report.eml").read_bytes()
    (arrived,) = {r.content for r in smtp_server.received if "so@tayninh.example.vn" in r.recipients}
    assert arrived.rstrip(b"\r\n") == content.rstrip(b"\r\n")
    to = {row["id"] for row in table(folder, "deliveries") if row["message_number"] == report["id"]}
    tries = [row for row in table(folder, "attempts") if row["delivery_id"] in to]
    assert {row["state"] for row in tries} == {"accepted"}
    assert all("250" in row["reply"] for row in tries)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["campaign"], manifest["day"], manifest["absent"]) == ("tan-chau", f"{DAY}", [])
    assert manifest["rows"]["submissions"] == len(table(folder, "submissions")) == 4


def test_no_text_of_a_submission_reaches_a_path_and_none_becomes_a_formula(
    day: District, tmp_path: Path
) -> None:
    archive = export(day, tmp_path / "out")[2]
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert [name for name in names if not OURS.fullmatch(name)] == []
    assert len(names) == len(set(names))
    folder = unpacked(archive, tmp_path / "x")
    for path in (folder / "data").iterdir():
        for row in table(folder, path.stem):
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "@", "\t"))], path.name
    said = {row["name"].rpartition("/")[2] for row in table(folder, "submissions")}
    assert any("HYPERLINK" in name for name in said)
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    assert "sha256sum -c MANIFEST.sha256" in readme
    assert "Luật 91/2025/QH15" in readme


def test_the_export_says_that_it_holds_personal_data_and_is_noted_for_ever(
    day: District, tmp_path: Path
) -> None:
    _, told, _ = export(day, tmp_path / "out")
    assert "dữ liệu cá nhân" in told["personal_data"]
    with sqlite3.connect(day.home / "var" / "tonghop.sqlite") as database:
        noted = database.execute("SELECT subject, detail FROM audit WHERE action = 'export'").fetchall()
    assert [subject for subject, _ in noted] == [f"tan-chau {DAY}"]
    assert told["sha256"] in noted[0][1]


def test_an_original_that_is_gone_is_named_and_the_rest_is_still_evidence(
    day: District, tmp_path: Path
) -> None:
    gone = hashlib.sha256((day.shared / NAMES["90101"] / "BC 18-8.xlsx").read_bytes()).hexdigest()
    for kept in (day.home / "var" / "submissions").rglob(f"{gone}*"):
        kept.write_bytes(b"other bytes")
    code, told, archive = export(day, tmp_path / "out")
    assert (code, told["absent"]) == (1, [gone])
    folder = unpacked(archive, tmp_path / "x")
    assert verify(folder).returncode == 0
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["absent"] == [gone]
    assert not list((folder / "originals").glob(f"{gone}*"))


def test_where_it_cannot_be_written_nothing_is_left(day: District, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    code, told, error = day.tonghop("export", "tan-chau", "--day", f"{DAY}", "--into", str(tmp_path / "file"))
    assert (code, told) == (3, None)
    assert "--into" in error
    point = "before tonghop.report.archive:Archive.close #1"
    day.tonghop("export", "tan-chau", "--day", f"{DAY}", "--into", str(tmp_path / "out"), point=point)
    assert not (tmp_path / "out" / "tonghop-tan-chau-2020-08-18.zip").exists()


def test_a_day_on_which_nobody_reported_is_an_archive_too(district: District, tmp_path: Path) -> None:
    district.run()
    code, told, archive = export(district, tmp_path / "out")
    assert (code, told["originals"], told["rows"]["entries"]) == (0, 0, 0)
    assert told["messages"] > 0
    folder = unpacked(archive, tmp_path / "x")
    assert verify(folder).returncode == 0
    assert table(folder, "submissions") == []


def test_another_program_finds_no_fault_in_the_zip(day: District, tmp_path: Path) -> None:
    archive = export(day, tmp_path / "out")[2]
    done = subprocess.run(
        [sys.executable, "-m", "zipfile", "-t", str(archive)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "Done testing")


def test_figures_are_the_units_own(day: District, tmp_path: Path) -> None:
    folder = unpacked(export(day, tmp_path / "out")[2], tmp_path / "x")
    frozen = {(r["unit"], r["indicator"]): r["value"] for r in table(folder, "edition_figures")}
    assert frozen["90101", "population"] == str(FIGURES["90101"][0])
    assert frozen["90103", "population"] == ""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tonghop.cli.app import app
from tonghop.cli.desk import refuse_taken
from tonghop.cli.output import exit_code_of
from tonghop.cli.pages import show
from tonghop.errors import TonghopError

ROOT = Path(__file__).parents[2]
HEAVY = (
    "pandas",
    "prefect",
    "great_expectations",
    "sqlalchemy",
    "yagmail",
    "matplotlib",
    "imapclient",
    "pydantic",
    "docx",
    "reportlab",
    "xlsxwriter",
    "fastapi",
    "argon2",
)
COMMANDS = (
    "run",
    "intake",
    "remind",
    "watch",
    "backfill",
    "check",
    "status",
    "trace",
    "settle",
    "form",
    "contact",
    "export",
    "doctor",
    "demo",
    "up",
    "desk",
    "officer",
    "database",
)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['tonghop', '--help']\nfrom tonghop.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"
    assert all(command in done.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", [(), ("run",), ("check",), ("database",), ("trace",)])
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tonghop", *command, "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0
    assert "Usage" in done.stdout


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, 0),
        ({"needs_person": ["x"], "failed": []}, 1),
        ({"needs_person": ["x"], "failed": ["y"]}, 3),
        ({"exit_code": 1, "failed": []}, 1),
    ],
)
def test_the_exit_code_says_done_needs_a_person_or_not_finished(told: dict[str, object], code: int) -> None:
    assert exit_code_of(told) == code


@pytest.mark.parametrize("raised", ["RuntimeError('x')", "KeyboardInterrupt", "ZeroDivisionError"])
def test_what_nobody_foresaw_could_not_finish_and_is_never_taken_for_done(raised: str) -> None:
    code = (
        "import sys\nfrom tonghop.cli import main\nfrom tonghop.cli.app import app\n"
        f"@app.command()\ndef breaks() -> None:\n    raise {raised}\n"
        "sys.argv = ['tonghop', 'breaks']\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert "KeyboardInterrupt" in raised or "Traceback" in done.stderr


def test_an_officer_without_a_password_is_wrong_usage(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tonghop", "officer", "add", "lan", "--role", "officer"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TONGHOP_HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # no terminal to ask at
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "--password-stdin" in done.stderr


def test_every_command_takes_json() -> None:
    from typer.main import get_command

    def commands(group: Any) -> Iterator[Any]:
        for one in group.commands.values():
            yield from commands(one) if hasattr(one, "commands") else [one]

    for command in commands(get_command(app)):
        assert "--json" in {name for option in command.params for name in option.opts}, command.name


def test_no_document_names_a_command_or_setting_that_is_not_there() -> None:
    import re

    from tonghop.settings import Settings

    known = {f"TONGHOP_{name.upper()}" for name in Settings.model_fields}
    # The worker's, the tests' three, and an example in the shipped campaigns.
    mine = {"TONGHOP_ROOT", "TONGHOP_TEST_ALL", "TONGHOP_TEST_SUBMISSIONS", "TONGHOP_TEST_ZOO"}
    mine |= {"TONGHOP_MAILBOX_PASSWORD"}
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md"):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"TONGHOP_[A-Z_]+", text)) <= known | mine, path.name
        for command in re.findall(r"`tonghop ([a-z]+)", text):
            assert command in (*COMMANDS, "desk", "officer", "export"), f"{path.name}: {command}"


def test_every_setting_is_documented() -> None:
    from tonghop.settings import Settings

    runbook = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    assert all(f"`{name.upper()}`" in runbook for name in Settings.model_fields)


def test_a_taken_port_is_told_before_the_desk_says_that_it_serves() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(TonghopError, match="nothing is served; stop what listens there"):
            refuse_taken("127.0.0.1", port)
    refuse_taken("127.0.0.1", port)


def test_a_check_that_wants_something_done_has_no_tick(capsys: pytest.CaptureFixture[str]) -> None:
    checks = [
        {"what": "a ", "ok": True, "said": "fine", "to_do": ""},
        {"what": "b", "ok": True, "said": "drifts", "to_do": "mend"},
        {"what": "c", "ok": False, "said": "gone", "to_do": "mend"},
    ]
    show("doctor", {"checks": checks})
    assert [line for line in capsys.readouterr().out.splitlines() if "→" not in line] == [
        "✓ a: fine",
        "! b: drifts",
        "✗ c: gone",
    ]


def test_forms_are_listed_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    show("form", {"files": ["a.xlsx", "b.xlsx"]})
    assert capsys.readouterr().out.splitlines()[1:] == ["  a.xlsx", "  b.xlsx"]


@pytest.mark.parametrize(("sheet", "place"), [("BC", "(BC!C5)"), ("", "(C5)")])
def test_a_checked_figure_is_told_with_its_cell_and_its_sheet_where_the_file_has_one(
    sheet: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {"population": {"value": 3014, "sheet": sheet, "cell": "C5"}}
    entry = {"unit": "27928", "day": "2020-08-18", "values": values}
    file = {"file": "bc.csv", "status": "entries", "reason": None, "entries": [entry], "findings": []}
    show("check", {"files": [file]})
    assert f"3.014 {place}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("BC \x1b[31m\x07.xlsx", "BC \ufffd[31m\ufffd.xlsx"),
        ("a\u202egpj.xlsx", "a\ufffdgpj.xlsx"),
        ("b\udce1o c\udce1o.csv", "b\ufffdo c\ufffdo.csv"),
        ("[red]Báo cáo[/red].xlsx", "[red]Báo cáo[/red].xlsx"),
    ],
)
def test_a_name_of_a_file_steers_no_terminal(
    name: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show(
        "check",
        {"files": [{"file": name, "status": "ignored", "reason": None, "entries": [], "findings": []}]},
    )
    assert shown in capsys.readouterr().out

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_no_document_names_a_command_or_setting_that_is_not_there() -> None:
    import re

    from tonghop.settings import Settings

    known = {f"TONGHOP_{name.upper()}" for name in Settings.model_fields}
    # The worker's, the tests' two, and an example in the shipped campaigns.
    mine = {"TONGHOP_ROOT", "TONGHOP_TEST_ALL", "TONGHOP_TEST_SUBMISSIONS", "TONGHOP_MAILBOX_PASSWORD"}
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

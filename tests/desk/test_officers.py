"""``tonghop officer`` and the desk as it is started: over the real command line."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.desk.office import CAMPAIGN, configure, log_in
from tests.flows.world import ROOT, clean_environment
from tonghop.store import open_store


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    settings = configure(tmp_path / "office")
    told = {"TONGHOP_HOME": str(settings.home), "TONGHOP_CAMPAIGNS": str(settings.campaigns)}
    return {**clean_environment(told), "PYTHONPATH": str(ROOT)}


def tonghop(environment: dict[str, str], *arguments: str, typed: str = "") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tonghop", *arguments],
        input=typed, capture_output=True, text=True, cwd=ROOT, env=environment, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_an_officer_is_added_listed_and_disabled(environment: dict[str, str]) -> None:
    add = ("officer", "add", "lan", "--role", "officer", "--branch", "901", "--title", "Nguyễn Thị Lan")
    code, out, err = tonghop(environment, *add, "--password-stdin", "--json", typed="mot-mat-khau-dai\n")
    assert code == 0, err
    assert json.loads(out)["officer"]["branch"] == "901"
    assert "mot-mat-khau" not in out + err
    _, out, _ = tonghop(environment, "officer", "list", "--json")
    (officer,) = json.loads(out)["officers"]
    assert (officer["name"], officer["role"], officer["title"]) == ("lan", "officer", "Nguyễn Thị Lan")
    assert tonghop(environment, "officer", "disable", "lan", "--json")[0] == 0
    _, out, _ = tonghop(environment, "officer", "list")
    assert "đã khóa" in out
    with open_store(f"sqlite:///{environment['TONGHOP_HOME']}/tonghop.sqlite") as store:
        assert store.officers.with_hash("lan")[1].startswith("$argon2id$")  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("lan", "--role", "chief"), "mot-mat-khau-dai", "viewer, officer, admin"),
        (("lan", "--role", "officer", "--branch", "777"), "mot-mat-khau-dai", "no unit"),
        (("Lan Nguyễn", "--role", "officer"), "mot-mat-khau-dai", "a name has"),
        (("lan", "--role", "officer"), "ngan", "10 to 256"),
        (("lan", "--role", "officer"), "", "10 to 256"),
    ],
)
def test_what_does_not_fit_adds_nobody(
    environment: dict[str, str], arguments: tuple[str, ...], typed: str, said: str
) -> None:
    code, _, err = tonghop(environment, "officer", "add", *arguments, "--password-stdin", typed=typed + "\n")
    assert (code, said in err) == (2, True), err
    assert json.loads(tonghop(environment, "officer", "list", "--json")[1])["officers"] == []


def test_the_desk_is_served_on_this_machine_alone_and_an_officer_logs_in(environment: dict[str, str]) -> None:
    tonghop(
        environment,
        "officer",
        "add",
        "lan",
        "--role",
        "admin",
        "--password-stdin",
        typed="mot-mat-khau-dai\n",
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ("desk", "--port", str(port), "--at", "2020-08-18T09:00:00+07:00")
    process = subprocess.Popen(
        [sys.executable, "-m", "tonghop", *arguments],
        stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**environment, "TONGHOP_DESK_HOSTS": "desk.example.vn"},
    )  # fmt: skip
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            _wait(client, process)
            assert "server" not in client.get("/login").headers
            assert log_in(client, "lan", "mot-mat-khau-dai").status_code == 303
            home = client.get("/").headers["location"]
            assert home == f"/c/{CAMPAIGN}/2020-08-18/today"
            assert re.search(r"0<small>/8", client.get(home).text)
            assert client.get("/login", headers={"Host": "desk.example.vn"}).status_code == 303
            assert client.get("/login", headers={"Host": "other.example.vn"}).status_code == 421
        address = socket.gethostbyname(socket.gethostname())
        if not address.startswith("127."):
            with socket.socket() as outside:
                assert outside.connect_ex((address, port)) != 0
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait(client: httpx.Client, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        with suppress(httpx.TransportError):
            assert client.get("/health").text == "ok"
            return
        time.sleep(0.1)
    raise AssertionError("the desk does not answer")


def test_a_secret_that_can_be_guessed_does_not_start_the_desk(environment: dict[str, str]) -> None:
    code, _, err = tonghop({**environment, "TONGHOP_SECRET_KEY": "short"}, "desk", "--port", "0")
    assert (code, "TONGHOP_SECRET_KEY" in err, "short" in err.split("TONGHOP_SECRET_KEY")[1][:8]) == (
        2,
        True,
        False,
    )

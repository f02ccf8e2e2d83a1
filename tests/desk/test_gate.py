"""The gate before every page: each route is found in the application, so that a new one is tested by itself."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from tests.desk.office import DAY, FIGURES, Office, log_in
from tests.desk.routes import Door, doors
from tonghop.desk.gate import is_open
from tonghop.desk.headers import ALWAYS

# What an officer of Tân Châu must never see: units of Tân Biên, by name, code and telephone.
FOREIGN = (
    "90201",
    "90202",
    "90203",
    "Tân Biên",
    "Tân Lập",
    "Thạnh Bắc",
    "Thạnh Bình",
    "0276 000 02",
    "tanbien",
)
# What a path's number is, by what stands before it.
NUMBERED = {"queue": "finding", "submission": "submission", "verdict": "verdict", "edition": "edition",
            "waiver": "waiver", "stranger": "submission"}  # fmt: skip


def of_foreign(desk: Office, door: Door) -> str:
    """Return the door's path with everything in it that is another branch's."""
    places: dict[str, object] = {"unit": "90201", "code": "90201", "indicator": "installs", "place": 0}
    for before in re.findall(r"/(\w+)/\{number\}", door.path):
        assert before in NUMBERED, f"{door.path}: say in NUMBERED what its number is"
        places["number"] = foreign_number(desk, NUMBERED[before])
    path = door.filled(**places)
    assert "{" not in path, f"{door.path}: say in of_foreign what stands in its braces"
    return path


def foreign_number(desk: Office, what: str) -> int:
    if what == "finding":
        found = desk.store.entries.open_findings("tan-chau", DAY)
        return next(f.id for f in found if f.finding.unit == "90201")
    if what == "submission":
        return next(s.id for s in desk.store.ledger.submissions("tan-chau", DAY) if s.branch == "90201")
    return 1


def test_no_route_is_hidden_from_these_tests() -> None:
    source = Path(__file__).parents[2] / "tonghop" / "desk"
    assert not [
        path for path in source.rglob("*.py") if "include_in_schema" in path.read_text(encoding="utf-8")
    ]


def test_without_a_session_every_route_is_shut_but_the_login(desk: Office) -> None:
    visitor = desk.visitor()
    for door in doors(desk.app):
        path = of_foreign(desk, door)
        answer = visitor.request(door.method, path)
        if is_open(path):
            continue
        assert answer.status_code == (401 if door.changes else 303), (door, answer.status_code)
        assert all(word not in answer.text for word in FIGURES), door


def test_every_answer_carries_the_security_headers(desk: Office) -> None:
    client, visitor = desk.client("quantri"), desk.visitor()
    for door in doors(desk.app):
        for who in (visitor, client):
            if door.path == "/logout" and who is client:
                continue
            answer = who.request(door.method, door.filled(unit="90104", code="90104", number=1, place=0))
            for name, value in ALWAYS.items():
                assert answer.headers[name] == value, (door, name)
            kept = answer.headers["cache-control"]
            assert kept == "no-store" or (door.path.startswith("/assets/") and answer.status_code == 200), (
                door
            )


def test_nothing_inline_stands_in_any_page(desk: Office) -> None:
    client = desk.client("quantri")
    for door in doors(desk.app):
        if door.changes:
            continue
        text = client.get(door.filled(unit="90104", code="90104", number=1), follow_redirects=True).text
        if not text.lstrip().startswith("<"):
            continue
        assert not re.search(r"<[^>]+\son\w+=", text), door
        assert not re.search(r"<[^>]+\sstyle=", text), door
        assert "<style" not in text, door
        assert "hx-on" not in text, door
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), door


def test_no_change_is_made_without_the_sessions_own_token(desk: Office) -> None:
    other = desk.client("minh").headers["X-CSRF-Token"]
    client = desk.client("lan")
    del client.headers["X-CSRF-Token"]
    before = desk.store.desk.change()[:-1]
    for door in doors(desk.app):
        if not door.changes or door.path == "/login":
            continue
        path = door.filled(unit="90104", code="90104", number=1)
        assert client.post(path).status_code in (403, 422), door
        for token in (other, "", "x", "ế"):
            answer = client.post(path, headers={"X-CSRF-Token": token.encode()})
            assert answer.status_code in (403, 422), (door, token)
            assert client.post(path, data={"csrf": token, "promised": "14:30", "files": "x"}).status_code in (
                403,
                422,
            )
    assert desk.store.desk.change()[:-1] == before


@pytest.mark.parametrize(
    "told",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_a_change_from_another_site_is_refused_even_with_the_token(
    desk: Office, told: dict[str, str]
) -> None:
    client = desk.client("lan")
    for door in doors(desk.app):
        if door.changes:
            answer = client.post(door.filled(unit="90104", code="90104", number=1), headers=told)
            assert answer.status_code == 403, door
    own = {"Origin": desk.url, "Sec-Fetch-Site": "same-origin"}
    assert (
        client.post(f"{desk.path}/owes/90104/call", data={"promised": "14:30"}, headers=own).status_code
        == 303
    )


def test_a_viewer_changes_nothing(desk: Office) -> None:
    client = desk.client("xem")
    before = desk.store.desk.change()
    for door in doors(desk.app):
        if not door.changes or door.path in ("/login", "/logout", "/language"):
            continue
        data = {"promised": "14:30", "reason": "x", "note": "x"}
        answer = client.post(
            door.filled(unit="90104", code="90104", number=1), data=data, files={"files": ("a.csv", b"a")}
        )
        assert answer.status_code in (403, 422), door
    assert desk.store.desk.change() == before


def test_an_officer_of_one_district_reaches_no_other_by_any_address(desk: Office) -> None:
    client = desk.client("tanchau")
    before = desk.store.desk.change()
    for door in doors(desk.app):
        if door.path in ("/login", "/logout", "/language"):
            continue
        path = of_foreign(desk, door)
        if door.changes and "/upload" not in path:
            data = {"promised": "14:30", "reason": "x", "note": "x", "value": "1", "until": "2020-09-01"}
            assert client.post(path, data=data).status_code in (404, 422), door
            continue
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code in (200, 404), (door, answer.status_code)
        if (
            "{unit}" in door.path
            or "{code}" in door.path
            or re.search(r"/(queue|submission)/\{number\}", door.path)
        ):
            assert answer.status_code == 404, door
        seen = answer.text.replace(f'value="{path}"', "")
        assert [word for word in FOREIGN if word in seen] == [], door
    assert desk.store.desk.change() == before


def test_an_officer_of_one_district_hands_in_for_no_other(desk: Office) -> None:
    client = desk.client("tanchau")
    before = desk.store.desk.change()
    for told in ("90201", "Xã Tân Lập (90201)", "Xã Tân Lập"):
        answer = client.post(f"{desk.path}/upload", data={"unit": told}, files={"files": ("a.csv", b"a;b")})
        assert answer.status_code == 422
    assert desk.store.desk.change() == before


def test_an_officer_of_one_district_sees_its_totals_first(desk: Office) -> None:
    page = desk.client("tanbien").get(f"{desk.path}/today").text
    assert "Xã Thạnh Bắc" in page
    assert "Tân Châu" not in page
    assert re.search(r'class="big">1<small>/3', page)


def test_a_branch_that_is_no_unit_of_the_day_opens_nothing(desk: Office) -> None:
    from tonghop.domain.officers import Role

    desk.store.officers.add(
        "la", "", desk.store.officers.with_hash("lan")[1], Role.OFFICER, "77777", desk.clock()
    )  # type: ignore[index]
    client = desk.visitor()
    log_in(client, "la")
    for door in doors(desk.app):
        if "{campaign}/{day}" in door.path and not door.changes:
            assert client.get(of_foreign(desk, door)).status_code == 404, door
    assert "tan-chau" not in client.get("/").text


@pytest.mark.parametrize("host", ["evil.example", "", "127.0.0.1.evil.example", "[::1", "a b"])
def test_the_desk_answers_under_its_own_names_only(desk: Office, host: str) -> None:
    with socket.create_connection(("127.0.0.1", int(desk.url.rsplit(":", 1)[1]))) as line:
        line.sendall(f"GET /login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.split()[1] in (b"421", b"400")
    assert b"<form" not in answer


def test_a_form_larger_than_any_form_is_refused_announced_or_not(desk: Office) -> None:
    client = desk.client("lan")
    path = f"{desk.path}/owes/90104/call"
    large = b"note=" + b"x" * 200_000
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post(path, content=large, headers=kind).status_code == 413
    pieces = (large[start : start + 10_000] for start in range(0, len(large), 10_000))
    assert client.post(path, content=pieces, headers=kind).status_code == 413
    assert desk.store.calls.of_day("tan-chau", DAY) == {}


def test_before_the_login_nobody_sends_more_than_a_form(desk: Office) -> None:
    visitor = desk.visitor()
    assert visitor.post("/login", content=b"x" * 100_000).status_code == 413
    assert visitor.post(f"{desk.path}/upload", files={"files": ("a", b"x" * 100_000)}).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/c/tan-chau/2020-02-30/today",
        "/c/tan-chau/0001-01-01/today",
        "/c/tan-chau/9999-12-31/today",
        "/c/x/2020-08-18/today",
        "/c/..%2f..%2fetc/2020-08-18/today",
        "/assets/..%2fpages.py",
        "/assets/secret.key",
        "/c/tan-chau/2020-08-18/nothing",
        "/c/tan-chau/2020-08-18/owes?page=99999999999999999999",
        "/c/tan-chau/2020-08-18/owes?district=%00",
    ],
)
def test_an_address_that_is_none_is_answered_kindly(desk: Office, path: str) -> None:
    answer = desk.client("lan").get(path)
    assert answer.status_code in (200, 404, 422), path
    assert "Traceback" not in answer.text
    assert "tonghop/" not in answer.text


def test_what_breaks_inside_is_told_without_the_inside(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client("lan")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the password of the database is 12345")

    monkeypatch.setattr(type(desk.store.desk), "change", broken)
    answer = client.get(f"{desk.path}/today")
    assert answer.status_code == 500
    assert "12345" not in answer.text
    assert "Hệ thống gặp lỗi" in answer.text
    assert answer.headers["content-security-policy"] == ALWAYS["Content-Security-Policy"]


def test_a_database_that_is_away_is_told_as_such(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from tonghop.errors import DatabaseUnavailable

    client = desk.client("lan")

    def away(*_: object, **__: object) -> None:
        raise DatabaseUnavailable("database postgresql://db: gone")

    monkeypatch.setattr(type(desk.store.desk), "change", away)
    answer = client.get(f"{desk.path}/today")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert "postgresql" not in answer.text


def test_the_schema_is_not_served(desk: Office) -> None:
    client = desk.client("quantri")
    assert [client.get(path).status_code for path in ("/openapi.json", "/docs", "/redoc")] == [404, 404, 404]

"""Logging in: tokens, expiry, brute force, and as much work for a name that nobody has."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk.office import PASSWORD, Office, fill_once, form_token_in, log_in, office_in, token_in
from tests.sql.world import raw_connection
from tonghop.desk import DeskLimits, passwords


@pytest.fixture(scope="module", autouse=True)
def light_passwords() -> None:
    """Here a hash is the work it is for an officer."""


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an office's folder filled once, its passwords hashed as they are shipped."""
    home = tmp_path_factory.mktemp("morning") / "tan-chau"
    fill_once(home)
    return home


def sessions(office: Office) -> list[tuple[str, str | None]]:
    with raw_connection(f"sqlite:///{office.home / 'var' / 'tonghop.sqlite'}") as connection:
        return list(connection.execute("SELECT token_hash, ended_at FROM desk_session ORDER BY created_at"))


def audited(office: Office) -> list[tuple[str, str]]:
    with raw_connection(f"sqlite:///{office.home / 'var' / 'tonghop.sqlite'}") as connection:
        return list(connection.execute("SELECT actor, action FROM audit ORDER BY id"))


def test_who_has_not_logged_in_is_led_to_the_login_and_back_to_where_they_wanted(desk: Office) -> None:
    client = desk.visitor()
    first = client.get(f"{desk.path}/owes")
    assert (first.status_code, first.headers["location"]) == (303, f"/login?next={desk.path}/owes")
    form = client.get(first.headers["location"])
    data = {
        "csrf": form_token_in(form.text),
        "name": "lan",
        "password": PASSWORD,
        "next": f"{desk.path}/owes",
    }
    assert client.post("/login", data=data).headers["location"] == f"{desk.path}/owes"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/c//evil.example",
        "/c/\\evil.example",
        "javascript:alert(1)",
        "/c/a\r\nX: y",
    ],
)
def test_the_login_never_leads_to_another_site(desk: Office, elsewhere: str) -> None:
    client = desk.visitor()
    form = client.get("/login", params={"next": elsewhere})
    assert "evil" not in form.text
    data = {"csrf": form_token_in(form.text), "name": "lan", "password": PASSWORD, "next": elsewhere}
    assert client.post("/login", data=data).headers["location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(desk: Office) -> None:
    client = desk.visitor()
    cookie = log_in(client, "lan").headers["set-cookie"]
    assert cookie.startswith("tonghop=")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert "Secure" not in cookie


def test_behind_tls_the_cookie_is_secure_and_bound_to_the_host(desk: Office) -> None:
    client, tls = desk.visitor(), {"X-Forwarded-Proto": "https"}
    form = client.get("/login", headers=tls)
    browser = form.headers["set-cookie"].split(";")[0]
    data = {"csrf": form_token_in(form.text), "name": "lan", "password": PASSWORD}
    answer = client.post("/login", data=data, headers={**tls, "Cookie": browser})
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-tonghop="))
    assert "Secure" in cookie
    assert "Path=/;" in cookie
    assert "domain" not in cookie.lower()
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_token_planted_before_the_login_is_worth_nothing_after_it(desk: Office) -> None:
    victim, planted = desk.visitor(), "planted-by-somebody-else"
    victim.cookies.set("tonghop", planted, domain="127.0.0.1", path="/")
    assert log_in(victim, "lan").status_code == 303
    assert victim.cookies["tonghop"] != planted
    attacker = desk.visitor()
    attacker.cookies.set("tonghop", planted)
    assert attacker.get(f"{desk.path}/today").status_code == 303


def test_logging_in_again_ends_the_session_before(desk: Office) -> None:
    client = desk.client("lan")
    old = client.cookies["tonghop"]
    client.post("/logout")
    assert log_in(client, "lan").status_code == 303
    assert client.cookies["tonghop"] != old
    other = desk.visitor()
    other.cookies.set("tonghop", old)
    assert other.get(f"{desk.path}/today").status_code == 303


def test_tokens_stand_in_the_database_as_hashes_only(desk: Office) -> None:
    token = desk.client("lan").cookies["tonghop"]
    assert len(token) >= 43  # 256 bits in base64
    database = b"".join(path.read_bytes() for path in (desk.home / "var").glob("tonghop.sqlite*"))
    assert token.encode() not in database
    assert PASSWORD.encode() not in database


def test_logging_out_ends_the_session_in_the_database(desk: Office) -> None:
    client = desk.client("lan")
    token = client.cookies["tonghop"]
    answer = client.post("/logout")
    assert answer.headers["location"] == "/login"
    assert all(ended for _, ended in sessions(desk))
    again = desk.visitor()
    again.cookies.set("tonghop", token)
    assert again.get(f"{desk.path}/today").status_code == 303


def test_an_idle_session_is_over_and_a_page_that_refreshes_itself_is_idle(desk: Office) -> None:
    worked, watched = desk.client("lan"), desk.client("minh")
    for _ in range(4):
        desk.clock.go(timedelta(minutes=20))
        assert worked.get(f"{desk.path}/owes").status_code == 200
        last = watched.get(f"{desk.path}/today/live", headers={"HX-Request": "true"})
    assert last.status_code == 401
    assert last.headers["hx-redirect"] == "/login"


def test_no_session_is_longer_than_half_a_day_however_busy(desk: Office) -> None:
    client = desk.client("lan")
    for _ in range(15):
        desk.clock.go(timedelta(minutes=50))
        answer = client.get(f"{desk.path}/owes")
    assert answer.status_code == 303


def test_disabling_an_officer_ends_their_sessions_at_once(desk: Office) -> None:
    client = desk.client("lan")
    assert desk.store.officers.disable("lan", desk.clock())
    assert client.get(f"{desk.path}/today").status_code == 303
    assert log_in(desk.visitor(), "lan").status_code == 401


def test_a_new_password_ends_the_sessions_of_the_old(desk: Office) -> None:
    client = desk.client("lan")
    desk.store.officers.set_password("lan", passwords.hash_of("mot-mat-khau-khac"), desk.clock())
    assert client.get(f"{desk.path}/today").status_code == 303
    assert log_in(desk.visitor(), "lan").status_code == 401
    assert log_in(desk.visitor(), "lan", "mot-mat-khau-khac").status_code == 303


def test_a_password_is_the_same_composed_or_decomposed(desk: Office) -> None:
    desk.store.officers.set_password("lan", passwords.hash_of("mật khẩu dài"), desk.clock())
    decomposed = unicodedata.normalize("NFD", "mật khẩu dài")
    assert log_in(desk.visitor(), "lan", decomposed).status_code == 303


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(desk: Office) -> None:
    answers = [log_in(desk.visitor(), "lan", "sai-mat-khau"), log_in(desk.visitor(), "nobody", PASSWORD)]
    texts = {answer.text.replace(form_token_in(answer.text), "") for answer in answers}
    assert [answer.status_code for answer in answers] == [401, 401]
    assert len(texts) == 1


def test_a_name_that_nobody_has_costs_the_work_of_one_hash(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[str] = []
    original = passwords._HASHER.verify

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(passwords_hasher, name)

        def verify(self, kept: str, password: str) -> bool:
            worked.append(kept)
            return original(kept, password)

    passwords_hasher = passwords._HASHER
    monkeypatch.setattr(passwords, "_HASHER", Counting())
    log_in(desk.visitor(), "nobody", "x")
    log_in(desk.visitor(), "lan", "x")
    assert len(worked) == 2
    assert all("$m=65536,t=3,p=4$" in kept for kept in worked)
    assert {kept.rsplit("$", 2)[0] for kept in worked} == {worked[0].rsplit("$", 2)[0]}  # the same parameters


def test_guessing_one_name_must_wait_even_with_the_right_password_at_last(tmp_path: Path) -> None:
    with office_in(tmp_path / "o", DeskLimits(tries_of_name=3)) as office:
        codes = [log_in(office.visitor(), "lan", f"sai-{number}").status_code for number in range(4)]
        assert codes == [401, 401, 401, 429]
        assert log_in(office.visitor(), "lan").status_code == 429
        assert log_in(office.visitor(), "minh").status_code == 303  # another officer is not locked out
        office.clock.go(timedelta(minutes=16))
        assert log_in(office.visitor(), "lan").status_code == 303
        assert ("lan", "log in failed") in audited(office)


def test_guessing_many_names_from_one_address_must_wait(tmp_path: Path) -> None:
    with office_in(tmp_path / "o", DeskLimits(tries_of_origin=4)) as office:
        codes = [log_in(office.visitor(), f"name-{number}", "x").status_code for number in range(6)]
        assert codes == [401, 401, 401, 401, 429, 429]
        behind_proxy = log_in(office.visitor(), "lan", **{"X-Forwarded-For": "203.0.113.9"})
        assert behind_proxy.status_code == 303  # another address, told by the proxy on this machine


def test_what_was_typed_as_an_unknown_name_is_not_kept(desk: Office) -> None:
    log_in(desk.visitor(), "mat-khau-go-nham-cho", "x")
    database = b"".join(path.read_bytes() for path in (desk.home / "var").glob("tonghop.sqlite*"))
    assert b"mat-khau-go-nham-cho" not in database


def test_the_login_form_of_another_browser_is_refused(desk: Office) -> None:
    token = form_token_in(desk.visitor().get("/login").text)
    victim = desk.visitor()
    victim.get("/login")
    data = {"csrf": token, "name": "lan", "password": PASSWORD}
    assert victim.post("/login", data=data).status_code == 403
    assert desk.visitor().post("/login", data=data).status_code == 403


def test_a_login_form_that_lay_open_over_night_is_refused(desk: Office) -> None:
    client = desk.visitor()
    token = form_token_in(client.get("/login").text)
    desk.clock.go(timedelta(hours=9))
    assert client.post("/login", data={"csrf": token, "name": "lan", "password": PASSWORD}).status_code == 403


def test_the_secret_is_made_once_and_read_by_its_owner_only(desk: Office) -> None:
    path = desk.home / "var" / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_text()) >= 64


def test_coming_and_going_stand_in_the_audit(desk: Office) -> None:
    desk.client("lan").post("/logout")
    log_in(desk.visitor(), "lan", "sai")
    assert audited(desk)[-3:] == [("lan", "log in"), ("lan", "log out"), ("lan", "log in failed")]


def test_the_language_is_chosen_by_a_button_and_kept(desk: Office) -> None:
    client = desk.client("lan")
    assert "Báo cáo ngày" in client.get(f"{desk.path}/today").text
    client.post("/language", data={"language": "en", "next": f"{desk.path}/today"})
    page = client.get(f"{desk.path}/today").text
    assert '<html lang="en">' in page
    assert "Report of 18 Aug 2020" in page
    assert token_in(page)


def test_a_language_that_is_none_changes_nothing(desk: Office) -> None:
    client = desk.client("lan")
    answer = client.post("/language", data={"language": "../xx", "next": "https://evil.example"})
    assert answer.headers["location"] == "/"
    assert "set-cookie" not in answer.headers

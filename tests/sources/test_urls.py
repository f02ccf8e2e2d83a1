"""URLs of sources: variables filled in, and the password kept out of every text."""

from __future__ import annotations

import pytest

from tonghop.campaigns import FolderSource, MailboxSource
from tonghop.errors import ConfigurationError
from tonghop.sources import expand, open_source
from tonghop.sources.urls import place_of

ALLOWED = {"imaps": frozenset({"cafile", "secret"}), "file": frozenset[str]()}


def test_a_password_of_any_letters_stays_one_part_of_the_url() -> None:
    password = "a/b@c:d?e#f%20 Mật${X}"
    url = expand("imaps://u:${PW}@mail.example.vn/INBOX?secret=${PW}", {"PW": password})
    place = place_of(url, ALLOWED)
    assert (place.user, place.password, place.host, place.path) == (
        "u",
        password,
        "mail.example.vn",
        "/INBOX",
    )
    assert place.option("secret") == password


def test_host_and_path_may_be_variables_too() -> None:
    url = expand("imaps://u:p@${HOST}/${FOLDER}", {"HOST": "mail.example.vn:1993", "FOLDER": "Báo cáo/ngày"})
    place = place_of(url, ALLOWED)
    assert (place.host, place.port, place.path) == ("mail.example.vn", 1993, "/Báo cáo/ngày")


def test_a_user_name_that_is_an_address_is_taken_whole() -> None:
    place = place_of(expand("imaps://baocao@duchue.vn:${PW}@mail.example.vn/INBOX", {"PW": "x@y"}), ALLOWED)
    assert (place.user, place.password, place.host) == ("baocao@duchue.vn", "x@y", "mail.example.vn")


def test_a_variable_that_is_not_set_is_named_and_the_password_is_not() -> None:
    with pytest.raises(ConfigurationError, match="variable MAIL_PW is not set") as caught:
        open_source(MailboxSource(kind="mailbox", url="imaps://u:secret${MAIL_PW}@h/INBOX"), environ={})
    assert "secret" not in str(caught.value)
    with pytest.raises(ConfigurationError, match="names no variable"):
        expand("imaps://u:${a b}@h/", {})


@pytest.mark.parametrize(
    "url",
    [
        "imaps://u:geheim@h:99999/INBOX",
        "imaps://u:geheim@h/INBOX?cafile",
        "imaps://u:geheim@h/INBOX?key=geheim",
        "imaps://u:geheim@h/INBOX#x",
        "imaps://u:geheim@[h/INBOX",
        "ftp://u:geheim@h/INBOX",
        "imaps://u:geheim@h/%00",
    ],
)
def test_no_error_about_a_url_shows_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        place_of(url, ALLOWED)
    assert "geheim" not in str(caught.value)
    assert "geheim" not in repr(caught.value.__cause__)


def test_the_name_is_the_same_after_a_new_password_or_option() -> None:
    names = {
        place_of(url, ALLOWED).name
        for url in ("imaps://u:geheim@h/INBOX", "imaps://u:two@h/INBOX/?cafile=x", "imaps://u@h/INBOX")
    }
    assert names == {"imaps://u@h/INBOX"}
    assert "geheim" not in repr(place_of("imaps://u:geheim@h/INBOX", ALLOWED))


def test_a_folder_keeps_its_name_whatever_slash_ends_it() -> None:
    one, two = (
        open_source(FolderSource(kind="folder", url=f"file:///srv/b%C3%A1o%20c%C3%A1o{e}")) for e in ("", "/")
    )
    assert one.name == two.name == "file:///srv/báo cáo"

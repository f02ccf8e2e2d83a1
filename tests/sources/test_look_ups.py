"""Questions to the DNS: asked once, and never long enough to matter."""

from __future__ import annotations

import socket
from functools import partial

import dns.resolver
import pytest

from tonghop.sources import LookUps
from tonghop.sources.authenticity import NoAnswer
from tonghop.sources.dkim_signature import dns_text


def _silent(port: int) -> partial[bytes | None]:
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], port
    return partial(dns_text, resolver=resolver, seconds=0.1)


def test_a_silent_name_server_is_asked_twice_and_no_more_in_a_run() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nobody:
        nobody.bind(("127.0.0.1", 0))
        nobody.settimeout(0.05)
        look_ups = LookUps(_silent(nobody.getsockname()[1]))
        for number in range(20):
            with pytest.raises(NoAnswer):
                look_ups(f"s{number}._domainkey.example.vn")
        asked = set()
        with pytest.raises(TimeoutError):
            while True:
                asked.add(nobody.recv(512)[12:])
    assert len(asked) == 2


def test_an_answer_is_remembered_and_the_seconds_of_a_run_are_bounded() -> None:
    asked: list[str] = []
    moments = iter(range(0, 1000, 4))  # each question takes four seconds by this clock

    def ask(name: str) -> bytes | None:
        asked.append(name)
        return b"v=DKIM1"

    look_ups = LookUps(ask, seconds=6.0, clock=lambda: float(next(moments)))
    assert [look_ups(name) for name in ("a", "a", "b", "a")] == [b"v=DKIM1"] * 4
    with pytest.raises(NoAnswer):
        look_ups("c")
    assert asked == ["a", "b"]

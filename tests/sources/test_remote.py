"""What every file server has in common, on a real Samba and a real OpenSSH: it stops, hangs and comes back."""

from __future__ import annotations

import socket

import pytest

from tests.services.samba_server import Samba
from tests.services.sftp_server import Sftp
from tests.sources.files import NOW, YESTERDAY, folder, look, put
from tonghop.errors import SourceUnreachable
from tonghop.sources import SourceLimits

Server = Samba | Sftp
ELSEWHERE = {"samba": "smb://a:b@{}/x", "sftp": f"sftp://a:b@{{}}/x?hostkey=SHA256:{'x' * 43}"}
READ_SECONDS = {"samba": 0.5, "sftp": 1.0}


@pytest.fixture(params=["samba", "sftp"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def server(request: pytest.FixtureRequest, kind: str) -> Server:
    return request.getfixturevalue(kind)


def test_a_server_that_is_down_silent_or_unknown_is_unreachable(server: Server, kind: str) -> None:
    put(server.share / "a.csv")
    limits = SourceLimits(pause=0.2, connect=0.5, read=READ_SECONDS[kind])
    source = folder(server.url(), limits)
    assert source.probe() == "xem được thư mục, có 1 tệp"
    server.stop()
    with pytest.raises(SourceUnreachable, match="không trả lời"):
        source.probe()
    with socket.socket() as silent:
        silent.bind((server.host, 0))
        silent.listen()
        with pytest.raises(SourceUnreachable):
            look(folder(ELSEWHERE[kind].format(f"127.0.0.1:{silent.getsockname()[1]}"), limits))
    with pytest.raises(SourceUnreachable, match="không tìm thấy máy chủ"):
        look(folder(ELSEWHERE[kind].format("nas.invalid"), limits))
    server.start()
    assert len(look(source)) == 1


def test_a_server_that_dies_between_batches_leaves_those_before_standing(server: Server) -> None:
    for number in range(4):
        put(server.share / f"{number}.csv", at=YESTERDAY + number)
    source = folder(server.url(), SourceLimits(pause=0, batch=2, read=2))
    batches = source.look(frozenset(), NOW)
    known = {a.key for a in next(batches).arrivals}
    server.stop()
    with pytest.raises(SourceUnreachable, match=r"ngắt giữa chừng|không trả lời"):
        list(batches)
    server.start()
    assert [a.name for a in look(source, known)] == ["2.csv", "3.csv"]

"""Answers that never end, in every part of the protocol where they can: each call ends at its
limits, and its connection with it."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from itertools import repeat
from types import SimpleNamespace
from typing import Any

import httpcore2
import pytest

from bot.errors import SourceError
from bot.net import CallEndedError, HttpClient, Limits
from bot.net.connections import Network
from bot.net.limits import FRAMING_BYTES, Call
from tests.dripping import DrippingServer

MakeHttp = Callable[..., HttpClient]
OK = b"HTTP/1.1 200 OK\r\n"
LENGTH = OK + b"Content-Length: 100000000\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PACKED = OK + b"Content-Encoding: gzip\r\nContent-Length: 100000000\r\n\r\n"
GZIP_WITH_NAME = b"\x1f\x8b\x08\x08" + bytes(6)
GZIP = b"\x1f\x8b\x08\x00" + bytes(6)
EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"
# A TLS record of the handshake, and the beginning of a server's first message within it.
TLS = b"\x16\x03\x03\x40\x00" + b"\x02\x00\x3f\xfc\x03\x03"

ENDLESS: dict[str, tuple[bytes, bytes]] = {
    "a status line": (b"HTTP/1.1 200 ", b"O"),
    "headers": (OK, b"X-More: yes\r\n"),
    "one header": (OK + b"X-More: ", b"y"),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body": (LENGTH, b"x"),
    "chunks": (CHUNKED, b"1\r\nx\r\n"),
    "a chunk's extension": (CHUNKED + b"1;", b"x"),
    "chunks with extensions": (CHUNKED, b"1;" + b"x" * 90 + b"\r\nx\r\n"),
    "trailers": (CHUNKED + b"0\r\n", b"X-More: yes\r\n"),
    "a name in gzip": (PACKED + GZIP_WITH_NAME, b"x"),
    "empty blocks in gzip": (PACKED + GZIP, EMPTY_BLOCK),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_an_answer_that_drips_is_left_at_the_time_limit(what: str, make_http: MakeHttp) -> None:
    head, piece = ENDLESS[what]
    http = make_http(timeout=0.5, retries=0)
    with DrippingServer(head, lambda: repeat(piece), pause=0.01) as server:
        with pytest.raises(SourceError, match="no whole answer in time"):
            http.get(server.base_url)
        assert server.hung_up.wait(10)
    assert len(server.sent) == 1


@pytest.mark.parametrize("what", ENDLESS)
def test_an_answer_that_floods_is_left_at_the_byte_limit(what: str, make_http: MakeHttp) -> None:
    head, piece = ENDLESS[what]
    http = make_http(timeout=60.0, retries=0)
    with DrippingServer(head, lambda: repeat(piece * 1000)) as server:
        with pytest.raises(SourceError, match=r"longer than 50000 bytes|broke off"):
            http.get(server.base_url, max_bytes=50_000)
        assert server.hung_up.wait(10)
    # What was read, and what lay in the system's buffers.
    assert server.sent[0] < 20_000_000


@pytest.mark.parametrize("opening", [b"", TLS])
def test_a_handshake_that_never_ends_is_left_at_the_time_limit(
    opening: bytes, make_http: MakeHttp
) -> None:
    http = make_http(timeout=1.0, retries=0)
    with DrippingServer(opening, lambda: repeat(b"\x00") if opening else (), pause=0.01) as server:
        with pytest.raises(SourceError, match="in time"):
            http.get(server.base_url.replace("http:", "https:"))
        assert server.hung_up.wait(10)


def test_a_proxy_that_drips_is_left_at_the_time_limit(make_http: MakeHttp) -> None:
    with DrippingServer(OK, lambda: repeat(b"X-More: yes\r\n"), pause=0.01) as proxy:
        http = make_http(timeout=1.0, retries=0, proxies={"https": proxy.base_url})
        with pytest.raises(SourceError, match="in time"):
            http.get("https://papers.example/")
        assert proxy.hung_up.wait(10)


@pytest.fixture
def endless_look_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A resolver that keeps silent; set once somebody asks it."""
    asked, released = threading.Event(), threading.Event()

    def silent(*_: Any, **__: Any) -> Any:
        asked.set()
        released.wait(30)
        raise socket.gaierror("no answer")

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    yield asked
    released.set()


@pytest.mark.usefixtures("endless_look_up")
def test_a_look_up_that_hangs_is_left_at_the_time_limit(make_http: MakeHttp) -> None:
    with pytest.raises(SourceError, match="in time"):
        make_http(timeout=0.2, retries=0).get("http://papers.example/")


class Asking:
    """A get on a thread of its own."""

    def __init__(self, http: HttpClient, url: str) -> None:
        self.problems: list[str] = []
        self._thread = threading.Thread(target=self._run, args=(http, url), daemon=True)
        self._thread.start()

    def _run(self, http: HttpClient, url: str) -> None:
        try:
            http.get(url)
        except SourceError as error:
            self.problems.append(str(error))

    def ended(self) -> list[str]:
        """What went wrong, once it is over."""
        self._thread.join(20)
        return self.problems


@pytest.mark.parametrize("what", ["headers", "a body", "empty blocks in gzip"])
def test_closing_the_client_ends_what_hangs(what: str, make_http: MakeHttp) -> None:
    head, piece = ENDLESS[what]
    http = make_http(timeout=60.0)
    with DrippingServer(head, lambda: repeat(piece), pause=0.01) as server:
        asking = Asking(http, server.base_url)
        while not (server.sent and server.sent[0]):
            server.hung_up.wait(0.01)
        http.close()
        assert asking.ended() == ["the HTTP client was closed"]
        assert server.hung_up.wait(10)


def test_closing_the_client_ends_a_look_up(
    make_http: MakeHttp, endless_look_up: threading.Event
) -> None:
    http = make_http(timeout=60.0)
    asking = Asking(http, "http://papers.example/")
    assert endless_look_up.wait(10)
    http.close()
    assert asking.ended() == ["the HTTP client was closed"]


@pytest.mark.parametrize("ends", ["while it opens", "by its time"])
def test_a_connection_is_closed_when_its_call_was_ended_while_it_opened(
    ends: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for the connection may be told to go after it was opened and before they had
    it, or the time for connecting may be up just before."""
    call, look_up, released = Call(Limits(60.0, 10)), socket.getaddrinfo, threading.Event()

    def late(*asked: Any, **named: Any) -> Any:
        if ends == "by its time":
            released.wait(10)
        return look_up(*asked, **named)

    class Connecting(threading.Thread):
        """On a busy machine it is done before whoever started it goes on."""

        def start(self) -> None:
            super().start()
            if ends == "while it opens":
                self.join()
                call.end("closed")

    monkeypatch.setattr("bot.net.connections.threading", SimpleNamespace(Thread=Connecting))
    monkeypatch.setattr(socket, "getaddrinfo", late)
    with DrippingServer() as server:
        host, port = server.base_url.removeprefix("http://").split(":")
        with pytest.raises((CallEndedError, httpcore2.ConnectTimeout)):
            Network(call, private=True).connect_tcp(host, int(port), timeout=0.2)
        released.set()
        call.finish()
        assert server.hung_up.wait(10)


def test_a_closed_client_asks_nobody(make_http: MakeHttp) -> None:
    http = make_http()
    http.close()
    with DrippingServer() as server, pytest.raises(SourceError, match="client was closed"):
        http.get(server.base_url)
    assert server.sent == []


def test_an_answer_of_exactly_the_limit_is_whole(make_http: MakeHttp) -> None:
    packed = gzip.compress(b"0" * 50_000)
    head = OK + f"Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    with DrippingServer(head, lambda: [packed]) as server:
        assert len(make_http().get(server.base_url, max_bytes=50_000).body) == 50_000
        with pytest.raises(SourceError, match="longer than 49999 bytes"):
            make_http().get(server.base_url, max_bytes=49_999)


@pytest.mark.parametrize("pause", [0.0, 0.02])
@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_an_answer_packed_in_several_members_is_read_to_its_end(
    coding: str, pause: float, make_http: MakeHttp
) -> None:
    texts = [b"first " * 300_000, b"", b"second", b""]
    members = [*map(gzip.compress, texts), b"\x00" * 20]
    head = f"Content-Encoding: {coding}\r\nContent-Length: {sum(map(len, members))}\r\n\r\n"
    with DrippingServer(OK + head.encode(), lambda: members, pause=pause) as server:
        assert make_http().get(server.base_url).body == b"".join(texts)
        with pytest.raises(SourceError, match="longer than 1800005 bytes"):
            make_http().get(server.base_url, max_bytes=1_800_005)


@pytest.mark.parametrize(
    ("packed", "problem"),
    [
        (
            gzip.compress(b"whole" * 99, mtime=0) + gzip.compress(b"half" * 99, mtime=0)[:-4],
            "broke off",
        ),
        (gzip.compress(b"half" * 99, mtime=0)[:15], "broke off"),
        (b"this is no gzip", "could not be unpacked"),
    ],
)
def test_an_answer_that_can_be_unpacked_in_part_is_not_taken_for_the_whole(
    packed: bytes, problem: str, make_http: MakeHttp
) -> None:
    head = OK + f"Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    with (
        DrippingServer(head, lambda: [packed]) as server,
        pytest.raises(SourceError, match=problem),
    ):
        make_http(retries=0).get(server.base_url)


def test_members_without_end_are_left_at_the_byte_limit(make_http: MakeHttp) -> None:
    with (
        DrippingServer(PACKED, lambda: repeat(gzip.compress(b"", mtime=0) * 1000)) as server,
        pytest.raises(SourceError, match="longer than 50000 bytes"),
    ):
        make_http(timeout=60.0, retries=0).get(server.base_url, max_bytes=50_000)


def test_connections_do_not_outlive_their_calls(make_http: MakeHttp) -> None:
    with DrippingServer(OK + b"Content-Length: 10\r\n\r\n", lambda: [b"x" * 10]) as server:
        assert make_http().get(server.base_url).body == b"x" * 10
        assert server.hung_up.wait(10)


def test_what_is_over_cannot_be_interrupted() -> None:
    call, ended = Call(Limits(60.0, 10)), []
    call.on_end(lambda: ended.append("interrupted"))
    call.finish()
    call.end("closed")
    assert ended == []


def test_a_call_that_was_ended_interrupts_what_begins_later() -> None:
    call, ended = Call(Limits(60.0, 10)), []
    call.end("too-slow")
    call.end("closed")
    call.on_end(lambda: ended.append("interrupted"))
    with pytest.raises(CallEndedError) as caught, call.guarded():
        pass
    call.finish()
    assert (ended, caught.value.reason) == (["interrupted"], "too-slow")


def test_the_wire_may_carry_a_little_more_than_the_body() -> None:
    call = Call(Limits(60.0, 1000))
    call.count_received(1000 + FRAMING_BYTES)
    with pytest.raises(CallEndedError, match="too-large"):
        call.count_received(1)
    call.finish()

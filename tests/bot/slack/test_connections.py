"""Connections that are kept for the next call."""

import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import OpenerDirector, build_opener

import pytest

from bot.slack import connections
from bot.slack.connections import KeptConnections, tls


class Server(ThreadingHTTPServer):
    """Answers with how many connections there have been; closes each where the path says so, and
    holds answers back until as many calls are under way as wanted."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.connected = 0
        self.at_once = threading.Barrier(1)
        self.closed = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        self.closed.set()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def setup(self) -> None:
        super().setup()
        self.server.connected += 1

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.at_once.wait(5)
        body = str(self.server.connected).encode()
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.path == "/closes"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as one:
        threading.Thread(target=one.serve_forever, args=(0.01,)).start()
        yield one
        one.shutdown()


@pytest.fixture
def opener() -> Iterator[OpenerDirector]:
    with closing(KeptConnections()) as kept:
        yield build_opener(kept)


def said(opener: OpenerDirector, url: str) -> str:
    with opener.open(url, data=b"hello", timeout=5) as answer:
        return str(answer.read().decode())


def test_the_next_call_takes_the_same_connection(server: Server, opener: OpenerDirector) -> None:
    assert [said(opener, server.url) for _ in range(3)] == ["1", "1", "1"]


def test_calls_at_once_have_one_each(server: Server, opener: OpenerDirector) -> None:
    server.at_once = threading.Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        for _ in range(3):
            list(threads.map(lambda _: said(opener, server.url), range(2)))
    assert server.connected == 2


def test_one_that_the_server_closed_is_not_used_again(
    server: Server, opener: OpenerDirector
) -> None:
    said(opener, f"{server.url}/closes")
    assert server.closed.wait(5)
    assert said(opener, server.url) == "2"


def test_one_that_nobody_used_for_long_is_not_used_again(
    server: Server, opener: OpenerDirector, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(opener, server.url)
    monkeypatch.setattr(connections, "KEPT_SECONDS", -1.0)
    assert said(opener, server.url) == "2"


def test_only_so_many_are_kept(
    server: Server, opener: OpenerDirector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_KEPT", 1)
    server.at_once = threading.Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        for _ in range(2):
            list(threads.map(lambda _: said(opener, server.url), range(2)))
    assert server.connected == 3


def test_a_refusal_is_an_error_and_keeps_the_connection(
    server: Server, opener: OpenerDirector
) -> None:
    with pytest.raises(HTTPError) as refused:
        said(opener, f"{server.url}/missing")
    with refused.value as error:
        assert (error.code, error.reason, error.read()) == (404, "Not Found", b"1")
    assert said(opener, server.url) == "1"


def test_certificates_are_read_once(
    server: Server, opener: OpenerDirector, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls.cache_clear()
    made = []

    def context() -> ssl.SSLContext:
        made.append(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        return made[-1]

    monkeypatch.setattr(ssl, "create_default_context", context)
    for _ in range(2):
        with pytest.raises(URLError):
            said(opener, server.url.replace("http", "https"))
    assert len(made) == 1
    tls.cache_clear()

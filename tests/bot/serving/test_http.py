"""HTTP mode at its sockets: who is silent, slow or not Slack keeps nobody else waiting."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import cast

import pytest
import urllib3
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_sdk.signature import SignatureVerifier
from waitress.server import TcpWSGIServer

from bot.serving import wsgi
from bot.serving.http import INSTALLING_AT_ONCE, HttpServer
from bot.serving.ports import Dispatcher
from bot.serving.wsgi import LOOPBACK, MAX_CONNECTIONS

SECRET = "a-signing-secret"
# Slack's own.
ACK_SECONDS = 3.0


class Echo:
    """Counts what reaches it; ``gate`` keeps installations waiting."""

    def __init__(self) -> None:
        self.payloads: list[BoltRequest] = []
        self.gate = threading.Event()
        self.gate.set()
        self.installing = 0
        flow = SimpleNamespace(
            install_path="/slack/install",
            redirect_uri_path="/slack/oauth_redirect",
            handle_installation=self.install,
            handle_callback=self.install,
        )
        self.oauth_flow = cast(OAuthFlow, flow)

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        self.payloads.append(req)
        return BoltResponse(status=200, body="")

    def install(self, _req: BoltRequest) -> BoltResponse:
        self.installing += 1
        self.gate.wait(20)
        return BoltResponse(status=302, body="", headers={"Location": "https://slack.com"})


@contextmanager
def serving(app: Echo) -> Iterator[HttpServer]:
    server = HttpServer(
        cast(Dispatcher, app), signing_secret=SECRET, host=LOOPBACK, port=0, parts=lambda: {}
    )
    server.start()
    try:
        yield server
    finally:
        app.gate.set()
        server.stop()


@pytest.fixture
def app() -> Echo:
    return Echo()


@pytest.fixture
def server(app: Echo) -> Iterator[HttpServer]:
    with serving(app) as one:
        yield one


def status(server: HttpServer, body: bytes, headers: dict[str, str]) -> int:
    with urllib3.PoolManager(timeout=20.0) as web:
        url = f"http://{LOOPBACK}:{server.port}/slack/events"
        return web.request("POST", url, body=body, headers=headers, retries=False).status


def signed(body: bytes, *, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    stamp = str(int(time.time()) - age)
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature or "",
    }


EVENT = json.dumps({"type": "event_callback", "event": {"type": "x"}}).encode()


def connect(server: HttpServer, stack: ExitStack, said: bytes = b"") -> socket.socket:
    one = stack.enter_context(socket.create_connection((LOOPBACK, server.port), timeout=20))
    if said:
        one.sendall(said)
    return one


@pytest.mark.parametrize("said", [b"", b"POST /slack/events HTTP/1.1\r\nX-Slow: "])
def test_twelve_hundred_silent_connections_keep_no_signed_request_waiting(
    server: HttpServer, app: Echo, said: bytes
) -> None:
    with ExitStack() as stack:
        for _ in range(1200):
            connect(server, stack, said)
        began = time.monotonic()
        assert status(server, EVENT, signed(EVENT)) == 200
        assert time.monotonic() - began < ACK_SECONDS
    assert len(app.payloads) == 1


def test_while_a_flood_goes_on_signed_requests_are_acknowledged(
    server: HttpServer, app: Echo
) -> None:
    over = threading.Event()

    def flood() -> None:
        while not over.is_set():
            with ExitStack() as stack:
                for _ in range(700):
                    connect(server, stack)

    flooding = threading.Thread(target=flood)
    flooding.start()
    try:
        for _ in range(5):
            began = time.monotonic()
            assert status(server, EVENT, signed(EVENT)) == 200
            assert time.monotonic() - began < ACK_SECONDS
    finally:
        over.set()
        flooding.join()
    assert len(app.payloads) == 5


def test_a_server_that_has_not_started_keeps_nobody_waiting(app: Echo) -> None:
    """A start takes time and may fail: whoever could connect before would be cut off then."""
    made = HttpServer(
        cast(Dispatcher, app), signing_secret=SECRET, host=LOOPBACK, port=0, parts=lambda: {}
    )
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((LOOPBACK, made.port), timeout=20)
    made.start()
    assert status(made, EVENT, signed(EVENT)) == 200
    made.stop()


def test_the_one_that_has_been_silent_longest_makes_room(server: HttpServer) -> None:
    with ExitStack() as stack:
        first = connect(server, stack)
        others = [connect(server, stack) for _ in range(MAX_CONNECTIONS)]
        assert first.recv(1) == b""
        last = others[-1]
        last.sendall(b"GET /healthz HTTP/1.1\r\n\r\n")
        assert last.recv(15) == b"HTTP/1.1 200 OK"


def test_an_answered_connection_is_kept_for_the_next_request(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wsgi, "RECEIVE_SECONDS", 1.5)
    with ExitStack() as stack:
        one, silent = connect(server, stack), connect(server, stack)
        for _ in range(2):
            one.sendall(b"GET /healthz HTTP/1.1\r\n\r\n")
            answer = b""
            while b"alive" not in answer:
                answer += one.recv(1000)
            # By the time that a silent one is closed, the answered one has been idle as long.
            assert silent.recv(1) == b""
            silent = connect(server, stack)


def test_a_server_that_was_held_up_reads_what_was_sent_meanwhile(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine it may not get its turn for longer than it has patience."""
    monkeypatch.setattr(wsgi, "RECEIVE_SECONDS", 1.5)
    held_up, over, accept = threading.Event(), threading.Event(), TcpWSGIServer.handle_accept

    def late(self: TcpWSGIServer) -> None:
        held_up.set()
        over.wait(20)
        accept(self)

    with ExitStack() as stack:
        one = connect(server, stack, b"GET /healthz HTTP/1.1\r\n\r\n")
        answer = b""
        while b"alive" not in answer:
            answer += one.recv(1000)
        one.sendall(b"GET /healthz HTTP/1.1\r\n")
        monkeypatch.setattr(TcpWSGIServer, "handle_accept", late)
        connect(server, stack)
        assert held_up.wait(20)
        one.sendall(b"\r\n")
        time.sleep(2)
        over.set()
        assert one.recv(15) == b"HTTP/1.1 200 OK"


def test_a_request_that_drips_is_cut_off(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wsgi, "RECEIVE_SECONDS", 1.5)
    with ExitStack() as stack:
        dripping = connect(server, stack, b"POST /slack/events HTTP/1.1\r\nX-Slow: ")
        dripping.settimeout(0.1)
        until = time.monotonic() + 15
        ended = False
        while not ended and time.monotonic() < until:
            try:
                dripping.sendall(b"a")
                ended = dripping.recv(1) == b""
            except TimeoutError:
                continue
            except OSError:
                ended = True
        assert ended


GARBAGE = [
    (b"{", {"Content-Type": "application/json"}),
    (b"\xff\xfe", {"Content-Type": "application/json"}),
    (b"payload=%7B", {"Content-Type": "application/x-www-form-urlencoded"}),
    (b"{", {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"}),
    (b"[]", {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=1"}),
    (b"{}", {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": "v0=\xe9"}),
    (b"", {}),
    (EVENT, {}),
    (EVENT, signed(EVENT, secret="another")),
    (EVENT, signed(EVENT, age=400)),
]


@pytest.mark.parametrize(("body", "headers"), GARBAGE)
def test_what_is_not_signed_is_refused_before_anything_looks_into_it(
    server: HttpServer,
    app: Echo,
    body: bytes,
    headers: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert status(server, body, headers) == 401
    assert app.payloads == []
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xc3\x28"])
def test_signed_nonsense_is_a_bad_request(
    server: HttpServer, app: Echo, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    refused = 401 if body == b"\xc3\x28" else 400  # Slack signs text
    headers = {**signed(b"{}"), **(signed(body) if refused == 400 else {})}
    assert status(server, body, headers) == refused
    assert app.payloads == []
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth_redirect"])
def test_a_page_for_browsers_does_not_read_what_they_send_along(
    server: HttpServer, path: str
) -> None:
    with urllib3.PoolManager() as web:
        url = f"http://{LOOPBACK}:{server.port}{path}"
        headers = {"Content-Type": "application/json"}
        for method, answered in (("GET", 302), ("POST", 404)):
            told = web.request(method, url, body=b"{", headers=headers, retries=False)
            assert told.status == answered


def test_installations_that_hang_leave_threads_for_acknowledgements(
    server: HttpServer, app: Echo
) -> None:
    app.gate.clear()
    hanging = b"GET /slack/oauth_redirect HTTP/1.1\r\n\r\n"
    with ExitStack() as stack:
        for _ in range(INSTALLING_AT_ONCE):
            connect(server, stack, hanging)
        until = time.monotonic() + 20
        while app.installing < INSTALLING_AT_ONCE and time.monotonic() < until:
            time.sleep(0.01)
        assert connect(server, stack, hanging).recv(12) == b"HTTP/1.1 503"
        assert status(server, EVENT, signed(EVENT)) == 200
        app.gate.set()


def test_a_server_that_stops_answers_all_whose_connection_it_took(
    app: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests come in without a pause while it stops: each is answered, or finds nobody."""
    head = "".join(f"{name}: {value}\r\n" for name, value in signed(EVENT).items())
    request = f"POST /slack/events HTTP/1.1\r\nContent-Length: {len(EVENT)}\r\n{head}\r\n".encode()
    answered: list[bytes] = []
    unanswered: list[bytes] = []
    over = threading.Event()

    def slowly(req: BoltRequest) -> BoltResponse:
        time.sleep(0.05)
        return Echo.dispatch(app, req)

    monkeypatch.setattr(app, "dispatch", slowly)
    with serving(app) as server:

        def ask() -> None:
            while not over.is_set():
                try:
                    line = socket.create_connection((LOOPBACK, server.port), timeout=20)
                except ConnectionError:
                    return
                with line:
                    line.sendall(request)
                    line.sendall(EVENT)
                    told = line.recv(100)
                (answered if told.startswith(b"HTTP/1.1 200") else unanswered).append(told)

        askers = [threading.Thread(target=ask) for _ in range(100)]
        for one in askers:
            one.start()
        time.sleep(0.5)
        server.stop()
        over.set()
        for one in askers:
            one.join(30)
    assert len(answered) > 100
    assert unanswered == []

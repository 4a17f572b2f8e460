"""The same over TLS, directly and through a proxy."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import repeat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.errors import SourceError
from bot.net import HttpClient
from tests.dripping import READ_BYTES, DrippingServer

MakeHttp = Callable[..., HttpClient]
Ask = Callable[..., bytes]
SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
LONG = b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n"

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a certificate for two names and its key."""
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:papers.example"]
    where = ["-keyout", str(path), "-out", f"{path}.crt"]
    subprocess.run([*command.split(), *names, *where], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.fixture
def tls(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's TLS, whose certificate this process trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture(params=["directly", "through a proxy"])
def ask(request: pytest.FixtureRequest, make_http: MakeHttp) -> Iterator[Ask]:
    """Asks a server, either way, with a client of some options."""
    with Tunnel() as tunnel:
        host = "localhost" if request.param == "directly" else "papers.example"
        proxies = {"https": tunnel.url}

        def get(server: DrippingServer, *, max_bytes: int = 50_000, **options: Any) -> bytes:
            http = make_http(private_hosts=("localhost",), proxies=proxies, **options)
            return http.get(named(server, host), max_bytes=max_bytes).body

        yield get


class Tunnel:
    """A proxy that connects to this machine, whatever it is asked for."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> "Tunnel":
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                asked = near.recv(READ_BYTES).split()[1].decode()
                far = socket.create_connection(("127.0.0.1", int(asked.rpartition(":")[2])))
                near.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=pair, daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with source, suppress(OSError):
        while data := source.recv(READ_BYTES):
            target.sendall(data)
        target.shutdown(socket.SHUT_RDWR)


def named(server: DrippingServer, host: str) -> str:
    return f"https://{host}:{urlsplit(server.base_url).port}/"


def test_an_answer_comes_whole(tls: ssl.SSLContext, ask: Ask) -> None:
    with DrippingServer(SHORT, lambda: [b"hello"], tls=tls) as server:
        assert ask(server) == b"hello"


def test_an_answer_that_drips_is_left_at_the_time_limit(tls: ssl.SSLContext, ask: Ask) -> None:
    with DrippingServer(LONG, lambda: repeat(b"x"), pause=0.01, tls=tls) as server:
        with pytest.raises(SourceError, match="no whole answer in time"):
            ask(server, timeout=1.0, retries=0)
        assert server.hung_up.wait(10)


def test_an_answer_that_floods_is_left_at_the_byte_limit(tls: ssl.SSLContext, ask: Ask) -> None:
    with DrippingServer(LONG, lambda: repeat(b"x" * 10_000), tls=tls) as server:
        with pytest.raises(SourceError, match="longer than 50000 bytes"):
            ask(server)
        assert server.hung_up.wait(10)


def test_a_host_that_cannot_prove_its_name_is_told_nothing(
    tls: ssl.SSLContext, make_http: MakeHttp
) -> None:
    with DrippingServer(SHORT, lambda: [b"hello"], tls=tls) as server:
        with pytest.raises(SourceError, match="no safe connection"):
            make_http(private_hosts=("127.0.0.1",)).get(named(server, "127.0.0.1"))
        assert server.hung_up.wait(10)
        assert server.sent == [0]

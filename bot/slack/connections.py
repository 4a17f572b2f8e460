"""Connections to Slack that are kept for the next call.

Left to itself, Slack's library has :mod:`urllib.request` open one for each call, and read all
certificates of the machine each time: tens of milliseconds of processor, and three ways to Slack
and back, before anything is said.
"""

import io
import select
import ssl
import threading
import time
from collections import deque
from functools import cache
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import NamedTuple, cast
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, Request, build_opener, install_opener
from urllib.response import addinfourl

from bot.turnstile import waiting

# A server closes what has been idle for a minute or so; a call that is sent at that very moment
# gets lost.
KEPT_SECONDS = 20.0
MOST_KEPT = 32


@cache
def keep_connections() -> None:
    """From now on, keep those of this process."""
    install_opener(build_opener(KeptConnections()))


@cache
def tls() -> ssl.SSLContext:
    """How connections to Slack are made safe. The machine's certificates are read once, which takes
    tens of milliseconds."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


class _Address(NamedTuple):
    scheme: str
    host: str
    timeout: float | None


class _Idle(NamedTuple):
    address: _Address
    connection: HTTPConnection
    since: float

    def is_usable(self) -> bool:
        """Whether it is young enough and nothing has come since, which could only be its end."""
        if time.monotonic() - self.since > KEPT_SECONDS:
            return False
        waiting = select.poll()
        waiting.register(self.connection.sock, select.POLLIN)
        return not waiting.poll(0)


class _Whole(addinfourl):
    """An answer as :mod:`urllib.request` gives it, whose connection may be used again."""

    def __init__(self, answer: HTTPResponse, body: bytes, url: str) -> None:
        super().__init__(io.BytesIO(body), answer.headers, url, answer.status)
        self.msg = answer.reason


class KeptConnections(HTTPHandler, HTTPSHandler):
    """Opens addresses for :mod:`urllib.request`; an answer is read to its end at once. Connections
    through a proxy are not kept. Safe in any thread."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        # Those that nobody uses, in the order in which they were used.
        self._idle: deque[_Idle] = deque()

    def http_open(self, req: Request) -> HTTPResponse:
        with waiting():
            return self._opened(req) if _is_direct(req) else super().http_open(req)

    def https_open(self, req: Request) -> HTTPResponse:
        with waiting():
            return self._opened(req) if _is_direct(req) else super().https_open(req)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while self._idle:
            self._idle.pop().connection.close()

    def _opened(self, req: Request) -> HTTPResponse:
        address = _Address(req.type, req.host, req.timeout)
        connection = self._kept(address) or self._new(address)
        try:
            answer, body = _exchanged(connection, req)
        except BaseException:
            connection.close()
            raise
        if connection.sock is not None:
            self._keep(_Idle(address, connection, time.monotonic()))
        return cast(HTTPResponse, _Whole(answer, body, req.full_url))

    def _kept(self, address: _Address) -> HTTPConnection | None:
        """The one to *address* that was used last."""
        while (found := self._taken(address)) is not None:
            if found.is_usable():
                return found.connection
            found.connection.close()
        return None

    def _taken(self, address: _Address) -> _Idle | None:
        with self._lock:
            found = next((one for one in reversed(self._idle) if one.address == address), None)
            if found is not None:
                self._idle.remove(found)
            return found

    def _keep(self, idle: _Idle) -> None:
        with self._lock:
            self._idle.append(idle)
            oldest = self._idle.popleft() if len(self._idle) > MOST_KEPT else None
        if oldest is not None:
            oldest.connection.close()

    def _new(self, address: _Address) -> HTTPConnection:
        scheme, host, timeout = address
        if scheme == "https":
            return HTTPSConnection(host, timeout=timeout, context=tls())
        return HTTPConnection(host, timeout=timeout)


def _is_direct(req: Request) -> bool:
    """Whether the request goes to the host that it names, and not to a proxy."""
    return req.host == urlsplit(req.full_url).netloc


def _exchanged(connection: HTTPConnection, req: Request) -> tuple[HTTPResponse, bytes]:
    headers = {**req.headers, **req.unredirected_hdrs}
    try:
        connection.request(req.get_method(), req.selector, req.data, headers)
    except OSError as error:
        raise URLError(error) from error  # as urllib does, for a call that may not have been sent
    answer = connection.getresponse()
    return answer, answer.read()

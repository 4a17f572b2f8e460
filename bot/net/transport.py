"""The one way to ask anything over HTTP: every call within its limits of time, size and place."""

import ssl
import threading
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

import httpcore2
import httpx2

from bot.net.connections import Network, ProxyNetwork
from bot.net.limits import Call, CallEndedError, Limits
from bot.proxies import proxy_for
from bot.turnstile import waiting

LIMITS = "limits"
_GZIP = ("gzip", "x-gzip")
_GZIP_BEGINS = 0x1F
_MOST_UNPACKED_AT_ONCE = 1_000_000


class LimitedTransport(httpx2.BaseTransport):
    """Sends requests and gives answers unpacked. Safe in any thread; close it at the end.

    A call has a connection of its own, so that ending one is ending the other. Redirects are not
    followed: they are other calls.

    Args:
        limits: of a call; a request may bring its own as the extension ``limits``.
        private_hosts: those that may be in a private network or on this machine. All others are
            reached at public addresses only, whatever their names lead to.
        proxies: see :func:`bot.proxies.proxy_for`. Behind a proxy it is the proxy that looks
            names up.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        private_hosts: Collection[str] = (),
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        self._limits = limits
        self._private_hosts = frozenset(private_hosts)
        self._proxies = dict(proxies or {})
        self._lock = threading.Lock()
        self._calls: set[Call] = set()
        self._closed = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send *request*; the answer's body is read by iterating over its stream.

        Raises:
            CallEndedError: the limits were reached or the transport was closed; also while the
                body is read.
            httpx2.TransportError: the call failed.
        """
        call = Call(request.extensions.get(LIMITS, self._limits))
        try:
            with call.guarded(), _as_httpx():
                self._enter(call)
                pool = self._pool(request.url, call)
                call.on_finish(pool.close)
                with waiting():
                    answer = pool.handle_request(_wire_request(request))
            return _unpacked(request, answer, call)
        except BaseException:
            call.finish()
            raise

    def close(self) -> None:
        """End all calls under way, and refuse new ones."""
        with self._lock:
            self._closed = True
            calls = list(self._calls)
        for call in calls:
            call.end("closed")

    def _enter(self, call: Call) -> None:
        with self._lock:
            if self._closed:
                raise CallEndedError("closed")
            self._calls.add(call)
        call.on_finish(lambda: self._leave(call))

    def _leave(self, call: Call) -> None:
        with self._lock:
            self._calls.discard(call)

    def _pool(self, url: httpx2.URL, call: Call) -> httpcore2.ConnectionPool:
        """What makes the call's connection."""
        proxy = proxy_for(str(url), self._proxies)
        if proxy is None:
            network = Network(call, private=url.host in self._private_hosts)
            context = self._tls if url.scheme == "https" else None
            return httpcore2.ConnectionPool(ssl_context=context, network_backend=network)
        way = httpx2.Proxy(proxy)
        if way.url.scheme not in ("http", "https"):
            raise httpx2.ProxyError(f"no way through a proxy of the kind {way.url.scheme}")
        return httpcore2.HTTPProxy(
            proxy_url=httpcore2.URL(
                scheme=way.url.raw_scheme, host=way.url.raw_host, port=way.url.port, target=b"/"
            ),
            proxy_auth=way.raw_auth,
            ssl_context=self._tls if url.scheme == "https" else None,
            proxy_ssl_context=self._tls if way.url.scheme == "https" else None,
            network_backend=ProxyNetwork(call, private=True),
        )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx2.create_ssl_context()


def limited_client(transport: LimitedTransport) -> httpx2.Client:
    """A client for libraries that want one; closing it closes *transport*."""
    return httpx2.Client(transport=transport, trust_env=False, follow_redirects=False)


class _WireStream(httpx2.SyncByteStream):
    """A body as it comes; gzip is unpacked here, as the library reads its first member alone."""

    def __init__(self, answer: httpcore2.Response, *, is_gzip: bool) -> None:
        self._answer = answer
        self._is_gzip = is_gzip

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            pieces = self._answer.iter_stream()
            yield from _members(pieces) if self._is_gzip else pieces

    def close(self) -> None:
        self._answer.close()


class _UnpackedStream(httpx2.SyncByteStream):
    """A body as it was meant, counted piece by piece."""

    def __init__(self, packed: httpx2.Response, call: Call) -> None:
        self._packed = packed
        self._call = call

    def __iter__(self) -> Iterator[bytes]:
        with self._call.guarded():
            for piece in self._packed.iter_bytes():
                self._call.count_unpacked(len(piece))
                yield piece

    def close(self) -> None:
        try:
            self._packed.close()
        finally:
            self._call.finish()


def _unpacked(request: httpx2.Request, answer: httpcore2.Response, call: Call) -> httpx2.Response:
    headers = httpx2.Headers(answer.headers)
    packing = headers.get("content-encoding")
    if packing is not None:
        headers.pop("content-length", None)
        del headers["content-encoding"]
    is_gzip = packing is not None and packing.strip().lower() in _GZIP
    packed = httpx2.Response(
        answer.status,
        headers={} if packing is None or is_gzip else {"content-encoding": packing},
        stream=_WireStream(answer, is_gzip=is_gzip),
        request=request,
    )
    return httpx2.Response(
        answer.status,
        headers=headers,
        stream=_UnpackedStream(packed, call),
        extensions=answer.extensions,
    )


def _members(packed: Iterable[bytes]) -> Iterator[bytes]:
    """What the members of a gzip file hold, one after the other; what follows them is padding.

    An empty piece now and then lets the caller look at its limits while nothing comes out.

    Raises:
        httpx2.DecodingError: this is no gzip.
        httpx2.ReadError: it ends in the middle of a member.
    """
    begun, is_first = None, True
    for data in packed:
        while data:
            if begun is None:
                if data[0] != _GZIP_BEGINS and not is_first:
                    return
                begun = zlib.decompressobj(wbits=31)
            try:
                while piece := begun.decompress(data, _MOST_UNPACKED_AT_ONCE):
                    yield piece
                    data = begun.unconsumed_tail
            except zlib.error as error:
                raise httpx2.DecodingError(str(error)) from error
            yield b""
            data = begun.unused_data
            if begun.eof:
                begun, is_first = None, False
    if begun is not None:
        raise httpx2.ReadError("the answer ends in the middle of what was packed")


def _wire_request(request: httpx2.Request) -> httpcore2.Request:
    request.headers["Connection"] = "close"
    return httpcore2.Request(
        method=request.method,
        url=httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Give each fault of the lower library the class of the same name in the upper one."""
    try:
        yield
    except (
        httpcore2.TimeoutException,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        httpcore2.ProxyError,
        httpcore2.UnsupportedProtocol,
    ) as error:
        kind: type[httpx2.TransportError] = getattr(httpx2, type(error).__name__)
        raise kind(str(error)) from error

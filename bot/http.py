"""Fetching from sources: one polite, bounded GET, and every failure as one error.

The client retries what may pass (connection faults, 429, 5xx), waits as long as it is told to,
keeps to each host's pace, bounds the time and the size of an answer, and follows redirects only
to hosts it was told of. It knows nothing about what it fetches.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import (
    DecodeError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    SSLError,
    TimeoutError,
)

from bot.errors import SourceError
from bot.http_hosts import PrivateAddressError, guard
from bot.http_rules import (
    host_of,
    is_web_address,
    origin_of,
    redirect_target,
    seconds_to_wait,
)
from bot.proxies import proxy_for, sign_in
from bot.spacing import Spacing

log = logging.getLogger(__name__)

MAX_BYTES = 20_000_000
MAX_REDIRECTS = 3
LONGEST_WAIT_SECONDS = 30.0
FIRST_BACKOFF_SECONDS = 1.0

_CHUNK_BYTES = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING_STATUSES = frozenset({429, 500, 502, 503, 504})
_PASSING_FAULTS = (NewConnectionError, ProtocolError, ProxyError, TimeoutError)
_WORDS: tuple[tuple[type[HTTPError], str], ...] = (
    (PrivateAddressError, "its name leads to a private address"),
    (NameResolutionError, "no such host was found"),
    (ProxyError, "no way through the proxy"),
    (NewConnectionError, "no connection"),
    (TimeoutError, "no answer in time"),
    (ProtocolError, "the connection broke off"),
    (SSLError, "no safe connection"),
    (DecodeError, "the answer could not be unpacked"),
)


@dataclass(frozen=True)
class Response:
    """A whole answer; header names are lower-case, ``url`` is where it came from in the end."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str


class _Passing(Exception):
    """A failure that another try may mend."""

    def __init__(self, error: SourceError) -> None:
        self.error = error


class HttpClient:
    """Bounded GETs for all sources. Safe in any thread; close it at the end.

    Args:
        user_agent: names the program and nobody.
        spacing: seconds between two calls by host; such a host gets one call at a time.
        timeout: seconds that one try may take, its body included.
        retries: how often a failure that may pass is tried again.
        redirect_hosts: where redirects may lead besides the host asked for: ``arxiv.org``, or
            ``127.0.0.1:8000`` for another port than the scheme's own. Those that are names are
            reached at public addresses only.
        longest_wait: seconds; a Retry-After beyond it ends the call, for the caller to go on
            without.
        sleep: waits; by default until :meth:`close` at the longest.
        clock: the time in UTC, for a Retry-After that names a date.
        monotonic: seconds, for pauses and time limits.
        proxies: see :func:`bot.proxies.proxy_for`.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        spacing: Mapping[str, float] | None = None,
        timeout: float = 20.0,
        retries: int = 3,
        redirect_hosts: Collection[str] = (),
        longest_wait: float = LONGEST_WAIT_SECONDS,
        sleep: Callable[[float], object] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        self._closed = threading.Event()
        self._wait = sleep or self._closed.wait
        self._spacing = Spacing(
            spacing or {}, longest_wait=longest_wait, sleep=self._sleep, monotonic=monotonic
        )
        self._timeout = timeout
        self._retries = retries
        self._redirect_hosts = frozenset(redirect_hosts)
        self._longest_wait = longest_wait
        self._clock = clock
        self._monotonic = monotonic
        self._proxies = dict(proxies or {})
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip"}
        self._pools: dict[str | None, urllib3.PoolManager] = {None: self._pool(None)}

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        max_bytes: int = MAX_BYTES,
        accept: str = "*/*",
        allow: Collection[int] = (),
        retries: int | None = None,
        verify: Callable[[Response], object] | None = None,
    ) -> Response:
        """Fetch *url* and read all of it.

        Args:
            url: absolute, http or https.
            params: the query, encoded here.
            max_bytes: how long the body may be after decompression.
            accept: the Accept header.
            allow: statuses of 400 and above that are an answer to the caller.
            retries: another number of retries than the client's own.
            verify: raises SourceError for an answer that is not what was asked for, such as a
                notice in place of a feed. That passes as a rule, so it is tried again.

        Raises:
            SourceError: no good answer came within the limits; carries the status and the wait
                that the host asked for, when there were any.
        """
        if not is_web_address(url):
            raise SourceError(f"not a web address: {url[:100]}")
        if params:
            url = f"{url}?{urlencode(params)}"
        most = self._retries if retries is None else retries
        attempt = 0
        while True:
            try:
                return _verified(self._follow(url, max_bytes, accept, allow), verify)
            except _Passing as fault:
                self._pause(url, fault.error, attempt, last=attempt >= most)
            attempt += 1

    def close(self) -> None:
        """Drop the connections and end all waiting with a SourceError."""
        self._closed.set()
        for pool in list(self._pools.values()):
            pool.clear()

    def _pause(self, url: str, error: SourceError, attempt: int, *, last: bool) -> None:
        """Wait before the next try, or raise *error* after the last one."""
        backoff = FIRST_BACKOFF_SECONDS * 2**attempt * random.uniform(0.75, 1.25)
        wait = max(min(backoff, self._longest_wait), error.retry_after or 0.0)
        self._spacing.hold(origin_of(url), wait)
        if last or wait > self._longest_wait:
            raise error
        log.info("waiting %.1f s before another try: %s", wait, error)
        self._sleep(wait)

    def _sleep(self, seconds: float) -> None:
        self._wait(seconds)
        if self._closed.is_set():
            raise SourceError("the HTTP client was closed")

    def _follow(self, url: str, max_bytes: int, accept: str, allow: Collection[int]) -> Response:
        asked = url
        for _ in range(MAX_REDIRECTS + 1):
            response = self._fetch(url, max_bytes, accept)
            if response.status not in _REDIRECTS or "location" not in response.headers:
                return self._checked(response, allow)
            location = response.headers["location"]
            url = redirect_target(asked, url, location, self._redirect_hosts)
        raise SourceError(f"{host_of(asked)}: more than {MAX_REDIRECTS} redirects")

    def _fetch(self, url: str, max_bytes: int, accept: str) -> Response:
        """One request, no redirect followed."""
        if self._closed.is_set():
            raise SourceError("the HTTP client was closed")
        host = host_of(url)
        with self._spacing.turn(origin_of(url)):
            deadline = self._monotonic() + self._timeout
            try:
                return self._read(url, host, max_bytes, accept, deadline)
            except HTTPError as fault:
                error = SourceError(f"{host}: {_in_words(fault)}")
                passing = isinstance(fault, _PASSING_FAULTS)
                raise (_Passing(error) if passing else error) from fault

    def _read(self, url: str, host: str, max_bytes: int, accept: str, deadline: float) -> Response:
        proxy = proxy_for(url, self._proxies)
        pool = self._pools.get(proxy) or self._pools.setdefault(proxy, self._pool(proxy))
        answer = pool.request(
            "GET",
            url,
            headers={**self._headers, "Accept": accept},
            redirect=False,
            preload_content=False,
        )
        whole = False
        try:
            body = bytearray()
            while chunk := answer.read1(_CHUNK_BYTES):
                body += chunk
                if len(body) > max_bytes:
                    raise SourceError(f"{host}: the answer is longer than {max_bytes} bytes")
                if self._monotonic() > deadline:
                    raise _Passing(SourceError(f"{host}: no whole answer in time"))
            whole = True
        finally:
            # A half-read connection must not go back into the pool.
            answer.release_conn() if whole else answer.close()
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(status=answer.status, headers=headers, body=bytes(body), url=url)

    def _pool(self, proxy: str | None) -> urllib3.PoolManager:
        """Connections made directly or through *proxy*."""
        timeout = urllib3.Timeout(connect=min(self._timeout, 10.0), read=self._timeout)
        if proxy is None:
            direct = urllib3.PoolManager(timeout=timeout, retries=False, maxsize=4)
            guard(direct, self._redirect_hosts)
            return direct
        return urllib3.ProxyManager(
            proxy,
            proxy_headers=urllib3.make_headers(proxy_basic_auth=sign_in(proxy)),
            timeout=timeout,
            retries=False,
            maxsize=4,
        )

    def _checked(self, response: Response, allow: Collection[int]) -> Response:
        status = response.status
        if status < 300 or status in allow:
            return response
        error = SourceError(
            f"{host_of(response.url)} answered {status}",
            status=status,
            retry_after=seconds_to_wait(response.headers.get("retry-after"), self._clock()),
        )
        raise _Passing(error) if status in _PASSING_STATUSES else error


def _verified(response: Response, verify: Callable[[Response], object] | None) -> Response:
    if verify is not None and response.status < 300:
        try:
            verify(response)
        except SourceError as error:
            error.status = response.status
            raise _Passing(error) from error
    return response


def _in_words(fault: HTTPError) -> str:
    return next((text for kind, text in _WORDS if isinstance(fault, kind)), type(fault).__name__)

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
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

import httpx2

from bot.clock import Clock, utc_now
from bot.errors import SourceError
from bot.net.addresses import origin_of, redirect_target, web_address
from bot.net.connections import NoSuchHostError, PrivateAddressError, UnsafeConnectionError
from bot.net.limits import CallEndedError, Limits
from bot.net.spacing import Spacing
from bot.net.transport import LIMITS, LimitedTransport

log = logging.getLogger(__name__)

# Names the program and nobody.
USER_AGENT = "paperboy/0.1"
MAX_BYTES = 20_000_000
MAX_REDIRECTS = 3
LONGEST_WAIT_SECONDS = 30.0
FIRST_BACKOFF_SECONDS = 1.0
CONNECT_SECONDS = 10.0
# Where there is no way to a host, more tries than this help nobody who waits.
CONNECTION_RETRIES = 1
OUT_OF_REACH_SECONDS = 10.0

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING_STATUSES = frozenset({429, 500, 502, 503, 504})
_LASTING_FAULTS = (
    *(PrivateAddressError, UnsafeConnectionError),
    *(httpx2.DecodingError, httpx2.UnsupportedProtocol),
)
_NO_WAY = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)
_WORDS: tuple[tuple[type[httpx2.RequestError], str], ...] = (
    (PrivateAddressError, "its name leads to a private address"),
    (NoSuchHostError, "no such host was found"),
    (UnsafeConnectionError, "no safe connection"),
    (httpx2.ProxyError, "no way through the proxy"),
    (httpx2.ConnectError, "no connection"),
    (httpx2.TimeoutException, "no answer in time"),
    (httpx2.DecodingError, "the answer could not be unpacked"),
    (httpx2.TransportError, "the connection broke off"),
)


@dataclass(frozen=True)
class Response:
    """A whole answer; header names are lower-case, ``url`` is where it came from in the end."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str


class _Passing(Exception):
    """A failure that another try may mend; *no_way* when there was no connection at all."""

    def __init__(self, error: SourceError, *, no_way: bool = False) -> None:
        self.error = error
        self.no_way = no_way


class HttpClient:
    """Bounded GETs for all sources. Safe in any thread; close it at the end.

    Args:
        user_agent: names the program and nobody.
        spacing: seconds between two calls by host; such a host gets one call at a time.
        timeout: seconds that one try may take, from looking its host up to the body's end.
        retries: how often a failure that may pass is tried again.
        redirect_hosts: where redirects may lead besides the host asked for: ``arxiv.org``, or
            ``127.0.0.1:8000`` for another port than the scheme's own.
        private_hosts: hosts that may be in a private network or on this machine: those that the
            operator set. All others are reached at public addresses only.
        longest_wait: seconds; a Retry-After beyond it ends the call, for the caller to go on
            without.
        sleep: waits; by default until :meth:`close` at the longest.
        clock: the time in UTC, for a Retry-After that names a date.
        monotonic: seconds, for pauses between calls.
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
        private_hosts: Collection[str] = (),
        longest_wait: float = LONGEST_WAIT_SECONDS,
        sleep: Callable[[float], object] | None = None,
        clock: Clock = utc_now,
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
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip"}
        self._transport = LimitedTransport(
            Limits(timeout, MAX_BYTES), private_hosts=private_hosts, proxies=proxies
        )

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
        asked = web_address(f"{url}?{urlencode(params)}" if params else url)
        most = self._retries if retries is None else retries
        attempt = 0
        while True:
            try:
                return _verified(self._follow(asked, max_bytes, accept, allow), verify)
            except _Passing as fault:
                tries = min(most, CONNECTION_RETRIES) if fault.no_way else most
                last = attempt >= tries
                if last and fault.no_way:
                    self._spacing.refuse(origin_of(asked), OUT_OF_REACH_SECONDS)
                self._pause(asked, fault.error, attempt, last=last)
            attempt += 1

    def close(self) -> None:
        """End all calls and all waiting with a SourceError."""
        self._closed.set()
        self._transport.close()

    def _pause(self, url: httpx2.URL, error: SourceError, attempt: int, *, last: bool) -> None:
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

    def _follow(
        self, asked: httpx2.URL, max_bytes: int, accept: str, allow: Collection[int]
    ) -> Response:
        url = asked
        for _ in range(MAX_REDIRECTS + 1):
            response = self._fetch(url, max_bytes, accept)
            if response.status not in _REDIRECTS or "location" not in response.headers:
                return self._checked(response, url.host, allow)
            location = response.headers["location"]
            url = redirect_target(asked, url, location, self._redirect_hosts)
        raise SourceError(f"{asked.host}: more than {MAX_REDIRECTS} redirects")

    def _fetch(self, url: httpx2.URL, max_bytes: int, accept: str) -> Response:
        """One request, no redirect followed."""
        request = httpx2.Request(
            "GET",
            url,
            headers={**self._headers, "Accept": accept},
            extensions={
                "timeout": {"connect": min(self._timeout, CONNECT_SECONDS)},
                LIMITS: Limits(self._timeout, max_bytes),
            },
        )
        with self._spacing.turn(origin_of(url)):
            try:
                return self._read(request)
            except CallEndedError as ended:
                raise _ended(ended, url.host, max_bytes) from ended
            except httpx2.RequestError as fault:
                error = SourceError(f"{url.host}: {_in_words(fault)}")
                if isinstance(fault, _LASTING_FAULTS):
                    raise error from fault
                raise _Passing(error, no_way=isinstance(fault, _NO_WAY)) from fault

    def _read(self, request: httpx2.Request) -> Response:
        with closing(self._transport.handle_request(request)) as answer:
            return Response(
                status=answer.status_code,
                headers=dict(answer.headers),
                body=answer.read(),
                url=str(request.url),
            )

    def _checked(self, response: Response, host: str, allow: Collection[int]) -> Response:
        status = response.status
        if status < 300 or status in allow:
            return response
        error = SourceError(
            f"{host} answered {status}",
            status=status,
            retry_after=seconds_to_wait(response.headers.get("retry-after"), self._clock()),
        )
        raise _Passing(error) if status in _PASSING_STATUSES else error


def seconds_to_wait(retry_after: str | None, now: datetime) -> float | None:
    """What a Retry-After header asks for; it holds seconds or a date, or nothing of use."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _ended(ended: CallEndedError, host: str, max_bytes: int) -> Exception:
    if ended.reason == "closed":
        return SourceError("the HTTP client was closed")
    if ended.reason == "too-large":
        return SourceError(f"{host}: the answer is longer than {max_bytes} bytes")
    return _Passing(SourceError(f"{host}: no whole answer in time"))


def _verified(response: Response, verify: Callable[[Response], object] | None) -> Response:
    if verify is not None and response.status < 300:
        try:
            verify(response)
        except SourceError as error:
            error.status = response.status
            raise _Passing(error) from error
    return response


def _in_words(fault: httpx2.RequestError) -> str:
    return next((text for kind, text in _WORDS if isinstance(fault, kind)), type(fault).__name__)

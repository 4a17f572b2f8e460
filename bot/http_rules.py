"""The rules of fetching that need no network: addresses, redirects, waits."""

from collections.abc import Collection
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from bot.errors import SourceError

_OWN_PORTS = {"http": 80, "https": 443}


def is_web_address(url: str) -> bool:
    """Whether *url* is absolute, http or https, and well formed."""
    try:
        parts = urlsplit(url)
        return parts.scheme in _OWN_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def host_of(url: str) -> str:
    """The host alone, as errors name it."""
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """The host, with its port unless it is the scheme's own."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    return host if port in (None, _OWN_PORTS.get(parts.scheme)) else f"{host}:{port}"


def redirect_target(asked: str, url: str, location: str, allowed: Collection[str]) -> str:
    """Where a redirect leads that *url* gave when *asked* was asked for.

    Args:
        allowed: origins that it may lead to besides that of *asked*.

    Raises:
        SourceError: to a place that is not allowed, or from https to http.
    """
    try:
        target = urljoin(url, location)
    except ValueError:
        target = ""
    if not is_web_address(target):
        raise SourceError(f"{host_of(asked)}: a broken redirect")
    if origin_of(target) not in {origin_of(asked), *allowed}:
        raise SourceError(f"{host_of(asked)}: a redirect to {origin_of(target)} is not followed")
    if asked.startswith("https:") and not target.startswith("https:"):
        raise SourceError(f"{host_of(asked)}: a redirect away from https is not followed")
    return target


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

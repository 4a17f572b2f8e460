"""Which addresses may be asked: read once, by the parser that connects."""

import ipaddress
from collections.abc import Collection

import httpx2

from bot.errors import SourceError

_SCHEMES = ("http", "https")
# Addresses of the old protocol within the new one, as a translating network reaches them.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def web_address(text: str) -> httpx2.URL:
    """*text* as an address that means the same to every reader.

    Raises:
        SourceError: it is no absolute http or https address, or an odd one: with a user's name,
            white space, control characters or backslashes, which parsers read differently.
    """
    url = _parsed(text)
    if (
        url is None
        or url.scheme not in _SCHEMES
        or not url.host
        or url.userinfo
        or "%" in url.host
        or not (url.port is None or 0 < url.port < 65536)
    ):
        shown = "" if "@" in text else f": {text[:100]!r}"  # there may be a password before it
        raise SourceError(f"not a web address{shown}")
    return url


def host_of(text: str) -> str:
    """The host of an address, empty where it has none."""
    url = _parsed(text)
    return "" if url is None else url.host


def origin_of(url: httpx2.URL) -> str:
    """The host, with its port unless it is the scheme's own."""
    return url.host if url.port is None else f"{url.host}:{url.port}"


def redirect_target(
    asked: httpx2.URL, url: httpx2.URL, location: str, allowed: Collection[str]
) -> httpx2.URL:
    """Where a redirect leads that *url* gave when *asked* was asked for.

    Args:
        allowed: origins that it may lead to besides that of *asked*.

    Raises:
        SourceError: to a place that is not allowed, or from https to http.
    """
    relative = _parsed(location)
    try:
        target = web_address("" if relative is None else str(url.join(relative)))
    except (SourceError, ValueError, httpx2.InvalidURL):
        raise SourceError(f"{asked.host}: a broken redirect") from None
    if origin_of(target) not in {origin_of(asked), *allowed}:
        raise SourceError(f"{asked.host}: a redirect to {origin_of(target)} is not followed")
    if asked.scheme == "https" and target.scheme != "https":
        raise SourceError(f"{asked.host}: a redirect away from https is not followed")
    return target


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global
    if ip in _TRANSLATED:
        return ipaddress.IPv4Address(ip.packed[-4:]).is_global
    return (ip.ipv4_mapped or ip.sixtofour or ip).is_global


def _parsed(text: str) -> httpx2.URL | None:
    if not text.isprintable() or " " in text or "\\" in text:
        return None
    try:
        return httpx2.URL(text)
    except httpx2.InvalidURL:
        return None

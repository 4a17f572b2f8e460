"""What the values of settings mean: each parser takes the text of one and raises ValueError, with
words for whoever wrote it, when it isn't one."""

from collections.abc import Callable
from datetime import time
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def parse_weekdays(text: str) -> tuple[int, ...]:
    """``mon-fri`` or ``mon,wed,fri`` as numbers, Monday 0.

    Raises:
        ValueError: a word is not a weekday.
    """
    days: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first not in WEEKDAYS or (last and last not in WEEKDAYS):
            raise ValueError("use names such as mon-fri or mon,wed,fri")
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return tuple(sorted(days))


def parse_time(text: str) -> time:
    """``09:00`` as a time of day.

    Raises:
        ValueError: not a time between 00:00 and 23:59.
    """
    hours, colon, minutes = text.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        raise ValueError("use 24-hour HH:MM, such as 09:00")
    return time(int(hours), int(minutes))


def parse_timezone(text: str) -> str:
    """An IANA time zone name, checked.

    Raises:
        ValueError: no such zone.
    """
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("use an IANA name such as Asia/Seoul or America/New_York") from None
    return text


def url(text: str) -> str:
    """An ``http`` or ``https`` URL, without a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("use a URL that starts with http:// or https://")
    return text.rstrip("/")


def slack_url(text: str) -> str:
    """A base URL, which ends in a slash."""
    url(text)
    if not text.endswith("/"):
        raise ValueError("the URL must end in /")
    return text


def choice(*allowed: str) -> Callable[[str], str]:
    """One of these words."""

    def parse(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"use one of {', '.join(allowed)}")
        return text.lower()

    return parse


def positive(kind: type[int] | type[float]) -> Callable[[str], Any]:
    """A number above 0."""

    def parse(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            value = kind(0)
        if not 0 < value < 1e9:
            raise ValueError("use a number above 0")
        return value

    return parse


def at_least(least: int) -> Callable[[str], int]:
    """A whole number of at least *least*."""

    def parse(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueError(f"use a whole number of at least {least}")
        return int(text)

    return parse


def port_number(text: str) -> int:
    """A port."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ValueError("use a port between 1 and 65535")
    return int(text)


def address(text: str) -> str:
    """An IP address to listen on."""
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError("use an IP address such as 127.0.0.1 or 0.0.0.0") from None


def flag(text: str) -> bool:
    """``true`` or ``false``."""
    if text.lower() not in _FLAGS:
        raise ValueError("use true or false")
    return _FLAGS[text.lower()]


def words(text: str) -> tuple[str, ...]:
    """Words between commas or blanks."""
    return tuple(word for word in text.replace(",", " ").split() if word)


def price_table(text: str) -> dict[str, tuple[float, float, float]]:
    """``model=input/cached/output`` in USD per million tokens, by model."""
    table = {}
    for entry in text.split(","):
        name, _, rest = entry.strip().partition("=")
        try:
            asked, cached, written = (float(part) for part in rest.split("/"))
        except ValueError:
            raise ValueError("use model=input/cached/output in USD per million tokens") from None
        table[name] = (asked, cached, written)
    return table


def prefixed(prefix: str) -> Callable[[str], str]:
    """A text that begins with *prefix*."""

    def parse(text: str) -> str:
        if not text.startswith(prefix):
            raise ValueError(f"it starts with {prefix}")
        return text

    return parse

"""What the values of settings mean: each parser takes the text of one and raises
:class:`ValueProblem`, a ValueError, when it isn't one."""

from collections.abc import Callable
from datetime import time
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class ValueProblem(ValueError):
    """A value is not one; ``message_id`` and ``arguments`` name the catalogue's words for whoever
    wrote it."""

    def __init__(self, message_id: str, **arguments: object) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.arguments = arguments


def parse_weekdays(text: str) -> tuple[int, ...]:
    """``mon-fri`` or ``mon,wed,fri`` as numbers, Monday 0.

    Raises:
        ValueProblem: a word is not a weekday.
    """
    days: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first not in WEEKDAYS or (last and last not in WEEKDAYS):
            raise ValueProblem("settings-use-weekdays")
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return tuple(sorted(days))


def parse_time(text: str) -> time:
    """``09:00`` as a time of day.

    Raises:
        ValueProblem: not a time between 00:00 and 23:59.
    """
    hours, colon, minutes = text.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        raise ValueProblem("settings-use-time")
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        raise ValueProblem("settings-use-time") from None


def parse_timezone(text: str) -> str:
    """An IANA time zone name, checked.

    Raises:
        ValueProblem: no such zone.
    """
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueProblem("settings-use-timezone") from None
    return text


def url(text: str) -> str:
    """An ``http`` or ``https`` URL, without a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueProblem("settings-use-url")
    return text.rstrip("/")


def database(text: str) -> str:
    """A file, or the address of a PostgreSQL server."""
    if "://" in text and not text.startswith(("postgresql://", "postgres://")):
        raise ValueProblem("settings-use-database")
    return text


def slack_url(text: str) -> str:
    """A base URL, which ends in a slash."""
    url(text)
    if not text.endswith("/"):
        raise ValueProblem("settings-use-slash")
    return text


def choice(*allowed: str) -> Callable[[str], str]:
    """One of these words."""

    def parse(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueProblem("settings-use-one-of", allowed=", ".join(allowed))
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
            raise ValueProblem("settings-use-positive")
        return value

    return parse


def at_least(least: int) -> Callable[[str], int]:
    """A whole number of at least *least*."""

    def parse(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueProblem("settings-use-at-least", least=str(least))
        return int(text)

    return parse


def port_number(text: str) -> int:
    """A port."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ValueProblem("settings-use-port")
    return int(text)


def address(text: str) -> str:
    """An IP address to listen on."""
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueProblem("settings-use-ip") from None


def flag(text: str) -> bool:
    """``true`` or ``false``."""
    if text.lower() not in _FLAGS:
        raise ValueProblem("settings-use-flag")
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
            raise ValueProblem("settings-use-prices") from None
        table[name] = (asked, cached, written)
    return table


def prefixed(prefix: str) -> Callable[[str], str]:
    """A text that begins with *prefix*."""

    def parse(text: str) -> str:
        if not text.startswith(prefix):
            raise ValueProblem("settings-use-prefix", prefix=prefix)
        return text

    return parse

"""Reads single fields of an answer that may hold anything: each is a good value or nothing."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from bot.text import one_line

LONGEST_URL = 500
LONGEST_TEXT = 20_000
LONGEST_TITLE = 1_000
LONGEST_NAME = 200
MOST_NAMES = 5_000
LARGEST_COUNT = 10**9

_UNSAFE_IN_URL = re.compile(r"""[\s<>|"'`\\^{}\x00-\x1f\x7f]""")


def folded(value: Any, *, most: int = LONGEST_TEXT) -> str:
    """A text on one line, cut off after *most* characters, or "" for anything that is not text."""
    return one_line(value, most) if isinstance(value, str) else ""


def texts(value: Any) -> tuple[str, ...]:
    """The non-empty names of an array, each once; of very many the first."""
    entries = value[:MOST_NAMES] if isinstance(value, list) else []
    names = (folded(entry, most=LONGEST_NAME) for entry in entries)
    return tuple(dict.fromkeys(name for name in names if name))


def mapping(value: Any) -> Mapping[str, Any]:
    """A JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def count(value: Any) -> int | None:
    """A number of votes, stars or comments."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 <= value <= LARGEST_COUNT else None


def moment(value: Any) -> datetime | None:
    """An ISO 8601 time in UTC; one without a zone is taken as UTC."""
    if not isinstance(value, str):
        return None
    try:
        time = datetime.fromisoformat(value.strip())
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def web_url(value: Any) -> str | None:
    """An http or https address of a public host, else None."""
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > LONGEST_URL or _UNSAFE_IN_URL.search(text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    safe = parts.scheme in ("http", "https") and "@" not in parts.netloc and _is_public(host)
    return text if safe else None


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".internal", ".localhost"))

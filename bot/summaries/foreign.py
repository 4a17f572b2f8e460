"""Links and mentions: what a text may not bring into a channel. Pure."""

import re
from collections.abc import Collection

_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{0,20}://[^\s)\]>|]+|www\.[^\s)\]>|]+|\]\([^()]*\)"
    r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|io|ai|dev|co|ru|cn|kr|xyz|info|app|me|site|top|ly|gg)"
    r"\b(?:/\S*)?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"<[@!#][^<>]*>|(?<![\w.])@[A-Za-z가-힣][\w.-]*|[^\s@]@[^\s@]+\.[a-z]{2}")


def foreign_links(text: str, own: Collection[str] = ()) -> list[str]:
    """The links and bare domains in *text* that aren't among the paper's *own*."""
    found = (match.group().rstrip(".,;:") for match in _LINK.finditer(text))
    return [one for one in found if one not in own]


def has_mention(text: str) -> bool:
    """Whether *text* calls somebody: ``@here``, ``<!channel>``, ``<@U…>``, a mail address."""
    return _MENTION.search(text) is not None


def is_foreign(text: str, own: Collection[str] = ()) -> bool:
    """Whether *text* has a link that isn't the paper's own, or a mention."""
    return has_mention(text) or bool(foreign_links(text, own))

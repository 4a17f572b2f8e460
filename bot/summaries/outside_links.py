"""Links and mentions: what a text may not bring into a channel. Pure.

Slack never makes a link of what only looks like one (see ``bot.slack.blocks.parts``). What is found
here are sentences that send their reader elsewhere.
"""

import re
import unicodedata
from collections.abc import Collection

from bot.text import one_line

# An address says where to fetch something from: by a scheme, as a mark-up link, or by a path behind
# a name with dots. A name with dots alone may as well be a file, a version or a model.
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}://[^\s)\]>|]+|\bwww\.[^\s)\]>|]+|\]\([^)\s]{0,500}\)"
    r"|(?<![\w.@/-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2,24}(?::\d{1,5})?/\S*",
    re.IGNORECASE,
)
_MENTION = re.compile(r"<[@!#][^<>]*>|(?<![\w.])@[^\W\d_][\w.-]*|\w@[\w-]+\.[\w.-]*[a-z]{2}")

_SELECTORS = dict.fromkeys(range(0xFE00, 0xFE10))


def outside_links(text: str, own: Collection[str] = ()) -> list[str]:
    """The links in *text* that aren't among the paper's *own*."""
    found = (match.group().rstrip(".,;:") for match in _LINK.finditer(_as_read(text)))
    return [one for one in found if one not in own]


def has_mention(text: str) -> bool:
    """Whether *text* calls somebody: ``@here``, ``<!channel>``, ``<@U…>``, a mail address."""
    return _MENTION.search(_as_read(text)) is not None


def leads_outside(text: str, own: Collection[str] = ()) -> bool:
    """Whether *text* has a link that isn't the paper's own, or a mention."""
    return has_mention(text) or bool(outside_links(text, own))


def _as_read(text: str) -> str:
    """The text without unseen characters, its wide letters and signs as plain ones."""
    return one_line(unicodedata.normalize("NFKC", one_line(text)).translate(_SELECTORS))

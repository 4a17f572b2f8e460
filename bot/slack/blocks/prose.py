"""Foreign text made ready for mrkdwn within a number of characters.

Cutting after escaping could tear an entity or a link in two, so it is cut before, and again
shorter when the escapes have made it too long.
"""

import re

from bot.slack.blocks.text import Mrkdwn, escape, truncate
from bot.text import one_line

# Look-alikes: a lone star or backtick in a title must not turn the rest of the line bold or code.
_QUIET = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_BULLET = re.compile(r"^\s*[-*•+]\s+")
_MARK = "•  "
_SHORTEST_LINE = 20
_EDGE_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")


def prose(text: str, limit: int) -> str:
    """*text* on one line, harmless, in at most *limit* characters."""
    return escaped(_EDGE_UNDERSCORE.sub("＿", one_line(text).translate(_QUIET)), limit)


def escaped(text: str, limit: int) -> str:
    """*text* as it is, escaped, in at most *limit* characters; mrkdwn stays whole."""
    if isinstance(text, Mrkdwn):
        return text
    room = limit
    while True:
        safe = escape(truncate(text, room))
        if len(safe) <= limit:
            return safe
        room -= max(1, (len(safe) - limit) // 4)


def paragraph(text: str, limit: int) -> str:
    """Like :func:`prose`, but lines stay lines: bullets where there are several."""
    lines = [line for line in text.split("\n") if one_line(line)]
    if len(lines) < 2:
        return prose(text, limit)
    shown: list[str] = []
    left = limit
    for line in lines:
        if left < _SHORTEST_LINE:
            break
        shown.append(_MARK + prose(_BULLET.sub("", line), left - len(_MARK)))
        left -= len(shown[-1]) + 1
    return "\n".join(shown)


def labelled_link(url: str, label: str, limit: int) -> str:
    """A mrkdwn link whose label has at most *limit* characters. *url* must be a checked one."""
    return f"<{url}|{prose(label, limit).replace('|', '¦')}>"

"""Text made safe for Slack's mrkdwn, within a number of characters.

Text is cut before it is escaped, since a cut afterwards could tear an entity or a link in two.
"""

import re

from bot.text import one_line

ELLIPSIS = "…"
_FORMATTING = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})
# Underscores within words are no formatting: names of files and models keep theirs.
_OUTSIDE_WORDS = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_EDGE_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")
_BULLET = re.compile(r"^\s*[-*•+]\s+")
_MARK = "•  "
_SHORTEST_LINE = 20
_LABEL_LIMIT = 300


class Mrkdwn(str):
    """Text that is mrkdwn already: escaped, with links and mentions of our own."""

    __slots__ = ()


def escape(text: str) -> str:
    """Text that mentions nobody and links nowhere, whatever it holds."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def truncate(text: str, limit: int) -> str:
    """*text* in at most *limit* characters, cut at a word where one ends near the limit."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    if space > limit * 0.7:
        cut = cut[:space]
    return cut.rstrip(" ,.;:") + ELLIPSIS


def escaped(text: str, limit: int) -> str:
    """*text* escaped, in at most *limit* characters; text that is mrkdwn already is left whole."""
    if isinstance(text, Mrkdwn):
        return text
    room = limit
    while True:
        safe = escape(truncate(text, room))
        if len(safe) <= limit:
            return safe
        # Escapes made it too long: cut a little more off, by how much it is beyond the limit.
        room -= max(1, (len(safe) - limit) // 4)


def prose(text: str, limit: int) -> str:
    """*text* on one line, without formatting or links, in at most *limit* characters."""
    return escaped(_EDGE_UNDERSCORE.sub("＿", one_line(text).translate(_OUTSIDE_WORDS)), limit)


def paragraph(text: str, limit: int) -> str:
    """As :func:`prose`, but lines stay lines, as bullets where there are several."""
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


def link(url: str, label: str, limit: int = _LABEL_LIMIT) -> str:
    """A mrkdwn link to a checked *url*, with a label of at most *limit* characters."""
    safe = url.replace("|", "%7C").replace(">", "%3E").replace("<", "%3C").replace(" ", "%20")
    return f"<{safe}|{prose(label, limit).replace('|', '¦')}>"


def bold(text: str) -> str:
    """Escaped text in bold; formatting characters inside are replaced by look-alikes."""
    return f"*{escape(one_line(text)).translate(_FORMATTING)}*"

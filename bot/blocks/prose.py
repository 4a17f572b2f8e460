"""Foreign text made ready for mrkdwn within a number of characters.

Cutting after escaping could tear an entity or a link in two, so it is cut before, and again
shorter when the escapes have made it too long.
"""

import re

from bot.blocks.text import clean, escape, truncate

# Look-alikes: a lone star or backtick in a title must not turn the rest of the line bold or code.
_QUIET = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_EDGE_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")


def prose(text: str, limit: int) -> str:
    """*text* on one line, harmless, in at most *limit* characters."""
    whole = _EDGE_UNDERSCORE.sub("＿", clean(text).translate(_QUIET))
    room = limit
    while True:
        safe = escape(truncate(whole, room))
        if len(safe) <= limit:
            return safe
        room -= max(1, (len(safe) - limit) // 4)


def labelled_link(url: str, label: str, limit: int) -> str:
    """A mrkdwn link whose label has at most *limit* characters. *url* must be a checked one."""
    return f"<{url}|{prose(label, limit).replace('|', '¦')}>"

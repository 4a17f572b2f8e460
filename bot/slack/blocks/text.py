"""Text that is safe to show in Slack's mrkdwn."""

from bot.text import one_line

ELLIPSIS = "…"
_FORMATTING = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})


class Mrkdwn(str):
    """Text that is mrkdwn already: escaped, with links and mentions of our own."""

    __slots__ = ()


def escape(text: str) -> str:
    """Text that pings nobody and links nowhere, whatever it holds."""
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


def link(url: str, label: str) -> str:
    """A mrkdwn link. The label's own formatting characters lose their power."""
    safe = url.replace("|", "%7C").replace(">", "%3E").replace("<", "%3C").replace(" ", "%20")
    return f"<{safe}|{escape(one_line(label)).replace('|', '¦')}>"


def bold(text: str) -> str:
    """Escaped text in bold; formatting characters inside are replaced by look-alikes."""
    return f"*{escape(one_line(text)).translate(_FORMATTING)}*"

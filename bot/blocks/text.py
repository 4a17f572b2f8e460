"""Text that is safe to show in Slack's mrkdwn."""

import re
import unicodedata

ELLIPSIS = "…"
# Direction overrides and other invisible controls that could disguise a text.
_CONTROLS = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_FORMATTING = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})


def clean(text: str) -> str:
    """One line, without control and direction characters, composed (NFC)."""
    return " ".join(_CONTROLS.sub("", unicodedata.normalize("NFC", text)).split())


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
    return f"<{safe}|{escape(clean(label)).replace('|', '¦')}>"


def bold(text: str) -> str:
    """Escaped text in bold; formatting characters inside are replaced by look-alikes."""
    return f"*{escape(clean(text)).translate(_FORMATTING)}*"

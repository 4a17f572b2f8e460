"""``brief``: one sentence a paper. The default in Slack."""

from bot.digests.styles.base import Style

STYLE = Style(name="brief")

"""The papers linked in the message that opened a thread of somebody else."""

import logging

from bot.errors import SlackError
from bot.slack.port import SlackOut
from bot.sources.ids import find_ids

logger = logging.getLogger(__name__)


class Roots:
    """Reads a thread's first message from Slack; what comes of it is kept by the caller."""

    def __init__(self, slack: SlackOut) -> None:
        self._slack = slack

    def paper_ids(self, channel: str, thread_ts: str) -> list[str]:
        """arXiv ids in the first message, links in its blocks and unfurls included."""
        try:
            text = self._slack.message_text(channel, thread_ts)
        except SlackError as error:
            logger.info("the thread's first message could not be read: %s", error)
            return []
        return find_ids(text or "")

"""Links to papers in what members post: the summary below, or an offer to the poster alone."""

import logging
from typing import Any

from slack_bolt import App

from bot.errors import SlackError
from bot.questions import IncomingMessage
from bot.services import Services

# Slack asks while somebody still writes, too; what is shown then has no channel yet.
POSTED = "conversations_history"

logger = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Connect the event of shared links."""

    @app.event("link_shared")
    def shared(event: dict[str, Any]) -> None:
        """Show the stored summaries, in channels where Paperboy is a member."""
        if event.get("source", POSTED) != POSTED or event.get("is_bot_user_member") is False:
            return
        channel, ts = event.get("channel"), event.get("message_ts")
        urls = [str(one["url"]) for one in event.get("links") or () if one.get("url")]
        if not (channel and ts and urls):
            return
        try:
            services.links.unfurl(channel, ts, urls)
        except SlackError as error:
            logger.info("no summary under a link: %s", error)


def offer(message: IncomingMessage, services: Services) -> None:
    """Offer the poster of a link, and nobody else, to open the paper's thread: once for each
    paper, channel and member."""
    language = services.members.language(message.user)
    offered = services.links.offer(message.channel, message.text, language)
    if offered is None:
        return
    paper_id, words = offered
    if services.conversations.first_offer(message.channel, paper_id, message.user):
        services.links.show_privately(message.channel, message.user, words)

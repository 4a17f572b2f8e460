"""``/papers unsubscribe``: no more digests for this channel."""

from bot.languages import catalog
from bot.services import Services
from handlers.commands.base import Command, Reply, Request
from handlers.replies import words_reply


def run(request: Request, services: Services) -> Reply:
    """End the channel's subscription."""
    services.subscriptions.unsubscribe(request.channel, request.user)
    return words_reply(catalog(request.language).text("actions-unsubscribed-done"))


COMMAND = Command("unsubscribe", run, order=64)

"""``/papers today``: the newest listing."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """Today's papers, as the channel's own digest would show them."""
    return Reply((services.listings.today(request.channel, request.language),), share="today")


COMMAND = Command("today", run, order=10)

"""``/papers status``: how Paperboy is doing in this channel."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """Subscription, last and next digest, sources, model."""
    zone = services.members.known_timezone(request.user)
    return Reply((services.status.message(request.channel, request.language, zone=zone),))


COMMAND = Command("status", run, order=80)

"""``/papers forget``: what is kept about the one who asks, to be deleted."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """Open the form; it is about nobody else, whatever else was typed."""
    return Reply(view=services.forgetting.view(request.user, request.language))


COMMAND = Command("forget", run, order=85)

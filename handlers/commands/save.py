"""``/papers save 3``: onto my own list."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """Save the paper that the words mean."""
    saved = services.saved.save(request.channel, request.words, request.user, request.language)
    return Reply((saved,))


COMMAND = Command("save", run, order=70)

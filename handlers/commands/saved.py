"""``/papers saved``: my own list."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """The asker's saved papers; ``bibtex``, ``csl`` or ``markdown`` gives them to be copied."""
    if request.words.strip():
        kind = request.words.strip().lower()
        return Reply(services.saved.export(request.user, kind, request.language))
    return Reply((services.saved.show(request.user, request.language),))


COMMAND = Command("saved", run, order=72)

"""``/papers search words``: the archive."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """Papers that fit the words, best first."""
    found = services.search.find(
        request.words, request.language, place=request.seen_from, member=request.user
    )
    return Reply((found,), share=f"search {request.words}")


COMMAND = Command("search", run, order=40)

"""``/papers show 3``: one paper by number, arXiv id, link or title."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """A paper's card."""
    card = services.cards.show(
        request.channel, request.words, request.language, place=request.seen_from
    )
    return Reply((card,), share=f"show {request.words}")


COMMAND = Command("show", run, order=30)

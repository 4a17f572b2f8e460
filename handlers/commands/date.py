"""``/papers date 2025-01-29``: the listing of one day."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """The papers of a day given as a date or as a word such as "yesterday"."""
    shown = services.listings.day(request.channel, request.words, request.language)
    return Reply((shown,), share=f"date {request.words}")


COMMAND = Command("date", run, order=20)

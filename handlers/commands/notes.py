"""``/papers notes 3``: what the team noted about a paper."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """The notes on the paper that the words mean."""
    notes = services.notes.show(
        request.channel, request.words, request.language, place=request.seen_from
    )
    return Reply((notes,), share=f"notes {request.words}")


COMMAND = Command("notes", run, order=74)

"""``/papers week 2025-W12``: the digest of a week."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """A week's papers; without words, those of the running week."""
    messages = services.listings.week(request.words, request.language, channel=request.channel)
    return Reply(messages, share=f"week {request.words}".strip())


COMMAND = Command("week", run, order=25)

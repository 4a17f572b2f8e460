"""``/papers ask question``: an answer from the whole archive, for its asker alone."""

import secrets

from bot.errors import InputError
from bot.languages import catalog
from bot.services import Services
from handlers.commands.base import Command, Reply, Request
from handlers.replies import words_reply


def run(request: Request, services: Services) -> Reply:
    """Hand the question to the answering threads, which reply when they are done."""
    if not request.words:
        raise InputError("no question", message_id="commands-no-question")
    services.conversations.ask_privately(
        request.words,
        user=request.user,
        language=request.language,
        key=request.trigger_id or secrets.token_hex(8),
        reply=request.reply,
    )
    return words_reply(catalog(request.language).text("commands-asking"))


COMMAND = Command("ask", run, order=45)

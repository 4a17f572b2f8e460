"""``/papers help``: what can be typed."""

from bot.languages import catalog
from bot.services import Services
from bot.slack.blocks import Message, context, header, section
from handlers.commands.base import Command, Reply, Request
from handlers.commands.registry import discover


def run(request: Request, services: Services) -> Reply:  # noqa: ARG001
    """All subcommands with an example each."""
    words = catalog(request.language)
    lines = [words.text(command.help) for command in discover().all]
    title, hint = words.text("commands-help-title"), words.text("commands-help-hint")
    body = "\n".join(lines)
    blocks = (header(title), section(body, expand=True), context(hint))
    return Reply((Message(f"{title}\n{body}\n{hint}", blocks),))


COMMAND = Command("help", run, order=90)

"""``/papers``: acknowledge, parse, look up, run, reply."""

import html
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.errors import PaperboyError
from bot.services import Services
from bot.telemetry.metrics import Metrics
from bot.text import one_line
from handlers.commands import Command, Commands, Reply, Request, discover
from handlers.payloads import WEB_LINK, response_url
from handlers.replies import reply_privately, send

COMMAND = "/papers"
_PLAIN_SIGNS = str.maketrans("“”‘’–—", "\"\"''--")


def register(app: App, services: Services) -> None:
    """Connect the slash command."""
    commands = discover()

    @app.command(COMMAND)
    def papers(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        request = request_from(body, services)
        send(run_text(request, commands, services), request, client)


def request_from(body: Mapping[str, Any], services: Services) -> Request:
    """The request behind a slash command's payload."""
    user = str(body.get("user_id") or "")
    return Request(
        text=tidy(str(body.get("text") or "")),
        channel=str(body.get("channel_id") or ""),
        user=user,
        language=services.members.language(user),
        trigger_id=body.get("trigger_id"),
        reply=lambda messages: reply_privately(response_url(body), messages),
    )


def run_text(request: Request, commands: Commands, services: Services) -> Reply:
    """Run the subcommand that the first words name; without any, today's papers."""
    read = commands.read(request.text or "today") or _understood(request, commands, services)
    if read is None:
        services.metrics.command("unknown", "refused")
        return commands.unknown(request)
    command, words = read
    with counted(command.name, services.metrics):
        return command.run(request.with_words(words), services)


def _understood(
    request: Request, commands: Commands, services: Services
) -> tuple[Command, str] | None:
    """What is meant by words that begin with no subcommand: a day, a week, or a paper by its
    number, id or title."""
    is_paper = services.cards.is_paper(request.channel, request.text)
    name = "show" if is_paper else services.listings.period(request.channel, request.text)
    command = commands.find(name) if name else None
    return None if command is None else (command, request.text)


@contextmanager
def counted(name: str, metrics: Metrics) -> Iterator[None]:
    """Count how the block, a run of the subcommand *name*, ends."""
    outcome = "failed"
    try:
        yield
        outcome = "ok"
    except PaperboyError:
        outcome = "refused"
        raise
    finally:
        metrics.command(name, outcome)


def tidy(text: str) -> str:
    """The typed words: one line, plain quotes and dashes, without Slack's link marks."""
    unlinked = WEB_LINK.sub(r"\1", text)
    return one_line(html.unescape(unlinked)).translate(_PLAIN_SIGNS)

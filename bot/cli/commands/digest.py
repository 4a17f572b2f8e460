"""``paperboy digest``: compose a day's digest; print it, or post it through the outbox."""

import json
from datetime import date

import click

from bot.blocks import Message
from bot.cli.context import DAY, CommandContext, language_option, pass_context
from bot.digests import DigestContent, compose_daily, render_digest
from bot.errors import InputError
from bot.settings import STYLES


@click.command("digest")
@click.option("--date", "day", type=DAY, help="Default: the newest stored listing.")
@click.option("--style", type=click.Choice(STYLES), help="Default: PAPERBOY_STYLE.")
@language_option
@click.option("--count", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--channel", help="Post it there, through the outbox.")
@click.option("--dry-run", is_flag=True, help="Print the Block Kit JSON and send nothing.")
@pass_context
def COMMAND(
    context: CommandContext,
    day: date | None,
    style: str | None,
    language: str | None,
    count: int,
    channel: str | None,
    dry_run: bool,
) -> int:
    """Compose a digest; with --channel post it."""
    chosen = day or context.services.storage.listings.newest_with_papers()
    if chosen is None:
        raise InputError("no listing", message_id="cli-no-listing", date="-")
    content = _compose(context, chosen, style=style, language=language, count=count)
    messages = render_digest(content)
    if dry_run:
        click.echo(_as_json(messages, channel, chosen))
        return 0
    if channel:
        return _post(context, channel, content, messages)
    click.echo("\n\n".join(message.text for message in messages))
    return 0


def _compose(
    context: CommandContext, day: date, *, style: str | None, language: str | None, count: int
) -> DigestContent:
    services, settings = context.services, context.settings
    wanted = language or settings.language
    listing = services.storage.listings.get(day)
    if listing is None:
        raise InputError("no listing", message_id="cli-no-listing", date=day.isoformat())
    papers = services.storage.papers.get_many([entry.paper_id for entry in listing.entries])
    for one in ("ko", "en") if wanted == "both" else (wanted,):
        services.summarizer.ensure(papers[:count], one)
    return compose_daily(
        services.storage, day, language=wanted, style=style or settings.style, count=count
    )


def _as_json(messages: list[Message], channel: str | None, day: date) -> str:
    rows = [
        {
            "channel": channel,
            **message.payload(),
            "metadata": {
                "event_type": "paperboy_delivery",
                "event_payload": {"key": f"{channel or 'dry-run'}:daily:{day}:{position}"},
            },
        }
        for position, message in enumerate(messages)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _post(
    context: CommandContext, channel: str, content: DigestContent, messages: list[Message]
) -> int:
    outbox = context.services.outbox
    if outbox.plan_digest(channel, content, messages) is None:
        context.say("cli-posted-before", channel=channel, date=content.period)
        return 0
    outbox.drain()
    context.say("cli-posted", channel=channel, date=content.period)
    return 0

"""``paperboy digest``: compose a day's digest; print it, or post it through the outbox."""

from datetime import date

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.options import DAY, DailyStyle, language_option, no_listing


@click.command("digest")
@click.option("--date", "day", type=DAY)
@click.option("--style", type=DailyStyle())
@language_option
@click.option("--count", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--channel")
@click.option("--dry-run", is_flag=True)
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
    from bot.cli.digest_output import make_summaries, output_digest
    from bot.digests import choose_daily, compose_chosen
    from bot.digests.wish import Wish

    storage, settings = context.services.storage, context.settings
    sources = settings.sources
    chosen = day or storage.listings.newest_with_papers(sources=sources)
    listings = storage.listings.on(chosen, sources=sources) if chosen else []
    if chosen is None or not listings:
        raise no_listing(chosen)
    wish = Wish(language or settings.language, style or settings.style, count)
    choice = choose_daily(storage, listings, wish)
    make_summaries(context, [one.paper for one in choice.chosen], wish.languages)
    content = compose_chosen(storage, chosen, choice, listings, wish)
    return output_digest(context, content, channel=channel, dry_run=dry_run)

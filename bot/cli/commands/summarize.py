"""``paperboy summarize``: make the summaries that are missing."""

from datetime import date
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.options import DAY, language_option, no_listing
from bot.errors import UnknownPaperError
from bot.languages import languages_of
from bot.sources.ids import arxiv_id

if TYPE_CHECKING:
    from storage import Paper


@click.command("summarize")
@click.option("--date", "day", type=DAY)
@click.option("--paper")
@language_option
@click.option("--again", is_flag=True)
@pass_context
def COMMAND(
    context: CommandContext, day: date | None, paper: str | None, language: str | None, again: bool
) -> int:
    papers = _one(context, paper) if paper else _listed(context, day)
    wanted = language or context.settings.language
    failed = 0
    for one in languages_of(wanted):
        with context.progress("cli-summarizing", length=len(papers)) as bar:
            made = context.services.summarizer.ensure(
                papers, one, again=again, progress=lambda _paper_id, _summary: bar.update(1)
            )
        for each in papers:
            summary = made[each.id]
            failed += summary.problem is not None
            click.echo(f"{each.id} [{one}, {summary.maker}] {summary.tldr}")
    if failed:
        context.say("cli-summaries-to-repair", count=failed)
    return 0


def _one(context: CommandContext, text: str) -> "list[Paper]":
    found = context.services.collector.ensure_papers([arxiv_id(text) or text])
    if not found:
        raise UnknownPaperError(f"unknown paper {text}", paper=text)
    return found


def _listed(context: CommandContext, day: date | None) -> "list[Paper]":
    storage, sources = context.team_storage, context.settings.sources
    chosen = day or storage.listings.newest_with_papers(sources=sources)
    listings = storage.listings.on(chosen, sources=sources) if chosen else []
    ids = [entry.paper_id for listing in listings for entry in listing.entries]
    if not ids:
        raise no_listing(chosen)
    return storage.papers.get_many(list(dict.fromkeys(ids)))

"""``paperboy search``: the archive without Slack."""

import json

import click

from bot.cli.context import CommandContext, pass_context
from bot.errors import InputError
from bot.text import one_line


@click.command("search")
@click.argument("query", type=one_line)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--member", metavar="U…")
@click.option("--json", "as_json", is_flag=True)
@pass_context
def COMMAND(
    context: CommandContext, query: str, limit: int, member: str | None, as_json: bool
) -> None:
    if not query.strip():
        raise InputError("empty query", message_id="cli-empty-query")
    found = context.index.find(query, limit=limit, most=limit, member=member)
    hits = found.hits
    if as_json:
        rows = [
            {
                "paper": hit.paper.id,
                "title": hit.paper.title,
                "date": hit.date.isoformat() if hit.date else None,
                "score": round(hit.score, 6),
                "snippet": hit.snippet,
            }
            for hit in hits
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if found.unclear:
        context.say("digests-results-unclear", filters=", ".join(found.unclear))
    if not hits:
        context.say("cli-nothing-found", query=query)
        if not context.team_storage.counts("papers")["papers"]:
            context.say("cli-empty-archive")
    for hit in hits:
        gone = f"  ({context.words('digests-withdrawn')})" if hit.paper.withdrawn_at else ""
        click.echo(f"{hit.paper.id}  {hit.date or '-'}  {hit.paper.title}{gone}\n    {hit.snippet}")

"""``paperboy saved``: a member's list for a reference manager."""

import click

from bot.cli.context import CommandContext, pass_context

FORMATS = ("bibtex", "csl", "markdown")


@click.command("saved")
@click.option("--member", metavar="U…")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="bibtex")
@pass_context
def COMMAND(context: CommandContext, member: str | None, kind: str) -> None:
    from bot.actions.citations import LISTS

    storage = context.team_storage
    papers = storage.papers.get_many(storage.library.papers_saved(member))
    if not papers:
        context.say("cli-nobody-saved")
    click.echo(LISTS[kind](papers), nl=False)

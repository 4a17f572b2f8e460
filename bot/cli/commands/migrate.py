"""``paperboy migrate``: carries everything from one database to another."""

from pathlib import Path

import click

from bot.cli.context import CommandContext, pass_context
from bot.errors import InputError


@click.command("migrate")
@click.option("--from", "source", required=True, metavar="FILE")
@pass_context
def COMMAND(context: CommandContext, source: str) -> None:
    from storage import NotEmptyError, carry_over, is_server, shown

    if not is_server(source) and not Path(source).is_file():
        raise InputError(f"no file {source}", message_id="cli-no-such-file", file=source)
    target = context.settings.database
    try:
        carried = carry_over(source, target)
    except NotEmptyError as error:
        named = shown(target)
        raise InputError(str(error), message_id="cli-not-empty", file=named) from error
    for table, rows in carried.items():
        click.echo(f"{table:24} {rows}")
    context.services.index.index_missing()
    context.say("cli-migrated", rows=sum(carried.values()))

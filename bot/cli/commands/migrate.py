"""``paperboy migrate``: carries everything from one database to another."""

import click

from bot.cli.context import CommandContext, pass_context


@click.command("migrate")
@click.option(
    "--from", "source", required=True, metavar="FILE", help="An SQLite file, or postgresql://…"
)
@pass_context
def COMMAND(context: CommandContext, source: str) -> None:
    """Carry everything from FILE into the new database PAPERBOY_DATABASE names, and check that it
    has arrived: the rows of each table by number and checksum.

    Stop the bot first. What search needs is made anew, as long as it takes.
    """
    from storage import carry_over

    carried = carry_over(source, context.settings.database)
    for table, rows in carried.items():
        click.echo(f"{table:24} {rows}")
    context.services.index.index_missing()
    context.say("cli-migrated", rows=sum(carried.values()))

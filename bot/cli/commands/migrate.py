"""``paperboy migrate``: carries everything from one database to another."""

import click

from bot.cli.context import CommandContext, pass_context


@click.command("migrate")
@click.option("--from", "source", required=True, metavar="FILE")
@pass_context
def COMMAND(context: CommandContext, source: str) -> None:
    from storage import carry_over

    carried = carry_over(source, context.settings.database)
    for table, rows in carried.items():
        click.echo(f"{table:24} {rows}")
    context.services.index.index_missing()
    context.say("cli-migrated", rows=sum(carried.values()))

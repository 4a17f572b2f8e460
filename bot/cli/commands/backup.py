"""``paperboy backup``: an online copy of the database."""

from pathlib import Path

import click

from bot.cli.context import CommandContext, pass_context


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_context
def COMMAND(context: CommandContext, file: Path) -> None:
    """Write a consistent copy of the database to FILE while the bot goes on."""
    if file.exists():
        raise click.UsageError(f"{file} exists already; name a new file")
    context.services.storage.backup(file)
    context.say("cli-backed-up", file=str(file))

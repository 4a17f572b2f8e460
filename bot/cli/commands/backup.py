"""``paperboy backup``: an online copy of the database."""

from pathlib import Path

import click

from bot.cli.context import CommandContext, pass_context


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_context
def COMMAND(context: CommandContext, file: Path) -> None:
    if file.exists():
        raise click.UsageError(context.words("usage-file-exists", file=str(file)))
    if not file.absolute().parent.is_dir():
        raise click.UsageError(context.words("usage-no-folder", folder=str(file.parent)))
    context.storage.backup(file)
    context.say("cli-backed-up", file=str(file))

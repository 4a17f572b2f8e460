"""``paperboy migrate``: carries everything from one database to another."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.indexing import add_to_index
from bot.errors import InputError

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from storage import Step


@click.command("migrate")
@click.option("--from", "source", required=True, metavar="FILE")
@pass_context
def COMMAND(context: CommandContext, source: str) -> None:
    from storage import NotEmptyError, is_server, shown

    if not is_server(source) and not Path(source).is_file():
        raise InputError(f"no file {source}", message_id="cli-no-such-file", file=source)
    try:
        carried = _carried(context, source)
    except NotEmptyError as error:
        named = shown(context.settings.database)
        raise InputError(str(error), message_id="cli-not-empty", file=named) from error
    for table, rows in carried.items():
        click.echo(f"{table:24} {rows}")
    context.say("cli-migrated", rows=sum(carried.values()))
    add_to_index(context, context.index.missing())


def _carried(context: CommandContext, source: str) -> dict[str, int]:
    """Carry everything over, with a progress bar for each step."""
    from storage import carry_over

    bars: dict[Step, ProgressBar[int]] = {}
    with ExitStack() as shown:

        def tell(step: "Step", done: int, of: int) -> None:
            if step not in bars:
                shown.close()
                bars[step] = shown.enter_context(
                    context.progress(f"cli-migrating-{step}", length=of)
                )
            bars[step].update(done - bars[step].pos)

        return carry_over(source, context.settings.database, progress=tell)

"""``paperboy forget``: deletes what is kept about a member, or all that a workspace owns."""

from contextlib import closing

import click

from bot.cli.context import CommandContext, pass_context
from bot.serving.oauth import forget_token
from storage import SINGLE_TEAM, Forgotten, Storage, open_storage


@click.command("forget")
@click.argument("user", required=False)
@click.option("--team", metavar="T…")
@click.option("--workspace", is_flag=True)
@click.option("--dry-run", is_flag=True)
@click.option("--yes", is_flag=True)
@pass_context
def COMMAND(
    context: CommandContext,
    user: str | None,
    team: str | None,
    workspace: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    if bool(user) == workspace:
        raise click.UsageError(context.words("usage-user-or-workspace"))
    with closing(
        open_storage(context.settings.database, team=team or context.team or SINGLE_TEAM)
    ) as storage:
        found = storage.forgetting.count(user) if user else storage.forgetting.count_team()
        _show(found)
        if not found.total:
            context.say("cli-nothing-kept")
        if dry_run or not found.total:
            return
        if not yes and not click.confirm(context.words("cli-forget-sure", count=found.total)):
            raise click.Abort
        gone = storage.forgetting.forget(user) if user else _forget_workspace(context, storage)
    context.say("cli-forgotten", count=gone.total)


def _forget_workspace(context: CommandContext, storage: Storage) -> Forgotten:
    if context.settings.is_distributed:
        forget_token(storage, storage.team)
    return storage.forgetting.forget_team()


def _show(found: Forgotten) -> None:
    for name, count in found.counts.items():
        if count:
            click.echo(f"{name:24} {count}")

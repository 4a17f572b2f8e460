"""``paperboy forget``: deletes what is kept about a member, or all that a workspace owns."""

from contextlib import closing
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context

if TYPE_CHECKING:
    from storage import Storage


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
    from bot.actions.forgetting import by_kind
    from storage import SINGLE_TEAM, open_storage

    with closing(
        open_storage(context.settings.database, team=team or context.team or SINGLE_TEAM)
    ) as storage:
        found = storage.forgetting.count(user) if user else storage.forgetting.count_team()
        for kind, count in by_kind(found).items():
            context.show(f"cli-forget-{kind}", count)
        if not found.total:
            context.say("cli-nothing-kept")
        if dry_run or not found.total:
            return
        if not yes and not click.confirm(context.words("cli-forget-sure")):
            raise click.Abort
        if user:
            storage.forgetting.forget(user)
        else:
            _forget_workspace(context, storage)
    context.say("cli-forgotten")


def _forget_workspace(context: CommandContext, storage: "Storage") -> None:
    if context.settings.is_distributed:
        storage.workspaces.drop_token(storage.team)
    storage.forgetting.forget_team()

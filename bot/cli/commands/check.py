"""``paperboy check``: is everything set up?"""

import click

from bot.checks import run_checks
from bot.cli.context import CommandContext, pass_context

_MARKS = {"ok": "ok   ", "wrong": "WRONG", "off": "-    "}


@click.command("check")
@pass_context
def COMMAND(context: CommandContext) -> int:
    """Check settings, database, tokens, scopes, sources and model; one line each."""
    wrong = 0
    for check in run_checks(context.settings, context.catalog, context.build):
        wrong += check.state == "wrong"
        click.echo(f"{_MARKS[check.state]} {check.name}: {check.text}")
    return 1 if wrong else 0

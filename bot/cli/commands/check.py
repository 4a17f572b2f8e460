"""``paperboy check``: is everything set up?"""

import click

from bot.cli.context import CommandContext, pass_context


@click.command("check")
@pass_context
def COMMAND(context: CommandContext) -> int:
    from bot.checks import run_checks

    wrong = 0
    for check in run_checks(context.settings, context.catalog, context.build):
        wrong += check.state == "wrong"
        click.echo(check.line(context.catalog))
    return 1 if wrong else 0

"""``paperboy manifest``: what Slack makes the app from."""

import json

import click

from bot.cli.context import CommandContext, pass_context
from bot.slack.manifest import creation_link
from bot.slack.manifest import distributed as for_many


@click.command("manifest")
@click.option("--link", is_flag=True)
@click.option("--distributed", is_flag=True)
@pass_context
def COMMAND(context: CommandContext, link: bool, distributed: bool) -> None:
    manifest = context.manifest
    if distributed:
        manifest = for_many(manifest, context.settings.slack_redirect_uri)
    if link:
        click.echo(creation_link(manifest))
    else:
        click.echo(json.dumps(manifest, ensure_ascii=False, indent=2))

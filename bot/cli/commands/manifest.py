"""``paperboy manifest``: what Slack makes the app from."""

import json
from urllib.parse import urlencode

import click

from bot.cli.context import CommandContext, pass_context
from bot.errors import PaperboyError
from bot.slack.manifest import distributed as for_many
from bot.slack.manifest import read_manifest

CREATE = "https://api.slack.com/apps"


@click.command("manifest")
@click.option("--link", is_flag=True, help="The address that opens Slack's form, filled in.")
@click.option("--distributed", is_flag=True, help="For several workspaces, installed by OAuth.")
@pass_context
def COMMAND(context: CommandContext, link: bool, distributed: bool) -> None:
    """Print the Slack app's manifest, or the link that creates the app from it."""
    manifest = read_manifest()
    if manifest is None:
        raise PaperboyError("no manifest.json", message_id="cli-no-manifest")
    if distributed:
        manifest = for_many(manifest, context.settings.slack_redirect_uri)
    if link:
        short = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
        click.echo(f"{CREATE}?{urlencode({'new_app': 1, 'manifest_json': short})}")
    else:
        click.echo(json.dumps(manifest, ensure_ascii=False, indent=2))

"""``paperboy manifest``: what Slack makes the app from."""

import json
from urllib.parse import urlencode

import click

from bot.cli.context import CommandContext, pass_context
from bot.errors import PaperboyError
from bot.manifest import read_manifest

CREATE = "https://api.slack.com/apps"


@click.command("manifest")
@click.option("--link", is_flag=True, help="The address that opens Slack's form, filled in.")
@pass_context
def COMMAND(context: CommandContext, link: bool) -> None:  # noqa: ARG001
    """Print the Slack app's manifest, or the link that creates the app from it."""
    manifest = read_manifest()
    if manifest is None:
        raise PaperboyError("no manifest.json", message_id="cli-no-manifest")
    if link:
        short = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
        click.echo(f"{CREATE}?{urlencode({'new_app': 1, 'manifest_json': short})}")
    else:
        click.echo(json.dumps(manifest, ensure_ascii=False, indent=2))

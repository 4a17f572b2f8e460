"""``paperboy init``: from nothing to a channel's first digest."""

import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.env_file import ENV_FILE, write_settings
from bot.cli.options import language_option
from bot.cli.signals import INTERRUPTED
from bot.slack.manifest import creation_link

if TYPE_CHECKING:
    from bot.cli.setup import Setup


@click.command("init")
@language_option
@click.option("--bot-token", metavar="xoxb-…")
@click.option("--app-token", metavar="xapp-…")
@click.option("--channel", metavar="C…")
@click.option("--time", "time", metavar="HH:MM")
@click.option("--timezone", metavar="Asia/Seoul")
@click.option("--base-url", metavar="URL")
@click.option("--key", metavar="KEY")
@click.option("--model", metavar="NAME")
@click.option("--no-model", is_flag=True)
@click.option("--sample/--no-sample", default=None)
@click.option("--browser/--no-browser", default=True, show_default=True)
@click.option(
    "--file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), default=ENV_FILE
)
@pass_context
def COMMAND(
    context: CommandContext,
    /,
    no_model: bool,
    sample: bool | None,
    browser: bool,
    file: Path,
    **given: str | None,
) -> int:
    from bot.cli.setup import Setup, send_sample
    from bot.telemetry.logs import set_up_logging

    # The steps tell of themselves; what is tried again is no news.
    set_up_logging("critical", "text")
    setup = Setup(context, context.environment, _given(given, no_model))
    setup.check_options()
    try:
        has_tokens = bool(given["bot_token"] and given["app_token"])
        _ask(context, setup, file, browser=browser, has_tokens=has_tokens)
    except (click.Abort, KeyboardInterrupt):
        click.echo(err=True)  # after the question that stands there
        context.say("setup-stopped", file=str(file))
        return INTERRUPTED
    write_settings(file, setup.changed)
    context.say("setup-written", file=str(file))
    status = 0
    if setup.settings.channel and _wants_sample(context, sample, asks=setup.asks):
        status = send_sample(context, setup.settings)
    context.say("setup-next")
    return status


def _ask(
    context: CommandContext, setup: "Setup", file: Path, *, browser: bool, has_tokens: bool
) -> None:
    if setup.asks:
        context.say("setup-welcome", file=str(file))
    setup.language()
    if setup.is_first and not has_tokens:
        _create_app(context, browser=browser)
    setup.tokens()
    setup.channel()
    setup.times()
    setup.model()


def _given(options: Mapping[str, str | None], no_model: bool) -> dict[str, str]:
    from bot.cli.setup import APP, BOT, CHANNEL, KEY, MODEL, URL

    names = {
        "language": "PAPERBOY_LANGUAGE",
        "bot_token": BOT,
        "app_token": APP,
        "channel": CHANNEL,
        "time": "PAPERBOY_DIGEST_TIME",
        "timezone": "PAPERBOY_TIMEZONE",
        "base_url": URL,
        "key": KEY,
        "model": MODEL,
    }
    given = {names[name]: value for name, value in options.items() if value is not None}
    return {**given, KEY: "", URL: ""} if no_model else given


def _create_app(context: CommandContext, *, browser: bool) -> None:
    link = creation_link(context.manifest)
    is_terminal = sys.stdin.isatty()
    # It fills a screen, so it is shown only to those who have to copy it.
    if browser and is_terminal and webbrowser.open(link):
        context.say("setup-link-in-browser")
    else:
        context.say("setup-link")
        click.echo(link, err=True)
    if not is_terminal:
        return
    click.prompt(context.words("setup-link-opened"), default="", show_default=False, err=True)


def _wants_sample(context: CommandContext, sample: bool | None, *, asks: bool) -> bool:
    if sample is not None or not asks:
        return bool(sample)
    try:
        return click.confirm(context.words("setup-sample-wanted"), default=True, err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        return False

"""``paperboy run``: the bot."""

import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.signals import END_SECONDS, exit_within, stop_on_signals
from bot.errors import InputError, PaperboyError

if TYPE_CHECKING:
    from bot.app import Application, DistributedApplication
    from bot.serving.entrance import Entrance
    from bot.settings import Settings

# A thread that acknowledges needs the interpreter several times in a few milliseconds; with
# Python's own 5 ms it would wait that long each time while other threads compute. Each thread that
# waits looks again as often, which has its price, too.
SWITCH_SECONDS = 0.002
# The library reads Slack's greeting letter by letter, and asks for the interpreter before each.
OPENING_SWITCH_SECONDS = 0.0001


@click.command("run")
@click.option("--now", metavar="CHANNEL")
@pass_context
def COMMAND(context: CommandContext, now: str | None) -> None:
    context.log_level = None
    settings = context.settings
    _require_tokens(settings)
    if settings.is_distributed and now is not None:
        raise InputError("--now", message_id="cli-now-needs-one-workspace")
    stop = stop_on_signals(signal.SIGTERM)
    exit_within(END_SECONDS, stop)
    with ExitStack() as ending:
        with _collecting_nothing():
            _start(context, ending)
        if now is None:  # before it is told that Ctrl-C stops
            stop_on_signals(signal.SIGINT, stop=stop)
        if settings.slack_app_token:
            context.say("cli-running-socket")
        else:
            context.say("cli-running-http", port=str(settings.port))
        if now is not None:
            # Until it is posted Ctrl-C ends what it meets, a connection that hangs or the morning.
            _deliver(context, now)
            stop_on_signals(signal.SIGINT, stop=stop)
        stop.wait()
        context.say("cli-stopping")


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """What a start makes is there to stay; to look through it for garbage, two hundred times, takes
    a tenth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _start(context: CommandContext, ending: ExitStack) -> None:
    """Have the bot run until *ending* is left.

    To build it takes most of a start. Slack is let in meanwhile; but where other processes can
    answer, it must not turn to this one before that.
    """
    from bot.background import begun
    from bot.serving.entrance import Entrance

    entrance = Entrance(context.settings)
    ending.callback(entrance.close)
    sys.setswitchinterval(OPENING_SWITCH_SECONDS)
    others = context.settings.may_have_others
    opening = None if others else begun(entrance.open, name="opening")
    _ = context.storage
    application = _application(context, entrance)
    if opening is not None:
        opening.result()
    sys.setswitchinterval(SWITCH_SECONDS)
    ending.callback(application.stop)
    application.start()
    if opening is None:
        entrance.open()


def _application(
    context: CommandContext, entrance: "Entrance"
) -> "Application | DistributedApplication":
    # There is much to import; Slack is asked meanwhile who the bot is.
    if not context.settings.is_distributed:
        context.slack.identity.start()
    from bot.app import Application, DistributedApplication

    if context.settings.is_distributed:
        return DistributedApplication(context.shared(), entrance)
    return Application(context.services, entrance)


def _deliver(context: CommandContext, channel: str) -> None:
    """The channel's morning now; one that has had the newest listing gets nothing twice."""
    subscription = context.services.storage.subscriptions.get(channel)
    if subscription is None or not subscription.active:
        raise InputError(
            f"{channel} has no subscription", message_id="cli-not-subscribed", channel=channel
        )
    context.services.morning.run(subscription)


def _require_tokens(settings: "Settings") -> None:
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret):
        raise PaperboyError("SLACK_CLIENT_ID", message_id="cli-oauth-half")
    if settings.is_distributed:
        if settings.slack_bot_token:
            raise PaperboyError("SLACK_BOT_TOKEN", message_id="cli-bot-token-and-oauth")
        if not settings.slack_signing_secret:
            raise PaperboyError("SLACK_SIGNING_SECRET", message_id="cli-signing-secret-missing")
        return
    if not settings.slack_bot_token:
        raise PaperboyError("SLACK_BOT_TOKEN", message_id="cli-bot-token-missing")
    if not (settings.slack_app_token or settings.slack_signing_secret):
        raise PaperboyError("SLACK_APP_TOKEN", message_id="cli-entrance-missing")

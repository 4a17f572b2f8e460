"""``paperboy morning``: what is due now, and no more."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.clock import utc_now
from bot.errors import PaperboyError

if TYPE_CHECKING:
    from bot.delivery import Scheduler
    from bot.services import Services
    from storage import Run

# Where a database got lost, what it posted this long ago is found in the channel.
LOOK_BACK = timedelta(days=4)
FAILED = "failed"


@click.command("morning")
@click.option("--now", is_flag=True)
@pass_context
def COMMAND(context: CommandContext, now: bool) -> int:
    from bot.app import Upkeep, subscribe_first_channel
    from bot.delivery.schedule import next_run

    context.log_level = "error"  # a scheduled job's output is its log
    if not context.settings.slack_bot_token and context.team is None:
        raise PaperboyError("SLACK_BOT_TOKEN", message_id="cli-bot-token-missing")
    services = context.services
    storage, outbox = services.storage, services.outbox
    outbox.look_first(LOOK_BACK)
    is_first = not storage.subscriptions.any()
    subscribe_first_channel(services)
    wished = storage.subscriptions.active()
    if not wished:
        raise PaperboyError("PAPERBOY_CHANNEL", message_id="cli-no-channel")
    for one in wished if now or is_first else ():
        storage.runs.ask(one.channel, now=utc_now())
    ended = _scheduler(services).run_once()
    first = outbox.drain()
    for channel, run in ended:
        _tell(context, channel, run)
    if not ended:
        context.say("cli-nothing-due")
    Upkeep(services).hourly()
    Upkeep(services).daily()
    last = outbox.drain()
    upcoming = min(next_run(one, utc_now()) for one in wished)
    context.say("cli-next-due", moment=f"{upcoming:%Y-%m-%d %H:%M} UTC")
    failed = first.failed + last.failed
    if failed or last.waiting_until or outbox.is_refused:
        context.say("cli-morning-waiting")
    has_failed = any(run.outcome == FAILED for _, run in ended)
    return 1 if failed or outbox.is_refused or has_failed else 0


def _scheduler(services: "Services") -> "Scheduler":
    from bot.delivery import Scheduler

    late = timedelta(hours=services.settings.catch_up_hours)
    return Scheduler(services.morning, services.storage, services.clock, catch_up=late)


def _tell(context: CommandContext, channel: str, run: "Run") -> None:
    outcome = context.words(f"cli-morning-{(run.outcome or FAILED).replace('_', '-')}")
    click.echo(context.words("cli-morning", channel=channel, outcome=outcome))

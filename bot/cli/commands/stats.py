"""``paperboy stats``: counts, cost, last and next delivery, heartbeat, what is wrong."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.clock import utc_now

if TYPE_CHECKING:
    from storage import Storage


@click.command("stats")
@click.option("--json", "as_json", is_flag=True)
@pass_context
def COMMAND(context: CommandContext, as_json: bool) -> None:
    numbers = _numbers(context.team_storage, utc_now())
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False, default=datetime.isoformat))
        return
    numbers["incidents"] = _problems(context)
    for name, value in numbers.items():
        context.show(f"cli-stats-{name.replace('_', '-')}", _shown(value))


def _numbers(storage: "Storage", now: datetime) -> dict[str, object]:
    from bot.delivery.schedule import next_run
    from bot.operations.watch import HEARTBEAT

    runs = [next_run(one, now) for one in storage.subscriptions.active()]
    posted = [
        last.posted_at
        for one in storage.subscriptions.active()
        if (last := storage.deliveries.last_posted(one.channel)) and last.posted_at
    ]
    return {
        **storage.counts(),
        "cost_usd_today": round(storage.model_calls.cost_since(_midnight(now)), 6),
        "cost_usd_30_days": round(storage.model_calls.cost_since(now - timedelta(days=30)), 6),
        "last_delivery": max(posted, default=None),
        "next_delivery": min(runs, default=None),
        "heartbeat": storage.moments.last(HEARTBEAT),
        "incidents": [one.kind for one in storage.incidents.open()],
    }


def _problems(context: CommandContext) -> list[str]:
    """What is wrong now; of a digest that is late, in which channel."""
    from bot.operations.alarms import DIGEST_LATE
    from bot.operations.words import wrong_now

    return [
        f"{one.subject}: {wrong_now(one, context.catalog)}"
        if one.kind == DIGEST_LATE
        else wrong_now(one, context.catalog)
        for one in context.team_storage.incidents.open()
    ]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return "-" if value is None else str(value)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)

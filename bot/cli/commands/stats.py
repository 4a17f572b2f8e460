"""``paperboy stats``: counts, cost, last and next delivery, heartbeat, what is wrong."""

import json
from datetime import datetime, timedelta

import click

from bot.cli.context import CommandContext, pass_context
from bot.clock import utc_now
from bot.delivery.schedule import next_run
from bot.operations.watch import HEARTBEAT
from bot.services import Services


@click.command("stats")
@click.option("--json", "as_json", is_flag=True)
@pass_context
def COMMAND(context: CommandContext, as_json: bool) -> None:
    numbers = _numbers(context.services, utc_now())
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False))
        return
    for name, value in numbers.items():
        context.show(f"cli-stats-{name.replace('_', '-')}", _shown(value))


def _numbers(services: Services, now: datetime) -> dict[str, object]:
    storage = services.storage
    runs = [next_run(one, now) for one in storage.subscriptions.active()]
    posted = [
        last.posted_at
        for one in storage.subscriptions.active()
        if (last := storage.deliveries.last_posted(one.channel)) and last.posted_at
    ]
    beat = storage.moments.last(HEARTBEAT)
    return {
        **storage.counts(),
        "cost_usd_today": round(storage.model_calls.cost_since(_midnight(now)), 6),
        "cost_usd_30_days": round(storage.model_calls.cost_since(now - timedelta(days=30)), 6),
        "last_delivery": max(posted).isoformat() if posted else None,
        "next_delivery": min(runs).isoformat() if runs else None,
        "heartbeat": beat.isoformat() if beat else None,
        "incidents": [one.kind for one in storage.incidents.open()],
    }


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return "-" if value is None else str(value)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)

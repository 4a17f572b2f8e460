"""What ``digest`` and ``weekly`` share: making summaries, then printing or posting."""

import json
from collections.abc import Sequence

import click

from bot.cli.context import CommandContext
from bot.delivery.parts import part_key, parts_of
from bot.delivery.problems import refusal
from bot.delivery.verdicts import NETWORK, PICTURE
from bot.digests import DigestContent, render_digest
from bot.languages import Catalog
from bot.slack.blocks import Message
from bot.slack.port import delivery_metadata
from storage import Delivery, DeliveryState, Paper


def make_summaries(
    context: CommandContext, papers: Sequence[Paper], languages: Sequence[str]
) -> None:
    """Make what is missing for *papers* in each of the *languages*, with a progress bar."""
    for one in languages:
        with context.progress("cli-summarizing", length=len(papers)) as bar:
            context.services.summarizer.ensure(
                papers, one, progress=lambda _paper_id, _summary: bar.update(1)
            )


def output_digest(
    context: CommandContext, content: DigestContent, *, channel: str | None, dry_run: bool
) -> int:
    """Print the digest as JSON (*dry_run*) or as text, or post it to *channel*.

    Returns the exit status: 1 when Slack has not taken all of it.
    """
    messages = render_digest(content)
    if dry_run:
        click.echo(_as_json(messages, content, channel))
        return 0
    if channel is None:
        click.echo("\n\n".join(message.text for message in messages))
        return 0
    return _post(context, content, messages, channel)


def why_unsent(delivery: Delivery, words: Catalog) -> str:
    """Why a message could not be posted, and what to do."""
    code = delivery.reason
    if not code or code in NETWORK:
        return words.text("check-slack-unreachable")
    return refusal(words, code)


def _as_json(messages: list[Message], content: DigestContent, channel: str | None) -> str:
    rows = [
        {
            "channel": channel,
            **one.message.payload(),
            "metadata": delivery_metadata(
                part_key(content.kind, channel or "dry-run", content.period, one.name)
            ),
        }
        for one in parts_of(messages)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _post(
    context: CommandContext, content: DigestContent, messages: list[Message], channel: str
) -> int:
    services = context.services
    named = {"channel": channel, "date": content.period}
    digest_id = services.outbox.plan_digest(channel, content, parts_of(messages))
    if digest_id is None:
        context.say("cli-posted-before", **named)
        return 0
    services.outbox.drain()
    unsent = [
        one
        for one in services.storage.deliveries.of_digest(digest_id)
        if one.state is not DeliveryState.POSTED and one.kind != PICTURE
    ]
    if unsent:
        reason = why_unsent(unsent[0], context.catalog)
        context.say("cli-post-waiting", channel=channel, reason=reason)
        return 1
    context.say("cli-posted", **named)
    return 0

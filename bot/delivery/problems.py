"""A channel that messages can't reach: remembered for ``status``, and told to its subscriber once.
A message that a member asked for and that is given up is told to that member.

Whatever only the operator can mend (a token, a scope) goes to the log, since Slack is closed then.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.delivery.verdicts import FOR_THE_OPERATOR, closes_channel
from bot.digests.localisation import Localisation
from bot.languages import BOTH, Catalog
from bot.slack.blocks import Message, escape, one_paragraph
from storage import Delivery, DeliveryState, Storage, Subscription

log = logging.getLogger(__name__)

# Promises a message by its key, channel, message and kind, as ``Outbox.plan`` does.
Plan = Callable[[str, str, Message, str], int | None]
_ARCHIVED = ("is_archived", "channel_is_archived")


def report_problem(
    storage: Storage, plan: Plan, delivery: Delivery, *, code: str, now: datetime
) -> None:
    """Remember why *delivery* can't be posted, and tell whoever can act, once for each problem."""
    if is_person(delivery.channel):
        log.error("%s could not be told: %s", delivery.channel, code)
        return
    problem = storage.problems.note(delivery.channel, code=code, detail=delivery.key, now=now)
    if code in FOR_THE_OPERATOR:
        log.error("Slack refuses the bot token (%s): run `paperboy check`", code)
        return
    log.error("%s can't be posted to: %s", delivery.channel, code)
    if delivery.asked_by is not None:
        _tell_asker(storage, plan, delivery.id, code=code, now=now)
        return
    subscription = storage.subscriptions.get(delivery.channel)
    if problem.told_at is not None or subscription is None or not subscription.subscribed_by:
        return
    key = f"problem/{delivery.channel}/{code}/{problem.since.isoformat()}"
    plan(key, subscription.subscribed_by, problem_message(subscription, code), "notice")
    storage.problems.told(delivery.channel, now=now)


def _tell_asker(
    storage: Storage, plan: Plan, delivery_id: int, *, code: str, now: datetime
) -> None:
    """Tell who asked for a message that it will not come, unless somebody waits to tell them."""
    delivery = storage.deliveries.get(delivery_id)
    if delivery is None or not delivery.asked_by or delivery.state is not DeliveryState.FAILED:
        return
    if delivery.awaited_until is not None and now < delivery.awaited_until:
        return
    member = storage.members.get(delivery.asked_by)
    language = (member and (member.chosen_language or member.language)) or BOTH
    message = given_up_message(delivery.channel, code, language)
    plan(f"given up/{delivery.key}", delivery.asked_by, message, "notice")


def given_up_message(channel: str, code: str, language: str) -> Message:
    """What a member reads whose message cannot be posted in *channel* after all."""
    lines = [
        words.text("delivery-given-up", channel=f"<#{channel}>", reason=refusal(words, code))
        for words in Localisation(language).catalogs
    ]
    return one_paragraph("\n".join(lines))


def refusal(words: Catalog, code: str) -> str:
    """Why a message that a member asked for can't be posted, and what to do."""
    return words.text(f"delivery-refused-{problem_kind(code)}", code=escape(code))


def is_person(channel: str) -> bool:
    """Whether a delivery's channel is a user's id, meaning direct messages."""
    return channel[:1] in ("U", "W")


def problem_message(subscription: Subscription, code: str) -> Message:
    """What the subscriber of a channel reads when it can't be posted to."""
    lines = [
        _words(
            words, code, words.text("delivery-channel-named", channel=f"<#{subscription.channel}>")
        )
        for words in Localisation(subscription.language).catalogs
    ]
    return one_paragraph("\n".join(lines))


def problem_here(words: Catalog, code: str) -> str:
    """What keeps messages from the channel that somebody asks in, for ``status``."""
    return _words(words, code, words.text("delivery-channel-here"))


def _words(words: Catalog, code: str, channel: str) -> str:
    kind = problem_kind(code)
    return words.text(f"delivery-problem-{kind}", channel=channel, code=escape(code))


def problem_kind(code: str) -> str:
    """The family that a problem's words belong to: ``delivery-problem-…`` in the catalogues."""
    if code in _ARCHIVED:
        return "archived"
    if code in ("not_in_channel", "channel_not_found"):
        return "not-invited"
    if closes_channel(code):
        return "forbidden"
    if code in FOR_THE_OPERATOR:
        return "account"
    return "other"

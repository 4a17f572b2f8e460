"""What to do about each way in which a post can fail: a pure table.

| what Slack says                          | verdict                                            |
|------------------------------------------|----------------------------------------------------|
| 429                                      | again after Retry-After; doesn't count as a try     |
| answer lost, 5xx                         | look for the message, then perhaps send it again    |
| not reachable                            | again, at growing distances                         |
| blocks or text refused                   | again, a step plainer; as text alone, given up      |
| channel closed to us                     | given up; the subscriber is told                    |
| token or account refused                 | everything waits for the operator                   |
| a scope missing                          | this message waits for the operator                 |
| the thread has gone                      | given up                                            |
| a word we don't know                     | a few more tries, then given up                     |
| a picture of a chart refused             | given up: the message's words say the same         |
| any of it for longer than a day          | given up: yesterday's news is no news               |
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import SlackError, SlackOutcomeUnknown, SlackRateLimited
from bot.slack.blocks.plainer import next_step
from storage import LONGEST_WAIT, Delivery, DeliveryState, Plainness

# The kind of a delivery that shows a refused chart.
PICTURE = "picture"
KEEPS_TRYING = timedelta(days=1)
UNKNOWN_WORD_TRIES = 5
OPERATOR_PAUSE = timedelta(minutes=10)
FIRST_BACKOFF = timedelta(seconds=2)
LONGEST_BACKOFF = timedelta(minutes=5)

REFUSED_CONTENT = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "msg_blocks_too_long",
        "invalid_attachments",
        "no_text",
    }
)
CLOSED_CHANNEL = frozenset(
    {
        "not_in_channel",
        "channel_not_found",
        "is_archived",
        "channel_is_archived",
        "messages_tab_disabled",
        "cannot_dm_bot",
        "user_not_found",
        "user_disabled",
        "ekm_access_denied",
        "team_access_not_granted",
        "access_denied",
    }
)
CLOSED_ACCOUNT = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "org_login_required",
        "accesslimited",
    }
)
# A scope that only looking up or direct messages need must not hold up every channel.
MISSING_RIGHT = frozenset({"missing_scope", "no_permission", "not_allowed_token_type"})
FOR_THE_OPERATOR = CLOSED_ACCOUNT | MISSING_RIGHT
GONE_THREAD = frozenset(
    {"thread_not_found", "message_not_found", "cannot_reply_to_message", "thread_locked"}
)
NETWORK = frozenset({"unreachable", "no_answer"})


class Act(StrEnum):
    """What happens to the delivery."""

    RETRY = "retry"
    LOOK = "look"
    PLAINER = "plainer"
    WAIT_FOR_OPERATOR = "wait_for_operator"
    GIVE_UP = "give_up"


@dataclass(frozen=True)
class Verdict:
    """``delay`` says in how long; ``told`` whether somebody who can act has to know; ``counted``
    whether it was a try; ``plainness`` the form in which it is to be sent again."""

    act: Act
    reason: str
    delay: timedelta = timedelta(0)
    told: bool = False
    counted: bool = True
    plainness: Plainness = Plainness.FULL


def closes_channel(code: str) -> bool:
    """Whether Slack's word means that this channel, and only it, is closed to us."""
    return code in CLOSED_CHANNEL or code.startswith("restricted_action")


def backoff(attempts: int) -> timedelta:
    """How long to wait after the *attempts*-th try."""
    return min(LONGEST_BACKOFF, FIRST_BACKOFF * float(2 ** min(attempts - 1, 10)))


def too_late(delivery: Delivery, now: datetime) -> bool:
    """Whether the promise is so old that keeping it would confuse more than help."""
    promised = delivery.renewed_at or delivery.planned_at
    return promised is not None and now - promised > KEEPS_TRYING


def decide(error: SlackError, delivery: Delivery, *, now: datetime, settle: timedelta) -> Verdict:
    """What to do with *delivery* after *error*.

    *settle* is how long a lost request may still be under way before a look-up tells anything.
    """
    if too_late(delivery, now):
        return Verdict(Act.GIVE_UP, f"too_late: {error.code}", told=delivery.kind != PICTURE)
    if isinstance(error, SlackRateLimited):
        act = Act.LOOK if delivery.unsure else Act.RETRY
        delay = min(timedelta(seconds=error.retry_after), LONGEST_WAIT)
        return Verdict(act, error.code, delay, counted=False)
    if isinstance(error, SlackOutcomeUnknown):
        return Verdict(Act.LOOK, error.code, max(settle, backoff(delivery.attempts)))
    if error.code in CLOSED_ACCOUNT:
        return Verdict(Act.WAIT_FOR_OPERATOR, error.code, OPERATOR_PAUSE, told=True)
    if delivery.kind == PICTURE and error.code not in NETWORK:
        return Verdict(Act.GIVE_UP, error.code)
    if error.code in MISSING_RIGHT:
        act = Act.LOOK if delivery.unsure else Act.RETRY
        return Verdict(act, error.code, OPERATOR_PAUSE, told=True)
    return _refused(error.code, delivery)


def _refused(code: str, delivery: Delivery) -> Verdict:
    if code in REFUSED_CONTENT:
        return _content_refused(code, delivery)
    if closes_channel(code):
        return Verdict(Act.GIVE_UP, code, told=True)
    if code in GONE_THREAD:
        return Verdict(Act.GIVE_UP, code)
    if code not in NETWORK and delivery.attempts >= UNKNOWN_WORD_TRIES:
        return Verdict(Act.GIVE_UP, code, told=True)
    act = Act.LOOK if delivery.unsure else Act.RETRY
    return Verdict(act, code, backoff(delivery.attempts))


def _content_refused(code: str, delivery: Delivery) -> Verdict:
    is_edit = delivery.state is DeliveryState.POSTED and delivery.edit is not None
    step = next_step((delivery.edit if is_edit else None) or delivery.payload)
    # A post that shows its blocks is better than its edit as text alone.
    if step is None or (is_edit and step is Plainness.TEXT_ALONE):
        return Verdict(Act.GIVE_UP, code, told=not is_edit)
    return Verdict(Act.PLAINER, code, plainness=step)

"""Calls to Slack that somebody is waiting for: seen through within a few tries.

What is promised in the outbox does not come this way: there the tries are rows.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bot.delivery.verdicts import NETWORK, REFUSED_CONTENT
from bot.errors import SlackError, SlackOutcomeUnknown, SlackRateLimited
from bot.slack.blocks.plainer import fitting, next_step
from bot.turnstile import waiting

TRIES = 4
LONGEST_WAIT_SECONDS = 30.0
FIRST_BACKOFF_SECONDS = 0.5

T = TypeVar("T")
Sleep = Callable[[float], object]

log = logging.getLogger(__name__)


def is_passing(error: SlackError) -> bool:
    """Whether the same call may well succeed a little later."""
    return isinstance(error, SlackRateLimited | SlackOutcomeUnknown) or error.code in NETWORK


def patiently(call: Callable[[], T], *, sleep: Sleep, repeatable: bool = False) -> T:
    """Make a call, and again as soon as Slack allows it.

    A *repeatable* call, which does no harm when it is done twice, is also made again when its
    answer got lost.

    Raises:
        SlackError: it was refused, or didn't get through in :data:`TRIES` tries.
    """
    for tried in range(1, TRIES):
        try:
            return call()
        except SlackRateLimited as error:
            seconds = min(error.retry_after, LONGEST_WAIT_SECONDS)
        except SlackError as error:
            if not (repeatable and is_passing(error)):
                raise
            log.info("once more: %s", error)
            seconds = FIRST_BACKOFF_SECONDS * 2 ** (tried - 1)
        with waiting():
            sleep(seconds)
    return call()


def send_fitting(
    payload: Mapping[str, Any],
    send: Callable[[Mapping[str, Any]], T],
    *,
    sleep: Sleep,
    repeatable: bool = False,
) -> T:
    """Send a message, a step plainer each time Slack refuses what is in it.

    Raises:
        SlackError: as :func:`patiently`; or even the text alone was refused.
    """
    while True:
        try:
            return patiently(lambda: send(payload), sleep=sleep, repeatable=repeatable)  # noqa: B023
        except SlackError as error:
            step = next_step(payload) if error.code in REFUSED_CONTENT else None
            if step is None:
                raise
            log.warning("sent plainer (%s): %s", step.name, error)
            payload = fitting(payload, step)

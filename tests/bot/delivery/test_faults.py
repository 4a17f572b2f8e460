"""A morning against the local workspace, over real HTTP, while Slack misbehaves."""

import pytest

from bot.errors import SlackError, SlackOutcomeUnknown, SlackRateLimited
from tests.benchmarks.fault_harness import CALLS, DELIVERING, FAULTS, Fault, call, deliver, rig

LATE = Fault("reset after", "reset_after")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: str(one.name))
def test_a_digest_arrives_once_whatever_happens_to_a_post(fault: Fault) -> None:
    assert deliver("chat.postMessage", fault) == "once"


@pytest.mark.parametrize("method", DELIVERING)
def test_a_digest_arrives_once_when_the_answer_to_a_call_is_lost(method: str) -> None:
    assert deliver(method, LATE) == "once"


@pytest.mark.parametrize("method", CALLS)
def test_every_call_tells_a_lost_answer_in_our_own_words(method: str) -> None:
    assert call(method, LATE) in ("OutcomeUnknown", "Error")
    assert call(method, Fault("429", status=429, retry_after=1)) == "RateLimited"


def test_the_seconds_to_wait_come_from_slack() -> None:
    with rig() as one:
        one.workspace.fail("chat.postMessage", status=429, retry_after=17)
        with pytest.raises(SlackRateLimited) as caught:
            one.slack.post("C0DAILY001", {"text": "x"})
    assert caught.value.retry_after == 17


def test_a_refusal_carries_slacks_word_and_its_reasons() -> None:
    with rig() as one, pytest.raises(SlackError) as caught:
        one.slack.post("C0DAILY001", {"text": "x", "blocks": [{"type": "nonsense"}]})
    assert caught.value.code == "invalid_blocks"
    assert "nonsense" in str(caught.value)


def test_a_server_that_is_not_there_is_known_to_have_done_nothing() -> None:
    with rig() as one:
        one.workspace.stop()
        with pytest.raises(SlackError) as caught:
            one.slack.post("C0DAILY001", {"text": "x"})
    assert caught.value.code == "unreachable"
    assert not isinstance(caught.value, SlackOutcomeUnknown)

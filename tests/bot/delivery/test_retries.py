"""Calls that somebody waits for are seen through, and messages sent as plain as Slack wants."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.delivery.retries import LONGEST_WAIT_SECONDS, TRIES, patiently, send_fitting
from bot.errors import SlackError, SlackOutcomeUnknown, SlackRateLimited
from bot.slack.blocks import Message, section

LOST = SlackOutcomeUnknown("no answer")
CHART = {"type": "data_visualization", "title": "Papers", "chart": {"type": "line"}}
PICTURE = {"type": "image", "image_url": "https://arxiv.org/x1.png", "alt_text": "A figure"}


def failing(*errors: Exception) -> Callable[[], str]:
    script = list(errors)

    def call() -> str:
        if script:
            raise script.pop(0)
        return "done"

    return call


def test_a_pause_that_slack_asks_for_is_kept_within_reason() -> None:
    slept: list[float] = []
    limited = [SlackRateLimited("wait", retry_after=seconds) for seconds in (3, 3600)]
    assert patiently(failing(*limited), sleep=slept.append) == "done"
    assert slept == [3, LONGEST_WAIT_SECONDS]


def test_only_what_may_be_done_twice_is_done_again_when_its_answer_got_lost() -> None:
    slept: list[float] = []
    assert patiently(failing(LOST, LOST), sleep=slept.append, repeatable=True) == "done"
    assert len(slept) == 2
    with pytest.raises(SlackOutcomeUnknown):
        patiently(failing(LOST), sleep=slept.append)


def test_after_some_tries_the_failure_is_told() -> None:
    with pytest.raises(SlackOutcomeUnknown):
        patiently(failing(*[LOST] * TRIES), sleep=lambda _: None, repeatable=True)


def test_a_refused_message_goes_out_a_step_plainer_each_time() -> None:
    sent: list[Mapping[str, Any]] = []
    lacking = ["data_visualization", "image"]

    def send(payload: Mapping[str, Any]) -> None:
        sent.append(payload)
        if any(block["type"] in lacking for block in payload["blocks"]):
            raise SlackError("unsupported", code="invalid_blocks")

    wanted = Message("words", (section("x"), CHART, PICTURE))
    send_fitting(wanted.payload(), send, sleep=lambda _: None)
    kinds = [[block["type"] for block in payload["blocks"]] for payload in sent]
    assert kinds[1:] == [["section", "data_visualization"], ["section"]]


def test_text_alone_that_is_refused_is_given_up() -> None:
    def send(_payload: Mapping[str, Any]) -> None:
        raise SlackError("no", code="msg_too_long")

    with pytest.raises(SlackError, match="no"):
        send_fitting(Message("x", (section("x"),)).payload(), send, sleep=lambda _: None)

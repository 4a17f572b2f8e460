"""The checks themselves: each of them can fail."""

import pytest

from bot.slack.blocks import Block, Message, button, header, section
from tests.slack_limits import problems

GOOD = section("fine")


def test_a_good_message_has_no_problems() -> None:
    assert problems(Message("fine", (header("Fine"), GOOD))) == []


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (Message("", (GOOD,)), "no plain text"),
        (Message("x" * 4001, (GOOD,)), "text of 4001"),
        (Message("<!channel>", (GOOD,)), "text pings"),
        (Message("by &lt;@U0123ABC&gt;", (GOOD,)), "switched off"),
        (Message("by &lt;@U0123ABC|kim&gt;", (GOOD,)), "switched off"),
        (Message("by &lt;@U0123…", (GOOD,)), "switched off"),
        (Message("fine", (GOOD,) * 51), "51 blocks"),
        (Message("fine", (section("x" * 2900),) * 5), "together"),
        (Message("fine", (section("<!here>"),)), "mrkdwn pings"),
        (Message("fine", (section("see <https://example.org|the"),)), "torn link"),
        (Message("fine", (section("a &am"),)), "torn entity"),
        (Message("fine", ({"type": "divider", "block_id": "a"},) * 2), "block_id twice"),
        (
            Message("fine", ({"type": "actions", "elements": [button("a", "x", "1")] * 2},)),
            "action_id twice",
        ),
    ],
)
def test_what_slack_would_refuse_is_found(message: Message, told: str) -> None:
    assert told in " ".join(problems(message))


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": {"type": "mrkdwn", "text": "fine"}, "colour": "red"},
        {"type": "header", "text": {"type": "mrkdwn", "text": "fine"}},
        {"type": "context", "elements": [button("a", "x", "1")]},
    ],
)
def test_what_only_the_published_types_know_is_found(block: Block) -> None:
    assert any("json-pointer" in one for one in problems(Message("fine", (block,))))


def test_the_beginning_of_a_mention_is_what_somebody_typed() -> None:
    assert problems(Message("Nothing about “&lt;@U” was found.", (GOOD,))) == []


def test_half_a_letter_is_found() -> None:
    assert "half a surrogate pair" in " ".join(problems(Message("fine \ud83d", (GOOD,))))

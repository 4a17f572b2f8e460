"""Replies by a response URL reach the one who acted, whatever befalls the first try."""

import pytest

from bot.slack.blocks import Message, section
from tests.handlers.conftest import Edge

PICTURE = {"type": "image", "image_url": "https://arxiv.org/x.png", "alt_text": "A figure"}


@pytest.mark.parametrize("fault", [(500, ""), (503, "busy"), (429, "rate_limited"), None], ids=str)
def test_a_reply_that_failed_is_sent_again(edge: Edge, fault: tuple[int, str] | None) -> None:
    edge.stub.faults["hook"] = [fault]
    edge.socket(edge.command("today"))
    edge.settle()
    assert [reply["text"] for reply in edge.replies] == ["today's papers"] * 2


@pytest.mark.parametrize("body", ["invalid_blocks", '{"ok": false, "error": "invalid_blocks"}'])
def test_a_refused_reply_is_sent_plainer(edge: Edge, body: str) -> None:
    edge.listings.answer(today=Message("words", (section("x"), PICTURE)))
    edge.stub.faults["hook"] = [(400, body), (400, body)]
    edge.socket(edge.command("today"))
    edge.settle()
    kinds = [[block["type"] for block in reply.get("blocks", [])] for reply in edge.replies]
    assert [row[:2] for row in kinds] == [["section", "image"], ["section", "actions"], []]


def test_an_address_that_is_used_up_is_not_tried_again(edge: Edge) -> None:
    edge.stub.faults["hook"] = [(404, '{"ok": false, "error": "used_url"}')]
    edge.socket(edge.command("today"))
    edge.settle()
    assert len(edge.replies) == 1

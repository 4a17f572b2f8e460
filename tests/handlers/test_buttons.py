"""Buttons in messages."""

from dataclasses import replace

import pytest

from bot.errors import InputError
from bot.slack.blocks import Message
from bot.slack.blocks.ids import ActionId, make_value, numbered
from tests.handlers.conftest import OPENED, Edge

TURNED = make_value({"run": "search RLHF", "language": "ko", "page": 2})


def click(edge: Edge, action_id: str, value: str) -> None:
    assert edge.socket(edge.click(action_id, value)).status == 200
    edge.settle()


def test_opening_a_paper_tells_the_clicker_where_its_thread_is(edge: Edge) -> None:
    click(edge, ActionId.PAPER_OPEN, "2503.14476")
    assert edge.threads.of("open") == [("C1", "2503.14476")]
    (reply,) = edge.replies
    assert reply["response_type"] == "ephemeral"
    assert "https://example.slack.com/archives/C1/p90" in str(reply["blocks"])


def test_a_paper_opened_before_is_pointed_to(edge: Edge) -> None:
    edge.threads.answer(open=replace(OPENED, is_new=False))
    click(edge, numbered(ActionId.PAPER_OPEN, 3), "2503.14476")
    assert "이미" in edge.replies[0]["text"]


def test_a_channel_without_paperboy_is_told_how_to_invite_it(edge: Edge) -> None:
    edge.threads.answer(open=InputError("x", message_id="actions-not-in-channel"))
    click(edge, ActionId.PAPER_OPEN, "2503.14476")
    assert "/invite @Paperboy" in edge.replies[0]["text"]


def test_sharing_posts_the_same_for_all_and_takes_the_private_one_away(edge: Edge) -> None:
    click(edge, ActionId.SHARE, make_value({"run": "search 강화학습", "language": "ko"}))
    assert edge.search.of("find") == [("강화학습", "ko")]
    (args,) = edge.sharing.of("share_reply")
    assert args == ("C1", [Message("results")])
    assert [reply["delete_original"] for reply in edge.replies] == [True]


def test_a_suggestion_runs_its_command(edge: Edge) -> None:
    click(edge, ActionId.SEARCH_SUGGESTION, make_value({"run": "today"}))
    assert edge.replies[0]["text"] == "today's papers"


def test_a_bare_suggestion_is_searched(edge: Edge) -> None:
    click(edge, ActionId.SEARCH_SUGGESTION, "강화학습")
    assert edge.search.of("find") == [("강화학습", "ko")]


def test_turning_a_page_replaces_the_list(edge: Edge) -> None:
    click(edge, ActionId.PAGE_NEXT, make_value({"day": "2025-03-19", "page": 1}))
    assert edge.listings.calls[-1] == ("day", ("C1", "2025-03-19", "ko"), {"page": 1})
    assert edge.replies[0]["replace_original"] is True


def test_turning_a_page_of_results_searches_again(edge: Edge) -> None:
    click(edge, ActionId.PAGE_PREVIOUS, make_value({"query": "RLHF", "page": 0}))
    assert edge.search.calls[-1] == (
        "find",
        ("RLHF", "ko"),
        {"place": "C1", "member": "U1", "page": 0},
    )


def test_a_turned_page_that_only_its_reader_sees_can_be_shared(edge: Edge) -> None:
    alone = {"type": "message", "message_ts": "5.0", "channel_id": "C1", "is_ephemeral": True}
    value = make_value({"query": "RLHF", "page": 2})
    assert edge.socket(edge.click(ActionId.PAGE_NEXT, value, container=alone)).status == 200
    edge.settle()
    (row,) = (one for one in edge.replies[0]["blocks"] if one["type"] == "actions")
    assert row["elements"][0]["value"] == TURNED


def test_a_turned_page_is_shared_as_it_is(edge: Edge) -> None:
    click(edge, ActionId.SHARE, TURNED)
    seen = {"place": "C1", "member": "U1", "page": 2}
    assert edge.search.calls[-1] == ("find", ("RLHF", "ko"), seen)
    assert edge.sharing.of("share_reply") == [("C1", [Message("results")])]


def test_a_turned_page_that_everybody_sees_gets_no_share_button(edge: Edge) -> None:
    click(edge, ActionId.PAGE_NEXT, make_value({"query": "RLHF", "page": 2}))
    assert "share_in_channel" not in str(edge.replies[0])


def test_choosing_a_paper_continues_the_question_in_silence(edge: Edge) -> None:
    value = make_value({"question": 7, "paper": "2503.14476"})
    click(edge, numbered(ActionId.CHOOSE_PAPER, 2), value)
    assert edge.conversations.of("choose") == [(7, "2503.14476")]
    assert edge.replies == []


def test_choosing_twice_is_told(edge: Edge) -> None:
    edge.conversations.answer(choose=False)
    click(edge, ActionId.CHOOSE_PAPER, make_value({"question": 7, "paper": "x"}))
    assert edge.replies[0]["response_type"] == "ephemeral"


def test_values_of_old_or_broken_messages_do_no_harm(edge: Edge) -> None:
    for action in ActionId:
        assert edge.socket(edge.click(action, "not json")).status == 200
        assert edge.socket(edge.click(action, "{}")).status == 200
    edge.settle()


def test_every_action_id_has_a_listener_of_its_own_or_is_left_over(edge: Edge) -> None:
    assert edge.socket(edge.click("of_another_app", "1")).status == 200


def test_an_entry_of_a_cards_menu_is_shown_to_its_chooser(edge: Edge) -> None:
    body = edge.click(ActionId.PAPER_MENU, "")
    option = {"value": make_value({"do": "bibtex", "paper": "2503.14476"})}
    body["actions"][0] |= {"type": "overflow", "selected_option": option}
    assert edge.socket(body).status == 200
    edge.settle()
    assert edge.cards.of("menu") == [("bibtex", "C1", "2503.14476", "U1", "ko")]
    assert edge.replies[0]["response_type"] == "ephemeral"


def test_a_form_that_comes_too_late_is_said_to(edge: Edge) -> None:
    edge.stub.refusals["views.open"] = "expired_trigger_id"
    click(edge, ActionId.PAPER_NOTE, "2503.14476")
    assert "다시 한번 눌러" in edge.replies[0]["text"]


@pytest.mark.parametrize(
    "action",
    [ActionId.SUBSCRIPTION_PREVIEW, ActionId.SUBSCRIPTION_MORE, ActionId.LEARNED_RESET],
)
def test_what_bears_the_name_of_a_modals_element_elsewhere_does_nothing(
    edge: Edge, action: ActionId
) -> None:
    click(edge, action, "{}")
    assert edge.replies == []

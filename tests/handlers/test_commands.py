"""``/papers`` and its subcommands."""

from bot.errors import InputError
from bot.languages import LANGUAGES
from bot.slack.blocks import Message, nothing_message
from bot.slack.blocks.ids import ActionId
from handlers.commands import discover
from handlers.slash import tidy
from tests.handlers.conftest import Edge


def run(edge: Edge, text: str, **more: object) -> None:
    assert edge.socket(edge.command(text, **more)).status == 200
    edge.settle()


def test_without_a_word_today_is_shown_to_its_asker_alone(edge: Edge) -> None:
    run(edge, "")
    (reply,) = edge.replies
    assert reply["text"] == "today's papers"
    assert reply["response_type"] == "ephemeral"


def test_korean_words_and_stray_spaces_work(edge: Edge) -> None:
    run(edge, "  검색   강화학습 ")
    assert edge.search.of("find") == [("강화학습", "ko")]


def test_words_in_capitals_work(edge: Edge) -> None:
    run(edge, "SEARCH RLHF")
    assert edge.search.of("find") == [("RLHF", "ko")]


def test_a_pasted_link_reaches_the_command_as_plain_text(edge: Edge) -> None:
    run(edge, "show <https://arxiv.org/abs/2503.14476|arxiv.org/abs/2503.14476>")
    assert edge.cards.of("show") == [("C1", "https://arxiv.org/abs/2503.14476", "ko")]


def test_the_language_is_that_of_the_asker(edge: Edge) -> None:
    edge.members.answer(language="en")
    run(edge, "status")
    assert edge.members.of("language") == [("U1",)]
    assert edge.status.of("message") == [("C1", "en")]


def test_a_subcommand_may_be_written_in_several_words(edge: Edge) -> None:
    run(edge, "내 데이터")
    assert len(edge.forgetting.of("view")) == 1
    assert discover().read("구독 취소") == (discover().find("unsubscribe"), "")
    assert discover().read("구독 09:00 평일") == (discover().find("subscribe"), "09:00 평일")


def test_a_paper_a_day_or_a_week_needs_no_subcommand(edge: Edge) -> None:
    edge.cards.answer(is_paper=lambda channel, words: words in ("3", "2503.14476"))
    edge.listings.answer(period=lambda channel, text: {"지난주": "week", "1/29": "date"}.get(text))
    for typed in ("3", "2503.14476", "지난주", "1/29"):
        assert edge.socket(edge.command(typed)).status == 200
    edge.settle()
    assert {call[1] for call in edge.cards.of("show")} == {"3", "2503.14476"}
    assert [call[0] for call in edge.listings.of("week")] == ["지난주"]
    assert [call[1] for call in edge.listings.of("day")] == ["1/29"]


def test_a_mistyped_word_gets_the_nearest_one_as_a_button(edge: Edge) -> None:
    run(edge, "serach 강화학습")
    (reply,) = edge.replies
    assert "search 강화학습" in reply["text"]
    button = reply["blocks"][-1]["elements"][0]
    assert button["action_id"] == ActionId.SEARCH_SUGGESTION
    assert button["value"] == '{"run":"search 강화학습"}'


def test_a_word_like_nothing_offers_a_search(edge: Edge) -> None:
    run(edge, "diffusion transformers")
    assert '{"run":"search diffusion transformers"}' in str(edge.replies[0]["blocks"])


def test_a_very_long_word_is_answered_all_the_same(edge: Edge) -> None:
    run(edge, "가" * 8000)
    assert len(edge.replies[0]["text"]) < 1000


def test_help_names_every_subcommand_in_both_languages(edge: Edge) -> None:
    for language in LANGUAGES:
        edge.members.answer(language=language)
        assert edge.socket(edge.command("help")).status == 200
    edge.settle()
    for reply in edge.replies:
        for command in discover().all:
            assert f"/papers {command.name}" in reply["text"]


def test_a_refusal_is_told_in_words_to_the_asker_alone(edge: Edge) -> None:
    edge.search.answer(find=InputError("detail for the log", message_id="actions-empty-query"))
    run(edge, "search")
    (reply,) = edge.replies
    assert "/papers search" in reply["text"]
    assert "detail" not in reply["text"]
    assert reply["response_type"] == "ephemeral"


def test_an_unforeseen_failure_shows_a_reference_and_no_secret(edge: Edge) -> None:
    edge.listings.answer(today=RuntimeError("secret"))
    run(edge, "today")
    (reply,) = edge.replies
    assert "ref " in reply["text"]
    assert "secret" not in reply["text"]


def test_what_can_be_shared_has_a_button_that_shares_it(edge: Edge) -> None:
    edge.listings.answer(today=Message("today", ({"type": "divider"},)))
    run(edge, "today")
    button = edge.replies[0]["blocks"][-1]["elements"][0]
    assert button["action_id"] == ActionId.SHARE


def test_where_nothing_is_shown_nothing_can_be_shared(edge: Edge) -> None:
    edge.listings.answer(today=nothing_message("No list has been stored yet."))
    run(edge, "today")
    assert ActionId.SHARE not in str(edge.replies[0])


def test_what_is_nobody_elses_business_has_none(edge: Edge) -> None:
    edge.status.answer(message=Message("status", ({"type": "divider"},)))
    run(edge, "status")
    assert ActionId.SHARE not in str(edge.replies[0])


def test_no_two_subcommands_share_a_word_and_each_has_its_help_in_the_catalogues() -> None:
    commands = discover()
    assert {command.name for command in commands.all} >= {
        "today",
        "date",
        "show",
        "search",
        "status",
        "help",
    }
    for command in commands.all:
        assert commands.find(command.name) is command


def test_typed_text_loses_curly_quotes_and_entities() -> None:
    assert tidy(" a &amp; b  “c”\n– d ") == 'a & b "c" - d'

import datetime
from dataclasses import replace

import pytest

from bot.digests import render_digest
from bot.digests.layout import empty_day, late_day, nothing_new
from bot.digests.lists import (
    choose_message,
    day_message,
    nothing_collected,
    results_message,
    shared_message,
)
from bot.languages import LANGUAGES
from bot.search import PaperHit
from bot.slack.blocks import listing_message
from bot.slack.blocks.ids import ActionId, parse_value
from storage import Paper
from tests.bot.digests.samples import DAY, HOSTILE_TITLES, NOW, content, paper
from tests.slack_limits import problems


def found(
    paper: Paper,
    snippet: str = "…constant memory per token…",
    marked: str = "…constant *memory* per token…",
) -> PaperHit:
    return PaperHit(paper, DAY, 1.0, snippet, marked)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 10, 60])
def test_slack_takes_every_page_of_a_day(language: str, count: int) -> None:
    digest = content(count, language=language, titles=HOSTILE_TITLES)
    for page in range(7):
        assert problems(day_message(digest, page=page)) == []


def test_a_page_leads_to_the_next_and_back() -> None:
    message = day_message(content(25), page=1)
    assert "11~20번 / 전체 25편" in message.text
    (row,) = [block for block in message.blocks if block["type"] == "actions"]
    turns = {one["action_id"]: parse_value(one["value"]) for one in row["elements"]}
    assert turns == {
        ActionId.PAGE_PREVIOUS: {"day": "2025-03-19", "page": 0},
        ActionId.PAGE_NEXT: {"day": "2025-03-19", "page": 2},
    }


def test_a_page_beyond_the_end_is_the_last_page() -> None:
    assert "21~25" in day_message(content(25), page=9).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 10])
def test_slack_takes_search_results(language: str, count: int) -> None:
    hits = [
        found(paper(n, title=HOSTILE_TITLES[n % 12]), snippet=HOSTILE_TITLES[n % 12] * 2, marked="")
        for n in range(count)
    ]
    query = "<!channel> " * 900
    message = results_message(hits, query, language, total=60, suggestion=query)
    assert problems(message) == []


def test_results_show_title_date_votes_snippet_and_a_way_to_open() -> None:
    message = results_message([found(paper(1))], "memory", "en")
    section = message.blocks[1]
    assert "Paper 1: a title" in section["text"]["text"]
    assert "Wed, Mar 19 · Example Lab · 99 votes" in section["text"]["text"]
    assert "…constant *memory* per token…" in section["text"]["text"]
    assert section["accessory"]["value"] == "2503.14001"
    assert message.text.startswith("One paper for “memory”")


def test_a_withdrawn_paper_is_marked_in_every_list() -> None:
    gone = replace(paper(1), withdrawn_at=NOW)
    held = content(1, rest=1)
    (entry,) = held.entries
    day = replace(held, entries=(replace(entry, paper=gone),), rest=(gone,))
    shown = [
        results_message([found(gone)], "memory", "en"),
        choose_message([(1, gone)], "en", question_id=7),
        day_message(replace(day, language="en")),
        *render_digest(replace(day, language="en")),
    ]
    for message in shown:
        assert "Withdrawn" in message.text
        assert "Withdrawn" in str(message.blocks)


def test_no_results_suggest_what_was_probably_meant() -> None:
    message = results_message([], "강하학습", "ko", suggestion="강화학습")
    assert "혹시 강화학습을 찾으셨나요?" in message.text
    assert message.blocks[-1]["elements"][0]["action_id"] == ActionId.SEARCH_SUGGESTION


def test_near_papers_without_the_word_come_with_what_was_probably_meant() -> None:
    message = results_message([found(paper(1))], "halucination", "en", suggestion="hallucination")
    assert "Did you mean hallucination?" in message.text
    assert message.blocks[2]["elements"][0]["value"] == "hallucination"
    assert problems(message) == []


@pytest.mark.parametrize("hits", [[], [found(paper(1))]])
def test_filters_that_were_not_understood_are_told(hits: list[PaperHit]) -> None:
    message = results_message(hits, "memory after:어제", "ko", unclear=["after:어제"])
    assert "제외하고 검색했습니다: after:어제" in message.text


def test_a_choice_carries_question_and_paper() -> None:
    message = choose_message([(3, paper(1)), (None, paper(2))], "ko", question_id=7)
    values = [parse_value(block["accessory"]["value"]) for block in message.blocks[1:]]
    assert values == [
        {"question": 7, "paper": "2503.14001"},
        {"question": 7, "paper": "2503.14002"},
    ]
    assert problems(message) == []


@pytest.mark.parametrize("language", [*LANGUAGES, "both"])
def test_slack_takes_the_messages_for_days_without_papers(language: str) -> None:
    for message in (empty_day(DAY, language), late_day(DAY, language), nothing_new(DAY, language)):
        assert problems(message) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_the_small_messages(language: str) -> None:
    rows = [("/papers today", "what it does <&> " * 100)] * 40
    assert problems(listing_message("Help", rows, hint="more")) == []
    assert problems(nothing_collected(language)) == []


def test_a_shared_message_names_who_shared_it() -> None:
    message = shared_message(empty_day(DAY, "ko"), "U0SHARER", "ko")
    assert message.blocks[-1]["elements"][0]["text"] == "<@U0SHARER> 님이 공유했습니다."
    assert problems(message) == []


def test_a_saturday_is_told_apart_from_a_quiet_weekday() -> None:
    assert "주말" in empty_day(datetime.date(2025, 3, 22), "ko").text
    assert "주말" not in empty_day(DAY, "ko").text

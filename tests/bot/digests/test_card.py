from dataclasses import replace

import pytest

from bot.digests import paper_card
from bot.languages import BOTH, LANGUAGES
from storage import Highlight, Section
from tests.bot.digests.samples import DAY, HOSTILE_TITLES, TLDR, entry, paper, summary
from tests.slack_limits import problems

WISHES = (*LANGUAGES, BOTH)


@pytest.mark.parametrize("title", HOSTILE_TITLES)
@pytest.mark.parametrize("language", WISHES)
def test_slack_takes_a_card_with_any_title_and_text(title: str, language: str) -> None:
    first = "en" if language == "en" else "ko"
    one = paper(
        1, title=title, authors=(title,) * 30, organization=title, code_url="http://" + "x" * 9000
    )
    card = paper_card(
        entry(
            one,
            summary(one.id, first, text=title + " <!here> & done"),
            others=(summary(one.id, "en", text=title),) if language == "both" else (),
        ),
        language,
    )
    assert problems(card) == []


def test_a_card_has_title_authors_organisation_votes_dates_and_links() -> None:
    card = paper_card(entry(paper(1), summary("2503.14001", "ko")), "ko", listed_on=DAY)
    head = card.blocks[0]["text"]["text"]
    assert head.split("\n") == [
        "*<https://arxiv.org/abs/2503.14001|Paper 1: a title>*",
        "Ada One, Bo Two, Chae-won Three, Dana Four 외 1명",
        "Example Lab · 추천 99 · 2025년 3월 18일 공개 · 2025년 3월 19일 목록",
        "<https://arxiv.org/abs/2503.14001|arXiv> · <https://arxiv.org/pdf/2503.14001|PDF> · "
        "<https://huggingface.co/papers/2503.14001|Hugging Face> · "
        "<https://github.com/example/repo-1|코드 ★ 1,234> · <https://example.github.io/1|프로젝트>",
    ]


def test_a_card_tells_highlights_sections_maker_and_date_and_invites_questions() -> None:
    told = summary("2503.14001", "en")
    sections = (Section("limitations", "It is small."),)
    card = paper_card(entry(paper(1), replace(told, sections=sections)), "en")
    drawn = str(card.blocks)
    for words in ("What's new", "How it works", "Limitations and failure cases", "gpt-5-mini"):
        assert words in drawn
    assert "Summary written March 20, 2025" in drawn
    assert "What are its limitations?" in card.text


def test_a_card_without_a_summary_shows_the_abstract_and_says_so() -> None:
    card = paper_card(entry(paper(1)), "ko")
    assert "We study case 1 of many." in str(card.blocks)
    assert "아직 요약이 없어 초록을 보여 드립니다." in card.text


@pytest.mark.parametrize("language", WISHES)
def test_a_card_for_one_reader_speaks_of_no_thread_that_it_would_have(language: str) -> None:
    posted, shown = (paper_card(entry(paper(1)), language, is_root=one) for one in (True, False))
    for words in ("이 메시지의 스레드에서", "in its thread"):
        assert words not in shown.text + str(shown.blocks)
    assert posted.text != shown.text
    assert any(words in shown.text for words in ("스레드를 열고", "Open a thread"))


def test_a_card_in_both_languages_shows_both_summaries() -> None:
    card = paper_card(
        entry(paper(1), summary("2503.14001", "ko"), others=(summary("2503.14001", "en"),)), "both"
    )
    assert TLDR["ko"] in str(card.blocks)
    assert TLDR["en"] in str(card.blocks)
    assert "새로운 점" in str(card.blocks)
    assert "What's new" in str(card.blocks)


def test_links_that_are_no_plain_web_addresses_are_not_shown() -> None:
    for url in ("javascript:alert(1)", "https://a b", "https://x|y", "https://[", "//x", ""):
        card = paper_card(entry(paper(1, code_url=url, project_url=url)), "en")
        assert "Code" not in str(card.blocks)
        assert problems(card) == []


def test_a_card_says_when_a_paper_tried_to_steer_the_model() -> None:
    told = replace(summary("2503.14001", "ko"), warnings=("hidden-instructions", "unheard-of"))
    card = paper_card(entry(paper(1), told), "ko")
    assert "언어 모델을 겨냥한 지시문" in str(card.blocks)
    assert "unheard-of" not in str(card.blocks)


def test_highlights_don_t_repeat_the_first_line() -> None:
    told = summary("2503.14001", "en", text="It works.")
    same = (
        Highlight("new", "It works."),
        Highlight("performance", "It works. It wins by 3 points."),
    )
    card = paper_card(entry(paper(1), replace(told, highlights=same, sections=())), "en")
    assert "What's new" not in str(card.blocks)
    assert "It wins by 3 points." in str(card.blocks)


def test_sections_don_t_repeat_what_stands_above_them() -> None:
    told = summary("2503.14001", "en", text="It works. It is fast.")
    longer = (Section("motivation", "It works. Nobody knew why."), Section("method", "It is fast."))
    card = paper_card(entry(paper(1), replace(told, sections=longer)), "en")
    assert "*Motivation and problem*\nNobody knew why." in [
        block["text"]["text"] for block in card.blocks if block["type"] == "section"
    ]
    assert "Architecture and training" not in str(card.blocks)

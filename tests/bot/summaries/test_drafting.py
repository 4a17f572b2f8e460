"""A model's draft is checked, asked for once more, pruned, and given up only then."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.summaries.drafting import prompt_hash
from storage import Paper, Storage, Summary
from storage.summaries import EXTRACTIVE
from tests.bot.summaries.conftest import KOREAN, MakeSummarizer, answer, paper
from tests.bot.summaries.test_checks import ENGLISH
from tests.model_server import Said

Save = Callable[..., list[Paper]]
WRONG = {"slot": "new", "text": "라우터를 제안합니다. 품질은 123% 좋아집니다.", "evidence": [0]}


def highlights(*wrong: dict[str, Any]) -> str:
    return answer(highlights=[*wrong, KOREAN["highlights"][1]])


@pytest.fixture
def summary_of(
    make_summarizer: MakeSummarizer, save: Save
) -> Callable[..., tuple[Summary, list[dict[str, Any]]]]:
    """The summary that comes of these answers, and what was asked."""

    def made(*answers: str, language: str = "ko") -> tuple[Summary, list[dict[str, Any]]]:
        given = iter(answers)
        summarizer, server = make_summarizer(lambda _: Said(next(given)))
        (one,) = save(paper())
        return summarizer.ensure([one], language)[one.id], server.requests

    return made


def test_a_failed_check_is_asked_for_once_more_with_what_was_wrong(summary_of: Any) -> None:
    summary, requests = summary_of(highlights(WRONG), answer())
    assert summary.maker == "stub"
    assert (summary.problem, summary.warnings) == (None, ())
    assert len(requests) == 2
    assert "123%" in requests[1]["messages"][-1]["content"]
    assert requests[1]["messages"][-2]["role"] == "assistant"


def test_what_is_still_wrong_then_is_dropped_and_noted(summary_of: Any) -> None:
    summary, requests = summary_of(highlights(WRONG), highlights(WRONG))
    assert len(requests) == 2
    assert summary.highlights[0].text == "라우터를 제안합니다."
    assert summary.warnings == ("dropped-sentences",)
    assert summary.problem is None


def test_an_empty_phrase_is_dropped_without_a_note(summary_of: Any) -> None:
    padded = answer(
        sections=[
            {
                "slot": "limitations",
                "text": "한계에 대한 정보는 제공되지 않았습니다.",
                "evidence": [],
            }
        ]
    )
    summary, _ = summary_of(padded, padded)
    assert (summary.sections, summary.warnings) == ((), ())


def test_a_draft_that_is_cut_off_twice_keeps_what_it_has_but_its_last_sentence(
    make_summarizer: MakeSummarizer, save: Save
) -> None:
    whole = answer()
    cut_off = whole[: whole.index("대조 학습합니다")]
    summarizer, server = make_summarizer(lambda _: Said(cut_off, finish="length"))
    (one,) = save(paper())
    summary = summarizer.ensure([one], "ko")[one.id]
    assert (summary.maker, summary.problem) == ("stub", None)
    assert [highlight.slot for highlight in summary.highlights] == ["new", "performance"]
    assert summary.sections == ()
    assert len(server.requests) == 2


def test_a_draft_in_a_looser_form_is_read_all_the_same(summary_of: Any) -> None:
    loose = answer(
        highlights=[
            {**KOREAN["highlights"][0], "evidence": ["[0]", "x", 1.5], "note": "!"},
            {"slot": "best", "text": "칭찬입니다."},
            "텍스트",
            KOREAN["highlights"][1],
        ],
        keywords=[f"word {n}" for n in range(20)],
        introduction=None,
        comment="Here you are.",
    )
    summary, requests = summary_of(loose)
    assert len(requests) == 1
    assert [one.slot for one in summary.highlights] == ["new", "performance"]
    assert summary.introduction == ()


def test_a_text_that_is_too_long_loses_whole_sentences(summary_of: Any) -> None:
    one = {**KOREAN["highlights"][0], "text": "라우터를 제안합니다. " * 60}
    summary, _ = summary_of(highlights(one), highlights(one))
    assert summary.highlights[0].text == "라우터를 제안합니다."


def test_a_missing_translation_is_asked_for_once_and_then_done_without(
    summary_of: Any, storage: Storage
) -> None:
    without = answer(abstract="")
    summary, requests = summary_of(without, without)
    assert (summary.maker, summary.problem) == ("stub", None)
    assert "translate" in requests[1]["messages"][-1]["content"]
    assert not storage.papers.abstract(summary.paper_id, "ko")


def test_a_first_draft_that_can_be_mended_is_kept_when_the_second_fails(summary_of: Any) -> None:
    summary, requests = summary_of(highlights(WRONG), "no", "no")
    assert summary.maker == "stub"
    assert len(requests) == 3
    assert "123" not in summary.highlights[0].text


def test_what_cannot_be_mended_becomes_extractive_and_is_marked(summary_of: Any) -> None:
    english = answer(
        tldr="Lantern routes queries to small rankers.",
        highlights=[{"slot": "new", "text": "A router for small rankers.", "evidence": []}],
        sections=[],
        introduction=[],
    )
    summary, requests = summary_of(english, english)
    assert (summary.maker, summary.problem) == (EXTRACTIVE, "checks")
    assert len(requests) == 2


def test_a_bad_translation_is_left_out_and_the_summary_kept(
    summary_of: Any, storage: Storage
) -> None:
    bad = answer(abstract="이 논문은 라우터를 제안하며 성능은 77.7% 좋아집니다. " * 3)
    summary, _ = summary_of(bad, bad)
    assert summary.maker == "stub"
    assert storage.papers.abstract(summary.paper_id, "ko") is None


def test_an_abstract_that_came_with_the_paper_is_not_replaced(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage
) -> None:
    summarizer, _ = make_summarizer(lambda _: Said(answer()))
    (one,) = save(paper())
    storage.papers.save_abstract(one.id, "ko", "딸려 온 초록입니다.", origin="import")
    summarizer.ensure([one], "ko")
    assert storage.papers.abstract(one.id, "ko") == "딸려 온 초록입니다."


def test_the_stable_part_of_the_prompt_comes_first(summary_of: Any) -> None:
    _, requests = summary_of(answer())
    system, user = requests[0]["messages"]
    assert system["role"] == "system"
    assert "Lantern: Routing" not in system["content"]
    assert user["content"].startswith("Title: Lantern: Routing")
    # Small models forget rules that stand before a long text.
    assert user["content"].rstrip().endswith("evidence에 적으세요.")


def test_each_language_has_its_own_wording() -> None:
    assert prompt_hash("ko") != prompt_hash("en")


def test_an_english_summary_has_no_translated_abstract(summary_of: Any, storage: Storage) -> None:
    text = {
        "tldr": ENGLISH.tldr,
        "highlights": [{"slot": "new", "text": ENGLISH.highlights[0].text, "evidence": [0]}],
        "sections": [],
        "introduction": [],
        "organizations": ["MIT", "MS MARCO"],
        "keywords": ["router", "GPT-9"],
    }
    summary, requests = summary_of(json.dumps(text), language="en")
    assert len(requests) == 1
    assert "abstract" not in requests[0]["response_format"]["json_schema"]["schema"]["properties"]
    assert (summary.keywords, summary.organizations) == (("router",), ("MS MARCO",))

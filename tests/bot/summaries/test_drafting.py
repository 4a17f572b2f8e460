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
from tests.model_server import ModelReply

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
        summarizer, server = make_summarizer(lambda _: ModelReply(next(given)))
        (one,) = save(paper())
        return summarizer.ensure([one], language)[one.id], server.requests

    return made


def written_anew(*texts: str) -> str:
    numbered = [{"number": at, "text": text} for at, text in enumerate(texts, start=1)]
    return json.dumps({"texts": numbered}, ensure_ascii=False)


def test_a_wrong_sentence_alone_is_written_anew(summary_of: Any) -> None:
    summary, requests = summary_of(highlights(WRONG), written_anew("품질은 98.5% 유지됩니다."))
    assert summary.maker == "stub"
    assert (summary.problem, summary.warnings) == (None, ())
    assert summary.highlights[0].text == "라우터를 제안합니다. 품질은 98.5% 유지됩니다."
    _, asked = requests[1]["messages"]
    assert "123%" in asked["content"]
    # What is right is not sent along.
    assert KOREAN["highlights"][1]["text"] not in asked["content"]
    assert asked["content"].count("Large rankers are accurate") == 1


@pytest.fixture
def verified_summary_of(
    make_summarizer: MakeSummarizer, save: Save
) -> Callable[..., tuple[Summary, list[str]]]:
    """The summary of a paper whose model judges, and writes anew, as told; and what was asked."""

    def made(*judged: dict[int, str], anew: str = "") -> tuple[Summary, list[str]]:
        given = iter(judged)

        def reply(request: dict[str, Any]) -> ModelReply:
            rules, asked = (one["content"] for one in request["messages"])
            if rules.startswith("You summarise"):
                return ModelReply(answer())
            if rules.startswith("You put sentences"):
                return ModelReply(written_anew(anew))
            wrong = next(given)
            count = len(asked.partition("Sentences:\n")[2].splitlines())
            verdicts = [
                {"sentence": n, "verdict": wrong.get(n, "supported"), "wrong": "the number"}
                for n in range(1, count + 1)
            ]
            return ModelReply(json.dumps({"verdicts": verdicts}))

        summarizer, server = make_summarizer(reply, verifies=True)
        (one,) = save(paper())
        summary = summarizer.ensure([one], "ko")[one.id]
        return summary, [one["messages"][-1]["content"] for one in server.requests]

    return made


def test_a_summary_whose_sentences_are_all_supported_takes_two_calls(
    verified_summary_of: Any,
) -> None:
    summary, asked = verified_summary_of({})
    assert (summary.verified_by, summary.warnings) == ("stub", ())
    assert len(asked) == 2
    for text in (KOREAN["tldr"], *KOREAN["introduction"], KOREAN["sections"][0]["text"]):
        assert text in asked[1]


def test_an_unsupported_sentence_is_written_anew_and_alone_verified_again(
    verified_summary_of: Any,
) -> None:
    summary, asked = verified_summary_of({3: "contradicted"}, {}, anew="98.5%를 지킵니다.")
    assert (summary.highlights[1].text, summary.warnings) == ("98.5%를 지킵니다.", ())
    assert summary.verified_by == "stub"
    _, _, repair, again = asked
    assert "contradicted by its passages: the number" in repair
    assert again.partition("Sentences:\n")[2] == "1. [1] 98.5%를 지킵니다."


def test_a_sentence_that_stays_unsupported_is_dropped(verified_summary_of: Any) -> None:
    summary, _ = verified_summary_of({3: "not told"}, {1: "not told"}, anew="98.5%를 넘습니다.")
    assert [one.slot for one in summary.highlights] == ["new"]
    assert summary.warnings == ("dropped-sentences",)


def test_what_is_still_wrong_then_is_dropped_and_noted(summary_of: Any) -> None:
    summary, requests = summary_of(highlights(WRONG), written_anew("품질은 321% 좋아집니다."))
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
    summarizer, server = make_summarizer(lambda _: ModelReply(cut_off, finish="length"))
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
    summary, requests = summary_of(highlights(one), written_anew())
    assert "at most 500 characters" in requests[1]["messages"][-1]["content"]
    assert summary.highlights[0].text == "라우터를 제안합니다."


def test_a_text_that_is_too_long_is_shortened_by_the_model(summary_of: Any) -> None:
    one = {**KOREAN["highlights"][0], "text": "라우터를 고르고, " * 60 + "제안합니다."}
    summary, _ = summary_of(highlights(one), written_anew("라우터를 골라 제안합니다."))
    assert (summary.highlights[0].text, summary.warnings) == ("라우터를 골라 제안합니다.", ())


def test_a_missing_translation_is_asked_for_once_and_then_done_without(
    summary_of: Any, storage: Storage
) -> None:
    summary, requests = summary_of(answer(abstract=""), written_anew(""))
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
    summarizer, _ = make_summarizer(lambda _: ModelReply(answer()))
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
    assert user["content"].rstrip().endswith("괄호에 영어를 적으세요.")


def test_both_languages_share_all_but_the_end_of_what_is_asked(
    make_summarizer: MakeSummarizer, save: Save
) -> None:
    summarizer, server = make_summarizer(lambda _: ModelReply(answer()))
    (one,) = save(paper())
    for language in ("ko", "en"):
        summarizer.ensure([one], language)
    korean, english = server.requests[0], server.requests[-1]
    assert korean["response_format"] == english["response_format"]
    assert korean["messages"][0] == english["messages"][0]
    texts = [one["messages"][1]["content"] for one in (korean, english)]
    assert len({text.partition("Now write the JSON object")[0] for text in texts}) == 1


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
    assert (summary.keywords, summary.organizations) == (("router",), ("MS MARCO",))

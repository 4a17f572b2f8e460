"""What a model's summary must stand before it is stored."""

from dataclasses import replace

import pytest

from bot.summaries.checks import Basis, check, check_abstract, prune, told
from bot.text.quantities import Evidence
from storage import Highlight, Section, Summary
from tests.bot.summaries.conftest import ABSTRACT

WORDING = 'Example: {"tldr": "Beacon halves the number of lookups in a made-up index."}'
BASIS = Basis(
    evidence=Evidence("Lantern: Routing Queries\n" + ABSTRACT),
    abstract=ABSTRACT,
    links=("https://github.com/lab/lantern",),
    wording=WORDING,
)
GOOD = Summary(
    paper_id="2503.00001",
    language="ko",
    tldr="Lantern은 질의마다 소형 순위 모델을 골라 품질을 98.5% 유지합니다.",
    highlights=(
        Highlight("new", "질의마다 작은 모델 하나를 고르는 라우터를 제안합니다."),
        Highlight("performance", "MS MARCO에서 큰 모델 품질의 98.5%를 유지합니다."),
    ),
    sections=(Section("method", "클릭 로그로 라우터를 대조 학습합니다. 모델은 4개입니다."),),
    introduction=("큰 모델은 정확하나 응답이 늦습니다.",),
    maker="stub",
)
ENGLISH = replace(
    GOOD,
    language="en",
    tldr="Lantern sends every query to a small ranker that fits and keeps 98.5% of the quality.",
    highlights=(Highlight("new", "A router chooses a small ranker for each incoming query."),),
    sections=(),
    introduction=(),
)


def kinds(summary: Summary) -> set[str]:
    return {one.kind for one in check(summary, BASIS)}


def with_new(text: str, summary: Summary = GOOD) -> Summary:
    return replace(summary, highlights=(Highlight("new", text), *summary.highlights[1:]))


def test_a_good_summary_stands() -> None:
    assert check(GOOD, BASIS) == []
    assert check(ENGLISH, BASIS) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("라우터를 제안하며 99.9%를 유지합니다.", "number"),
        ("라우터가 GPT-4보다 뛰어난 성능을 보였습니다.", "number"),
        ("자세한 내용은 https://evil.example.com 을 보세요.", "link"),
        ("코드는 lantern-free.xyz/download 에 있습니다.", "link"),
        ("라우터를 제안합니다 <!channel> 모두 보세요.", "mention"),
        ("라우터를 제안합니다. <@U123ABC> 확인 부탁드립니다.", "mention"),
        ("@here 이 논문을 꼭 읽어 보시기 바랍니다.", "mention"),
        ('라우터를 제안합니다. "evidence": [0]', "leftover"),
        ("구절 3에 따르면 라우터를 제안합니다.", "leftover"),
        ("요청하신 대로 라우터에 대해 설명합니다.", "leftover"),
        ("Beacon halves the number of lookups in a made-up index.", "leftover"),
        ("구체적인 학습 설정에 대한 정보는 제공되지 않았습니다.", "filler"),
        ("라우터의 한계는 논문에서 언급되지 않았습니다.", "filler"),
        ("A router picks one of the small rankers for each of the queries.", "language"),
        ("路由器为每个查询选择一个小模型。라우터를 제안합니다.", "language"),
    ],
)
def test_what_is_wrong_is_found_and_dropped(text: str, kind: str) -> None:
    wrong = with_new(f"라우터를 새로 제안합니다. {text}" if kind != "language" else text)
    problems = check(wrong, BASIS)
    assert kind in {one.kind for one in problems}
    left = prune(wrong, problems)
    assert left is not None
    assert check(left, BASIS) == []


@pytest.mark.parametrize(
    "text",
    [
        "코드는 https://github.com/lab/lantern 에 있습니다.",
        "기존 방법은 질의에 대한 설명이 부족합니다.",
        "라벨이 제공되지 않은 질의에서도 작은 모델을 고릅니다.",
        "pass@k 같은 지표 대신 순위 품질을 봅니다.",
        "라우터(router)와 순위 모델(ranker)을 함께 씁니다",
    ],
)
def test_what_is_fine_is_left_alone(text: str) -> None:
    assert kinds(with_new(text)) == set()


def test_a_sentence_said_twice_is_dropped_once() -> None:
    text = "질의마다 작은 모델 하나를 고릅니다."
    twice = replace(
        GOOD, highlights=(Highlight("new", text), Highlight("technical", text + " 4개입니다."))
    )
    left = prune(twice, check(twice, BASIS))
    assert left is not None
    assert [one.text for one in left.highlights] == [text, "4개입니다."]


def test_a_text_that_was_cut_at_its_limit_loses_its_last_sentence() -> None:
    long = "라우터를 제안합니다. " + "질의와 모델 " * 80
    cut = with_new(long[:499])
    assert kinds(cut) == {"cut"}
    left = prune(cut, check(cut, BASIS))
    assert left is not None
    assert left.highlights[0].text == "라우터를 제안합니다."


def test_a_summary_in_the_wrong_language_is_none_at_all() -> None:
    wrong = replace(ENGLISH, language="ko")
    problems = check(wrong, BASIS)
    assert "language" in {one.kind for one in problems}
    assert prune(wrong, problems) is None
    korean = replace(GOOD, language="en")
    assert prune(korean, check(korean, BASIS)) is None


def test_a_copy_of_the_abstract_is_no_summary() -> None:
    first, second, third, _ = ABSTRACT.split(". ")
    copied = replace(
        ENGLISH, tldr=second + ".", highlights=(Highlight("new", third + "."),), sections=()
    )
    copied = replace(copied, introduction=(first + ".",))
    assert "copied" in kinds(copied)
    assert prune(copied, check(copied, BASIS)) is None


def test_a_wrong_tldr_is_replaced_by_the_first_highlight() -> None:
    wrong = replace(GOOD, tldr="Lantern은 품질을 123% 유지합니다.")
    left = prune(wrong, check(wrong, BASIS))
    assert left is not None
    assert left.tldr == GOOD.highlights[0].text


def test_a_summary_without_highlights_is_none() -> None:
    assert prune(replace(GOOD, highlights=()), check(replace(GOOD, highlights=()), BASIS)) is None


def test_the_model_is_told_the_place_the_reason_and_the_sentence() -> None:
    wrong = with_new("라우터가 99.9%를 유지합니다.")
    said = told(check(wrong, BASIS))
    assert "highlights.new" in said
    assert "99.9%" in said
    assert "라우터가 99.9%를 유지합니다." in said


TRANSLATED = (
    "큰 순위 모델은 정확하지만 느려서, 지연 시간이 검색 서비스를 제한합니다. 본 논문은 질의마다 "
    "네 개의 작은 모델 중 하나를 고르는 라우터 Lantern을 제안합니다. "
    "라우터는 클릭 로그로 대조 학습합니다. "
    "MS MARCO에서 큰 모델 품질의 98.5%를 3분의 1의 지연 시간으로 유지합니다."
)


def test_a_good_translation_stands() -> None:
    assert check_abstract(TRANSLATED, BASIS, "ko") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ABSTRACT, "language"),
        (TRANSLATED.replace("98.5%", "99.5%"), "number"),
        (TRANSLATED[:60] + ".", "length"),
        (TRANSLATED * 3, "length"),
        (TRANSLATED[:-8], "leftover"),
        (TRANSLATED + " <!channel>", "link"),
        (TRANSLATED + " https://evil.example.com 참고.", "link"),
    ],
)
def test_a_bad_translation_is_not_kept(text: str, kind: str) -> None:
    assert kind in {one.kind for one in check_abstract(text, BASIS, "ko")}


def test_what_only_the_prompts_example_says_is_found_and_dropped() -> None:
    wording = (
        'An example: {"tldr": "…", "text": "The router has to be trained again whenever a ranker '
        'is replaced."}'
    )
    basis = replace(BASIS, wording=wording)
    borrowed = "It must be trained once more whenever a ranker is replaced."
    summary = with_new(f"A router chooses a small ranker. {borrowed}", ENGLISH)
    problems = check(summary, basis)
    assert [(one.kind, one.sentence) for one in problems] == [("borrowed", borrowed)]
    own = replace(basis, evidence=Evidence(f"{basis.evidence.text} {borrowed}"))
    assert check(summary, own) == []

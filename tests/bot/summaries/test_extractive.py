"""Without a model: sentences chosen from the paper itself."""

import itertools

import pytest

from bot.summaries import SourceTexts, make_extractive
from bot.summaries.scoring import without_lead_in
from bot.text.sentences import sentences, shorten
from bot.text.words import content_words
from storage import Passage, Summary
from tests.bot.summaries.conftest import ABSTRACT, paper

KOREAN = (
    "대형 순위 모델은 정확하지만 느리다는 문제가 있습니다. 이 논문은 질의마다 작은 모델을 고르는 "
    "라우터 Lantern을 제안합니다. 라우터는 클릭 로그로 대조 학습을 합니다. "
    "MS MARCO에서 품질의 98.5%를 유지하며 지연 시간을 줄였습니다. "
    "다만 모델을 바꾸면 다시 학습해야 하는 한계가 있습니다."
)


def english(**changes: object) -> SourceTexts:
    values: dict[str, object] = {
        "paper": paper(),
        "language": "en",
        "abstract": ABSTRACT,
        "abstract_language": "en",
    }
    return SourceTexts(**{**values, **changes})  # type: ignore[arg-type]


def all_sentences(summary: Summary) -> list[str]:
    texts = [one.text for one in summary.highlights] + [one.text for one in summary.sections]
    texts.append(summary.tldr)
    return [sentence for text in texts for sentence in sentences(text)]


def test_each_slot_gets_a_sentence_that_fits_it() -> None:
    summary = make_extractive(english())
    assert summary.tldr.startswith("We propose Lantern")
    by_slot = {one.slot: one.text for one in summary.highlights}
    assert "contrastive loss" in by_slot["technical"]
    assert "98.5%" in by_slot["performance"]
    assert {one.slot: one.text for one in summary.sections}["motivation"].startswith("Large")


def test_every_sentence_stands_in_the_paper() -> None:
    assert all(one in ABSTRACT for one in all_sentences(make_extractive(english())))


def test_slots_about_which_the_paper_says_nothing_are_left_out() -> None:
    summary = make_extractive(english())
    assert not {"limitations", "followups"} & {one.slot for one in summary.sections}


@pytest.mark.parametrize("abstract", [ABSTRACT, KOREAN, ABSTRACT.split(". ")[1] + "."])
def test_no_sentence_stands_in_two_highlights(abstract: str) -> None:
    summary = make_extractive(english(abstract=abstract))
    split = [set(sentences(one.text)) for one in summary.highlights]
    assert all(not a & b for a, b in itertools.combinations(split, 2))


def test_korean_is_chosen_from_korean() -> None:
    source = english(language="ko", abstract=KOREAN, abstract_language="ko")
    summary = make_extractive(source)
    assert "제안합니다" in summary.tldr
    assert "한계" in {one.slot: one.text for one in summary.sections}["limitations"]
    assert summary.warnings == ()


def test_a_text_in_another_language_than_asked_says_so() -> None:
    summary = make_extractive(english(language="ko"))
    assert "original-language" in summary.warnings
    assert summary.language == "ko"


def test_the_summary_that_came_with_the_listing_is_the_tldr() -> None:
    offered = paper(ai_summary="Lantern routes queries to small rankers.")
    assert make_extractive(english(paper=offered)).tldr == offered.ai_summary
    korean = english(paper=offered, language="ko", abstract=KOREAN, abstract_language="ko")
    assert make_extractive(korean).tldr != offered.ai_summary


def test_full_text_fills_what_the_abstract_leaves_open() -> None:
    passages = (
        Passage(0, "Search engines rank documents by relevance.", "1 Introduction"),
        Passage(1, "Our router cannot handle queries in other languages yet.", "6 Limitations"),
        Passage(2, "Latency | 31 ms | 90 ms", "5 Results", kind="table"),
    )
    summary = make_extractive(english(passages=passages))
    limits = {one.slot: one for one in summary.sections}["limitations"]
    assert limits.text == passages[1].text
    assert limits.passages == (1,)
    assert summary.basis == "fulltext"


def test_a_paper_with_only_a_title_is_its_title() -> None:
    summary = make_extractive(english(abstract=""), problem="no-text")
    assert summary.tldr == paper().title
    assert (summary.highlights, summary.sections, summary.problem) == ((), (), "no-text")


def test_a_sentence_with_a_link_is_no_tldr() -> None:
    abstract = "We present our code at https://example.com/code. " + ABSTRACT
    assert "http" not in make_extractive(english(abstract=abstract)).tldr


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We follow Smith et al. (2020) and use e.g. BERT. It works.", 2),
        ("Accuracy is 3.5 points higher. See Fig. 3 for more.", 2),
        ("모델을 제안합니다. 성능은 98.5%입니다. 코드를 공개합니다.", 3),
        ("Why does it work? Because! “Quoted end.” Next one.", 4),
        ("One line\nbroken in\ntwo places.", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_korean_words_are_alike_whatever_particle_they_carry() -> None:
    assert set(content_words("모델을")) & set(content_words("모델이"))


def test_what_is_too_long_is_cut_at_a_word() -> None:
    assert shorten("one two three", 9) == "one two…"
    assert shorten("short", 9) == "short"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Additionally, we compare two models.", "We compare two models."),
        ("Notably, o3 wins a medal.", "o3 wins a medal."),
        ("However, mPLUG is slow.", "mPLUG is slow."),
        ("Built on it, we train a router.", "We train a router."),
        ("Following these findings, we train a router.", "We train a router."),
        ("In this technical report, we present a model.", "We present a model."),
        ("본 논문에서는 새로운 라우터를 제안합니다.", "새로운 라우터를 제안합니다."),
        ("This overall design is new.", "This overall design is new."),
    ],
)
def test_a_first_phrase_that_only_ties_is_left_out_and_names_keep_their_letters(
    sentence: str, told: str
) -> None:
    assert without_lead_in(sentence) == told


def test_what_was_the_matter_before_is_no_result_of_the_paper() -> None:
    abstract = (
        "Improving the accuracy of small rankers remains challenging. "
        "Existing methods for better results often rely on one large model. "
        "We propose a router. It improves accuracy by 3.1% on MS MARCO."
    )
    summary = make_extractive(SourceTexts(paper(abstract=abstract), "en", abstract, "en"))
    (performance,) = [one.text for one in summary.highlights if one.slot == "performance"]
    assert performance == "It improves accuracy by 3.1% on MS MARCO."
    (motivation,) = [one.text for one in summary.sections if one.slot == "motivation"]
    assert "remains challenging" in motivation


def test_background_from_the_introduction_is_nothing_new() -> None:
    background = Passage(
        1, "Rankers have grown large, and reordering drives search.", "1 Introduction"
    )
    summary = make_extractive(english(passages=(background,)))
    new = {one.slot: one.text for one in summary.highlights}["new"]
    assert new.startswith("We propose Lantern")


def test_what_stands_among_the_experiments_is_no_method() -> None:
    text = "The quality rises steadily during these weeks."
    for section, is_method in (
        ("3 Training dynamics", True),
        ("4 Experiments › 4.3 Training", False),
    ):
        summary = make_extractive(english(abstract="", passages=(Passage(1, text, section),)))
        assert ("method" in {one.slot for one in summary.sections}) is is_method


def test_a_sentence_that_leans_on_one_that_is_not_shown_is_left_out() -> None:
    texts = (
        "It trains a module of four stages with a loss on clicks.",
        "Our method consists of a router whose architecture combines two small encoders.",
        "We thank the reviewers for their patience.",
    )
    passages = tuple(Passage(at, text, "3 Method") for at, text in enumerate(texts, start=1))
    summary = make_extractive(english(abstract="", passages=passages))
    method = {one.slot: one.text for one in summary.sections}["method"]
    assert method == texts[1]

"""Words, terms and the parts of search that need no database."""

import numpy as np
import pytest

from bot.search.embedder import Remembering, Vectors, from_bytes, to_bytes
from bot.search.expressions import Tries
from bot.search.matching import coverage, query_terms, rarity
from bot.search.query import parse_query
from bot.search.ranking import prepare, rank, reciprocal_rank, standard
from bot.search.snippets import hit_pattern, make_snippet
from bot.text.terms import translations
from bot.text.words import content_words, index_text, is_stop_word, without_ending
from storage import PaperFilter, Passage


def test_korean_is_indexed_by_pairs_whatever_its_spaces() -> None:
    assert index_text("강화 학습 LoRA") == index_text("강화학습 LoRA") == "강화 화학 학습 lora"


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("강화학습을", "강화학습"),
        ("데이터로", "데이터"),
        ("학습했어", "학습"),
        ("사용하나요", "사용"),
        ("GRPO는", "GRPO"),
        ("환경은", "환경"),
        ("평가", "평가"),
        ("추가", "추가"),
    ],
)
def test_endings_go_when_two_syllables_are_left(word: str, bare: str) -> None:
    assert without_ending(word) == bare


@pytest.mark.parametrize("word", ["무엇인가요", "얼마야", "어떻게", "the", "있나요", "논문의"])
def test_question_words_say_nothing_about_the_subject(word: str) -> None:
    assert is_stop_word(word)


def test_technical_terms_are_known_in_both_languages() -> None:
    assert "reinforcement learning" in translations("강화 학습으로")
    assert "quantization" in translations("양자화")
    assert "양자화" in translations("quantization")


def test_inflected_words_meet_in_their_stem() -> None:
    assert content_words("trained datasets") == content_words("training dataset")


def test_rare_words_count_more_and_translations_count_as_found() -> None:
    wanted = query_terms("엔트로피 붕괴는 어떤 모델에서 일어나?")

    assert coverage(wanted, set(content_words("entropy collapse in models"))) > 0.8
    assert coverage(wanted, set(content_words("a model"))) < 0.3
    assert rarity("model") < 0.3 < rarity("zebra")


def test_a_question_of_stop_words_alone_has_no_needles() -> None:
    assert query_terms("what is it?") == ()
    assert coverage((), {"word"}) == 0.0


@pytest.mark.parametrize(
    ("typed", "words", "where"),
    [
        ("grpo author:kim", "grpo", PaperFilter(authors=("kim",), people='people : ("kim" *)')),
        (
            'org:"Example Lab" video',
            "video",
            PaperFilter(organizations=("Example Lab",), people='people : ("example" AND "lab" *)'),
        ),
        ("after:2025-03", "", PaperFilter(after="2025-03-01")),
        ("before:2025-02", "", PaperFilter(before="2025-02-28")),
        ("after:2024 before:2024-06-15", "", PaperFilter(after="2024-01-01", before="2024-06-15")),
        ("이후:2025-03 강화학습", "강화학습", PaperFilter(after="2025-03-01")),
        ("has:code agents", "agents", PaperFilter(has_code=True)),
        ("https://arxiv.org/abs/1", "https://arxiv.org/abs/1", PaperFilter()),
    ],
)
def test_filters_are_taken_out_of_the_words(typed: str, words: str, where: PaperFilter) -> None:
    parsed = parse_query(typed)

    assert parsed.words == words
    assert parsed.where == where


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("saved:", ""),
        ("saved:me video", "video"),
        ("저장: 비디오", "비디오"),
        ("video saved:", "video"),
        ("saved:video", "video"),
    ],
)
def test_saved_asks_for_a_list_and_takes_no_value(typed: str, words: str) -> None:
    parsed = parse_query(typed)

    assert parsed.wants_saved
    assert parsed.words == words
    assert not parsed.is_empty


def test_a_word_that_ends_like_a_filter_is_a_word() -> None:
    assert not parse_query("unsaved:").wants_saved
    assert parse_query("포함:코드").where == PaperFilter(has_code=True)


def test_a_filter_that_makes_no_sense_is_told() -> None:
    assert parse_query("after:yesterday x").unknown == ("after:yesterday",)
    assert parse_query("before:2025-02-31").unknown == ("before:2025-02-31",)


def test_a_korean_query_is_never_loosened_to_single_pairs() -> None:
    tries = Tries.of("비디오 합성을")

    assert tries.exact == '"비디 디오" AND "합성 성을"'
    assert tries.bare == '"비디 디오" AND "합성"'
    assert "video" in tries.translated


def test_a_snippet_shows_the_densest_place_and_marks_it() -> None:
    text = "Nothing here. " * 30 + "We use <b>reward</b> models for reward shaping. " + "End. " * 40

    snippet = make_snippet([text], hit_pattern("보상"))

    assert "reward" in snippet.text
    assert "*reward*" in snippet.mrkdwn()
    assert "&lt;b&gt;" in snippet.mrkdwn()
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert len(snippet.text) <= 200


def test_a_snippet_finds_korean_written_apart() -> None:
    assert make_snippet(["작은 모델을 강화 학습으로 키웁니다."], hit_pattern("강화학습을")).hits


def test_without_a_hit_the_snippet_is_the_beginning() -> None:
    assert make_snippet(["First words.", "Second."], hit_pattern("zebra")).text == "First words."


def test_words_of_the_section_title_and_neighbours_lift_a_passage() -> None:
    passages = [
        Passage(0, "One two three four.", section="Setup"),
        Passage(1, "Five six seven eight.", section="Limitations"),
        Passage(2, "Nine ten eleven twelve.", section="Other"),
        Passage(3, "Thirteen fourteen fifteen.", section="Else"),
    ]

    ranked = rank(prepare(passages, None), dict.fromkeys(content_words("limitation"), 1.0), None)

    order = np.argsort(-ranked.fused)
    assert order[0] == 1
    assert order[-1] == 3


def test_scores_without_spread_are_zero_and_no_passages_are_no_problem() -> None:
    assert list(standard(np.array([2.0, 2.0]))) == [0.0, 0.0]
    assert len(rank(prepare([], None), {"a": 1.0}, None).fused) == 0


def test_ranks_are_fused_by_their_reciprocals() -> None:
    fused = dict(reciprocal_rank([["a", "b"], ["b", "c"]]))

    assert list(fused) == ["b", "a", "c"]


def test_vectors_survive_being_stored() -> None:
    vector = np.array([0.5, -0.25, 0.125], dtype=np.float32)

    assert np.allclose(from_bytes([to_bytes(vector)], 3)[0], vector)
    assert from_bytes([], 3).shape == (0, 3)


def test_texts_seen_before_are_not_embedded_again() -> None:
    class Counting:
        name, dimension = "counting", 2

        def __init__(self) -> None:
            self.seen: list[str] = []

        def embed(self, texts: object) -> Vectors:
            assert isinstance(texts, list)
            self.seen += texts
            return np.array([[len(text), 1] for text in texts], dtype=np.float32).reshape(-1, 2)

    counting = Counting()
    remembering = Remembering(counting, kept=2)

    first = remembering.embed(["a", "bb", "a"])
    again = remembering.embed(["bb", "a"])
    remembering.embed(["ccc"])
    remembering.embed(["bb"])

    assert first[:, 0].tolist() == [1, 2, 1]
    assert again[:, 0].tolist() == [2, 1]
    assert counting.seen == ["a", "bb", "ccc", "bb"]
    assert len(remembering.embed([])) == 0


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("by reinforcement learning alone", "reinforcement learning", "*reinforcement learning*"),
        ("보상모델을 학습합니다", "보상", "*보상*\u2009모델을"),
        ("(reward) and “reward”", "reward", "(*reward*) and “\u2009*reward*\u2009”"),
    ],
)
def test_hits_are_bold_where_slack_shows_bold(text: str, query: str, shown: str) -> None:
    assert shown in make_snippet([text], hit_pattern(query)).mrkdwn()

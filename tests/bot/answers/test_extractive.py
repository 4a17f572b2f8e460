"""Answers without a model."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answers import Answer, Answers, Ask
from bot.answers.evidence import PASSAGE, Source
from bot.answers.markdown import Links, Text, to_chunks
from bot.answers.prose import quotable
from bot.answers.quoting import as_text
from bot.answers.sentences import pick
from storage import Storage, Summary, Turn
from tests.bot.answers.conftest import KITE, LOOM


def ask(question: str, language: str, *paper_ids: str, manner: str = "normal") -> Ask:
    return Ask(question, paper_ids or (KITE.id,), language, manner=manner)


def test_a_question_about_limits_is_answered_from_the_limitations_section(
    answers: Answers,
) -> None:
    found = answers.answer(ask("What are the limitations?", "en"))

    assert found.found
    assert found.citations[0].section == "6 Limitations"
    assert found.citations[0].url == "https://arxiv.org/html/2503.00001#S6"
    assert "two billion parameters" in found.text


def test_a_korean_question_gets_the_korean_summary_first_and_says_who_wrote_it(
    answers: Answers,
) -> None:
    found = answers.answer(ask("이 논문의 한계가 뭐야?", "ko"))

    assert "20억 파라미터보다 작은 모델에서만" in found.text
    assert found.citations[0].section == "요약: 한계와 실패 사례"
    assert any("small-model" in note for note in found.notes)
    assert any("언어 모델을 쓰지 않고" in note for note in found.notes)


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("What learning rate do they use?", "en", "3e-6"),
        ("학습률은 얼마야?", "ko", "3e-6"),
        ("Which datasets are used?", "en", "9,400"),
        ("how accurate is it on GSM-Lite?", "en", "71.5%"),
        ("성능이 어때?", "ko", "71.5%"),
        ("What happens to the entropy without pacing?", "en", "collapses"),
        ("무슨 내용이야?", "ko", "보상을 단계적으로"),
    ],
)
def test_the_fitting_sentence_is_among_the_quotes(
    answers: Answers, question: str, language: str, expected: str
) -> None:
    found = answers.answer(ask(question, language))

    assert found.found
    assert any(expected in citation.quote for citation in found.citations) or expected in found.text


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("저자가 누구야?", "ko", "Mina Park, Jonas Weber"),
        ("Who wrote it?", "en", "Mina Park, Jonas Weber"),
        ("어느 기관에서 나온 논문이야?", "ko", "Example Lab"),
        ("how many votes?", "en", "42"),
        ("코드 공개됐어?", "ko", "https://github.com/example/kite"),
        ("When was it published?", "en", "March 18, 2025"),
        ("링크 줘", "ko", "https://arxiv.org/abs/2503.00001"),
    ],
)
def test_questions_about_the_record_are_read_off_the_record(
    answers: Answers, question: str, language: str, expected: str
) -> None:
    found = answers.answer(ask(question, language))

    assert expected in found.text
    assert found.maker == "record"


def test_what_the_record_lacks_is_said_and_not_made_up(answers: Answers) -> None:
    found = answers.answer(ask("어느 기관 논문이야?", "ko", LOOM.id))

    assert not found.found
    assert found.text == "저장된 논문 정보에 소속 기관이 없습니다."


def test_what_may_answer_is_shown_as_perhaps_an_answer_and_never_below_a_refusal(
    answers: Answers,
) -> None:
    found = answers.answer(ask("비용은 얼마나 들었어?", "ko"))

    assert found.text.startswith("확실하지 않지만")
    assert found.citations


@pytest.mark.parametrize(
    ("question", "language", "told"),
    [
        ("한계가 뭐야? 그리고 코드는?", "ko", ("20억 파라미터", "https://github.com/example/kite")),
        ("저자랑 추천 수 알려줘", "ko", ("Mina Park", "42")),
        ("Who wrote it and when was it published?", "en", ("Mina Park", "March 18, 2025")),
        ("What learning rate do they use? And how large is GSM-Lite?", "en", ("3e-6", "9,400")),
    ],
)
def test_everything_that_one_question_asks_for_is_answered(
    answers: Answers, question: str, language: str, told: tuple[str, ...]
) -> None:
    found = answers.answer(ask(question, language))

    assert found.found
    assert all(one in found.text for one in told)
    marks = [f"[{one.number}]" for one in found.citations]
    assert marks == [f"[{number}]" for number in range(1, len(marks) + 1)]
    assert all(mark in found.text for mark in marks)


@pytest.mark.parametrize(
    ("question", "language", "first"),
    [
        ("추천 수 가장 많은 논문", "ko", "KITE"),
        ("which paper has the fewest votes?", "en", "Loom"),
        ("가장 최근 논문은?", "ko", "KITE"),
    ],
)
def test_a_list_is_sorted_by_what_the_listing_says(
    answers: Answers, question: str, language: str, first: str
) -> None:
    named = answers.answer(ask(question, language, LOOM.id, KITE.id))
    archive = answers.ask_archive(question, language)

    for found in (named, archive):
        assert found.maker == "record"
        assert found.text.startswith(f"1. **{first}")


def test_a_question_that_the_paper_does_not_answer_is_refused(
    answers: Answers,
) -> None:
    found = answers.answer(ask("How do volcanoes influence medieval tax law?", "en"))

    assert not found.found
    assert found.text.startswith("I could not find an answer to this in the paper.")


def test_without_full_text_the_answer_says_that_only_the_abstract_was_searched(
    answers: Answers,
) -> None:
    found = answers.answer(ask("How many clips do they train on?", "en", LOOM.id))

    assert "12,000 clips" in found.text
    assert found.citations[0].url == "https://arxiv.org/abs/2503.00002"
    assert any("only the abstract" in note for note in found.notes)


def test_the_manner_sets_how_much_is_quoted(answers: Answers) -> None:
    texts = {
        manner: answers.answer(ask("How does KITE work?", "en", manner=manner)).text.count("> ")
        for manner in ("simple", "normal", "detailed")
    }

    assert texts["simple"] == 1
    assert texts["simple"] < texts["normal"] < texts["detailed"]


def test_several_papers_are_put_side_by_side(answers: Answers) -> None:
    found = answers.answer(ask("두 논문 비교해줘", "ko", KITE.id, LOOM.id))

    assert "| 논문 | KITE: Training" in found.text
    assert "| 추천 |" in found.text
    assert set(found.paper_ids) == {KITE.id, LOOM.id}


def test_a_comparison_says_nothing_twice_and_names_each_source_once(answers: Answers) -> None:
    found = answers.answer(ask("compare them", "en", KITE.id, LOOM.id))
    sources = [(one.paper_id, one.section, one.url) for one in found.citations]
    assert len(set(sources)) == len(sources)
    for column in (2, 3):
        rows = [line.split(" | ") for line in found.text.splitlines() if line.startswith("| ")]
        told = [row[column - 1].strip(" |").rpartition(" [")[0] for row in rows[2:]]
        quoted = [one for one in told if one]
        assert len(set(quoted)) == len(quoted) > 1
    marks = set(map(int, re.findall(r"\[(\d+)\]", found.text)))
    assert marks == {one.number for one in found.citations}


def test_an_answer_says_in_which_other_language_it_quotes(answers: Answers) -> None:
    quoted = answers.answer(ask("학습률은 얼마야?", "ko", KITE.id))
    assert "3e-6" in quoted.text
    assert any("영어 문장은" in note for note in quoted.notes)
    same = answers.answer(ask("What is the learning rate?", "en", KITE.id))
    assert not any("untranslated" in note for note in same.notes)


def test_as_many_papers_of_the_archive_are_told_as_are_wanted(answers: Answers) -> None:
    found = answers.ask_archive("Find just one paper about language models and video", "en")
    assert len(found.paper_ids) == 1


def test_under_a_papers_title_no_sentence_begins_with_this_paper(
    answers: Answers, storage: Storage
) -> None:
    told = "이 논문은 그림 몇 장으로 영상을 만드는 방법을 제안한다."
    storage.summaries.save(Summary(LOOM.id, "ko", tldr=told), now=datetime(2025, 3, 20, tzinfo=UTC))
    for found in (
        answers.ask_archive("영상을 만드는 논문 찾아줘", "ko"),
        answers.answer(ask("비교해줘", "ko", KITE.id, LOOM.id)),
    ):
        assert "그림 몇 장으로" in found.text
        assert "이 논문은" not in found.text


def test_where_no_stars_are_known_no_paper_has_the_most(answers: Answers) -> None:
    found = answers.answer(ask("which one has the most stars?", "en", KITE.id, LOOM.id))
    assert found.text == "The stored metadata has no GitHub stars for these papers."


def test_a_summary_has_as_many_sentences_as_were_wanted(answers: Answers) -> None:
    for lines in (2, 3):
        found = answers.answer(replace(ask("What is this paper about?", "en"), lines=lines))
        assert len([line for line in found.text.splitlines() if line.startswith("> ")]) == lines


def test_the_whole_archive_can_be_asked(answers: Answers) -> None:
    found = answers.ask_archive("영상을 생성하는 확산 모델 논문 있어?", "ko")

    assert found.found
    assert LOOM.id in found.paper_ids
    assert "Loom" in found.text


def test_a_follow_up_is_searched_with_the_question_before_it(
    answers: Answers, now: datetime
) -> None:
    before = Turn("C", "1", "1.1", "U1", "What happens to the entropy without pacing?", now)
    later = Ask("그건 왜 그래?", (KITE.id,), "ko", history=(before,))

    assert "collapses" in answers.answer(later).text


def test_an_unknown_paper_is_told(answers: Answers) -> None:
    assert not answers.answer(ask("요약", "ko", "9999.99999")).found


def test_a_paper_that_is_only_a_title_is_told(answers: Answers, archive: Storage) -> None:
    archive._connections.execute("DELETE FROM abstracts WHERE paper_id = ?", [LOOM.id])

    found = answers.answer(ask("한계가 뭐야?", "ko", LOOM.id))

    assert found.text == "이 논문은 아직 제목만 저장되어 있어 답할 수 없습니다."


def test_an_answer_survives_being_stored_as_json(answers: Answers) -> None:
    made = answers.answer(ask("한계?", "ko"))

    assert Answer.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_the_status_and_the_text_are_handed_out(answers: Answers) -> None:
    said: list[str] = []
    texts: list[str] = []

    made = answers.answer(ask("한계?", "ko"), on_status=said.append, on_text=texts.append)

    assert said
    assert "".join(texts) == made.text


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("학습률은?", "ko"),
        ("학습률이랑 배치 크기는?", "ko"),
        ("What is the learning rate?", "en"),
    ],
)
def test_a_question_that_ends_with_its_key_word_is_understood(
    answers: Answers, question: str, language: str
) -> None:
    found = answers.answer(ask(question, language))

    assert found.found
    assert "learning rate of 3e-6 and a batch of 256" in found.text


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("어떤 GPU를 썼어?", "ko"),
        ("How much did the training cost?", "en"),
        ("단백질 구조 예측에도 쓸 수 있어?", "ko"),
    ],
)
def test_what_the_paper_does_not_tell_is_not_answered(
    answers: Answers, question: str, language: str
) -> None:
    found = answers.answer(ask(question, language))

    assert not found.found


def test_where_nothing_is_near_the_answer_says_what_the_paper_is_about(answers: Answers) -> None:
    found = answers.answer(ask("단백질 구조 예측에도 쓸 수 있어?", "ko"))

    assert "이 논문이 다루는 내용은 다음과 같습니다." in found.text
    assert len(found.citations) == 1


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("PPO [21] beats GRPO[38, 40], as in [2].", "PPO beats GRPO, as in ［2］."),
        ("They lie in [0, 1] for a [CLS] token.", "They lie in ［0, 1］ for a [CLS] token."),
        ("Rated from [1, 5] by people.", "Rated from ［1, 5］ by people."),
    ],
)
def test_a_papers_own_reference_marks_never_look_like_ours(sentence: str, shown: str) -> None:
    links = Links(dict.fromkeys(range(50), "https://arxiv.org/abs/1"), frozenset())

    (chunk,) = to_chunks(as_text(sentence), links)

    assert isinstance(chunk, Text)
    assert chunk.mrkdwn == shown


def test_a_title_that_runs_into_its_text_is_not_quoted() -> None:
    text = "Fine-Grained Block Segmentation. We cut the context into finer blocks. A; 3."

    assert quotable(text) == ["We cut the context into finer blocks."]


def test_a_footnote_before_a_sentence_is_left_out() -> None:
    assert quotable("1https://example.org/ We analyse each technique in turn.") == [
        "We analyse each technique in turn."
    ]


def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it() -> None:
    text = (
        "The router reads the query. It picks a ranker for each one. Clicks are logged for years."
    )
    (chosen,) = pick(
        "Which ranker does it pick?",
        [Source("1", "3 Method", text, "", PASSAGE)],
        embedder=None,
        limit=1,
    ).best
    assert chosen.text == "The router reads the query. It picks a ranker for each one."


def test_beside_a_part_of_the_summary_stands_only_what_answers_as_well(answers: Answers) -> None:
    found = answers.answer(ask("이 논문의 한계가 뭐야?", "ko"))
    quotes = [line for line in found.text.split("\n") if line.startswith(">")]
    assert len(quotes) == 1


def test_an_answer_about_a_withdrawn_paper_says_so_first(
    answers: Answers, archive: Storage, now: datetime
) -> None:
    archive.papers.save([replace(KITE, withdrawn_at=now)], now=now)
    told = answers.answer(Ask("What are the limitations?", (KITE.id,), "en"))
    assert told.text.startswith("This paper has been withdrawn")
    assert "two billion parameters" in told.text
    both = answers.answer(Ask("두 논문을 비교해줘", (KITE.id, LOOM.id), "ko"))
    assert both.text.startswith("철회된 논문이 포함되어 있습니다(KITE")
    assert "Loom" not in both.text.split("\n")[0]
    other = answers.answer(Ask("What is Loom?", (LOOM.id,), "en"))
    assert "withdrawn" not in other.text

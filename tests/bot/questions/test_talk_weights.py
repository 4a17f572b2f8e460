"""What was learnt from the examples is stored, so that no start has to learn it."""

from pathlib import Path

import pytest

from bot.questions import talk
from bot.questions.talk import STORED, Intent, Talk, mark_of_examples
from bot.search.examples import mark_of

TEXTS = ("what data is it trained on?", "점심 뭐 먹을까요?", "code?", "관련 논문 보여줘")


def test_what_is_stored_was_learnt_from_the_examples_as_they_are() -> None:
    assert mark_of(STORED) == mark_of_examples(), "run python -m tests.learn_talk"


def test_what_is_learnt_now_says_what_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = Talk(None)
    monkeypatch.setattr(talk, "STORED", tmp_path / "none.npz")
    talk._learnt.cache_clear()
    try:
        learnt = Talk(None)
    finally:
        talk._learnt.cache_clear()
    for text in TEXTS:
        assert learnt.looks(text) == pytest.approx(stored.looks(text), abs=0.02)
        assert learnt.intent(text) is stored.intent(text)
    assert learnt.intent(TEXTS[-1]) is Intent.RELATED


def test_other_examples_have_another_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    before = mark_of_examples()
    monkeypatch.setattr(talk, "_examples", lambda: {Intent.REMARK: ["lunch?"]})
    assert mark_of_examples() != before

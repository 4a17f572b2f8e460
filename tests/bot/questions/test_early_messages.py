"""What is said in a thread before Paperboy itself knows that the thread is its own."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import Outbox
from bot.questions import Decision
from bot.slack.blocks import Message
from storage import Storage
from tests.bot.questions.room import DAPO, NOW, Room, said
from tests.fakes import FakeSlack

CARD = Message("DAPO", ())


class BusySlack(FakeSlack):
    """People read a message and reply before the answer to its posting has come back."""

    reply: Callable[[str], object] = staticmethod(lambda _ts: None)

    def post(
        self,
        channel: str,
        payload: Mapping[str, Any],
        *,
        thread_ts: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> str:
        ts = super().post(channel, payload, thread_ts=thread_ts, metadata=metadata)
        if thread_ts is None:
            self.reply(ts)
        return ts


class Stage:
    """A room and the outbox that posts the cards in it, with a person who is quick."""

    def __init__(self, storage: Storage) -> None:
        self.slack = BusySlack()
        self.room = Room(storage, slack=self.slack)
        self.storage, self.clock = storage, self.room.clock
        self.outbox = Outbox(storage, self.slack, self.clock)
        self.outbox.when_opened(lambda *thread: self.room.conversations.opened(*thread))
        self.decisions: list[Decision] = []

    def post_card(self, *replies: str, mentions_us: bool = False) -> None:
        """Post a card; each reply is said before that is done."""

        def reply(ts: str) -> None:
            for at, text in enumerate(replies, start=1):
                message = said(text, f"{ts}{at}", thread_ts=ts, mentions_us=mentions_us)
                self.decisions.append(self.room.conversations.receive(message))

        self.slack.reply = reply
        self.drain()

    def drain(self) -> None:
        """Post the card and wait until what was said early has been heard."""
        self.outbox.plan("card", "C1", CARD, "card", paper_id=DAPO.id)
        self.outbox.drain()
        patience = time.monotonic() + 5
        while self._is_waited_for() and time.monotonic() < patience:
            time.sleep(0.005)
        self.room.finish()

    def _is_waited_for(self) -> bool:
        early = self.storage.early_messages.settled(since=self.clock())
        return bool(early or self.storage.questions.unfinished(now=self.clock()))

    def asked(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(ask.question, ask.paper_ids) for ask in self.room.answers.asked]


@pytest.fixture
def stage(storage: Storage) -> Stage:
    return Stage(storage)


def test_a_question_asked_before_the_post_is_on_record_is_answered_once_it_is(
    stage: Stage,
) -> None:
    stage.post_card("한계가 뭐야?")
    assert stage.decisions == [Decision.LATER]
    assert stage.asked() == [("한계가 뭐야?", (DAPO.id,))]
    stage.room.conversations.hear_what_waited()
    assert len(stage.asked()) == 1


def test_so_is_an_early_mention_and_it_knows_the_paper(stage: Stage) -> None:
    stage.post_card("요약해줘", mentions_us=True)
    assert stage.asked() == [("이 논문을 요약해 주세요", (DAPO.id,))]


def test_early_small_talk_is_remembered_in_its_order_and_not_answered(stage: Stage) -> None:
    stage.post_card("오 재미있네요", "저도 봤어요")
    assert stage.asked() == []
    root = stage.slack.posts[0].ts
    turns = stage.storage.threads.turns("C1", root)
    assert [turn.text for turn in turns] == ["오 재미있네요", "저도 봤어요"]


def test_an_early_question_that_was_taken_back_is_not_answered(stage: Stage) -> None:
    def reply(ts: str) -> None:
        stage.room.conversations.receive(said("한계가 뭐야?", "9.0", thread_ts=ts))
        stage.room.conversations.deleted("C1", "9.0")

    stage.slack.reply = reply
    stage.drain()
    assert stage.asked() == []


def test_an_early_question_that_was_reworded_is_asked_in_its_last_words(stage: Stage) -> None:
    def reply(ts: str) -> None:
        stage.room.conversations.receive(said("한게가 뭐야?", "9.0", thread_ts=ts))
        stage.room.conversations.edited(said("한계가 뭐야?", "9.0", thread_ts=ts))

    stage.slack.reply = reply
    stage.drain()
    assert [question for question, _ in stage.asked()] == ["한계가 뭐야?"]


def _being_posted(stage: Stage) -> None:
    stage.outbox.plan("card", "C1", CARD, "card", paper_id=DAPO.id)
    stage.storage.deliveries.claim_next(owner="x", now=NOW, lease=timedelta(minutes=1))


def test_a_mention_in_a_thread_of_others_waits_only_while_something_is_being_posted(
    stage: Stage,
) -> None:
    _being_posted(stage)
    other = said("what is the limitation?", "8.0", thread_ts="7.0", mentions_us=True)
    assert stage.room.conversations.receive(other) is Decision.LATER
    stage.room.conversations.hear_what_waited()
    stage.room.finish()
    assert stage.asked() == []
    stage.clock.forward(minutes=1)
    stage.room.conversations.hear_what_waited()
    stage.room.finish()
    assert [question for question, _ in stage.asked()] == ["what is the limitation?"]


def test_an_early_question_waits_as_long_as_the_post_cannot_be_looked_up(stage: Stage) -> None:
    _being_posted(stage)
    stage.room.conversations.receive(said("한계가 뭐야?", "8.0", thread_ts="7.0"))
    for _ in range(3):
        stage.clock.forward(minutes=2)
        stage.room.conversations.hear_what_waited()
    stage.room.paper_thread(ts="7.0")
    stage.room.conversations.hear_what_waited()
    stage.room.finish()
    assert stage.asked() == [("한계가 뭐야?", (DAPO.id,))]


def test_an_early_question_outlives_the_process_that_heard_it(stage: Stage) -> None:
    _being_posted(stage)
    stage.room.conversations.receive(said("한계가 뭐야?", "8.0", thread_ts="7.0"))
    stage.room.conversations = stage.room.another()
    stage.room.paper_thread(ts="7.0")
    stage.room.conversations.hear_what_waited()
    stage.room.finish()
    assert stage.asked() == [("한계가 뭐야?", (DAPO.id,))]


def test_nothing_is_kept_where_nothing_is_being_posted(stage: Stage) -> None:
    decision = stage.room.conversations.receive(said("한계가 뭐야?", thread_ts="7.0"))
    assert decision is Decision.PASS

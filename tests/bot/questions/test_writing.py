"""How an answer appears while it is written."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from bot.answers import Answer, Ask
from bot.delivery.retries import TRIES
from bot.errors import SlackOutcomeUnknown, SlackRateLimited
from bot.slack.blocks.ids import ActionId
from storage import QuestionState, Storage
from tests.bot.questions.room import DAPO, Room
from tests.fakes import FakeAnswers

PIECES = ("The paper ", "removes the KL term, ", "since the policy may drift [1].")


def streaming_room(storage: Storage, between: Callable[[Room], object] | None = None) -> Room:
    answers = FakeAnswers(pieces=PIECES)
    room = Room(storage, answers=answers)

    def meanwhile() -> None:
        room.clock.forward(seconds=4)
        if between is not None:
            between(room)

    answers.between = meanwhile
    room.paper_thread()
    return room


def test_text_grows_in_a_stream_and_ends_as_the_finished_answer(storage: Storage) -> None:
    room = streaming_room(storage)
    room.ask()
    room.conversations.close()
    (post,) = room.slack.posts
    assert room.slack.streamed == ["".join(PIECES)]
    assert post.text.startswith("answer to 한계가 뭐야?")
    assert post.key == "answer:1:0"
    assert ActionId.ANSWER_FEEDBACK in str(post.payload["blocks"])


def test_an_answer_that_comes_in_one_piece_is_posted_without_a_stream(storage: Storage) -> None:
    room = Room(storage, answers=FakeAnswers(pieces=["all of it"]))
    room.paper_thread()
    room.ask()
    room.conversations.close()
    assert room.slack.streamed == []
    assert len(room.slack.posts) == 1


def test_the_status_says_what_is_being_done(storage: Storage) -> None:
    room = streaming_room(storage)
    room.ask()
    room.conversations.close()
    assert room.slack.statuses == ["reading"]


def test_where_slack_has_no_streams_a_message_is_edited_and_can_be_stopped(
    storage: Storage,
) -> None:
    room = streaming_room(storage)
    room.slack.streaming = False
    room.ask()
    room.conversations.close()
    (post,) = room.slack.posts
    assert len(room.slack.edits) >= 2
    assert "removes the KL term" in room.slack.edits[0]
    assert post.text.startswith("answer to")
    assert ActionId.ANSWER_STOP not in str(post.payload["blocks"])


def test_a_stopped_answer_ends_where_it_is(storage: Storage) -> None:
    room = streaming_room(storage, lambda room: room.conversations.stop_thread("C1", "1.0"))
    room.ask()
    room.conversations.close()
    (post,) = room.slack.posts
    assert "중단했습니다" in post.text
    assert room.states() == [QuestionState.FAILED]
    assert len(room.answers.asked) == 1


def test_a_stream_that_breaks_still_ends_in_the_whole_answer(storage: Storage) -> None:
    broken: list[bool] = []

    def break_once(room: Room) -> None:
        if room.slack.streams and not broken:
            room.slack.refuse = ["message_not_in_streaming_state"]
            broken.append(True)

    room = streaming_room(storage, break_once)
    room.ask()
    room.conversations.close()
    (post,) = room.slack.posts
    assert post.text.startswith("answer to")


def test_a_stream_left_by_a_dead_process_becomes_the_answer(storage: Storage) -> None:
    def die(room: Room) -> None:
        if room.slack.streams:
            raise SystemExit

    room = streaming_room(storage, die)
    room.ask()
    assert room.slack.streams
    room.answers.between = lambda: None
    room.clock.forward(minutes=5)
    room.conversations.resume_unfinished()
    room.finish()
    room.conversations.close()
    (post,) = room.slack.posts
    assert post.text.startswith("answer to")
    assert room.states() == [QuestionState.ANSWERED]


def test_a_stream_is_left_alone_for_as_long_as_slack_asks(storage: Storage) -> None:
    room = Room(storage, answers=FakeAnswers(pieces=("one ", "two ", "three ", "four ", "five ")))
    room.paper_thread()
    heard: list[tuple[datetime, str]] = []
    append = room.slack.append_stream

    def limited(channel: str, ts: str, markdown: str) -> None:
        heard.append((room.clock(), markdown))
        if len(heard) == 1:
            raise SlackRateLimited("wait", retry_after=7)
        append(channel, ts, markdown)

    room.slack.append_stream = limited  # type: ignore[method-assign]
    room.answers.between = lambda: room.clock.forward(seconds=4)
    room.ask()
    room.conversations.close()
    (refused, _), (again, shown), *_ = heard
    assert (again - refused).total_seconds() >= 7
    assert shown.startswith("one two three")
    assert room.slack.streamed == ["one two three four five "]


@pytest.mark.parametrize("code", ["ratelimited", "outcome_unknown", "unreachable"])
def test_an_end_of_a_stream_that_failed_is_tried_again(storage: Storage, code: str) -> None:
    room = streaming_room(storage)
    room.slack.stop_errors = [code, code]
    room.ask()
    room.conversations.close()
    (post,) = room.slack.posts
    assert room.slack.streams == {}
    assert post.text.startswith("answer to")
    assert room.states() == [QuestionState.ANSWERED]


def test_a_stream_that_cannot_be_ended_now_becomes_the_answer_later(storage: Storage) -> None:
    room = streaming_room(storage)
    room.slack.stop_errors = ["unreachable"] * TRIES
    room.ask()
    assert len(room.slack.streams) == 1
    room.clock.forward(minutes=5)
    room.conversations.resume_unfinished()
    room.finish()
    room.conversations.close()
    (post,) = room.slack.posts
    assert room.slack.streams == {}
    assert post.text.startswith("answer to")
    assert len(room.answers.asked) == 1


def test_a_draft_whose_posting_got_lost_becomes_the_answer(storage: Storage) -> None:
    room = streaming_room(storage)
    room.slack.streaming = False
    post = room.slack.post

    def lost(*arguments: Any, **named: Any) -> str:
        room.slack.post = post  # type: ignore[method-assign]
        post(*arguments, **named)
        raise SlackOutcomeUnknown("no answer")

    room.slack.post = lost  # type: ignore[method-assign]
    room.ask()
    room.conversations.close()
    (shown,) = room.slack.posts
    assert shown.text.startswith("answer to")


def test_slack_asking_for_a_pause_gets_it(storage: Storage) -> None:
    room = Room(storage)
    room.paper_thread()
    room.slack.refuse = ["", "ratelimited"]
    before = room.clock()
    room.ask()
    room.conversations.close()
    assert len(room.slack.posts) == 1
    assert room.clock() > before


def test_blocks_that_slack_does_not_take_are_left_out(storage: Storage) -> None:
    room = Room(storage)
    room.paper_thread()
    room.slack.refuse = ["", "invalid_blocks"]
    room.ask()
    room.conversations.close()
    (post,) = room.slack.posts
    assert post.payload["blocks"] == []
    assert post.text.startswith("answer to")


def test_a_long_answer_is_split_into_messages_that_are_each_posted_once(storage: Storage) -> None:
    def long(ask: Ask) -> Answer:
        text = "\n\n".join(f"Paragraph {number}. " + "word " * 300 for number in range(30))
        return Answer(text, True, "fake", paper_ids=(DAPO.id,))

    room = Room(storage, answers=FakeAnswers(long))
    room.paper_thread()
    room.slack.refuse = ["", "", "internal_error"]
    room.ask()
    assert len(room.slack.posts) == 1
    room.clock.forward(minutes=5)
    room.conversations.resume_unfinished()
    room.finish()
    room.conversations.close()
    assert len(room.slack.posts) > 2
    keys = [post.key for post in room.slack.posts]
    assert len(set(keys)) == len(keys)

"""Questions asked by a command, answered to their asker alone."""

from collections.abc import Sequence

from bot.slack.blocks import Message
from storage import QuestionState, Storage
from tests.bot.questions.room import Room


def ask(room: Room, shown: list[Message], *, taken: bool = True, key: str = "1.2.x") -> None:
    def reply(messages: Sequence[Message]) -> bool:
        shown.extend(messages)
        return taken

    room.conversations.ask_privately(
        "로봇 추론을 다룬 논문이 있어?", user="U1", language="ko", key=key, reply=reply
    )


def test_the_answer_comes_below_the_command(storage: Storage) -> None:
    room, shown = Room(storage), list[Message]()
    ask(room, shown)
    ask(room, shown)
    room.finish()
    room.conversations.close()
    assert [message.text.startswith("answer to 로봇") for message in shown] == [True]
    assert room.slack.posts == []
    assert room.answers.asked[0].paper_ids == ()


def test_an_answer_whose_way_has_closed_goes_by_direct_message(storage: Storage) -> None:
    room, shown = Room(storage), list[Message]()
    ask(room, shown, taken=False)
    room.finish()
    room.conversations.close()
    (post,) = room.slack.posts
    assert post.channel == "DU1"


def test_after_a_restart_the_answer_goes_by_direct_message(storage: Storage) -> None:
    room, shown = Room(storage), list[Message]()
    room.conversations.close()
    ask(room, shown)
    room.conversations = room.another()
    room.conversations.resume_unfinished()
    room.finish()
    room.conversations.close()
    assert shown == []
    assert [post.channel for post in room.slack.posts] == ["DU1"]
    assert room.states() == [QuestionState.ANSWERED]


def test_a_new_private_question_is_not_about_the_last_paper(storage: Storage) -> None:
    room, shown = Room(storage), list[Message]()
    room.conversations.ask_privately(
        "2503.14476 요약해줘", user="U1", language="ko", key="a", reply=lambda messages: True
    )
    room.finish()
    ask(room, shown, key="b")
    room.finish()
    room.conversations.close()
    assert [len(one.paper_ids) for one in room.answers.asked] == [1, 0]

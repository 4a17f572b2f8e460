"""A member looks at what is kept about them, and deletes it: from the Home or by a command."""

import pytest

from storage import Note
from tests.rows import everything
from tests.scenarios.conftest import CHANNEL, COSMOS, DAPO, NOW, Story

MINJI, JUNHO = "U0MINJI001", "U0JUNHO001"


def leave_traces(story: Story, user: str) -> None:
    """Save, note, open, ask and be answered, in the channel and in the messages."""
    story.slack.slash(user, CHANNEL, "/papers", "save 2")
    story.slack.wait_for_ephemeral(user, CHANNEL, contains=COSMOS.title[:20])
    thread = story.paper_thread(user)
    story.slack.say(user, CHANNEL, "한계가 뭐야?", thread_ts=thread)
    answer = story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="answer to")
    story.slack.wait_for(lambda: story.storage.threads.turn(answer.channel, answer.ts) is not None)
    story.slack.open_home(user)
    home = story.slack.wait_for_home(user, contains=DAPO.title)
    story.slack.click(user, home, f"paper_open:{DAPO.id}")
    card = story.slack.wait_for_message(f"D0{user.upper()}001", contains=DAPO.title)
    story.wait_until_known(card)
    story.slack.close_view(user, story.slack.wait_for_view(user))
    member = story.slack.state.member(user).id
    story.slack.wait_for(lambda: story.storage.forgetting.count(member).counts["answers"])
    story.storage.notes.add(Note(DAPO.id, member, f"by {user}", "slack", NOW))


def rows(story: Story, word: str) -> list[str]:
    """Lines of the whole database in which a word stands."""
    return [one for one in everything(story.storage) if word in one]


def test_a_member_deletes_their_data_from_the_home_and_nobody_elses(story: Story) -> None:
    for user in ("junho", "minji"):
        leave_traces(story, user)
    others = story.storage.forgetting.count(JUNHO)
    story.slack.open_home("minji")
    home = story.slack.wait_for_home("minji", contains=COSMOS.title)
    story.slack.click("minji", home, "home_forget")
    form = story.slack.wait_for_view("minji", callback_id="forget")
    shown = str(form.content)
    assert "저장한 논문 1편" in shown
    assert "내가 작성한 노트 1개" in shown
    assert "내 질문과 답변 2개" in shown
    assert "되돌릴 수 없습니다" in shown
    assert rows(story, MINJI)  # looking deletes nothing
    story.slack.submit("minji", form)
    story.slack.wait_for(lambda: "삭제를 마쳤습니다" in str(story.slack.views("minji")))
    story.slack.wait_for_home("minji", contains="저장한 논문이 없습니다")
    assert rows(story, MINJI) == []
    assert rows(story, "D0MINJI001") == []
    assert story.storage.forgetting.count(JUNHO) == others
    assert [one.author for one in story.storage.notes.of_paper(DAPO.id)] == [JUNHO]


@pytest.mark.parametrize(("typed", "user"), [("forget", "alice"), ("내데이터", "minji")])
def test_a_command_opens_the_same_form(story: Story, typed: str, user: str) -> None:
    story.slack.slash(user, CHANNEL, "/papers", typed)
    form = story.slack.wait_for_view(user, callback_id="forget")
    title = "내 데이터 삭제" if user == "minji" else "Delete my data"
    assert form.content["title"]["text"] == title
    member = story.slack.state.member(user).id
    assert rows(story, member)  # the profile's language was read to answer
    story.slack.submit(user, form)
    story.slack.wait_for(lambda: rows(story, member) == [])


def test_naming_somebody_else_shows_ones_own_data(story: Story) -> None:
    leave_traces(story, "junho")
    before = story.storage.forgetting.count(JUNHO)
    story.slack.slash("minji", CHANNEL, "/papers", f"forget <@{JUNHO}>")
    form = story.slack.wait_for_view("minji", callback_id="forget")
    assert "저장한 논문" not in str(form.content)
    story.slack.submit("minji", form)
    story.slack.wait_for(lambda: "삭제를 마쳤습니다" in str(story.slack.views("minji")))
    assert story.storage.forgetting.count(JUNHO) == before


def test_an_answer_that_is_on_its_way_leaves_nothing_behind(story: Story) -> None:
    thread = story.paper_thread("junho")
    story.answers.pieces = ["word " * 60] * 3
    story.answers.between = lambda: story.storage.forgetting.forget(MINJI)
    said = story.slack.say("minji", CHANNEL, "한계가 뭐야?", thread_ts=thread)
    story.slack.wait_for(lambda: bool(story.answers.asked))
    story.conversations.close()
    assert rows(story, MINJI) == []
    assert story.storage.threads.turns(said.channel, thread) == []
    shown = story.slack.messages(CHANNEL, thread)
    assert [one.ts for one in shown if one.ts > said.ts] == []

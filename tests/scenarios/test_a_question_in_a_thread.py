"""A member opens a paper, asks about it, and goes on talking."""

from bot.answers import Answer, Citation
from tests.scenarios.conftest import CHANNEL, COSMOS, DAPO, Story, both_ways


@both_ways
def test_a_member_reads_todays_papers_opens_one_and_asks(story: Story) -> None:
    thread = story.paper_thread()
    story.slack.say("junho", CHANNEL, "한계가 뭐야?", thread_ts=thread)
    answer = story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="answer to")
    assert "한계가 뭐야?" in answer.text
    assert story.answers.asked[0].paper_ids == (DAPO.id,)


def test_people_who_talk_to_each_other_are_left_alone(story: Story) -> None:
    thread = story.paper_thread()
    story.say("junho", "이거 재미있네요", thread)
    story.say("minji", "왜?", thread)
    story.say("junho", "@alice 이거 봤어?", thread)
    story.slack.say("alice", CHANNEL, "@paperboy what is the limitation", thread_ts=thread)
    story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="answer to what")
    assert [ask.question for ask in story.answers.asked] == ["what is the limitation"]
    assert story.answers.asked[0].language == "en"


def test_a_mention_in_the_channel_is_answered_once_in_its_own_thread(story: Story) -> None:
    said = story.slack.say("junho", CHANNEL, "@paperboy 2503.15558 요약해줘")
    story.slack.wait_for_message(CHANNEL, thread_ts=said.ts, contains="answer to")
    story.conversations.close()
    replies = [one for one in story.slack.messages(CHANNEL, said.ts) if one.ts != said.ts]
    assert len(replies) == 1
    assert story.answers.asked[0].paper_ids == (COSMOS.id,)


def test_a_mention_under_a_link_that_somebody_posted(story: Story) -> None:
    root = story.slack.say("alice", CHANNEL, "look: https://arxiv.org/abs/2503.14476v2")
    story.slack.say("junho", CHANNEL, "@paperboy 이 논문 데이터가 뭐야?", thread_ts=root.ts)
    story.slack.wait_for_message(CHANNEL, thread_ts=root.ts, contains="answer to")
    story.slack.say("junho", CHANNEL, "코드는 공개했나요?", thread_ts=root.ts)
    story.slack.wait_for_message(CHANNEL, thread_ts=root.ts, contains="코드는")
    assert {ask.paper_ids for ask in story.answers.asked} == {(DAPO.id,)}


@both_ways
def test_a_direct_message_asks_the_archive(story: Story) -> None:
    said = story.slack.say("minji", "D0MINJI001", "로봇 추론 논문 있어?")
    answer = story.slack.wait_for_message("D0MINJI001", thread_ts=said.ts, contains="answer to")
    assert "로봇" in answer.text


def test_a_question_asked_while_paperboy_was_down_is_answered_after_the_restart(
    story: Story,
) -> None:
    thread = story.paper_thread()
    story.conversations.close()  # the workers are gone, the door still hears
    story.slack.say("junho", CHANNEL, "한계가 뭐야?", thread_ts=thread)
    story.slack.wait_for(lambda: bool(story.storage.questions.unfinished(now=story.clock())))
    story.stop()
    story.start()
    story.conversations.start()
    story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="answer to")


def test_whoever_asks_for_the_evidence_sees_it_alone_and_after_a_restart_too(
    story: Story,
) -> None:
    cited = Citation(
        1,
        DAPO.id,
        "4.1 Training Details, p. 8",
        "The batch size is 512.",
        f"https://arxiv.org/pdf/{DAPO.id}#page=8",
        "We use AdamW. The batch size is 512. We sample 16 responses.",
    )
    story.answers.script = lambda ask: Answer("512 [1].", True, "m", (cited,), ask.paper_ids)
    thread = story.paper_thread()
    story.slack.say("junho", CHANNEL, "배치 크기가 뭐야?", thread_ts=thread)
    answer = story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="512")
    story.stop()
    story.start()
    story.slack.click("minji", answer, "answer_evidence")
    view = story.slack.wait_for_view("minji")
    assert "We sample 16 responses." in str(view.blocks)
    assert f"https://arxiv.org/pdf/{DAPO.id}#page=8" in str(view.blocks)
    assert story.slack.views("junho") == []

"""Sharing a paper with another channel, and links to papers that members post."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.settings import Settings
from bot.workspace import Message, View, Workspace
from storage import Note, Storage, Summary
from tests.scenarios.conftest import CHANNEL, COSMOS, DAPO, NOT_INVITED, NOW, Mode, Story

OTHER = "#research-en"
LINK = f"https://arxiv.org/abs/{COSMOS.id}"
TOLD = "Cosmos-Reason1 reasons about the physical world."


def form_of(story: Story, user: str) -> View:
    story.paper_thread()
    (card,) = story.slack.messages(CHANNEL)
    story.slack.click(user, card, "paper_share", DAPO.id)
    return story.slack.wait_for_view(user, callback_id="share_paper")


def channel_id(story: Story, name: str) -> str:
    return story.slack.state.channel(name).id


def share(story: Story, user: str, form: View, channel: str, comment: str = "") -> None:
    values = {"share_channel": channel_id(story, channel), "share_comment": comment}
    assert story.slack.submit(user, form, values).errors == {}


def test_a_shared_paper_opens_its_thread_there_and_can_be_asked_about(story: Story) -> None:
    story.storage.notes.add(
        Note(DAPO.id, "U0JUNHO001", "우리끼리만 보는 노트", "slack", NOW), place="C0DAILY001"
    )
    form = form_of(story, "minji")
    share(story, "minji", form, OTHER, "For *you* <!channel> & all")
    card = story.slack.wait_for_message(OTHER, contains=DAPO.title)
    shown = str(card.blocks)
    assert "<@U0MINJI001>" in shown
    assert "&gt;" not in shown.split("For *you*")[0]
    assert "For *you* &lt;!channel&gt; &amp; all" in shown
    assert "우리끼리만" not in shown + card.text
    story.slack.wait_for(lambda: "공유했습니다" in str(story.slack.views("minji")[-1].content))
    story.wait_until_known(card)
    story.slack.say("alice", OTHER, "What are its limits?", thread_ts=card.ts)
    story.slack.wait_for_message(OTHER, thread_ts=card.ts, contains="answer to")
    assert story.answers.asked[0].paper_ids == (DAPO.id,)


def test_sharing_again_adds_the_comment_to_the_thread_and_no_second_card(story: Story) -> None:
    form = form_of(story, "minji")
    share(story, "minji", form, OTHER)
    card = story.slack.wait_for_message(OTHER, contains=DAPO.title)
    (origin,) = story.slack.messages(CHANNEL)
    story.slack.wait_for(lambda: "공유했습니다" in str(story.slack.views("minji")[-1].content))
    story.slack.click("alice", origin, "paper_share", DAPO.id)
    second = story.slack.wait_for_view("alice", callback_id="share_paper")
    share(story, "alice", second, OTHER, "See section 3.")
    story.slack.wait_for_message(OTHER, thread_ts=card.ts, contains="See section 3.")
    story.slack.wait_for(lambda: "already" in str(story.slack.views("alice")[-1].content))
    assert len(story.slack.messages(OTHER)) == 1


def test_a_channel_without_paperboy_is_named_in_the_form_with_its_remedy(story: Story) -> None:
    form = form_of(story, "alice")
    assert story.slack.submit("alice", form, {}).errors
    share(story, "alice", form, NOT_INVITED, "Look at this")
    story.slack.wait_for(lambda: "/invite" in str(story.slack.views("alice")[-1].content))
    again = story.slack.views("alice")[-1]
    assert "Look at this" in str(again.content)
    story.slack.invite(NOT_INVITED)
    story.slack.wait_for_message(NOT_INVITED, contains="/papers help")
    share(story, "alice", again, NOT_INVITED, "Look at this")
    story.slack.wait_for_message(NOT_INVITED, contains=DAPO.title)


def test_a_share_that_cannot_be_posted_is_given_up_aloud_in_the_form(story: Story) -> None:
    form = form_of(story, "alice")
    other = channel_id(story, OTHER)
    story.slack.fail(
        "chat.postMessage", "is_archived", times=9, when=lambda args: args["channel"] == other
    )
    share(story, "alice", form, OTHER, "Look at this")
    story.slack.wait_for(lambda: "archived" in str(story.slack.views("alice")[-1].content))


def test_an_offer_is_made_once_to_each_poster_and_only_where_paperboy_is(story: Story) -> None:
    for user in ("junho", "junho", "alice"):
        story.slack.say(user, OTHER, f"Have a look: {LINK}")
    story.slack.say("minji", NOT_INVITED, LINK)
    story.slack.say("minji", OTHER, f"{LINK} and https://arxiv.org/abs/{DAPO.id}")
    story.slack.wait_for_ephemeral("alice", OTHER, contains="Would you like a summary")
    story.slack.wait_for_ephemeral("junho", OTHER, contains="요약해 드릴까요")
    offers = {user: len(story.slack.ephemerals(user, OTHER)) for user in ("junho", "alice")}
    assert offers == {"junho": 1, "alice": 1}
    assert story.slack.ephemerals("minji", OTHER) == []
    assert story.slack.ephemerals("minji", NOT_INVITED) == []
    assert story.slack.messages(OTHER)[0].attachments == ()


@pytest.fixture
def unfurling(mode: Mode, storage: Storage) -> Iterator[Story]:
    with Workspace(mode=mode) as workspace:
        made = Story(storage, workspace, mode, settings=replace(Settings(), unfurl=True))
        storage.summaries.save(Summary(COSMOS.id, "ko", TOLD), now=NOW)
        yield made
        made.stop()


def unfurled(story: Story, message: Message) -> str:
    (held,) = [one for one in story.slack.messages(CHANNEL) if one.ts == message.ts]
    return str(held.attachments)


def test_with_unfurls_on_the_stored_summary_stands_under_the_link(unfurling: Story) -> None:
    said = unfurling.slack.say("junho", CHANNEL, f"{LINK} https://arxiv.org/abs/{DAPO.id}")
    unfurling.slack.wait_for(lambda: TOLD in unfurled(unfurling, said))
    assert DAPO.title not in unfurled(unfurling, said)
    (held,) = unfurling.slack.messages(CHANNEL)
    unfurling.slack.click("alice", held, "paper_open", COSMOS.id)
    unfurling.slack.wait_for_message(CHANNEL, contains=COSMOS.title)


def test_with_unfurls_on_only_papers_without_a_summary_are_offered(unfurling: Story) -> None:
    said = unfurling.slack.say("junho", CHANNEL, LINK)
    unfurling.slack.wait_for(lambda: TOLD in unfurled(unfurling, said))
    unfurling.slack.say("junho", CHANNEL, f"https://arxiv.org/abs/{DAPO.id}")
    unfurling.slack.wait_for_ephemeral("junho", CHANNEL, contains="요약해 드릴까요")
    assert len(unfurling.slack.ephemerals("junho", CHANNEL)) == 1

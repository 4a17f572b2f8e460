"""Setting Paperboy up without leaving Slack."""

from tests.scenarios.conftest import CHANNEL, DAPO, NOT_INVITED, Story, both_ways


def test_a_member_subscribes_in_words_and_everybody_sees_it(story: Story) -> None:
    text = "subscribe 08:30 Asia/Seoul 평일 ko highlights 주제: 강화 학습, -로봇"
    story.slack.slash("minji", CHANNEL, "/papers", text)
    told = story.slack.wait_for_message(CHANNEL, contains="08:30")
    assert "강화 학습" in told.text
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains="설정을 저장하고")
    story.slack.slash("junho", CHANNEL, "/papers", "상태")
    story.slack.wait_for_ephemeral("junho", CHANNEL, contains="08:30")


def test_an_announcement_that_got_lost_leaves_a_stored_subscription(story: Story) -> None:
    story.slack.fail("chat.postMessage", "fatal_error", status=500)
    story.slack.slash("alice", CHANNEL, "/papers", "subscribe 09:00 Europe/London en")
    story.slack.wait_for_ephemeral("alice", CHANNEL, contains="Your subscription is saved")
    assert [one.timezone for one in story.storage.subscriptions.active()] == ["Europe/London"]


def test_a_word_that_means_nothing_is_told_and_nothing_is_stored(story: Story) -> None:
    story.slack.slash("minji", CHANNEL, "/papers", "subscribe 08:30 highlihgts")
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains="highlights")
    assert story.storage.subscriptions.active() == []


@both_ways
def test_the_form_refuses_next_to_the_field_previews_and_subscribes(story: Story) -> None:
    story.slack.slash("alice", CHANNEL, "/papers", "subscribe")
    form = story.slack.wait_for_view("alice", callback_id="subscribe")
    story.slack.click("alice", form, "subscription_more")
    story.slack.wait_for(
        lambda: "subscription_count" in str(story.slack.views("alice")[-1].content)
    )
    form = story.slack.views("alice")[-1]
    refused = story.slack.submit("alice", form, {"subscription_count": "900"})
    assert "1 to 50" in refused.errors["subscription_count"]
    story.slack.click("alice", form, "subscription_preview")
    story.slack.wait_for(lambda: DAPO.title in str(story.slack.views("alice")[-1].content))
    story.slack.close_view("alice", story.slack.views("alice")[-1])
    story.slack.click("alice", form, "subscription_preview", values={"subscription_count": "900"})
    story.slack.wait_for(lambda: "Not applied" in str(story.slack.views("alice")[-1].content))
    story.slack.close_view("alice", story.slack.views("alice")[-1])
    done = story.slack.submit(
        "alice", form, {"subscription_count": "7", "subscription_language": "en"}
    )
    assert done.errors == {}
    story.slack.wait_for_message(CHANNEL, contains="up to 7 papers summarized")
    story.slack.wait_for(lambda: bool(story.storage.subscriptions.active()))
    (wish,) = story.storage.subscriptions.active()
    assert (wish.count, wish.language) == (7, "en")


def test_a_channel_without_paperboy_is_told_to_invite_it_first(story: Story) -> None:
    story.slack.slash("minji", NOT_INVITED, "/papers", "subscribe 08:30")
    story.slack.wait_for_ephemeral("minji", NOT_INVITED, contains="/invite @Paperboy")
    assert story.storage.subscriptions.active() == []


def test_a_subscription_is_ended_and_says_so(story: Story) -> None:
    story.slack.slash("minji", CHANNEL, "/papers", "subscribe 08:30")
    story.slack.wait_for(lambda: bool(story.storage.subscriptions.active()))
    story.slack.slash("minji", CHANNEL, "/papers", "구독취소")
    story.slack.wait_for_message(CHANNEL, contains="취소했습니다")
    story.slack.wait_for(lambda: story.storage.subscriptions.active() == [])

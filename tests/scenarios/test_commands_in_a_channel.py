"""``/papers`` as members of two languages type it."""

from dataclasses import replace

import pytest

from tests.scenarios.conftest import CHANNEL, COSMOS, DAPO, NOT_INVITED, NOW, Story, both_ways


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", DAPO.title),
        ("오늘", DAPO.title),
        ("date 2025-03-19", DAPO.title),
        ("date 2099-01-01", "아직 나오지 않았습니다"),
        ("date 2025-02-30", "달력에 없는"),
        ("date soon", "날짜를 인식하지 못했습니다"),
        ("date", "날짜를 함께"),
        ("show 2", COSMOS.title),
        ("show 77", "77번 논문은 없습니다"),
        ("show 2501.99999", "2501.99999"),
        ("show", "어떤 논문인지"),
        ("search embodied", COSMOS.title),
        ("search", "검색할 키워드를"),
        ("status", "아직 구독하지 않았습니다"),
        ("도움말", "/papers today"),
        ("todya", "today"),
    ],
)
def test_every_command_is_acknowledged_and_answered_in_words(
    typed: str, told: str, story: Story
) -> None:
    assert story.slack.slash("minji", CHANNEL, "/papers", typed).acknowledged
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains=told)
    assert story.slack.messages(CHANNEL) == []


def test_an_english_speaker_reads_english(story: Story) -> None:
    story.slack.slash("alice", CHANNEL, "/papers", "help")
    story.slack.wait_for_ephemeral("alice", CHANNEL, contains="the newest papers")


@both_ways
def test_a_reply_is_shared_with_the_channel_once(story: Story) -> None:
    story.slack.slash("minji", CHANNEL, "/papers", "search embodied")
    shown = story.slack.wait_for_ephemeral("minji", CHANNEL, contains=COSMOS.title)
    story.slack.click("minji", shown, "share_in_channel")
    story.slack.wait_for_message(CHANNEL, contains=COSMOS.title)
    story.slack.wait_for(lambda: story.slack.ephemerals("minji", CHANNEL) == [])


def test_two_clicks_open_one_thread_and_the_second_points_to_it(story: Story) -> None:
    story.paper_thread()
    shown = story.slack.ephemerals("minji", CHANNEL)[0]
    story.slack.click("minji", shown, "paper_open", DAPO.id)
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains="이미")
    assert len(story.slack.messages(CHANNEL)) == 1


def test_a_channel_without_paperboy_gets_replies_and_is_told_how_to_invite(story: Story) -> None:
    story.slack.slash("minji", NOT_INVITED, "/papers", "today")
    shown = story.slack.wait_for_ephemeral("minji", NOT_INVITED, contains=DAPO.title)
    story.slack.click("minji", shown, "paper_open", DAPO.id)
    story.slack.wait_for_ephemeral("minji", NOT_INVITED, contains="/invite @Paperboy")


@both_ways
def test_an_invitation_is_answered_with_a_greeting(story: Story) -> None:
    story.slack.invite(NOT_INVITED)
    story.slack.wait_for_message(NOT_INVITED, contains="/papers help")


@both_ways
def test_the_app_home_shows_todays_papers(story: Story) -> None:
    story.slack.open_home("alice")
    story.slack.wait_for_home("alice", contains=DAPO.title)


def test_a_card_whose_picture_slack_cannot_fetch_is_posted_without_it(story: Story) -> None:
    thumbnail = "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/gone.png"
    story.storage.papers.save([replace(DAPO, thumbnail_url=thumbnail)], now=NOW)
    story.slack.fail(
        "chat.postMessage", "invalid_blocks", times=9, when=lambda a: "gone.png" in str(a)
    )
    story.paper_thread()
    (card,) = story.slack.messages(CHANNEL)
    assert "paper_save" in str(card.blocks)
    assert "gone.png" not in str(card.blocks)
    story.slack.slash("alice", CHANNEL, "/papers", f"show {DAPO.id}")
    shown = story.slack.wait_for_ephemeral("alice", CHANNEL, contains=DAPO.title)
    assert "Thumbnail: DAPO" in str(shown.blocks)

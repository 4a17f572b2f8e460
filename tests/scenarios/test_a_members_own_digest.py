"""A member's own digest in their messages: set up from the Home, steered, and begun anew."""

from dataclasses import replace

from bot.delivery import Morning
from tests.bot.delivery.fakes import FakeSummarizer, subscription
from tests.fakes import FakeClock
from tests.scenarios.conftest import CHANNEL, COSMOS, DAPO, Story

MESSAGES = "D0ALICE001"


def morning_of(story: Story) -> Morning:
    assert isinstance(story.clock, FakeClock)
    summarizer = FakeSummarizer(story.storage, story.clock)
    return Morning(story.storage, story.collector, summarizer, None, story.outbox, story.clock)


def set_up(story: Story) -> None:
    story.slack.open_home("alice")
    home = story.slack.wait_for_home("alice", contains="Your own digest")
    story.slack.click("alice", home, "own_open")
    form = story.slack.wait_for_view("alice", callback_id="subscribe")
    assert "subscription_thread_policy" not in str(form.content), "it is for channels"
    fields = {
        "subscription_sources": "huggingface, arxiv:cs.cl+cross",
        "subscription_topics": "agents",
        "subscription_language": "en",
    }
    assert story.slack.submit("alice", form, fields).errors == {}
    story.slack.wait_for_message(MESSAGES, contains="Your own digest")


def test_a_member_sets_up_a_digest_of_their_own_and_gets_the_newest_at_once(story: Story) -> None:
    set_up(story)
    (wish,) = story.storage.subscriptions.active()
    assert (wish.channel, wish.owner) == (MESSAGES, "U0ALICE001")
    assert wish.sources == ("huggingface", "arxiv:cs.CL+cross")
    run = story.storage.runs.latest(MESSAGES, now=story.clock())
    assert run is not None
    assert run.asked
    told = story.slack.wait_for_message(MESSAGES, contains="Your own digest").text
    assert "Hugging Face and arXiv cs.CL+cross" in told
    assert "arrive in a minute" in told


def test_a_source_that_is_none_is_refused_next_to_its_field(story: Story) -> None:
    story.slack.open_home("alice")
    home = story.slack.wait_for_home("alice", contains="Your own digest")
    story.slack.click("alice", home, "own_open")
    form = story.slack.wait_for_view("alice", callback_id="subscribe")
    refused = story.slack.submit("alice", form, {"subscription_sources": "twitter"})
    assert "twitter" in refused.errors["subscription_sources"]
    assert story.storage.subscriptions.active() == []


def test_what_was_learned_is_told_and_forgotten_when_its_owner_says_so(story: Story) -> None:
    set_up(story)
    now = story.clock()
    for user, kind in (("U0ALICE001", "more"), ("U0MINJI001", "unwanted")):
        story.storage.library.signal("C0DAILY001", user=user, paper_id=DAPO.id, kind=kind, now=now)
    story.slack.open_home("alice")
    home = story.slack.wait_for_home("alice", contains="What it learned")
    story.slack.click("alice", home, "learned_open")
    story.slack.wait_for(lambda: DAPO.title in str([v.content for v in story.slack.views("alice")]))
    view = story.slack.views("alice")[-1]
    assert "1 paper marked “More like this”" in str(view.content)
    assert "marked “Less like this”" not in str(view.content)
    story.slack.click("alice", view, "learned_reset")
    story.slack.wait_for(lambda: "Nothing yet" in str(story.slack.views("alice")[-1].content))
    assert story.storage.library.signs_in("C0DAILY001"), "what a channel learned stays"


def test_today_is_asked_for_in_words(story: Story) -> None:
    story.slack.slash(
        "minji", "#daily-papers", "/papers", "subscribe 08:00 ko 지금 출처: huggingface"
    )
    told = story.slack.wait_for_message("#daily-papers", contains="08:00")
    assert "최신 브리핑을 곧" in told.text
    assert story.storage.runs.latest("C0DAILY001", now=story.clock()) is not None


def test_a_time_that_has_passed_says_what_happens(story: Story) -> None:
    story.slack.slash("alice", "#daily-papers", "/papers", "subscribe 08:00 en")
    told = story.slack.wait_for_message("#daily-papers", contains="08:00")
    assert "08:00 has already passed today" in told.text


def test_more_and_less_like_this_steer_the_own_digest_and_stand_on_its_page(story: Story) -> None:
    set_up(story)
    (wish,) = story.storage.subscriptions.active()
    morning_of(story).run(replace(wish, sources=("huggingface",)))
    post = story.slack.wait_for_message(MESSAGES, contains=COSMOS.title)
    for paper, way in ((DAPO, "more"), (COSMOS, "unwanted")):
        value = f'{{"do":"{way}","paper":"{paper.id}"}}'
        (block,) = (one["block_id"] for one in post.blocks if value in str(one))
        story.slack.click("alice", post, "paper_menu", selected=value, block_id=block)
    story.slack.wait_for_ephemeral("alice", MESSAGES, contains="have more papers like this")
    story.slack.wait_for_ephemeral("alice", MESSAGES, contains="have fewer papers like this")
    story.slack.open_home("alice")
    home = story.slack.wait_for_home("alice", contains="What it learned")
    story.slack.click("alice", home, "learned_open")
    story.slack.wait_for(
        lambda: COSMOS.title in str([v.content for v in story.slack.views("alice")])
    )
    shown = str(story.slack.views("alice")[-1].content)
    assert "1 paper marked “More like this”" in shown
    assert "1 paper marked “Less like this”" in shown


def test_two_is_the_posts_second_paper_after_the_topics_have_changed(story: Story) -> None:
    wish = subscription("C0DAILY001")
    story.storage.subscriptions.save(wish, now=story.clock())
    morning_of(story).run(wish)
    post = story.slack.wait_for_message(CHANNEL, contains=COSMOS.title)
    story.wait_until_known(post)
    text = "subscribe 08:00 en topics: embodied, -reinforcement"
    story.slack.slash("minji", CHANNEL, "/papers", text)
    story.slack.wait_for_message(CHANNEL, contains="embodied")
    story.say("minji", "what are the limitations of paper 2?", post.ts)
    story.slack.wait_for(lambda: bool(story.answers.asked))
    assert story.answers.asked[0].paper_ids == (COSMOS.id,)
    story.slack.slash("minji", CHANNEL, "/papers", "show 1")
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains=DAPO.title)

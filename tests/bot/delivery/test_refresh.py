"""After the post: listings settle, summaries get repaired, and the post says what is true."""

from datetime import date, timedelta

import pytest

from bot.delivery.refresh import Refresher
from bot.errors import SlackError
from storage import Subscription
from tests.bot.delivery.conftest import Stage
from tests.bot.delivery.fakes import CHANNEL, listing, paper, subscription

MONDAY = date(2025, 3, 17)


@pytest.fixture
def refresher(stage: Stage) -> Refresher:
    return Refresher(
        stage.storage, stage.collector, stage.summarizer, stage.search, stage.outbox, stage.clock
    )


def post(stage: Stage, *numbers: int, wish: Subscription | None = None) -> None:
    """Monday's digest with these papers, posted; an hour has passed."""
    wish = wish or subscription()
    stage.storage.subscriptions.save(wish, now=stage.clock() - timedelta(days=9))
    stage.collector.days[MONDAY] = listing(*numbers)
    stage.morning.run(wish)
    stage.clock.forward(hours=1)


def test_new_votes_edit_the_post(stage: Stage, refresher: Refresher) -> None:
    post(stage, 1, 2)
    stage.collector.days[MONDAY] = [(paper(1), 100), (paper(2), 777)]
    assert refresher.run() == 1
    stage.drain()
    assert len(stage.slack.posts) == 1
    assert "777 votes" in stage.slack.posts[0].text


def test_a_paper_keeps_its_number_when_votes_change_the_order(
    stage: Stage, refresher: Refresher
) -> None:
    post(stage, 1, 2)
    stage.collector.days[MONDAY] = [(paper(2), 500), (paper(1), 3)]
    refresher.run()
    stage.drain()
    text = stage.slack.posts[0].text
    assert text.index("1. Paper number 1") < text.index("2. Paper number 2")


def test_nothing_is_edited_when_nothing_changed(stage: Stage, refresher: Refresher) -> None:
    post(stage, 1, 2)
    assert refresher.run() == 0
    stage.drain()
    assert stage.slack.posts[0].edits == 0


def test_late_papers_join_the_post_with_the_next_numbers(
    stage: Stage, refresher: Refresher
) -> None:
    post(stage, 1, 2)
    stage.collector.days[MONDAY] = listing(3, 1, 2)
    refresher.run()
    stage.drain()
    assert len(stage.slack.posts) == 1
    assert "3. Paper number 3" in stage.slack.posts[0].text
    assert "Paper number 3 in short" in stage.slack.posts[0].text
    assert "2503.00003" in stage.search.indexed
    digest = stage.storage.digests.latest(CHANNEL)
    assert digest is not None
    assert digest.paper_ids == ("2503.00001", "2503.00002", "2503.00003")


def test_late_papers_come_in_one_reply_by_choice(stage: Stage, refresher: Refresher) -> None:
    post(stage, 1, 2, wish=subscription(late_papers="reply"))
    for numbers in [(1, 2, 3), (1, 2, 3, 4)]:
        stage.collector.days[MONDAY] = listing(*numbers)
        refresher.run()
        stage.drain()
        stage.clock.forward(hours=1)
    root, reply = stage.slack.posts
    assert reply.thread_ts == root.ts
    assert "Paper number 3" not in root.text
    assert "3. Paper number 3" in reply.text
    assert "4. Paper number 4" in reply.text
    assert "Paper number 4 in short" in reply.text
    assert reply.edits == 1


def test_beyond_the_wished_count_late_papers_are_listed_by_title(
    stage: Stage, refresher: Refresher
) -> None:
    post(stage, 1, 2, wish=subscription(count=2))
    stage.collector.days[MONDAY] = listing(1, 2, 3)
    refresher.run()
    stage.drain()
    text = stage.slack.posts[0].text
    assert "3. Paper number 3" in text
    assert "Paper number 3 in short" not in text


def test_a_late_paper_that_another_digest_has_shown_is_not_shown_again(
    stage: Stage, refresher: Refresher
) -> None:
    post(stage, 1)
    stage.clock.forward(days=1)
    stage.collector.days[date(2025, 3, 18)] = listing(5)
    stage.morning.run(subscription())
    stage.collector.days[MONDAY] = listing(1, 5)
    refresher.run()
    stage.drain()
    assert [one.text.count("Paper number 5 in short") for one in stage.slack.posts] == [0, 1]


def test_a_late_paper_on_an_unwanted_topic_stays_out(stage: Stage, refresher: Refresher) -> None:
    post(stage, 1, wish=subscription(negative_topics=("robotics",)))
    late = paper(2, "A new approach to robotics")
    stage.collector.days[MONDAY] = [*listing(1), (late, 9)]
    refresher.run()
    stage.drain()
    text = stage.slack.posts[0].text
    assert "robotics" not in text
    assert "left out" in text


def test_a_repaired_summary_is_edited_into_the_post(stage: Stage, refresher: Refresher) -> None:
    stage.summarizer.failing = {"2503.00001"}
    post(stage, 1, 2)
    assert "no summary yet" in stage.slack.posts[0].text
    stage.summarizer.failing.clear()
    refresher.run()
    stage.drain()
    text = stage.slack.posts[0].text
    assert "Paper number 1 in short" in text
    assert "no summary yet" not in text
    assert len(stage.slack.posts) == 1


def test_a_hopeless_summary_is_tried_ever_less_often(stage: Stage, refresher: Refresher) -> None:
    stage.summarizer.failing = {"2503.00001"}
    post(stage, 1)
    stage.summarizer.asked.clear()
    for _ in range(72):
        refresher.run()
        stage.clock.forward(hours=1)
    assert 10 <= len(stage.summarizer.asked) <= 20


def test_cards_are_edited_and_late_papers_get_no_card_of_their_own(
    stage: Stage, refresher: Refresher
) -> None:
    post(stage, 1, 2, wish=subscription(layout="cards"))
    stage.collector.days[MONDAY] = [(paper(1), 100), (paper(2), 777), (paper(3), 1)]
    refresher.run()
    stage.drain()
    root, _, card = stage.slack.posts
    assert "777 votes" in card.text
    assert "Paper number 3" in root.text


def test_a_digest_that_outgrows_its_message_goes_on_in_the_thread(
    stage: Stage, refresher: Refresher
) -> None:
    post(stage, *range(1, 20), wish=subscription(count=90))
    before = len(stage.slack.posts)
    stage.collector.days[MONDAY] = listing(*range(1, 80))
    refresher.run()
    stage.drain()
    root, *parts = stage.slack.posts
    assert len(parts) > before - 1
    assert {one.thread_ts for one in parts} == {root.ts}
    text = " ".join(one.text for one in stage.slack.posts)
    assert all(text.count(f"{n}. Paper number {n} (") == 1 for n in range(1, 80))


def test_a_plain_text_post_stays_plain_text(stage: Stage, refresher: Refresher) -> None:
    stage.slack.script = [SlackError("no", code="invalid_blocks")]
    post(stage, 1)
    stage.collector.days[MONDAY] = [(paper(1), 555)]
    refresher.run()
    stage.drain()
    assert "555 votes" in stage.slack.posts[0].text
    assert stage.slack.posts[0].blocks == []


def test_a_digest_that_never_arrived_is_left_alone(stage: Stage, refresher: Refresher) -> None:
    stage.slack.closed[CHANNEL] = SlackError("closed", code="is_archived")
    post(stage, 1)
    stage.collector.days[MONDAY] = listing(1, 2)
    assert refresher.run() == 0


def test_a_digest_posted_by_hand_without_subscription_settles_too(
    stage: Stage, refresher: Refresher
) -> None:
    stage.collector.days[MONDAY] = listing(1)
    stage.morning.run(subscription("C9"))
    stage.clock.forward(hours=1)
    stage.collector.days[MONDAY] = listing(1, 2)
    refresher.run()
    stage.drain()
    assert "2. Paper number 2" in stage.slack.posts[0].text


def test_a_listing_that_has_settled_is_not_read_again(stage: Stage, refresher: Refresher) -> None:
    stage.collector.settles = True
    post(stage, 1)
    stage.collector.asked.clear()
    refresher.run()
    assert stage.collector.asked == []


def test_old_posts_stay_as_they_are(stage: Stage, refresher: Refresher) -> None:
    post(stage, 1)
    stage.clock.forward(days=5)
    stage.collector.days[MONDAY] = listing(1, 2)
    refresher.run()
    stage.drain()
    assert stage.slack.posts[0].edits == 0


def test_an_edit_does_not_say_that_topics_ordered_a_post_which_came_before_them(
    stage: Stage, refresher: Refresher
) -> None:
    post(stage, 1, 2)
    wish = subscription(topics=("number 2",))
    stage.storage.subscriptions.save(wish, now=stage.clock())
    stage.collector.days[MONDAY] = [(paper(1), 100), (paper(2), 777)]
    assert refresher.run() == 1
    stage.drain()
    assert "Most votes first." in stage.slack.posts[0].text


def test_a_source_that_is_wished_for_at_noon_begins_with_the_next_digest(
    stage: Stage, refresher: Refresher
) -> None:
    post(stage, 1, 2)
    for back in range(3):
        day = MONDAY - timedelta(days=back)
        stage.collector.of["arxiv:cs.CL", day] = listing(10 + back)
    wish = subscription(sources=("huggingface", "arxiv:cs.CL"))
    stage.storage.subscriptions.save(wish, now=stage.clock())
    refresher.run()
    stage.drain()
    (root,) = stage.slack.posts
    assert (root.edits, "number 10" in root.text) == (0, False)
    stage.clock.forward(days=1)
    tuesday = MONDAY + timedelta(days=1)
    stage.collector.days[tuesday] = listing(3)
    stage.collector.of["arxiv:cs.CL", tuesday] = listing(20)
    stage.morning.run(wish)
    stage.drain()
    shown = stage.slack.posts[-1].text
    assert [f"number {one}" in shown for one in (3, 20, 11, 12)] == [True, True, False, False]

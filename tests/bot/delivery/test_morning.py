"""A channel's morning, from the listing to the posted digest."""

import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.actions.channels import Channels
from bot.actions.listings import Listings
from bot.actions.poster import Poster
from bot.delivery import Morning, Outcome, morning
from bot.delivery.morning import newest_filled_day
from bot.digests import choose_daily
from bot.digests.wish import Wish
from bot.errors import SlackError
from bot.model import Model
from bot.search import SearchIndex, ServedEmbedder
from bot.settings import Settings
from bot.sources.collector import DayReport
from tests.bot.delivery.conftest import Stage
from tests.bot.delivery.fakes import CHANNEL, listing, subscription
from tests.model_server import ModelServer
from tests.vectors_gone_wrong import CHANGING, USABLE, USELESS

MONDAY, FRIDAY = date(2025, 3, 17), date(2025, 3, 14)


def test_the_newest_listing_is_read_summarised_indexed_and_posted(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1, 2, 3)
    report = stage.morning.run(subscription())
    assert (report.outcome, report.day, report.papers) == (Outcome.POSTED, MONDAY, 3)
    assert len(stage.slack.posts) == 1
    assert "Paper number 2 in short" in stage.slack.posts[0].text
    assert stage.search.indexed == ["2503.00001", "2503.00002", "2503.00003"]


def test_a_second_run_posts_nothing(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1)
    stage.morning.run(subscription())
    report = stage.morning.run(subscription())
    assert report.outcome is Outcome.ALREADY
    assert len(stage.slack.posts) == 1


def test_who_finds_the_digest_promised_while_it_read_says_nothing_of_a_quiet_day(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.collector.days[MONDAY] = listing(1)
    read = stage.collector.collect_day

    def overtaken(source: str, day: date) -> DayReport:
        monkeypatch.setattr(stage.collector, "collect_day", read)
        stage.morning.run(subscription())
        return read(source, day)

    monkeypatch.setattr(stage.collector, "collect_day", overtaken)
    assert stage.morning.run(subscription()).outcome is Outcome.ALREADY
    assert len(stage.slack.posts) == 1


def test_a_seoul_morning_gets_the_previous_utc_day_and_never_asks_for_the_future() -> None:
    assert newest_filled_day(("huggingface",), datetime(2025, 3, 18, 0, 0, tzinfo=UTC)) == MONDAY
    assert newest_filled_day(("huggingface",), datetime(2025, 3, 18, 7, 50, tzinfo=UTC)) == date(
        2025, 3, 18
    )


def test_after_a_weekend_fridays_listing_is_the_newest(stage: Stage) -> None:
    stage.clock.now = datetime(2025, 3, 17, 0, 0, tzinfo=UTC)  # Monday 09:00 in Seoul
    stage.collector.days[FRIDAY] = listing(1)
    assert stage.morning.run(subscription()).day == FRIDAY
    assert max(stage.collector.asked) < MONDAY


def test_both_languages_mean_two_summaries_a_paper(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1, 2)
    stage.morning.run(subscription(language="both"))
    assert sorted(stage.summarizer.asked) == [
        (paper, language) for paper in ("2503.00001", "2503.00002") for language in ("en", "ko")
    ]
    assert len(stage.slack.posts) == 1


def test_papers_the_channel_has_had_are_not_shown_again(stage: Stage) -> None:
    stage.collector.days[FRIDAY] = listing(1, 2)
    stage.collector.days[MONDAY] = listing(2, 3)
    stage.clock.now = datetime(2025, 3, 17, 0, 0, tzinfo=UTC)
    stage.morning.run(subscription())
    stage.clock.forward(days=1)
    stage.morning.run(subscription())
    second = stage.slack.posts[1].text
    assert "Paper number 3" in second
    assert "Paper number 2" not in second


def test_papers_of_a_digest_that_never_arrived_are_shown_with_the_next(stage: Stage) -> None:
    stage.collector.days[FRIDAY] = listing(1, 2)
    stage.collector.days[MONDAY] = listing(2, 3)
    stage.clock.now = datetime(2025, 3, 17, 0, 0, tzinfo=UTC)
    stage.slack.closed[CHANNEL] = SlackError("closed", code="not_in_channel")
    stage.morning.run(subscription())
    stage.slack.closed.clear()
    stage.clock.forward(days=1)
    stage.morning.run(subscription())
    assert "Paper number 2" in stage.slack.posts[-1].text


def test_a_channel_that_was_closed_gets_its_digest_on_the_next_run(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1)
    stage.slack.closed[CHANNEL] = SlackError("closed", code="not_in_channel")
    stage.morning.run(subscription())
    stage.slack.closed.clear()
    assert stage.morning.run(subscription()).outcome is Outcome.REVIVED
    assert len(stage.slack.posts) == 1


def test_older_listings_than_the_last_digest_are_never_brought_up(stage: Stage) -> None:
    stage.collector.days[FRIDAY] = listing(1)
    stage.collector.days[MONDAY] = listing(2)
    stage.morning.run(subscription())
    stage.clock.forward(days=1)
    report = stage.morning.run(subscription())
    assert report.outcome is Outcome.QUIET
    assert FRIDAY not in stage.collector.asked


def test_an_empty_day_is_said_once(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1)
    stage.morning.run(subscription())
    stage.clock.forward(days=1)
    for _ in range(2):
        assert stage.morning.run(subscription()).outcome is Outcome.QUIET
    assert len(stage.slack.posts) == 2
    assert "no papers" in stage.slack.posts[1].text


def test_an_empty_day_is_skipped_by_choice(stage: Stage) -> None:
    report = stage.morning.run(subscription(empty_day="skip"))
    assert report.outcome is Outcome.SKIPPED
    assert stage.slack.posts == []


def test_a_source_that_is_down_is_told_and_the_digest_follows(stage: Stage) -> None:
    stage.collector.down = {MONDAY - timedelta(days=back) for back in range(7)}
    for _ in range(2):
        assert stage.morning.run(subscription()).outcome is Outcome.SOURCE_DOWN
    assert len(stage.slack.posts) == 1
    stage.collector.down.clear()
    stage.collector.days[MONDAY] = listing(1)
    due = stage.clock()
    stage.clock.forward(hours=1)
    assert stage.morning.run(subscription(), due=due).outcome is Outcome.POSTED
    assert "late today" in stage.slack.posts[1].text


def test_a_source_that_is_down_leaves_what_is_stored_and_says_so(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1, 2)
    stage.collector.collect_day("huggingface", MONDAY)
    stage.clock.forward(minutes=30)
    stage.collector.down = {MONDAY}
    report = stage.morning.run(subscription())
    assert (report.outcome, report.papers, report.problem) == (Outcome.POSTED, 2, "503")
    assert "could be fetched" in stage.slack.posts[0].text


def test_a_paper_without_summary_does_not_keep_the_others_back(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1, 2)
    stage.summarizer.failing = {"2503.00001"}
    stage.morning.run(subscription())
    text = stage.slack.posts[0].text
    assert "We show thing 1" in text
    assert "Paper number 2 in short" in text


def test_the_cards_layout_gives_each_paper_a_message_of_its_own(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1, 2, 3)
    stage.morning.run(subscription(layout="cards"))
    root, *cards = stage.slack.posts
    assert len(cards) == 3
    assert all(one.thread_ts is None for one in (root, *cards))
    assert "Paper number 2" in cards[1].text


def test_a_second_channel_costs_no_second_reading_and_no_second_summary(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1, 2)
    stage.morning.run(subscription("C1"))
    stage.morning.run(subscription("C2"))
    assert stage.collector.asked == [MONDAY]
    assert len(stage.summarizer.asked) == 2
    assert {one.channel for one in stage.slack.posts} == {"C1", "C2"}


def test_a_listing_with_only_known_papers_is_said_to_bring_nothing_new(stage: Stage) -> None:
    stage.collector.days[FRIDAY] = listing(1)
    stage.collector.days[MONDAY] = listing(1)
    stage.clock.now = datetime(2025, 3, 17, 0, 0, tzinfo=UTC)
    stage.morning.run(subscription())
    stage.clock.forward(days=1)
    assert stage.morning.run(subscription()).outcome is Outcome.QUIET
    assert "already been posted" in stage.slack.posts[1].text


def test_a_model_that_could_not_be_reached_is_told(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1, 2)
    stage.summarizer.failing = {"2503.00001"}
    stage.morning.run(subscription())
    assert "model could not be reached" in stage.slack.posts[0].text


def test_a_source_that_hangs_keeps_no_digest_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.collector.days[MONDAY] = listing(1)
    stage.collector.collect_day("huggingface", MONDAY)
    stage.clock.forward(minutes=30)
    monkeypatch.setattr(morning, "READ_SECONDS", 0.05)
    over = threading.Event()
    monkeypatch.setattr(stage.collector, "collect_day", lambda *_: over.wait(60))
    try:
        report = stage.morning.run(subscription(), until=time.monotonic())
    finally:
        over.set()
    assert (report.outcome, report.problem) == (Outcome.POSTED, "no answer in time")
    assert "could be fetched" in stage.slack.posts[0].text


def test_an_index_that_hangs_keeps_no_digest_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(morning, "INDEX_SECONDS", 0.05)
    stage.collector.days[MONDAY] = listing(1)
    over = threading.Event()
    monkeypatch.setattr(stage.search, "index", lambda _ids: over.wait(60))
    try:
        report = stage.morning.run(subscription(), until=time.monotonic())
    finally:
        over.set()
    assert report.outcome is Outcome.POSTED


@pytest.mark.parametrize("kind", [*USABLE, *USELESS, *CHANGING])
def test_vectors_that_are_no_use_do_not_end_a_morning(stage: Stage, kind: str) -> None:
    stage.collector.days[MONDAY] = listing(1, 2, 3)
    with ModelServer({**USABLE, **USELESS, **CHANGING}[kind]) as server:
        settings = Settings(openai_base_url=server.url, embedding_model="letters")
        model = Model.from_settings(settings, stage.storage, stage.clock, sleep=lambda _: None)
        assert model is not None
        index = SearchIndex(stage.storage, ServedEmbedder("letters", model.embed))
        in_vain = Morning(
            stage.storage, stage.collector, stage.summarizer, index, stage.outbox, stage.clock
        )
        report = in_vain.run(subscription(topics=("robots",)))
        model.close()
    assert (report.outcome, report.papers) == (Outcome.POSTED, 3)
    assert server.requests, "the vectors were asked for"
    assert len(stage.slack.posts) == 1


def test_a_new_summary_swaps_no_papers(stage: Stage) -> None:
    """The chosen papers get the summaries; what those say does not choose anew."""
    stage.collector.days[MONDAY] = listing(1, 2)
    wish = subscription(count=1, negative_topics=("in short",))
    stage.morning.run(wish)
    (told,) = {paper_id for paper_id, _ in stage.summarizer.asked}
    digest = stage.storage.digests.latest(CHANNEL)
    assert digest is not None
    assert digest.paper_ids == (told, "2503.00002")
    assert "Paper number 1 in short" in stage.slack.posts[0].text
    anew = choose_daily(
        stage.storage,
        stage.storage.listings.on(MONDAY),
        Wish("en", count=1, negative_topics=wish.negative_topics),
    )
    assert [one.paper.id for one in anew.chosen] == ["2503.00002"], "they would have been swapped"


CL, HF = "arxiv:cs.CL", "huggingface"


def test_a_paper_on_two_sources_is_told_once_with_where_it_came_from(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1, 2)
    stage.collector.of[CL, MONDAY] = listing(2, 3)
    report = stage.morning.run(subscription(sources=(HF, CL)))
    assert report.papers == 3
    digest = stage.storage.digests.latest(CHANNEL)
    assert digest is not None
    assert sorted(digest.paper_ids) == ["2503.00001", "2503.00002", "2503.00003"]
    shown = str(stage.slack.posts[0].blocks)
    assert "Hugging Face and arXiv cs.CL" in shown
    assert stage.slack.posts[0].text.count("Paper number 2") == 2  # its title and its sentence


def test_a_source_that_is_down_follows_in_the_next_digest(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1)
    stage.collector.of[CL, MONDAY] = listing(2)
    stage.collector.refusing = {CL}
    report = stage.morning.run(subscription(sources=(HF, CL)))
    assert (report.outcome, report.papers) == (Outcome.POSTED, 1)
    assert "arXiv" in stage.slack.posts[0].text
    stage.collector.refusing = set()
    stage.clock.forward(days=1)
    tuesday = MONDAY + timedelta(days=1)
    stage.collector.days[tuesday] = listing(3)
    stage.collector.of[CL, tuesday] = listing(4)
    assert stage.morning.run(subscription(sources=(HF, CL))).papers == 3
    second = stage.slack.posts[1].text
    assert all(f"Paper number {number}" in second for number in (2, 3, 4))
    assert "Paper number 1 " not in second


def test_days_that_were_missed_come_with_the_next_digest(stage: Stage) -> None:
    days = [MONDAY + timedelta(days=step) for step in range(3)]
    for number, day in enumerate(days, start=1):
        stage.collector.days[day] = listing(number)
    stage.morning.run(subscription())
    stage.clock.forward(days=2)
    report = stage.morning.run(subscription())
    assert (report.day, report.papers) == (days[2], 2)
    assert "Mar 18" in stage.slack.posts[1].text


def test_a_holiday_of_all_sources_is_explained_with_the_next_listing(stage: Stage) -> None:
    stage.collector.quiet = {CL}
    report = stage.morning.run(subscription(sources=(CL,)))
    assert report.outcome is Outcome.QUIET
    assert "because of a holiday" in stage.slack.posts[0].text
    assert "Tue, Mar 18" in stage.slack.posts[0].text


def test_only_what_is_chosen_of_hundreds_is_summarised_and_the_rest_is_counted(
    stage: Stage,
) -> None:
    stage.collector.of[CL, MONDAY] = [(one, 0) for one, _ in listing(*range(300))]
    stage.morning.run(subscription(sources=(CL,), count=15))
    assert len(stage.summarizer.asked) == 15
    assert "15 of the 300 papers" in stage.slack.posts[0].text
    assert "The other 285 are not shown" in stage.slack.posts[0].text


def test_topics_that_change_at_noon_leave_the_posts_numbers_alone(stage: Stage) -> None:
    stage.collector.days[MONDAY] = listing(1, 2, 3)
    stage.morning.run(subscription())
    before = stage.storage.digests.latest(CHANNEL)
    wish = subscription(topics=("number 3",), negative_topics=("number 1",))
    stage.storage.subscriptions.save(wish, now=stage.clock())
    stage.clock.forward(hours=4)
    channels = Channels(stage.storage, Settings(), Poster(stage.storage, stage.outbox, stage.clock))
    listings = Listings(stage.storage, stage.collector, channels, stage.clock)
    try:
        shown = [one.id for one in listings.listed(CHANNEL)]
    finally:
        listings.close()
    after = stage.storage.digests.latest(CHANNEL)
    assert before is not None
    assert after == before
    assert tuple(shown) == before.paper_ids

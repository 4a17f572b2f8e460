"""The week's digest, by schedule."""

import json
from datetime import UTC, date, datetime

import pytest

from bot.delivery import Outcome
from bot.delivery.schedule import next_run
from bot.delivery.week import WeekMaker
from bot.digests.weekly import compose_weekly, team_votes, week_to_tell
from bot.digests.weeks import Week
from bot.digests.wish import WEEKLY, Wish
from bot.model import Model
from bot.settings import Settings
from storage import Storage
from tests.bot.delivery.conftest import Stage
from tests.bot.delivery.fakes import CHANNEL, listing, subscription
from tests.model_server import ModelReply, ModelServer

FRIDAY = datetime(2025, 3, 21, 0, 0, tzinfo=UTC)  # 09:00 in Seoul
THURSDAY = date(2025, 3, 20)


def kinds(stage: Stage) -> list[tuple[str, str]]:
    found = [stage.storage.digests.since(kind, "")[-1:] for kind in ("daily", "weekly")]
    return [(one.kind, one.period) for newest in found for one in newest]


def test_on_its_day_the_week_comes_after_the_morning_once(stage: Stage) -> None:
    stage.clock.now = FRIDAY
    stage.collector.days[THURSDAY] = listing(1, 2, 3)
    wish = subscription(weekly=4)

    stage.morning.run(wish, due=FRIDAY)
    stage.morning.run(wish, due=FRIDAY)

    assert kinds(stage) == [("daily", "2025-03-20"), ("weekly", "2025-W12")]
    assert len(stage.slack.posts) == 2
    assert "Mar 20" in stage.slack.posts[0].text


def test_on_other_days_and_without_the_wish_no_week_comes(stage: Stage) -> None:
    stage.clock.now = FRIDAY
    stage.collector.days[THURSDAY] = listing(1)

    stage.morning.run(subscription(weekly=3), due=FRIDAY)
    stage.morning.run(subscription(), due=FRIDAY)

    assert kinds(stage) == [("daily", "2025-03-20")]


def test_a_day_without_a_morning_brings_the_week_alone(stage: Stage) -> None:
    saturday = datetime(2025, 3, 22, 0, 0, tzinfo=UTC)
    wish = subscription(weekly=5)
    stage.collector.days[THURSDAY] = listing(1, 2)
    stage.collector.collect_day("huggingface", THURSDAY)
    stage.clock.now = saturday

    assert next_run(wish, FRIDAY) == saturday
    report = stage.morning.run(wish, due=saturday)

    assert (report.outcome, report.papers) == (Outcome.POSTED, 2)
    assert kinds(stage) == [("weekly", "2025-W12")]


def test_papers_of_a_weekly_digest_still_come_in_the_morning(stage: Stage) -> None:
    stage.clock.now = FRIDAY
    stage.collector.days[THURSDAY] = listing(1)
    stage.morning.run(subscription(weekly=4), due=FRIDAY)
    stage.storage.digests.claim(
        channel="C9",
        kind="weekly",
        period="2025-W12",
        language="ko",
        style="weekly",
        paper_ids=["2503.00001"],
        now=FRIDAY,
    )
    assert stage.storage.digests.papers_shown("C9") == set()


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2025, 3, 20), "2025-W11"),
        (date(2025, 3, 21), "2025-W12"),
        (date(2025, 3, 23), "2025-W12"),
        (date(2025, 3, 24), "2025-W12"),
    ],
)
def test_from_friday_on_it_is_the_week_that_ends(day: date, week: str) -> None:
    assert str(week_to_tell(day)) == week


def test_what_the_team_cared_for_counts_like_votes(stage: Stage) -> None:
    storage: Storage = stage.storage
    stage.collector.days[THURSDAY] = listing(1, 2, 3)
    stage.collector.collect_day("huggingface", THURSDAY)
    plain = compose_weekly(storage, Week(2025, 12), Wish("en", WEEKLY))
    last = plain.entries[-1].paper.id
    for user in ("U1", "U2", "U3"):
        for kind in ("saved", "opened"):
            storage.library.signal(CHANNEL, user=user, paper_id=last, kind=kind, now=FRIDAY)
    first = plain.entries[0].paper.id
    storage.library.signal(CHANNEL, user="U1", paper_id=first, kind="unwanted", now=FRIDAY)

    own = team_votes(storage, CHANNEL)

    assert own == {last: 30, first: -5}
    ranked = compose_weekly(storage, Week(2025, 12), Wish("en", WEEKLY, channel=CHANNEL))
    assert ranked.entries[0].paper.id == last


def test_the_week_reads_the_days_it_lacks_and_those_it_is_compared_with(stage: Stage) -> None:
    stage.clock.now, stage.collector.settles = FRIDAY, True
    stage.collector.days[THURSDAY] = listing(1, 2, 3)
    stage.collector.days[date(2025, 3, 10)] = listing(4)

    stage.morning.promise_week(subscription(weekly=4), FRIDAY.date())

    read = stage.collector.asked
    assert read[:2] == [date(2025, 3, 21), date(2025, 3, 20)]
    assert min(read) == date(2025, 1, 20)
    assert len(read) == len(set(read)) == 45
    stage.drain()
    assert "Compared with the previous 8 weeks" in stage.slack.posts[0].text


def test_a_source_that_is_down_is_asked_once_and_the_rest_is_told(stage: Stage) -> None:
    stage.clock.now = FRIDAY
    stage.collector.days[THURSDAY] = listing(1, 2, 3)
    stage.collector.collect_day("huggingface", THURSDAY)
    stage.collector.asked.clear()
    stage.collector.refusing = {"huggingface"}

    stage.morning.promise_week(subscription(weekly=4), FRIDAY.date())
    stage.drain()

    assert len(stage.collector.asked) == 1
    (root,) = [one for one in stage.slack.posts if one.thread_ts is None]
    assert "4 lists of the week have not been fetched (Hugging Face" in root.text
    assert "No earlier week has complete lists" in root.text


def test_a_week_that_could_not_be_read_is_told_once_and_comes_later(stage: Stage) -> None:
    stage.clock.now = FRIDAY
    stage.collector.refusing = {"huggingface"}
    wish = subscription(weekly=4, empty_day="skip")
    for _ in range(2):
        stage.morning.promise_week(wish, FRIDAY.date())
    stage.drain()
    (told,) = stage.slack.posts
    assert "no papers to show yet. Please try again later." in told.text

    stage.collector.refusing = set()
    stage.collector.days[THURSDAY] = listing(1)
    content = stage.morning.promise_week(wish, FRIDAY.date())
    assert content is not None
    assert content.listed == 1


def test_a_week_is_told_by_the_model_once_however_often_it_is_made(stage: Stage) -> None:
    stage.clock.now, stage.collector.settles = FRIDAY, True
    stage.collector.days[THURSDAY] = listing(1, 2, 3)
    storage, wish = stage.storage, Wish("en", WEEKLY, 3, ("huggingface",))
    sentences = [
        {"text": f"It is about {title}.", "papers": [number], "topics": []}
        for number, title in ((1, "number 1"), (2, "number 2"))
    ]
    answer = ModelReply(json.dumps({"paragraphs": [{"sentences": sentences}]}))
    with ModelServer(lambda _: answer) as server:
        settings = Settings(openai_base_url=server.url, model="stub")
        model = Model.from_settings(settings, storage, stage.clock)
        weeks = WeekMaker(storage, stage.collector, stage.summarizer, stage.clock, model)
        made = [weeks.make(Week(2025, 12), wish) for _ in range(2)]
        assert model is not None
        model.close()
        asked = len(server.requests)
    assert asked == 1
    assert [len(one.told) for one in made] == [1, 1]
    shown = compose_weekly(storage, Week(2025, 12), wish)
    assert shown.told == made[0].told, "a member who asks for the week reads the same"

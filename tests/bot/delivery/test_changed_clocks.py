"""A clock that was ahead and is put right, and one that differs from Slack's."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import Scheduler
from bot.delivery.timer import Clockwork
from bot.errors import SlackOutcomeUnknown, SlackRateLimited
from bot.operations.alarms import ChannelSigns, Signs, decide
from bot.slack.blocks import Message, section
from bot.slack.client import SlackClient, SlackTime
from bot.workspace import Workspace
from storage import RunState
from tests.bot.delivery.conftest import START, Stage
from tests.bot.delivery.fakes import CHANNEL, listing, subscription

SOON = timedelta(seconds=30)


def message(text: str) -> Message:
    return Message(text, (section(text),))


def promise(stage: Stage, *keys: str) -> None:
    for key in keys:
        stage.outbox.plan(key, CHANNEL, message(key), "notice")


@pytest.mark.parametrize("ahead", [timedelta(minutes=10), timedelta(hours=3), timedelta(days=40)])
def test_a_post_of_a_clock_that_was_ahead_does_not_silence_its_channel(
    stage: Stage, ahead: timedelta
) -> None:
    stage.clock.now += ahead
    promise(stage, "one")
    stage.drain()
    stage.clock.now -= ahead
    promise(stage, "two")
    restarted = stage.another_outbox()
    assert (restarted.seconds_until_due() or 0) < SOON.total_seconds()
    restarted.drain(patience=SOON)
    assert stage.slack.texts() == ["one", "two"]


def test_an_outbox_that_saw_the_clock_go_back_sends_and_edits_on(stage: Stage) -> None:
    stage.clock.forward(hours=3)
    promise(stage, "one", "two")
    stage.drain()
    for text in ("one", "two"):
        delivery = stage.storage.deliveries.find(text)
        assert delivery is not None
        stage.storage.deliveries.request_edit(delivery.id, message(f"{text}, edited").payload())
    stage.outbox.step()
    stage.clock.forward(hours=-3)
    promise(stage, "three")
    stage.outbox.drain(patience=SOON)
    assert stage.slack.texts() == ["one, edited", "two, edited", "three"]


def test_what_was_put_off_by_a_clock_that_was_ahead_is_tried_now(stage: Stage) -> None:
    stage.clock.forward(hours=3)
    stage.slack.script = [SlackRateLimited("wait", retry_after=60)]
    promise(stage, "one")
    stage.outbox.step()
    stage.clock.forward(hours=-3)
    stage.another_outbox().drain(patience=SOON)
    assert stage.slack.texts() == ["one"]


def test_a_wait_that_slack_asks_for_is_kept(stage: Stage) -> None:
    stage.slack.script = [SlackRateLimited("wait", retry_after=7200)]
    promise(stage, "one")
    stage.outbox.step()
    stage.clock.forward(minutes=59)
    stage.outbox.drain(patience=SOON)
    assert stage.slack.texts() == []
    stage.clock.forward(hours=2)
    stage.drain()
    assert stage.slack.texts() == ["one"]


def test_what_a_dead_process_held_while_the_clock_was_ahead_is_taken_over(stage: Stage) -> None:
    stage.clock.forward(hours=3)
    promise(stage, "one")
    lease = timedelta(minutes=1)
    stage.storage.deliveries.claim_next(owner="gone", now=stage.clock(), lease=lease)
    question = stage.storage.questions.record(
        key="q",
        channel="C1",
        thread_ts="1.0",
        ts="1.0",
        user="U1",
        text="?",
        language="en",
        now=stage.clock(),
    )
    assert question is not None
    stage.storage.questions.claim(question, owner="gone", now=stage.clock(), lease=lease)
    stage.clock.forward(hours=-3)
    stage.another_outbox().drain(patience=SOON)
    assert stage.slack.texts() == ["one"]
    assert stage.storage.questions.unfinished(now=stage.clock()) == [question]
    assert stage.storage.questions.claim(question, owner="heir", now=stage.clock(), lease=lease)


def scheduler(stage: Stage) -> Scheduler:
    stage.collector.days[(START - timedelta(days=1)).date()] = listing(1)
    return Scheduler(stage.morning, stage.storage, stage.clock)


def test_a_subscription_changed_in_the_future_has_its_mornings(stage: Stage) -> None:
    stage.storage.subscriptions.save(subscription(), now=START + timedelta(days=40))
    saved = stage.storage.subscriptions.get(CHANNEL)
    assert saved is not None
    assert scheduler(stage).due(saved, START) == START
    channel = ChannelSigns(saved, {}, last_posted=START + timedelta(days=40))
    late = decide(Signs(now=START + timedelta(hours=5), channels=(channel,)))
    assert [one.subject for one in late] == [CHANNEL]


def test_a_run_is_not_taken_over_by_who_asks_with_an_earlier_moment(stage: Stage) -> None:
    """It waited for the database meanwhile, or its clock is behind."""
    stage.storage.subscriptions.save(subscription(), now=START - timedelta(days=30))
    saved = stage.storage.subscriptions.get(CHANNEL)
    assert saved is not None
    clock, runs, lease = scheduler(stage), stage.storage.runs, timedelta(minutes=2)
    assert runs.claim(CHANNEL, START, owner="one", now=START + SOON, lease=lease)
    assert not runs.claim(CHANNEL, START, owner="two", now=START, lease=lease)
    assert clock.due(saved, START) is None
    runs.finish(CHANNEL, START, outcome="posted", now=START + SOON)
    assert not runs.claim(CHANNEL, START, owner="two", now=START, lease=lease)


@pytest.mark.parametrize("state", list(RunState))
def test_a_morning_that_ran_in_the_future_runs_again_at_its_time(
    stage: Stage, state: RunState
) -> None:
    stage.storage.subscriptions.save(subscription(), now=START - timedelta(days=30))
    saved = stage.storage.subscriptions.get(CHANNEL)
    assert saved is not None
    clock, runs, tomorrow = scheduler(stage), stage.storage.runs, START + timedelta(days=1)
    for due in (START, tomorrow):
        runs.claim(CHANNEL, due, owner="o", now=tomorrow, lease=timedelta(minutes=2))
        if state is RunState.DONE:
            runs.finish(CHANNEL, due, outcome="posted", now=tomorrow)
        elif state is RunState.WAITING:
            next_try = tomorrow + timedelta(minutes=15)
            runs.put_off(CHANNEL, due, outcome="failed", next_try=next_try)
    assert clock.due(saved, START) == START
    assert clock.run_due(CHANNEL, START) is not None
    assert clock.due(saved, START + timedelta(minutes=1)) is None
    stage.clock.now = tomorrow - timedelta(seconds=1)
    assert clock.due(saved, stage.clock()) is None


def test_a_listing_read_in_the_future_is_read_again(stage: Stage) -> None:
    day = (START - timedelta(days=1)).date()
    stage.collector.days[day] = listing(1)
    stage.clock.forward(hours=3)
    stage.collector.collect_day("huggingface", day)
    stage.clock.forward(hours=-3)
    stage.collector.days[day] = listing(1, 2)
    stage.morning.run(subscription(), now=START, due=START, drain=False)
    read = stage.storage.listings.get("huggingface", day)
    assert read is not None
    assert len(read.entries) == 2


@pytest.mark.parametrize("ahead", [timedelta(hours=-2), timedelta(0), timedelta(hours=2)])
def test_a_lost_answer_is_found_whatever_the_clock_differs_from_slacks(
    stage: Stage, ahead: timedelta
) -> None:
    stage.slack.ahead = ahead
    stage.slack.after_effect = [SlackOutcomeUnknown("time-out")]
    promise(stage, "one")
    stage.drain()
    assert stage.slack.texts() == ["one"]


def test_a_lost_answer_is_found_when_the_clock_was_put_right_in_between(stage: Stage) -> None:
    stage.slack.ahead = timedelta(hours=5)
    stage.slack.after_effect = [SlackOutcomeUnknown("time-out")]
    promise(stage, "one")
    stage.outbox.step()
    stage.clock.forward(hours=-5)
    stage.slack.ahead = timedelta(0)
    stage.clock.forward(minutes=5)
    stage.another_outbox().drain()
    assert stage.slack.texts() == ["one"]


def test_jobs_come_at_their_time_after_the_machines_clock_was_set_back(stage: Stage) -> None:
    clockwork = Clockwork()
    clock = Scheduler(stage.morning, stage.storage, stage.clock, clockwork=clockwork)
    clock.start()
    try:
        (job,) = clockwork.timer.planned()
        # What the scheduler holds when the clock goes back by three hours.
        job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=3))
        clockwork.timer.keep_time()
        assert job.next_run_time - datetime.now(UTC) <= timedelta(minutes=1)
        before = job.next_run_time
        clockwork.timer.keep_time()
        assert job.next_run_time == before
    finally:
        clock.stop()


def test_slacks_time_goes_on_by_itself_from_its_last_answer() -> None:
    seconds = 100.0
    times = SlackTime(lambda: seconds)
    assert times.now() is None
    times.read({"date": "Tue, 18 Mar 2025 00:00:00 GMT"})
    seconds += 90
    times.read({"Content-Type": "text/plain"})
    times.read({"Date": "some day"})
    assert times.now() == START + timedelta(seconds=90)


def test_slack_is_asked_for_its_time_once() -> None:
    with Workspace(clock=lambda: START) as workspace:
        slack = SlackClient.connect(workspace.bot_token, workspace.api_url)
        for _ in range(3):
            told = slack.now()
            assert told is not None
            assert abs(told - START) < timedelta(minutes=1)
        assert len(workspace.calls("auth.test")) == 1


def test_a_slack_that_does_not_tell_its_time_is_no_hindrance() -> None:
    with Workspace() as workspace:
        workspace.fail("auth.test", status=500)
        slack = SlackClient.connect(workspace.bot_token, workspace.api_url)
        assert slack.now() is None

"""Starting mornings in time: catching up, retries, changed wishes, several processes."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic, sleep

import pytest

from bot.delivery import Job, Morning, Scheduler
from bot.delivery import scheduler as scheduler_words
from bot.delivery.scheduler import FAILED, MISSED
from bot.delivery.timer import SENDING_AT_ONCE, TURNS_AT_ONCE, Clockwork
from bot.leases import new_owner
from storage import RunState, Subscription
from tests.bot.delivery.conftest import START, Stage
from tests.bot.delivery.fakes import CHANNEL, listing, subscription

MONDAY = date(2025, 3, 17)
LONG_AGO = START - timedelta(days=30)


def scheduler(stage: Stage, morning: Morning | None = None) -> Scheduler:
    return Scheduler(morning or stage.morning, stage.storage, stage.clock)


def subscribe(stage: Stage, one: Subscription | None = None, *, at: datetime = LONG_AGO) -> None:
    stage.storage.subscriptions.save(one or subscription(), now=at)


def saved(stage: Stage) -> Subscription:
    found = stage.storage.subscriptions.get(CHANNEL)
    assert found is not None
    return found


def test_a_run_is_due_at_its_time_and_only_once(stage: Stage) -> None:
    subscribe(stage)
    stage.collector.days[MONDAY] = listing(1)
    clock = scheduler(stage)
    yesterday = START - timedelta(days=1)
    assert clock.due(saved(stage), START - timedelta(seconds=1)) == yesterday
    assert clock.due(saved(stage), START) == START
    assert clock.run_due(CHANNEL, START) is not None
    assert clock.due(saved(stage), START + timedelta(minutes=5)) is None
    assert clock.run_due(CHANNEL, START) is None


def test_a_run_missed_for_some_hours_is_caught_up(stage: Stage) -> None:
    subscribe(stage)
    stage.collector.days[MONDAY] = listing(1)
    stage.clock.forward(hours=5)
    assert scheduler(stage).run_due(CHANNEL, START) is not None
    stage.outbox.drain()
    assert "late today" in stage.slack.posts[0].text


def test_a_run_missed_for_longer_is_let_go(stage: Stage) -> None:
    subscribe(stage)
    stage.clock.forward(hours=7)
    clock = scheduler(stage)
    assert clock.run_due(CHANNEL, START) is None
    run = stage.storage.runs.get(CHANNEL, START)
    assert run is not None
    assert run.outcome == MISSED
    assert clock.due(saved(stage), stage.clock()) is None


def test_several_missed_runs_become_one(stage: Stage) -> None:
    subscribe(stage)
    stage.clock.now = START + timedelta(days=2, hours=1)  # Thursday: nothing ran since Monday
    assert scheduler(stage).due(saved(stage), stage.clock()) == START + timedelta(days=2)


def test_subscribing_after_todays_time_waits_for_tomorrow(stage: Stage) -> None:
    subscribe(stage, at=START + timedelta(minutes=10))
    clock = scheduler(stage)
    assert clock.due(saved(stage), START + timedelta(minutes=11)) is None
    assert clock.due(saved(stage), START + timedelta(days=1)) == START + timedelta(days=1)


def test_a_changed_time_takes_effect_at_once(stage: Stage) -> None:
    subscribe(stage)
    scheduler(stage).run_due(CHANNEL, START)
    subscribe(stage, subscription(time=time(9, 30)), at=START + timedelta(minutes=5))
    later = START + timedelta(minutes=30)
    assert scheduler(stage).due(saved(stage), later) == later


def test_an_unsubscribed_channel_has_no_runs(stage: Stage) -> None:
    subscribe(stage, subscription(active=False))
    assert scheduler(stage).run_due(CHANNEL, START) is None
    assert stage.storage.runs.get(CHANNEL, START) is None


def test_a_source_that_was_down_is_asked_again_until_the_grace_ends(stage: Stage) -> None:
    subscribe(stage)
    stage.collector.down = {MONDAY - timedelta(days=back) for back in range(7)}
    clock = scheduler(stage)
    clock.run_due(CHANNEL, START)
    assert clock.due(saved(stage), START + timedelta(minutes=14)) is None
    stage.clock.forward(minutes=15)
    assert clock.due(saved(stage), stage.clock()) == START
    stage.collector.down.clear()
    stage.collector.days[MONDAY] = listing(1)
    clock.run_due(CHANNEL, START)
    run = stage.storage.runs.get(CHANNEL, START)
    assert run is not None
    assert (run.state, run.outcome) == (RunState.DONE, "posted")


def test_a_source_that_stays_down_ends_the_run_after_the_grace(stage: Stage) -> None:
    subscribe(stage)
    stage.collector.down = {MONDAY - timedelta(days=back) for back in range(7)}
    clock = scheduler(stage)
    runs = 0
    while (due := clock.due(saved(stage), stage.clock())) is not None:
        clock.run_due(CHANNEL, due)
        runs += 1
        stage.clock.forward(minutes=15)
    assert runs == 25  # at once and every quarter of an hour, for six hours
    run = stage.storage.runs.get(CHANNEL, START)
    assert run is not None
    assert (run.state, run.outcome) == (RunState.DONE, "source_down")


class BrokenMorning(Morning):
    def run(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        raise RuntimeError("a bug")


def test_a_morning_that_breaks_is_tried_again_and_stops_nobody(stage: Stage) -> None:
    subscribe(stage)
    broken = BrokenMorning(
        stage.storage, stage.collector, stage.summarizer, None, stage.outbox, stage.clock
    )
    assert scheduler(stage, broken).run_due(CHANNEL, START) is None
    run = stage.storage.runs.get(CHANNEL, START)
    assert run is not None
    assert (run.state, run.outcome) == (RunState.WAITING, FAILED)


def test_a_run_whose_process_died_is_taken_over_when_its_lease_ends(stage: Stage) -> None:
    subscribe(stage)
    lease = timedelta(seconds=150)
    stage.storage.runs.claim(CHANNEL, START, owner="other:1:x", now=START, lease=lease)
    clock = scheduler(stage)
    assert clock.due(saved(stage), START + timedelta(seconds=149)) is None
    stage.clock.forward(seconds=150)
    assert clock.due(saved(stage), stage.clock()) == START


def test_only_one_of_two_processes_runs_a_morning(stage: Stage) -> None:
    subscribe(stage)
    stage.collector.days[MONDAY] = listing(1, 2)
    clocks = [scheduler(stage) for _ in range(4)]
    threads = [threading.Thread(target=one.run_due, args=(CHANNEL, START)) for one in clocks]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    stage.outbox.drain()
    assert len(stage.slack.posts) == 1
    assert len(stage.summarizer.asked) == 2


def test_started_scheduler_catches_up_posts_and_stops(stage: Stage) -> None:
    stage.clock.now = datetime(2025, 3, 18, 0, 3, tzinfo=UTC)
    subscribe(stage)
    stage.collector.days[MONDAY] = listing(1)
    posted = threading.Event()
    original = stage.slack.post

    def post(*args: object, **kwargs: object) -> str:
        ts = original(*args, **kwargs)  # type: ignore[arg-type]
        posted.set()
        return ts

    stage.slack.post = post  # type: ignore[method-assign]
    clock = scheduler(stage)
    clock.start()
    try:
        assert posted.wait(10)
    finally:
        clock.stop()
    assert len(stage.slack.posts) == 1
    for one in threading.enumerate():
        if one.name in ("outbox", "mornings"):
            one.join(10)
            assert not one.is_alive()


def test_a_stop_does_not_wait_for_a_slack_that_hangs_and_nothing_is_lost(stage: Stage) -> None:
    subscribe(stage)
    stage.collector.days[MONDAY] = listing(1)
    asked, answer = threading.Event(), threading.Event()
    original = stage.slack.post

    def hang(*args: object, **kwargs: object) -> str:
        asked.set()
        answer.wait(20)
        return original(*args, **kwargs)  # type: ignore[arg-type]

    stage.slack.post = hang  # type: ignore[method-assign]
    clock = scheduler(stage)
    clock.start()
    assert asked.wait(10)
    clock.stop(within_seconds=0.2)
    assert stage.storage.figures.deliveries_by_state() == {"sending": 1}
    answer.set()  # the message arrives after all, while nobody listens any more
    assert clock._sending.stop(within_seconds=10)
    stage.slack.post = original  # type: ignore[method-assign]
    stage.clock.forward(minutes=2)
    stage.another_outbox().drain()
    assert len(stage.slack.posts) == 1


def test_a_stop_in_the_middle_of_a_run_leaves_it_to_the_next_start(stage: Stage) -> None:
    subscribe(stage)
    stage.collector.days[MONDAY] = listing(1)
    asked, answer = threading.Event(), threading.Event()
    original = stage.summarizer.ensure

    def hang(*args: object, **kwargs: object) -> object:
        asked.set()
        answer.wait(20)
        return original(*args, **kwargs)  # type: ignore[arg-type]

    stage.summarizer.ensure = hang  # type: ignore[method-assign, assignment]
    clock = scheduler(stage)
    clock.start()
    assert asked.wait(10)
    clock.stop(within_seconds=0.2)
    assert scheduler(stage).due(saved(stage), stage.clock()) == START
    answer.set()
    assert clock._mornings.stop(within_seconds=10)


def test_further_jobs_are_on_the_clock_and_wait_for_others_of_their_thread(stage: Stage) -> None:
    jobs = (
        Job("hourly", lambda: None, {"minute": 20}),
        Job("watch", lambda: None, {"second": 5}, thread="watch"),
    )
    clockwork = Clockwork()
    clock = Scheduler(stage.morning, stage.storage, stage.clock, jobs=jobs, clockwork=clockwork)
    clock.start()
    try:
        planned = clockwork.timer.planned()
        names = {str((job.args or [job.func.__name__])[0]) for job in planned}
    finally:
        clock.stop()
    assert names == {"wake", "hourly", "watch"}
    assert not clockwork.timer.planned()
    assert clock.waiting() == {"mornings": 0, "upkeep": 0, "watch": 0}


def test_schedulers_of_one_process_share_a_few_threads(stage: Stage) -> None:
    clockwork, before = Clockwork(), threading.active_count()
    many = [
        Scheduler(stage.morning, stage.storage, stage.clock, clockwork=clockwork) for _ in range(60)
    ]
    for one in many:
        one.start()
    until = monotonic() + 30
    while monotonic() < until and not all(one.is_alive() for one in many):
        sleep(0.01)
    assert all(one.is_alive() for one in many)
    assert threading.active_count() - before <= TURNS_AT_ONCE + SENDING_AT_ONCE + 1
    for one in many:
        one.stop()
    assert not clockwork.timer.planned()


def test_start_up_frees_what_a_dead_process_of_this_machine_was_doing(stage: Stage) -> None:
    subscribe(stage)
    clock = scheduler(stage)
    gone = new_owner().rsplit(":", 1)[0] + ":earlier-life"
    stage.storage.runs.claim(CHANNEL, START, owner=gone, now=START, lease=timedelta(hours=1))
    clock.reconcile()
    assert clock.due(saved(stage), START) == START


def test_the_scheduler_is_alive_while_it_ticks(stage: Stage) -> None:
    clock = scheduler(stage)
    assert not clock.is_alive()
    clock.tick()
    assert clock.is_alive()
    stage.clock.forward(minutes=2)
    assert clock.is_alive()
    stage.clock.forward(minutes=2)
    assert not clock.is_alive()


class HangingMorning(Morning):
    """Hangs until ``over``."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            stage.storage,
            stage.collector,
            stage.summarizer,
            None,
            stage.outbox,
            stage.clock,
            limit=timedelta(0),
        )
        self.begun, self.over = threading.Event(), threading.Event()

    def run(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        self.begun.set()
        self.over.wait(60)
        raise RuntimeError("over")


def test_a_morning_that_hangs_shows_in_readiness(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(stage)
    monkeypatch.setattr(scheduler_words, "HANGING_AFTER", timedelta(hours=1))
    hanging = HangingMorning(stage)
    clock = scheduler(stage, hanging)
    clock.start()
    try:
        assert hanging.begun.wait(20)
        until = monotonic() + 20  # the tick that had it begun may still be on its way
        while monotonic() < until and not clock.is_alive():
            sleep(0.01)
        assert clock.is_alive()
        monkeypatch.setattr(scheduler_words, "HANGING_AFTER", timedelta(0))
        assert not clock.is_alive()
    finally:
        hanging.over.set()
        clock.stop()


def test_mornings_that_are_due_together_share_the_time_they_have(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for channel in (CHANNEL, "C2"):
        stage.storage.subscriptions.save(subscription(channel=channel), now=LONG_AGO)
    limits: list[float] = []
    both = threading.Event()

    def run(_channel: str, _due: datetime, *, until: float) -> None:
        limits.append(until)
        if len(limits) == 2:
            both.set()

    clock = scheduler(stage)
    monkeypatch.setattr(clock, "run_due", run)
    clock.start()
    try:
        assert both.wait(20)
    finally:
        clock.stop()
    assert limits[0] == limits[1]

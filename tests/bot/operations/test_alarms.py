"""What counts as late, down, spent and full: a table a case."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.operations.alarms import (
    BUDGET_SPENT,
    DIGEST_LATE,
    DISK_FULL,
    MODEL_REFUSES,
    SOURCE_DOWN,
    ChannelSigns,
    Disk,
    Signs,
    decide,
)
from storage import Delivery, DeliveryState, Run, RunState, SourceRead, Subscription

# 09:00 in Seoul on a Tuesday.
DUE = datetime(2025, 3, 18, 0, 0, tzinfo=UTC)
BEFORE = DUE - timedelta(days=1)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WISH = Subscription(
    channel="C1",
    sources=("huggingface",),
    time=time(9, 0),
    timezone="Asia/Seoul",
    weekdays=(0, 1, 2, 3, 4),
    language="ko",
    style="brief",
)


def run(due: datetime, outcome: str | None, state: RunState = RunState.DONE) -> Run:
    return Run("C1", due, state, outcome, attempts=1, begun_at=due)


def root(state: DeliveryState, *, planned: datetime = DUE, reason: str | None = None) -> Delivery:
    return Delivery(1, "k", "C1", "digest", 0, {}, state, planned_at=planned, reason=reason)


def late(channel: ChannelSigns, now: datetime) -> list[tuple[str, datetime, str]]:
    return [(one.kind, one.since, one.detail) for one in decide(Signs(now, (channel,)))]


ON_TIME = run(BEFORE, "posted")


@pytest.mark.parametrize(
    ("runs", "newest", "passed", "found"),
    [
        # Nothing has begun: late from half an hour on.
        ([ON_TIME], None, 29 * MINUTE, []),
        ([ON_TIME], None, 30 * MINUTE, [("not-begun", DUE)]),
        ([ON_TIME, run(DUE, None, RunState.RUNNING)], None, HOUR, [("under-way", DUE)]),
        ([ON_TIME, run(DUE, "source_down", RunState.WAITING)], None, HOUR, [("source_down", DUE)]),
        ([ON_TIME, run(DUE, "failed")], None, HOUR, [("failed", DUE)]),
        ([ON_TIME, run(DUE, "missed")], None, 7 * HOUR, [("missed", DUE)]),
        # Every good end is no alarm.
        *[
            ([ON_TIME, run(DUE, outcome)], None, HOUR, [])
            for outcome in ("posted", "already", "revived", "quiet", "skipped")
        ],
        # Promised is not posted.
        ([run(DUE, "posted")], root(DeliveryState.POSTED), HOUR, []),
        (
            [ON_TIME, run(DUE, "posted")],
            root(DeliveryState.PLANNED, planned=DUE + MINUTE),
            MINUTE,
            [],
        ),
        ([run(DUE, "posted")], root(DeliveryState.PLANNED), 29 * MINUTE, [("not-begun", BEFORE)]),
        ([run(DUE, "posted")], root(DeliveryState.PLANNED), HOUR, [("waiting", DUE)]),
        (
            [run(DUE, "posted")],
            root(DeliveryState.FAILED, reason="not_in_channel"),
            HOUR,
            [("not_in_channel", DUE)],
        ),
        # Yesterday's failure goes on being one until today's had its time …
        ([run(BEFORE, "missed")], None, 10 * MINUTE, [("missed", BEFORE)]),
        # … or came.
        ([run(BEFORE, "missed"), run(DUE, "posted")], None, 10 * MINUTE, []),
    ],
)
def test_a_digest_is_late_half_an_hour_after_its_time(
    runs: list[Run],
    newest: Delivery | None,
    passed: timedelta,
    found: list[tuple[str, datetime]],
) -> None:
    signs = ChannelSigns(WISH, {one.due: one for one in runs}, newest)
    expected = [(DIGEST_LATE, since, cause) for cause, since in found]
    assert late(signs, DUE + passed) == expected


def test_a_digest_that_was_posted_by_hand_is_not_late() -> None:
    signs = ChannelSigns(WISH, {DUE: run(DUE, "missed")}, last_posted=DUE + 8 * HOUR)
    assert late(signs, DUE + 9 * HOUR) == []


def test_a_time_that_passed_before_the_wish_was_made_is_nobodys() -> None:
    wished = replace(WISH, changed_at=DUE + MINUTE)
    assert late(ChannelSigns(wished, {}), DUE + HOUR) == []


def test_a_weekend_is_judged_by_friday() -> None:
    sunday = datetime(2025, 3, 23, 5, 0, tzinfo=UTC)
    friday = datetime(2025, 3, 21, 0, 0, tzinfo=UTC)
    assert late(ChannelSigns(WISH, {friday: run(friday, "posted")}), sunday) == []
    assert late(ChannelSigns(WISH, {}), sunday) == [(DIGEST_LATE, friday, "not-begun")]


@pytest.mark.parametrize(
    ("problem", "failing", "tried", "down"),
    [
        (None, None, timedelta(0), False),
        ("timed out", timedelta(0), 23 * HOUR, False),
        ("timed out", timedelta(0), DAY, True),
        ("timed out", timedelta(0), timedelta(0), False),  # asked once, long ago
        (None, None, 3 * DAY, False),
    ],
)
def test_a_source_is_down_when_tries_a_day_apart_failed(
    problem: str | None, failing: timedelta | None, tried: timedelta, down: bool
) -> None:
    since = None if failing is None else BEFORE + failing
    read = SourceRead("arxiv", BEFORE + tried, None, problem, since)
    found = decide(Signs(BEFORE + 5 * DAY, sources=(read,)))
    assert [(one.kind, one.subject) for one in found] == ([(SOURCE_DOWN, "arxiv")] if down else [])


@pytest.mark.parametrize(
    ("refused", "spent"),
    [(None, False), (DUE, True), (DUE + 5 * HOUR, True), (DUE - MINUTE, False)],
)
def test_the_budget_is_spent_from_the_first_refusal_to_midnight_utc(
    refused: datetime | None, spent: bool
) -> None:
    found = decide(Signs(DUE + 6 * HOUR, budget_refused=refused))
    assert [one.kind for one in found] == ([BUDGET_SPENT] if spent else [])


@pytest.mark.parametrize(
    ("outcome", "refuses"),
    [("quota", True), ("unauthorized", True), ("ok", False), ("rate-limited", False)],
)
def test_a_model_refuses_while_its_newest_call_wanted_credit_or_another_key(
    outcome: str, refuses: bool
) -> None:
    found = decide(Signs(DUE + HOUR, model_outcome=(outcome, DUE)))
    assert [(one.kind, one.detail) for one in found] == ([(MODEL_REFUSES, outcome)] * refuses)
    assert decide(Signs(DUE)) == []


@pytest.mark.parametrize(
    ("free", "before", "full"),
    [(99, False, True), (100, False, False), (110, True, True), (125, True, False)],
)
def test_a_disk_is_full_below_the_limit_and_mended_well_above_it(
    free: int, before: bool, full: bool
) -> None:
    known = frozenset({(DISK_FULL, "")} if before else ())
    found = decide(Signs(DUE, disk=Disk(free, 100), open=known))
    assert [one.kind for one in found] == ([DISK_FULL] if full else [])

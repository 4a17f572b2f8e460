"""The outbox: what was promised is posted once, in order, whatever Slack answers."""

import itertools
import threading
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import Scheduler
from bot.delivery.outbox import Outbox
from bot.delivery.parts import Part, parts_of
from bot.digests import compose_daily
from bot.digests.wish import Wish
from bot.errors import SlackError, SlackOutcomeUnknown, SlackRateLimited
from bot.leases import new_owner
from bot.slack.blocks import Message, section
from storage import DatabaseUnusableError, Delivery, DeliveryState, Plainness, Trouble
from tests.bot.delivery.conftest import Stage
from tests.bot.delivery.fakes import CHANNEL, listing, subscription


def message(text: str) -> Message:
    return Message(text, (section(text),))


def plan_digest(stage: Stage, channel: str = CHANNEL, *, cards: int = 0, parts: int = 0) -> int:
    """A digest with a root, parts and cards, all with telling texts."""
    stage.storage.papers.save([one for one, _ in listing(*range(1, 6))], now=stage.clock())
    stage.collector.days[stage.clock().date()] = listing(*range(1, 6))
    stage.collector.collect_day("huggingface", stage.clock().date())
    content = compose_daily(stage.storage, stage.clock().date(), Wish("en"))
    posts = [message("root"), *(message(f"part {n}") for n in range(1, parts + 1))]
    own = [Part.card(content.paper_ids[n], message(f"card {n}")) for n in range(cards)]
    planned = stage.outbox.plan_digest(channel, content, [*parts_of(posts), *own])
    assert planned is not None
    return planned


def states(stage: Stage, digest_id: int) -> list[str]:
    return [one.state.value for one in stage.storage.deliveries.of_digest(digest_id)]


def test_a_digest_is_posted_in_order_with_its_parts_in_the_thread(stage: Stage) -> None:
    plan_digest(stage, parts=2, cards=2)
    report = stage.drain()
    assert report.posted == 5
    assert stage.slack.texts() == ["root", "part 1", "part 2", "card 0", "card 1"]
    root = stage.slack.posts[0]
    assert [one.thread_ts for one in stage.slack.posts] == [None, root.ts, root.ts, None, None]


def test_a_digest_is_promised_once(stage: Stage) -> None:
    plan_digest(stage)
    content = compose_daily(stage.storage, stage.clock().date(), Wish("en"))
    assert stage.outbox.plan_digest(CHANNEL, content, parts_of([message("again")])) is None
    stage.drain()
    assert stage.slack.texts() == ["root"]


def test_a_key_is_promised_once(stage: Stage) -> None:
    assert stage.outbox.plan("k", CHANNEL, message("one"), "notice") is not None
    assert stage.outbox.plan("k", CHANNEL, message("two"), "notice") is None
    stage.drain()
    assert stage.slack.texts() == ["one"]


def test_roots_and_cards_become_threads_about_their_subject(stage: Stage) -> None:
    digest_id = plan_digest(stage, cards=1)
    stage.drain()
    root, card = stage.slack.posts
    thread = stage.storage.threads.get(CHANNEL, root.ts)
    assert thread is not None
    assert (thread.kind, thread.digest_id) == ("digest", digest_id)
    thread = stage.storage.threads.get(CHANNEL, card.ts)
    assert thread is not None
    assert (thread.kind, thread.paper_id) == ("paper", "2503.00001")


def test_a_channel_gets_one_message_a_second_and_others_go_on_meanwhile(stage: Stage) -> None:
    for number in range(3):
        stage.outbox.plan(f"a{number}", "C1", message("a"), "notice")
        stage.outbox.plan(f"b{number}", "C2", message("b"), "notice")
    stage.drain()
    for channel in ("C1", "C2"):
        times = [one.at for one in stage.slack.in_channel(channel)]
        assert all(b - a >= timedelta(seconds=1) for a, b in itertools.pairwise(times))
    assert sum(stage.clock.slept) == pytest.approx(2, abs=0.1)


def test_retry_after_is_obeyed_and_does_not_use_up_tries(stage: Stage) -> None:
    stage.slack.script = [SlackRateLimited("slow down", retry_after=7)] * 8
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    start = stage.clock()
    stage.drain()
    assert stage.slack.texts() == ["one"]
    assert stage.clock() - start >= timedelta(seconds=56)
    delivery = stage.storage.deliveries.find("k")
    assert delivery is not None
    assert delivery.attempts == 1


def test_a_rate_limited_channel_does_not_hold_up_another(stage: Stage) -> None:
    stage.slack.script = [SlackRateLimited("slow down", retry_after=30)]
    stage.outbox.plan("a", "C1", message("a"), "notice")
    stage.outbox.plan("b", "C2", message("b"), "notice")
    stage.drain()
    assert stage.slack.texts() == ["b", "a"]


def test_a_lost_answer_is_looked_up_and_the_message_stands_once(stage: Stage) -> None:
    stage.slack.after_effect = [SlackOutcomeUnknown("time-out")]
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    stage.drain()
    assert stage.slack.texts() == ["one"]
    assert (stage.slack.tries, stage.slack.finds) == (1, 1)
    delivery = stage.storage.deliveries.find("k")
    assert delivery is not None
    assert delivery.ts == stage.slack.posts[0].ts


def test_a_lost_request_is_looked_up_and_sent_again(stage: Stage) -> None:
    stage.slack.script = [SlackOutcomeUnknown("time-out")]
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    stage.drain()
    assert stage.slack.texts() == ["one"]
    assert (stage.slack.tries, stage.slack.finds) == (2, 1)


def test_a_lost_request_gets_time_to_arrive_before_it_is_looked_for(stage: Stage) -> None:
    stage.slack.script = [SlackOutcomeUnknown("time-out")]
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    start = stage.clock()
    stage.drain()
    assert stage.clock() - start >= timedelta(seconds=10)


def test_a_failing_look_up_never_leads_to_a_second_post(stage: Stage) -> None:
    stage.slack.after_effect = [SlackOutcomeUnknown("time-out")]
    stage.slack.find_errors = [
        SlackError("down", code="no_answer"),
        SlackRateLimited("slow", retry_after=3),
        SlackError("down", code="unreachable"),
    ]
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    stage.drain()
    assert stage.slack.texts() == ["one"]
    assert (stage.slack.tries, stage.slack.finds) == (1, 4)


def test_a_message_whose_process_died_before_the_post_is_posted_by_the_next(stage: Stage) -> None:
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    lease = timedelta(seconds=60)
    stage.storage.deliveries.claim_next(owner="gone", now=stage.clock(), lease=lease)
    stage.another_outbox().drain()
    assert stage.slack.texts() == ["one"]
    assert stage.slack.finds == 1


def test_a_message_whose_process_died_after_the_post_is_found_by_the_next(stage: Stage) -> None:
    digest_id = plan_digest(stage, parts=1)
    lease = timedelta(seconds=60)
    claimed = stage.storage.deliveries.claim_next(owner="gone", now=stage.clock(), lease=lease)
    assert claimed is not None
    metadata = {"event_type": "paperboy_delivery", "event_payload": {"key": claimed.key}}
    ts = stage.slack.post(CHANNEL, claimed.payload, metadata=metadata)
    stage.another_outbox().drain()
    assert stage.slack.texts() == ["root", "part 1"]
    assert stage.slack.posts[1].thread_ts == ts
    assert states(stage, digest_id) == ["posted", "posted"]


def test_a_process_that_was_held_up_for_long_leaves_its_message_to_the_next(stage: Stage) -> None:
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    now, lease = stage.clock(), timedelta(seconds=60)
    claimed = stage.storage.deliveries.claim_next(owner="slow", now=now, lease=lease)
    assert claimed is not None
    stage.clock.forward(seconds=45)
    stage.outbox._sender.send(claimed)
    assert stage.slack.texts() == []
    stage.another_outbox().drain()
    assert stage.slack.texts() == ["one"]


def test_parts_never_reach_the_channel_when_the_root_failed(stage: Stage) -> None:
    stage.slack.script = [SlackError("no", code="not_in_channel")]
    digest_id = plan_digest(stage, parts=2, cards=1)
    stage.drain()
    assert stage.slack.in_channel(CHANNEL) == []
    assert states(stage, digest_id) == ["failed"] * 4
    reasons = {one.reason for one in stage.storage.deliveries.of_digest(digest_id)}
    assert reasons == {"not_in_channel", "parent_failed"}


def test_a_part_that_keeps_failing_keeps_its_place(stage: Stage) -> None:
    stage.slack.script = [None, SlackError("?", code="unreachable"), SlackError("?", code="odd")]
    plan_digest(stage, parts=2, cards=1)
    stage.drain()
    assert stage.slack.texts() == ["root", "part 1", "part 2", "card 0"]


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
def test_refused_blocks_are_sent_as_plain_text_once(stage: Stage, code: str) -> None:
    stage.slack.script = [SlackError("no", code=code)]
    stage.outbox.plan("k", CHANNEL, Message("word " * 2000, (section("x"),)), "notice")
    stage.drain()
    assert [one.blocks for one in stage.slack.posts] == [[]]
    assert len(stage.slack.posts[0].text) <= 3900
    delivery = stage.storage.deliveries.find("k")
    assert delivery is not None
    assert delivery.degraded is Plainness.TEXT_ALONE


def test_plain_text_that_is_refused_as_well_is_given_up(stage: Stage) -> None:
    stage.slack.script = [SlackError("no", code="invalid_blocks")] * 2
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    stage.drain()
    delivery = stage.storage.deliveries.find("k")
    assert delivery is not None
    assert delivery.state is DeliveryState.FAILED
    assert stage.slack.tries == 2


@pytest.mark.parametrize(
    "code",
    ["not_in_channel", "channel_not_found", "is_archived", "restricted_action_read_only_channel"],
)
def test_the_subscriber_of_a_closed_channel_is_told_once(stage: Stage, code: str) -> None:
    stage.storage.subscriptions.save(subscription(language="en"), now=stage.clock())
    stage.slack.closed[CHANNEL] = SlackError("closed", code=code)
    for day in range(3):
        stage.outbox.plan(f"k{day}", CHANNEL, message("one"), "notice")
        stage.drain()
        stage.clock.forward(days=1)
    told = stage.slack.in_channel("DU1")
    assert len(told) == 1
    assert f"<#{CHANNEL}>" in told[0].text
    problem = stage.storage.problems.get(CHANNEL)
    assert problem is not None
    assert problem.code == code


def test_a_problem_ends_with_the_next_message_and_a_new_one_is_told_again(stage: Stage) -> None:
    stage.storage.subscriptions.save(subscription(), now=stage.clock())
    for key in ("a", "b"):
        stage.slack.closed[CHANNEL] = SlackError("closed", code="not_in_channel")
        stage.outbox.plan(f"{key}1", CHANNEL, message("lost"), "notice")
        stage.drain()
        stage.slack.closed.clear()
        stage.outbox.plan(f"{key}2", CHANNEL, message("through"), "notice")
        stage.drain()
        assert stage.storage.problems.get(CHANNEL) is None
    assert len(stage.slack.in_channel("DU1")) == 2


def test_an_unreachable_subscriber_is_not_told_about_over_and_over(stage: Stage) -> None:
    stage.storage.subscriptions.save(subscription(), now=stage.clock())
    stage.slack.closed = {
        CHANNEL: SlackError("closed", code="not_in_channel"),
        "DU1": SlackError("closed", code="cannot_dm_bot"),
    }
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    stage.drain()
    assert stage.storage.figures.deliveries_by_state() == {"failed": 2}


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
def test_a_refused_token_makes_everything_wait_and_loses_nothing(stage: Stage, code: str) -> None:
    stage.slack.script = [SlackError("no", code=code)]
    plan_digest(stage, parts=1)
    stage.outbox.plan("k", "C2", message("other"), "notice")
    report = stage.drain()
    assert (stage.slack.tries, report.posted) == (1, 0)
    assert report.waiting_until == stage.clock() + timedelta(minutes=10)
    stage.clock.forward(minutes=10)
    stage.drain()
    assert sorted(stage.slack.texts()) == ["other", "part 1", "root"]


def test_an_unknown_refusal_is_tried_some_times_and_then_given_up(stage: Stage) -> None:
    stage.slack.closed[CHANNEL] = SlackError("odd", code="something_new")
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    stage.drain()
    delivery = stage.storage.deliveries.find("k")
    assert delivery is not None
    assert (delivery.state, stage.slack.tries) == (DeliveryState.FAILED, 5)


def test_a_promise_older_than_a_day_is_given_up_rather_than_kept_late(stage: Stage) -> None:
    stage.outbox.plan("k", CHANNEL, message("old news"), "notice")
    stage.clock.forward(hours=25)
    assert stage.drain().failed == 1
    assert stage.slack.texts() == []


def test_a_failed_digest_is_revived_when_the_bot_is_invited(stage: Stage) -> None:
    stage.slack.closed[CHANNEL] = SlackError("closed", code="not_in_channel")
    plan_digest(stage, parts=1, cards=1)
    stage.drain()
    stage.slack.closed.clear()
    stage.clock.forward(hours=30)
    assert stage.outbox.revive(CHANNEL) == 3
    stage.drain()
    assert stage.slack.texts() == ["root", "part 1", "card 0"]
    assert stage.outbox.revive(CHANNEL) == 0


def test_a_stopped_outbox_sends_nothing_more(stage: Stage) -> None:
    plan_digest(stage, parts=2)
    stage.outbox.step()
    stage.outbox.stop()
    assert stage.drain().posted == 0
    stage.another_outbox().drain()
    assert stage.slack.texts() == ["root", "part 1", "part 2"]


def test_two_outboxes_share_the_work(stage: Stage) -> None:
    plan_digest(stage, parts=4, cards=5)
    first, second = stage.outbox, stage.another_outbox()
    outboxes: list[Outbox] = [first, second]
    while stage.storage.deliveries.next_moment(now=stage.clock()) is not None:
        for one in outboxes:
            one.step()
        stage.clock.forward(seconds=1)
    texts = [*(f"part {n}" for n in range(1, 5)), *(f"card {n}" for n in range(5))]
    assert stage.slack.texts() == ["root", *texts]


def test_an_edit_changes_the_posted_message_and_is_repeated_until_it_stands(stage: Stage) -> None:
    planned = stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    assert planned is not None
    stage.drain()
    stage.slack.update_errors = [SlackOutcomeUnknown("lost"), SlackRateLimited("s", retry_after=2)]
    assert stage.storage.deliveries.request_edit(planned, message("two").payload())
    stage.drain()
    assert stage.slack.texts() == ["two"]
    assert not stage.storage.deliveries.request_edit(planned, message("two").payload())


def test_an_edit_before_the_post_changes_what_is_posted(stage: Stage) -> None:
    planned = stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    assert planned is not None
    stage.storage.deliveries.request_edit(planned, message("two").payload())
    stage.drain()
    assert [(one.text, one.edits) for one in stage.slack.posts] == [("two", 0)]


def test_an_edit_of_a_message_that_was_deleted_is_given_up(stage: Stage) -> None:
    planned = stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    assert planned is not None
    stage.drain()
    stage.slack.update_errors = [SlackError("gone", code="message_not_found")]
    stage.storage.deliveries.request_edit(planned, message("two").payload())
    stage.drain()
    assert stage.storage.deliveries.next_edit_moment(now=stage.clock()) is None


def test_whoever_takes_the_bot_out_of_a_channel_learns_it_with_the_next_edit(stage: Stage) -> None:
    stage.storage.subscriptions.save(subscription(language="en"), now=stage.clock())
    planned = stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    assert planned is not None
    stage.drain()
    stage.slack.update_errors = [SlackError("out", code="not_in_channel")]
    stage.storage.deliveries.request_edit(planned, message("two").payload())
    stage.drain()
    (told,) = stage.slack.in_channel("DU1")
    assert f"<#{CHANNEL}>" in told.text
    assert stage.storage.deliveries.next_edit_moment(now=stage.clock()) is None


def test_somebody_who_waits_for_a_message_waits_for_that_one_only(stage: Stage) -> None:
    plan_digest(stage, cards=5)
    stage.outbox.plan("mine", CHANNEL, message("mine"), "card")
    posted = stage.outbox.settle("mine", patience=timedelta(seconds=5))
    assert posted is not None
    assert posted.state is DeliveryState.POSTED
    assert stage.slack.texts() == ["mine"]


def test_waiting_for_a_message_ends_with_the_patience(stage: Stage) -> None:
    stage.slack.script = [SlackRateLimited("slow", retry_after=30)]
    stage.outbox.plan("mine", CHANNEL, message("mine"), "card")
    start = stage.clock()
    waiting = stage.outbox.settle("mine", patience=timedelta(seconds=5))
    assert waiting is not None
    assert waiting.state is DeliveryState.PLANNED
    assert stage.clock() - start <= timedelta(seconds=5)
    assert stage.outbox.settle("unknown") is None


def test_a_message_that_another_thread_is_sending_is_waited_for(stage: Stage) -> None:
    stage.outbox.plan("mine", CHANNEL, message("mine"), "card")
    now, lease = stage.clock(), timedelta(seconds=60)
    claimed = stage.storage.deliveries.claim_next(owner="pump", now=now, lease=lease)
    assert claimed is not None

    def sleep(seconds: float) -> None:
        stage.clock.forward(seconds=seconds)
        stage.outbox._sender.send(claimed)

    other = Outbox(stage.storage, stage.slack, stage.clock, sleep=sleep)
    posted = other.settle("mine", patience=timedelta(seconds=5))
    assert posted is not None
    assert posted.state is DeliveryState.POSTED
    assert stage.slack.texts() == ["mine"]


def test_a_disk_that_is_full_after_the_post_costs_no_second_post(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")

    def full(*_: object, **__: object) -> None:
        raise DatabaseUnusableError("paperboy.db", Trouble.FULL)

    stage.storage.leave_off()  # the process is ending: it does not wait for the disk
    with monkeypatch.context() as patch:
        patch.setattr(stage.storage.deliveries, "posted", full)
        with pytest.raises(DatabaseUnusableError):
            stage.outbox.step()
    stage.clock.forward(minutes=2)
    stage.drain()
    assert stage.slack.texts() == ["one"]


def test_what_came_of_a_post_is_recorded_as_soon_as_the_disk_has_room(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    posted, troubles = stage.storage.deliveries.posted, [Trouble.FULL, Trouble.FULL]

    def full_at_first(*args: Any, **more: Any) -> None:
        if troubles:
            raise DatabaseUnusableError("paperboy.db", troubles.pop())
        posted(*args, **more)

    monkeypatch.setattr(stage.storage.deliveries, "posted", full_at_first)
    sent = stage.outbox.step()
    assert sent is not None
    assert sent.state is DeliveryState.POSTED
    assert (stage.slack.texts(), stage.slack.finds) == (["one"], 0)


def test_a_message_whose_sending_the_database_cut_short_is_sent_at_once_when_it_is_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")

    def away(*_: object, **__: object) -> None:
        raise DatabaseUnusableError("postgresql://", Trouble.UNREACHABLE)

    with monkeypatch.context() as patch:
        patch.setattr(stage.storage.deliveries, "going_out", away)
        with pytest.raises(DatabaseUnusableError):
            stage.outbox.step()
    assert stage.outbox.step() is not None
    assert stage.slack.texts() == ["one"]


def test_sending_goes_on_after_trouble_with_the_storage(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.background.AFTER_FAILURE_SECONDS", 0.01)
    posted = threading.Event()
    troubles = [DatabaseUnusableError("paperboy.db", Trouble.LOCKED)]
    claim, post = stage.storage.deliveries.claim_next, stage.slack.post

    def troubled(**arguments: Any) -> Delivery | None:
        if troubles:
            raise troubles.pop()
        return claim(**arguments)

    def told(*args: Any, **kwargs: Any) -> str:
        ts = post(*args, **kwargs)
        posted.set()
        return ts

    monkeypatch.setattr(stage.storage.deliveries, "claim_next", troubled)
    monkeypatch.setattr(stage.slack, "post", told)
    scheduler = Scheduler(stage.morning, stage.storage, stage.clock)
    scheduler.start()
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    assert posted.wait(10)
    scheduler.stop(within_seconds=10)
    assert stage.slack.texts() == ["one"]


def test_the_message_of_a_dead_process_of_this_machine_is_freed_at_start_up(stage: Stage) -> None:
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    earlier = new_owner().rsplit(":", 1)[0] + ":earlier-life"
    elsewhere = "another-machine:1:x"
    lease = timedelta(hours=1)
    stage.storage.deliveries.claim_next(owner=earlier, now=stage.clock(), lease=lease)
    stage.outbox.plan("l", "C2", message("two"), "notice")
    stage.storage.deliveries.claim_next(owner=elsewhere, now=stage.clock(), lease=lease)
    assert stage.outbox.reconcile() == 1
    stage.outbox.drain(patience=timedelta(seconds=30))
    assert stage.slack.texts() == ["one"]


def test_a_missing_scope_holds_up_its_own_message_only_and_a_restart_tries_again(
    stage: Stage,
) -> None:
    stage.slack.closed["C1"] = SlackError("scope", code="missing_scope")
    stage.outbox.plan("a", "C1", message("a"), "notice")
    stage.outbox.plan("b", "C2", message("b"), "notice")
    stage.outbox.drain(patience=timedelta(seconds=5))
    assert stage.slack.texts() == ["b"]
    stage.slack.closed.clear()
    restarted = stage.another_outbox()
    assert restarted.retry_mended() == 1
    restarted.drain()
    assert stage.slack.texts() == ["b", "a"]


def test_a_slow_process_cannot_undo_what_its_heir_has_recorded(stage: Stage) -> None:
    stage.outbox.plan("k", CHANNEL, message("one"), "notice")
    slow = stage.storage.deliveries.claim_next(
        owner="slow", now=stage.clock(), lease=timedelta(seconds=60)
    )
    assert slow is not None
    stage.clock.forward(seconds=61)
    stage.another_outbox().drain()
    stage.storage.deliveries.failed(slow, reason="unreachable", next_try=stage.clock())
    stage.storage.deliveries.unsure(slow, reason="time-out", look_at=stage.clock())
    stage.drain()
    assert stage.slack.texts() == ["one"]
    assert stage.storage.figures.deliveries_by_state() == {"posted": 1}


PICTURE = {"type": "image", "image_url": "https://arxiv.org/x1.png", "alt_text": "A figure"}


def test_a_post_refused_for_its_picture_is_posted_without_it_once(stage: Stage) -> None:
    stage.slack.script = [SlackError("downloading image failed", code="invalid_blocks")]
    stage.outbox.plan("k", CHANNEL, Message("words", (section("x"), PICTURE)), "card")
    stage.drain()
    assert [one.blocks for one in stage.slack.posts] == [[section("x")]]
    delivery = stage.storage.deliveries.find("k")
    assert delivery is not None
    assert delivery.degraded is Plainness.NO_PICTURES


def test_a_post_refused_without_its_picture_too_goes_out_as_text(stage: Stage) -> None:
    stage.slack.script = [SlackError("no", code="invalid_blocks")] * 2
    stage.outbox.plan("k", CHANNEL, Message("words", (section("x"), PICTURE)), "card")
    stage.drain()
    assert [(one.text, one.blocks) for one in stage.slack.posts] == [("words", [])]


def test_an_edit_refused_for_its_picture_is_made_without_it(stage: Stage) -> None:
    stage.outbox.plan("k", CHANNEL, message("one"), "card")
    stage.drain()
    delivery = stage.storage.deliveries.find("k")
    assert delivery is not None
    stage.slack.update_errors = [SlackError("no", code="invalid_blocks")]
    wanted = Message("two", (section("y"), PICTURE)).payload()
    stage.storage.deliveries.request_edit(delivery.id, wanted)
    stage.drain()
    assert [(one.text, one.blocks) for one in stage.slack.posts] == [("two", [section("y")])]

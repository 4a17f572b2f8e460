"""A workspace that refuses Slack's own charts still sees the week's trends, as one picture."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import Morning, Outbox, Pace
from bot.digests.weeks import Week
from bot.slack.client import SlackClient
from bot.workspace import Message, Workspace
from storage import ListingEntry, Paper, Storage
from tests.bot.delivery.fakes import FakeCollector, FakeSummarizer, subscription
from tests.fakes import FakeClock
from tests.process import ROOT
from tests.scenarios.conftest import Story

WEEK = Week(2025, 12)
SUNDAY = datetime(2025, 3, 23, 9, 0, tzinfo=UTC)
CHANNEL, CHANNEL_ID = "#daily-papers", "C0DAILY001"
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]
# What a lost request is given to arrive; short, since the workspace is near.
PACE = Pace(spacing=timedelta(0), settle=timedelta(seconds=0.2))
DRAIN = """
import sys, time
from pathlib import Path
from datetime import UTC, datetime
from pathlib import Path
from bot.delivery import Outbox
from bot.slack.client import SlackClient
from storage import open_storage

database, token, url = sys.argv[1:]
slack = SlackClient.connect(token, url)
Outbox(open_storage(Path(database)), slack, lambda: datetime.now(UTC), sleep=time.sleep).drain()
"""
COMPLETE = "files.completeUploadExternal"


def has_chart(args: dict[str, Any]) -> bool:
    return "data_visualization" in json.dumps(args.get("blocks") or [])


def without_charts(workspace: Workspace) -> None:
    workspace.fail("chat.postMessage", "invalid_blocks", times=100, when=has_chart)


def stock(storage: Storage) -> None:
    """Nine weeks of papers, the last with more about speech than those before."""
    for back in range(8, -1, -1):
        speech = 6 if back == 0 else 1
        papers = [
            Paper(
                f"2503.{back}{number:04d}",
                f"A {'speech recognition' if number < speech else 'robot grasping'} study {number}",
                abstract="We study it.",
            )
            for number in range(12)
        ]
        storage.papers.save(papers, now=SUNDAY)
        entries = [ListingEntry(one.id, rank, 20 - rank) for rank, one in enumerate(papers, 1)]
        # Whole weeks: only those are compared, and without a comparison there is no chart.
        for day in range(7):
            storage.listings.save(
                "huggingface",
                WEEK.before(back).first + timedelta(days=day),
                entries if day == 0 else [],
                settled=True,
                now=SUNDAY,
            )


def outbox_of(storage: Storage, workspace: Workspace, clock: FakeClock) -> Outbox:
    slack = SlackClient.connect(workspace.bot_token, workspace.api_url, timeout_seconds=3)
    return Outbox(storage, slack, clock, pace=PACE, sleep=clock.sleep)


def morning_of(storage: Storage, outbox: Outbox, clock: FakeClock) -> Morning:
    collector, summarizer = FakeCollector(storage, clock), FakeSummarizer(storage, clock)
    return Morning(storage, collector, summarizer, None, outbox, clock)


def promise(
    storage: Storage, workspace: Workspace, clock: FakeClock, language: str = "ko"
) -> Outbox:
    """The week's digest is promised to the channel; returns the outbox that is to send it."""
    stock(storage)
    outbox = outbox_of(storage, workspace, clock)
    wish = subscription(CHANNEL_ID, language=language)
    assert morning_of(storage, outbox, clock).promise_week(wish, SUNDAY.date()) is not None
    return outbox


def shown(workspace: Workspace) -> tuple[Message, list[dict[str, Any]]]:
    """The one digest, and the files in its thread."""
    (root,) = workspace.messages(CHANNEL)
    return root, [file for one in workspace.messages(CHANNEL, root.ts) for file in one.files]


def opened(scopes: Collection[str] = SCOPES) -> Workspace:
    return Workspace(manifest=MANIFEST, scopes=scopes)


def step_until(outbox: Outbox, done: Callable[[], bool]) -> None:
    for _ in range(20):
        outbox.step()
        if done():
            return
    raise AssertionError("it never came so far")


@pytest.mark.parametrize(
    ("language", "title", "told"),
    [("ko", "주제별 논문 비율", "8.3, 50(%)."), ("en", "Papers by topic", "8.3, 50 (%).")],
)
def test_the_digest_comes_without_the_chart_and_the_picture_in_its_thread(
    storage: Storage, language: str, title: str, told: str
) -> None:
    clock = FakeClock(SUNDAY)
    with opened() as workspace:
        without_charts(workspace)
        outbox = promise(storage, workspace, clock, language)
        assert outbox.drain().failed == 0
        outbox_of(storage, workspace, clock).drain()

        root, (picture,) = shown(workspace)
        kinds = {block["type"] for block in root.blocks}
        assert "header" in kinds
        assert "data_visualization" not in kinds
        assert title in picture["title"]
        assert told in picture["alt_txt"]
        assert workspace.state.files[picture["id"]]["content"].startswith(b"\x89PNG")


def test_where_charts_are_taken_there_is_no_picture(storage: Storage) -> None:
    with opened() as workspace:
        promise(storage, workspace, FakeClock(SUNDAY)).drain()
        root, files = shown(workspace)
        assert "data_visualization" in {block["type"] for block in root.blocks}
        assert files == []


@pytest.mark.parametrize("fault", ["reset", "reset_after", "malformed_after", "internal_error"])
def test_an_upload_whose_answer_is_lost_is_looked_for_before_it_is_made_again(
    storage: Storage, fault: str
) -> None:
    with opened() as workspace:
        without_charts(workspace)
        workspace.fail(COMPLETE, fault)
        outbox = promise(storage, workspace, FakeClock(SUNDAY))
        assert outbox.drain().failed == 0
        _, files = shown(workspace)
        assert len(files) == 1


def test_a_rate_limit_only_puts_the_picture_off(storage: Storage) -> None:
    clock = FakeClock(SUNDAY)
    with opened() as workspace:
        without_charts(workspace)
        workspace.fail("files.getUploadURLExternal", "ratelimited", status=429, retry_after=20)
        promise(storage, workspace, clock).drain()
        _, files = shown(workspace)
        assert len(files) == 1
        assert clock() - SUNDAY >= timedelta(seconds=20)


def test_a_message_of_a_member_is_not_taken_for_the_picture(storage: Storage) -> None:
    with opened() as workspace:
        without_charts(workspace)
        workspace.fail(COMPLETE, "reset")
        outbox = promise(storage, workspace, FakeClock(SUNDAY))
        step_until(outbox, lambda: bool(workspace.calls(COMPLETE)))
        root, files = shown(workspace)
        assert files == []
        workspace.say("minji", CHANNEL, "최근 9주의 주제별 논문 비율", thread_ts=root.ts)
        outbox.drain()
        assert len(shown(workspace)[1]) == 1


def test_without_the_scope_the_digest_stands_and_nobody_is_bothered(storage: Storage) -> None:
    with opened([one for one in SCOPES if one != "files:write"]) as workspace:
        without_charts(workspace)
        outbox = promise(storage, workspace, FakeClock(SUNDAY))
        outbox.drain()
        outbox.retry_mended()
        outbox.drain()

        root, files = shown(workspace)
        assert files == []
        assert "50%" in root.text
        assert storage.figures.deliveries_by_state() == {"posted": 1, "failed": 1}
        assert len(workspace.calls("files.getUploadURLExternal")) == 1
        assert workspace.calls("conversations.open") == []


def test_a_digest_goes_on_while_the_picture_of_the_last_one_waits(storage: Storage) -> None:
    clock = FakeClock(SUNDAY)
    with opened() as workspace:
        without_charts(workspace)
        workspace.fail(COMPLETE, "reset", times=3)
        outbox = promise(storage, workspace, clock)
        step_until(outbox, lambda: bool(workspace.calls(COMPLETE)))
        following = morning_of(storage, outbox, clock)
        assert following.promise_week(subscription(CHANNEL_ID), WEEK.before(1).last) is not None
        outbox.step()
        assert len(workspace.messages(CHANNEL)) == 2
        outbox.drain(patience=timedelta(minutes=10))
        assert storage.figures.deliveries_by_state() == {"posted": 3}


def test_a_process_killed_over_the_upload_leaves_one_picture_to_the_next(
    storage: Storage, tmp_path: Path
) -> None:
    with opened() as workspace:
        without_charts(workspace)
        workspace.fail(COMPLETE, "timeout_after")
        promise(storage, workspace, FakeClock(datetime.now(UTC)))
        settings = (str(tmp_path / "paperboy.db"), workspace.bot_token, workspace.api_url)
        process = subprocess.Popen([sys.executable, "-c", DRAIN, *settings], cwd=ROOT)
        try:
            workspace.wait_for_call(COMPLETE, timeout=60)
        finally:
            process.kill()
            process.wait()

        clock = FakeClock(datetime.now(UTC))
        following = outbox_of(storage, workspace, clock)
        assert following.reconcile() == 1
        following.drain()
        assert len(shown(workspace)[1]) == 1
        assert storage.figures.deliveries_by_state() == {"posted": 2}


def test_a_week_asked_for_is_shown_in_words_and_with_its_picture_once_it_is_shared(
    story: Story,
) -> None:
    without_charts(story.slack)
    story.slack.fail("response_url", "invalid_blocks", status=400, times=100, when=has_chart)
    stock(story.storage)
    story.slack.slash("alice", CHANNEL, "/papers", f"week {WEEK}")
    asked = story.slack.wait_for_ephemeral("alice", CHANNEL, contains="43%")
    assert not has_chart({"blocks": asked.blocks})

    story.slack.click("alice", asked, "share_in_channel")
    story.slack.wait_for_message(CHANNEL, contains="43%")
    outbox_of(story.storage, story.slack, FakeClock(story.clock())).drain()
    story.slack.wait_for(lambda: bool(shown(story.slack)[1]))
    _, (picture,) = shown(story.slack)
    assert picture["title"].startswith("Papers by topic")
    assert re.fullmatch(r"[A-Za-z0-9-]+-chart\.png", picture["name"])


def test_where_nothing_is_installed_to_draw_with_the_words_stand_alone(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock(SUNDAY)
    with opened() as workspace:
        without_charts(workspace)
        outbox = promise(storage, workspace, clock)
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        assert outbox.drain().failed == 0
        root, files = shown(workspace)
        assert "data_visualization" not in {block["type"] for block in root.blocks}
        assert files == []


def test_a_picture_promised_by_a_process_that_could_draw_it_is_given_up_by_one_that_cannot(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock(SUNDAY)
    with opened() as workspace:
        without_charts(workspace)
        outbox = promise(storage, workspace, clock)
        step_until(outbox, lambda: bool(workspace.messages(CHANNEL)))
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        outbox.drain()
        assert shown(workspace)[1] == []
        assert outbox.drain().waiting_until is None, "it is given up"

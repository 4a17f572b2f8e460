"""The composition as it runs: every real part, on the bundled day, in a local workspace."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import Application, Upkeep
from bot.clock import Clock
from bot.sample import load_sample
from bot.sample.offline import BundledFulltexts, BundledListings, NoPapers
from bot.services import Services, Sources, build_services
from bot.serving.entrance import Entrance
from bot.settings import Settings
from bot.sources.kinds import DEFAULT_SOURCE
from bot.workspace import Workspace
from bot.workspace.seed import DAILY
from storage import Storage, Summary

MORNING = datetime(2025, 3, 20, 0, 0, 5, tzinfo=UTC)


def bundled(settings: Settings, storage: Storage, *, clock: Clock) -> Sources:
    load_sample(storage, clock())
    return Sources(
        {DEFAULT_SOURCE: BundledListings(storage)},
        NoPapers(),
        BundledFulltexts(storage),
        close=lambda: None,
    )


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as started:
        yield started


@pytest.fixture
def settings(workspace: Workspace, tmp_path: Path) -> Settings:
    return replace(
        Settings(),
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token,
        slack_api_url=workspace.api_url,
        database=str(tmp_path / "paperboy.db"),
        channel=DAILY.id,
        export_dir=str(tmp_path / "digests"),
    )


def started(settings: Settings) -> tuple[Services, Application]:
    services = build_services(settings, clock=lambda: MORNING, sources=bundled)
    entrance = Entrance(settings)
    runtime = Application(services, entrance)
    entrance.open()
    runtime.start()
    return services, runtime


def test_a_morning_run_again_after_a_restart_posts_once_and_writes_a_file(
    workspace: Workspace, settings: Settings, tmp_path: Path
) -> None:
    for _ in range(2):  # a restart on the same morning posts nothing again
        services, runtime = started(settings)
        subscription = services.storage.subscriptions.get(DAILY.id)
        assert subscription is not None
        services.morning.run(subscription)
        workspace.wait_for_message(DAILY.id, contains="DAPO")
        runtime.stop()
        services.close()
    assert len([one for one in workspace.messages(DAILY.id) if one.bot_id]) == 1
    (file,) = (tmp_path / "digests").iterdir()
    assert "DAPO" in file.read_text(encoding="utf-8")


def test_the_daily_round_drops_events_that_slack_will_not_repeat(settings: Settings) -> None:
    services = build_services(settings, clock=lambda: MORNING, sources=bundled)
    events = services.storage.events
    events.claim("long ago", now=MORNING - timedelta(days=4))
    events.claim("lately", now=MORNING - timedelta(days=1))
    events.claim("once and never again", now=None)
    Upkeep(services).daily()
    assert not events.claim("lately", now=MORNING)
    assert not events.claim("once and never again", now=MORNING)
    assert events.claim("long ago", now=MORNING)
    services.close()


def test_a_summary_that_failed_is_remade_by_the_daily_round_and_found_by_its_words(
    workspace: Workspace, settings: Settings
) -> None:
    services = build_services(settings, clock=lambda: MORNING, sources=bundled)
    failed = Summary("2503.14476", "en", tldr="", problem="model")
    services.storage.summaries.save(failed, now=MORNING)
    Upkeep(services).daily()
    mended = services.storage.summaries.get("2503.14476", "en")
    assert mended is not None
    assert (mended.problem, mended.basis) == (None, "fulltext")
    found = services.index.find("verl framework", limit=5, most=5)
    assert "2503.14476" in [hit.paper.id for hit in found.hits]
    services.close()

"""A model that is asked and never answers, a source that never ends: what a running bot makes of
them, and how it ends."""

import signal
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.app import Upkeep
from bot.delivery.morning import newest_filled_day
from bot.languages import catalog
from bot.services import build_services
from bot.settings import Settings
from bot.workspace import Workspace
from bot.workspace.seed import BOT, DAILY, MINJI
from storage import ListingEntry, Paper, open_storage
from tests.bot.summaries.conftest import ABSTRACT, KOREAN, answer
from tests.model_server import ModelReply, ModelServer
from tests.process import by_words, running
from tests.replay import LoopbackServer, Reply
from tests.scenarios.test_interrupts import hanging_model

LATE = catalog("ko").text("digests-notice-summaries-late", kept="yes")
# Far below the minutes for which each of them would be waited for otherwise.
ENDED_SECONDS = 40.0


def stock(folder: Path) -> date:
    """Three papers of the newest day, whose listing is read for good."""
    storage = open_storage(folder / "paperboy.db")
    now = datetime.now(UTC)
    day = newest_filled_day(("huggingface",), now)
    papers = [Paper(f"2503.0000{n}", f"Lantern {n}", abstract=ABSTRACT) for n in (1, 2, 3)]
    storage.papers.save(papers, now=now)
    entries = [ListingEntry(one.id, rank, 5) for rank, one in enumerate(papers, start=1)]
    storage.listings.save("huggingface", day, entries, settled=True, now=now)
    storage.close()
    return day


def eventually(true: Callable[[], bool], seconds: float = 60.0) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


def test_a_morning_posts_what_is_there_and_the_post_is_repaired_when_the_model_answers(
    tmp_path: Path,
) -> None:
    stock(tmp_path)
    with Workspace() as workspace, LoopbackServer() as arxiv:
        settings = by_words(
            workspace,
            tmp_path,
            SLACK_APP_TOKEN=workspace.app_token,
            PAPERBOY_ARXIV_URL=arxiv.base_url,
            PAPERBOY_LANGUAGE="ko",
            PAPERBOY_MORNING_MINUTES="0.1",
            PAPERBOY_MODEL="stub",
        )
        with (
            hanging_model() as model,
            running(
                workspace,
                tmp_path,
                "--now",
                DAILY.id,
                settings={**settings, "OPENAI_BASE_URL": model.url},
            ) as process,
        ):
            posted = workspace.wait_for_message(DAILY.id, timeout=60)
            assert "We propose Lantern" in posted.text
            assert LATE in str(posted.blocks)
            # A busy machine may take longer than the morning's limit to get so far.
            assert eventually(lambda: bool(model.requests))
            process.send_signal(signal.SIGTERM)
            assert process.wait(ENDED_SECONDS) == 0
        with ModelServer(lambda _: ModelReply(answer())) as model:
            mended = {**settings, "OPENAI_BASE_URL": model.url}
            names = {name: value for name, value in mended.items() if not name.startswith("PY")}
            later = datetime.now(UTC) + timedelta(hours=1)
            services = build_services(Settings.from_env(names), clock=lambda: later)
            Upkeep(services).hourly()
            services.outbox.drain()
            services.close()
        shown = [one for one in workspace.messages(DAILY.id) if one.ts == posted.ts]
        assert KOREAN["tldr"] in str(shown[0].blocks)
        assert LATE not in str(shown[0].blocks)


def test_a_signal_ends_the_bot_whatever_hangs_and_the_next_start_goes_on(tmp_path: Path) -> None:
    stock(tmp_path)
    with Workspace() as workspace:
        settings = by_words(workspace, tmp_path, SLACK_APP_TOKEN=workspace.app_token)
        with hanging_model() as model, LoopbackServer() as source, LoopbackServer() as arxiv:
            source.always = Reply(body=b"[", stalls=True)
            hanging = {
                "OPENAI_BASE_URL": model.url,
                "PAPERBOY_MODEL": "stub",
                "PAPERBOY_HF_URL": source.base_url,
                "PAPERBOY_ARXIV_URL": arxiv.base_url,
            }
            with running(workspace, tmp_path, settings={**settings, **hanging}) as process:
                asked = workspace.say(MINJI.id, DAILY.id, f"<@{BOT.id}> how good is 2503.00002?")
                workspace.slash(MINJI.id, DAILY.id, "/papers", "date 2025-01-03")
                assert eventually(lambda: bool(model.requests))
                assert eventually(lambda: bool(source.requests))
                process.send_signal(signal.SIGTERM)
                assert process.wait(ENDED_SECONDS) == 0
        with running(workspace, tmp_path, settings=settings):

            def answers() -> list[str]:
                said = workspace.messages(DAILY.id, thread_ts=asked.ts)
                return [one.text for one in said if one.bot_id == BOT.bot_id]

            assert eventually(lambda: any(answers())), (tmp_path / "run.log").read_text()
        assert len(answers()) == 1
        assert "We propose Lantern" in answers()[0]

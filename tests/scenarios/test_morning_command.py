"""``paperboy morning``: what is due is done once, by a process that ends."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.workspace import Workspace
from bot.workspace.seed import BOT, DAILY, RANDOM
from storage import open_storage
from tests.process import by_words, paperboy
from tests.replay import HuggingFaceReplay
from tests.shared_data import shared_data


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as running:
        yield running


@pytest.fixture
def settings(workspace: Workspace, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A bot whose source has had the same real list on each of the last days."""
    folder = tmp_path / "listings"
    folder.mkdir()
    for back in range(4):
        day = utc_now().date() - timedelta(days=back)
        shutil.copy(shared_data("hf_daily/same_day") / "2026-08-06.json", folder / f"{day}.json")
    with HuggingFaceReplay(folder) as listings:
        yield by_words(
            workspace,
            tmp_path,
            PAPERBOY_HF_URL=listings.base_url,
            PAPERBOY_LANGUAGE="en",
            PAPERBOY_WEEKDAYS="mon-sun",
        )


def posts(workspace: Workspace) -> list[str]:
    """What the bot posted in the channel, each message followed by its thread."""
    roots = workspace.messages(DAILY.id)
    told = [one for root in roots for one in (root, *workspace.messages(DAILY.id, root.ts))]
    return [f"{one.ts} {one.text}" for one in told if one.user == BOT.id]


def test_the_first_run_posts_and_a_second_one_posts_nothing_again(
    workspace: Workspace, settings: dict[str, str], tmp_path: Path
) -> None:
    first = paperboy("morning", settings=settings, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert first.stdout == f"{DAILY.id}: posted the newest digest\n"
    told = posts(workspace)
    assert len(told) > 1
    second = paperboy("morning", settings=settings, cwd=tmp_path)
    assert second.returncode == 0, second.stderr
    assert "The next digest is due" in second.stderr
    assert posts(workspace) == told


def test_what_a_lost_database_posted_is_not_posted_again(
    workspace: Workspace, settings: dict[str, str], tmp_path: Path
) -> None:
    assert paperboy("morning", settings=settings, cwd=tmp_path).returncode == 0
    told = posts(workspace)
    assert len(told) > 1
    for file in tmp_path.glob("paperboy.db*"):
        file.unlink()
    assert paperboy("morning", settings=settings, cwd=tmp_path).returncode == 0
    assert posts(workspace) == told
    storage = open_storage(settings["PAPERBOY_DATABASE"])
    assert storage.deliveries.newest_root(DAILY.id) is not None
    storage.close()


def test_a_channel_that_cannot_be_posted_to_is_told_in_words_alone(
    settings: dict[str, str], tmp_path: Path
) -> None:
    told = paperboy("collect", settings=settings, cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    told = paperboy("digest", "--channel", RANDOM.id, settings=settings, cwd=tmp_path)
    assert told.returncode == 1
    assert "/invite @Paperboy" in told.stderr
    assert "level=" not in told.stderr


def test_without_a_channel_it_says_what_to_set(settings: dict[str, str], tmp_path: Path) -> None:
    told = paperboy("morning", settings={**settings, "PAPERBOY_CHANNEL": ""}, cwd=tmp_path)
    assert told.returncode == 1
    assert "PAPERBOY_CHANNEL" in told.stderr

"""Ctrl-C in the middle of a command: one sentence, status 130, what was stored stays, nothing is
half, and the same command does the rest."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import psutil
import pytest

from bot.workspace import Workspace
from storage import ListingEntry, Paper, open_storage
from tests.model_server import ModelReply, ModelServer
from tests.process import ROOT, by_words, paperboy
from tests.replay import LoopbackServer, Reply

UNREACHABLE = "http://127.0.0.1:9"
STAYS = "What was stored is kept"


@dataclass(frozen=True)
class Ended:
    """How a command ended: its status, what it wrote, and how long it went on after the signal."""

    status: int
    out: str
    told: str
    seconds: float


def interrupted(
    *arguments: str,
    settings: Mapping[str, str],
    cwd: Path,
    when: Callable[[], bool],
    times: int = 1,
) -> Ended:
    """Run a command, and press Ctrl-C once *when* is true."""
    out, told = cwd / "stdout.txt", cwd / "stderr.txt"
    with out.open("w", encoding="utf-8") as stdout, told.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "bot", *arguments],
            env={"PYTHONPATH": str(ROOT), "PAPERBOY_LANGUAGE": "en", **settings},
            cwd=cwd,
            stdout=stdout,
            stderr=stderr,
            # A shell without job control lets its background commands ignore Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        try:
            until = time.monotonic() + 100
            while not when():
                assert process.poll() is None, told.read_text(encoding="utf-8")
                assert time.monotonic() < until, "it never came so far"
                time.sleep(0.02)
            pressed = time.monotonic()
            for _ in range(times):
                process.send_signal(signal.SIGINT)
                time.sleep(0.05)
            status = process.wait(60)
        finally:
            process.kill()
            process.wait()
    ended = Ended(
        status,
        out.read_text(encoding="utf-8"),
        told.read_text(encoding="utf-8"),
        time.monotonic() - pressed,
    )
    for file in (out, told):
        file.unlink()
    assert "Traceback" not in ended.told, ended.told
    return ended


def has_loaded(command: str, library: str) -> Callable[[], bool]:
    """Whether the child of this process that runs a *command* has loaded a compiled *library*."""

    def seen() -> bool:
        with suppress(psutil.Error):  # it ends or changes while it is looked at
            children = psutil.Process().children()
            (ours,) = (one for one in children if one.cmdline()[-1:] == [command])
            return any(library in one.path for one in ours.memory_maps())
        return False

    return seen


def says(cwd: Path, words: str, *, stream: str = "stdout.txt") -> Callable[[], bool]:
    """Whether the command has written *words* by now."""

    def look() -> bool:
        file = cwd / stream
        return file.exists() and words in file.read_text(encoding="utf-8")

    return look


def settings_in(folder: Path, **more: str) -> dict[str, str]:
    return {
        "PAPERBOY_DATABASE": str(folder / "paperboy.db"),
        "PAPERBOY_HF_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_API_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_URL": UNREACHABLE,
        "PAPERBOY_EMBEDDING_MODEL": "none",
        **more,
    }


@contextmanager
def hanging_model() -> Iterator[ModelServer]:
    """A model that is asked and never answers while the test goes on."""
    over = threading.Event()

    def wait(_request: object) -> ModelReply:
        over.wait(200)
        return ModelReply("{}")

    with ModelServer(wait) as model:
        yield model
        over.set()


@contextmanager
def left_while_the_model_thinks(
    folder: Path, *command: str
) -> Iterator[tuple[Ended, dict[str, str]]]:
    """A command that was interrupted while it waited for the model, and settings without one."""
    stock(folder)
    with hanging_model() as model, LoopbackServer() as arxiv:
        settings = settings_in(folder, PAPERBOY_ARXIV_URL=arxiv.base_url)
        ended = interrupted(
            *command,
            settings={**settings, "OPENAI_BASE_URL": model.url, "PAPERBOY_MODEL": "stub"},
            cwd=folder,
            when=lambda: bool(model.requests),
        )
        yield ended, settings


def test_collecting_from_a_source_that_hangs_can_be_stopped(tmp_path: Path) -> None:
    with LoopbackServer() as source:
        source.always = Reply(body=b"[", stalls=True)
        ended = interrupted(
            "collect",
            *("--from", "2025-03-17", "--to", "2025-03-21"),
            settings=settings_in(tmp_path, PAPERBOY_HF_URL=source.base_url),
            cwd=tmp_path,
            when=lambda: bool(source.requests),
        )
    assert ended.status == 130
    assert STAYS in ended.told


def test_while_the_program_loads_it_ends_at_once_and_says_nothing(tmp_path: Path) -> None:
    ended = interrupted(
        "stats",
        settings=settings_in(tmp_path),
        cwd=tmp_path,
        when=has_loaded("stats", "_multiarray_umath"),
    )
    assert ended.status == 130
    assert ended.out == ""


def test_the_demo_is_left_in_the_middle_of_its_morning(tmp_path: Path) -> None:
    ended = interrupted(
        *("demo", "--port", "0"),
        settings={"TMPDIR": str(tmp_path)},
        cwd=tmp_path,
        when=says(tmp_path, "DAPO"),
    )
    assert ended.status == 130
    assert ended.told.strip() == "Stopped. What was stored is kept."
    assert list(tmp_path.iterdir()) == []


def digests_of(folder: Path) -> int:
    """How many digests the database holds."""
    if not (folder / "paperboy.db").exists():
        return 0
    storage = open_storage(folder / "paperboy.db")
    found = len(storage.archive.periods())
    storage.close()
    return found


MANY = 60


def fill(folder: Path) -> None:
    """Sixty digests of twelve papers each."""
    folder.mkdir()
    for day in range(MANY):
        date = f"2024-{day // 28 + 1:02}-{day % 28 + 1:02}"
        papers = "".join(
            f"## Paper {day} of part {part}\n\n{'Some words about it. ' * 20}\n\n"
            for part in range(12)
        )
        text = f"# {date} papers review\n\n{papers}"
        (folder / f"{day:03}.md").write_text(text, encoding="utf-8")


def test_an_import_that_is_left_keeps_whole_digests_and_the_next_one_does_the_rest(
    tmp_path: Path,
) -> None:
    archive = tmp_path / "archive"
    fill(archive)
    settings = settings_in(tmp_path)
    ended = interrupted(
        *("import", "--offline", str(archive)),
        settings=settings,
        cwd=tmp_path,
        when=lambda: digests_of(tmp_path) >= 10,
    )
    assert ended.status == 130
    assert STAYS in ended.told
    storage = open_storage(tmp_path / "paperboy.db")
    kept = storage.archive.periods()
    assert 10 <= len(kept) < MANY
    entries = [storage.archive.get(style, period) for style, period in kept]
    assert {len(one.entries) for one in entries if one} == {12}
    assert storage.counts()["papers"] == 12 * len(kept)
    storage.close()
    again = paperboy("import", "--offline", str(archive), settings=settings, cwd=tmp_path)
    assert again.returncode == 0
    storage = open_storage(tmp_path / "paperboy.db")
    assert len(storage.archive.periods()) == MANY
    assert storage.search.unindexed_papers() == []  # those of the first run, too
    storage.close()
    found = paperboy("search", "Paper 0 of part 3", settings=settings, cwd=tmp_path)
    assert "Paper 0 of part 3" in found.stdout


def test_summaries_in_the_making_are_left_and_none_is_half(tmp_path: Path) -> None:
    summarize = ("summarize", "--language", "en")
    with left_while_the_model_thinks(tmp_path, *summarize) as (ended, settings):
        assert ended.status == 130
        assert STAYS in ended.told
        assert ended.seconds < 30  # it waits for no model
        again = paperboy(*summarize, settings=settings, cwd=tmp_path)
    assert again.returncode == 0
    assert len(again.stdout.splitlines()) == 3


def test_an_export_that_is_left_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    export = ("export", "--style", "brief", "--date", "2025-03-19", "--out", str(tmp_path / "out"))
    with left_while_the_model_thinks(tmp_path, *export) as (ended, settings):
        assert ended.status == 130
        assert not (tmp_path / "out").exists()
        again = paperboy(*export, settings=settings, cwd=tmp_path)
    assert again.returncode == 0
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["brief_2025-03-19.md"]


def stock(folder: Path) -> None:
    """Three papers of a day."""
    storage = open_storage(folder / "paperboy.db")
    now = datetime(2025, 3, 20, tzinfo=UTC)
    papers = [
        Paper(f"2503.0000{n}", f"Paper {n}", abstract=f"We train model {n}. It works well.")
        for n in (1, 2, 3)
    ]
    storage.papers.save(papers, now=now)
    entries = [ListingEntry(one.id, rank, 5) for rank, one in enumerate(papers, start=1)]
    storage.listings.save("huggingface", date(2025, 3, 19), entries, settled=True, now=now)
    storage.close()


def test_a_running_bot_closes_within_seconds(tmp_path: Path) -> None:
    with Workspace() as workspace:
        settings = by_words(workspace, tmp_path, SLACK_APP_TOKEN=workspace.app_token)
        ended = interrupted(
            "run",
            settings=settings,
            cwd=tmp_path,
            when=says(tmp_path, "Press Ctrl-C", stream="stderr.txt"),
        )
    assert ended.status == 0
    assert "Finishing the work in progress" in ended.told
    assert ended.seconds < 20


@pytest.mark.parametrize(("times", "statuses"), [(1, {130}), (2, {130, -signal.SIGINT})])
def test_a_bot_that_slack_does_not_answer_yet_can_be_left(
    tmp_path: Path, times: int, statuses: set[int]
) -> None:
    """A second press ends it at once, whatever is still being closed."""
    with closing(socket.create_server(("127.0.0.1", 0))) as slack:
        slack.setblocking(False)
        taken: list[socket.socket] = []

        def is_asked() -> bool:
            with suppress(BlockingIOError):
                taken.append(slack.accept()[0])
            return bool(taken)

        settings = settings_in(
            tmp_path,
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_APP_TOKEN="xapp-1",
            SLACK_API_URL=f"http://127.0.0.1:{slack.getsockname()[1]}/api/",
        )
        ended = interrupted("run", settings=settings, cwd=tmp_path, when=is_asked, times=times)
        for one in taken:
            one.close()
    assert ended.status in statuses
    assert ended.seconds < 20


HANGS = """
import signal, threading, time
from bot.cli import signals

signals.END_SECONDS = 1.0
signal.signal(signal.SIGINT, signals.on_interrupt)
threading.Thread(target=time.sleep, args=(600,)).start()
print("hangs", flush=True)
try:
    time.sleep(600)
except KeyboardInterrupt:
    pass
"""


def test_a_command_in_which_something_hangs_ends_all_the_same() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANGS],
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"hangs\n"
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
        finally:
            process.kill()

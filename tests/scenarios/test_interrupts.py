"""Ctrl-C in the middle of a command: one sentence, status 130, what was stored stays."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.archive import render
from storage import ArchiveDigest, ArchiveEntry, open_storage
from tests.process import ROOT
from tests.replay import LoopbackServer, Reply

UNREACHABLE = "http://127.0.0.1:9"


def interrupted(
    *arguments: str,
    settings: Mapping[str, str],
    cwd: Path,
    when: Callable[[], bool],
    sign: signal.Signals = signal.SIGINT,
) -> tuple[int, str]:
    """Run a command, send it *sign* once *when* is true; its exit status and stderr."""
    told = cwd / "stderr.txt"
    with told.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            env={"PYTHONPATH": str(ROOT), "PAPERBOY_LANGUAGE": "en", **settings},
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )
        try:
            until = time.monotonic() + 60
            while not when():
                assert process.poll() is None, told.read_text(encoding="utf-8")
                assert time.monotonic() < until, "it never came so far"
                time.sleep(0.02)
            process.send_signal(sign)
            status = process.wait(60)
        finally:
            process.kill()
            process.wait()
    return status, told.read_text(encoding="utf-8")


def test_collecting_from_a_source_that_hangs_can_be_stopped(tmp_path: Path) -> None:
    with LoopbackServer() as source:
        source.always = Reply(body=b"[", stalls=True)
        settings = {
            "PAPERBOY_DATABASE": str(tmp_path / "paperboy.db"),
            "PAPERBOY_HF_URL": source.base_url,
            "PAPERBOY_ARXIV_API_URL": UNREACHABLE,
        }
        status, told = interrupted(
            "collect",
            *("--from", "2025-03-17", "--to", "2025-03-21"),
            settings=settings,
            cwd=tmp_path,
            when=lambda: bool(source.requests),
        )
    assert status == 130
    assert "What was stored stays stored" in told
    assert "Traceback" not in told


def test_an_import_that_is_stopped_is_gone_on_with_by_the_next(tmp_path: Path) -> None:
    folder, database = tmp_path / "archive", tmp_path / "paperboy.db"
    folder.mkdir()
    for number in range(60):
        entry = ArchiveEntry(title=f"Title {number}", paper_id=f"2503.{number:05d}", votes=1)
        period = f"2025-{number // 28 + 1:02d}-{number % 28 + 1:02d}"
        digest = ArchiveDigest("brief", period, "ko", (entry,))
        (folder / f"{number}.md").write_text(render(digest), encoding="utf-8")
    settings = {"PAPERBOY_DATABASE": str(database)}

    def stored() -> int:
        if not database.exists():
            return 0
        storage = open_storage(database)
        try:
            return storage.counts()["papers"]
        finally:
            storage.close()

    status, told = interrupted(
        "import", str(folder), settings=settings, cwd=tmp_path, when=lambda: stored() > 0
    )
    assert status in (0, 130), "a quick machine may be done before it hears"
    assert "Traceback" not in told
    again = subprocess.run(
        [sys.executable, "-m", "bot", "import", str(folder)],
        env={"PYTHONPATH": str(ROOT), **settings},
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=100,
    )
    assert again.returncode == 0
    assert stored() == 60


def test_the_demo_ends_when_its_reader_has_seen_enough(tmp_path: Path) -> None:
    def shown() -> bool:
        return "http://127.0.0.1" in (tmp_path / "stderr.txt").read_text(encoding="utf-8")

    status, told = interrupted("demo", "--port", "0", settings={}, cwd=tmp_path, when=shown)
    assert status == 130
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == [tmp_path / "stderr.txt"]

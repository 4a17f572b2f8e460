"""Ctrl-C in the middle of a command: one sentence, status 130, what was stored stays."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

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
            # A shell without job control lets its background commands ignore Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        try:
            until = time.monotonic() + 100
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

"""What is recorded before its acknowledgement has little time for it."""

import threading
import time
from collections.abc import Iterator

import pytest

from bot.serving import recording
from bot.serving.recording import Recorder


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    one = Recorder()
    yield one
    one.close()


def test_what_is_done_in_time_is_recorded(recorder: Recorder) -> None:
    done: list[int] = []
    assert recorder.recorded(lambda: done.append(1))
    assert done == [1]


def test_what_fails_is_not_recorded_and_logged(
    recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise OSError("disk full")

    assert not recorder.recorded(fail)
    assert "disk full" in caplog.text


def test_behind_one_that_hangs_nobody_waits_and_afterwards_all_goes_on(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "PATIENCE_SECONDS", 0.05)
    over, done = threading.Event(), threading.Event()

    def hang() -> None:
        over.wait(60)
        done.set()

    assert not recorder.recorded(hang)
    time.sleep(0.06)
    monkeypatch.setattr(recording, "PATIENCE_SECONDS", 0.01)
    asked: list[int] = []
    for number in range(200):
        assert not recorder.recorded(lambda number=number: asked.append(number))  # type: ignore[misc]
    assert asked == []
    over.set()
    assert done.wait(20)
    monkeypatch.setattr(recording, "PATIENCE_SECONDS", 20)
    assert recorder.recorded(lambda: asked.append(1))

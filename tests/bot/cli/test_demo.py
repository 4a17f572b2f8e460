"""``paperboy demo`` as a newcomer types it: an empty folder, an empty environment."""

import os
import signal
import subprocess
import sys
import threading
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.cli.demo_workspace import MorningClock
from bot.sample import sample_day
from tests.model_server import ModelReply, ModelServer
from tests.process import ROOT, paperboy


def assert_shows_a_morning(shown: str, *, header: str, question: str) -> None:
    assert header in shown
    assert "DAPO" in shown
    assert question in shown
    assert "▌ Paperboy" in shown.split(question, 1)[1]


def test_the_demo_shows_a_whole_morning_behind_a_proxy_and_leaves_a_model_alone(
    tmp_path: Path,
) -> None:
    behind = dict.fromkeys(("HTTP_PROXY", "https_proxy"), "http://127.0.0.1:9")
    with ModelServer(lambda _: ModelReply("never asked")) as server:
        model = {"OPENAI_API_KEY": "sk-real", "OPENAI_BASE_URL": server.url}
        shown = paperboy("demo", "--once", settings={**behind, **model}, cwd=tmp_path)
        assert server.requests == []
    assert shown.returncode == 0, shown.stderr
    header, question = "논문 브리핑", "이 논문의 한계가 뭐야?"
    assert_shows_a_morning(shown.stdout, header=header, question=question)
    assert shown.stdout.count("출처: [1]") == 3, "each answer is shown once it is whole"
    assert "--model" in shown.stderr
    assert len(shown.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_demo_serves_its_page_until_ctrl_c(tmp_path: Path) -> None:
    settings = {"PAPERBOY_LANGUAGE": "en", "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "demo", "--port", "0"],
        env=settings,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as demo:
        too_long = threading.Timer(100, demo.kill)
        too_long.start()
        assert demo.stdout
        shown = ""
        for line in demo.stdout:
            shown += line
            if "Press Ctrl-C" in line:
                break
        url = next(word for word in reversed(shown.split()) if word.startswith("http://127."))
        assert "#/U0ALICE001/C0DAILY001?key=" in url
        with urllib.request.urlopen(url, timeout=5) as page:
            assert b"<title>Paperboy</title>" in page.read()
        demo.send_signal(signal.SIGINT)
        rest, _ = demo.communicate()
        too_long.cancel()
    assert demo.returncode == 0
    assert rest == "The workspace is closed. Its data is gone.\n"
    question = "What are the limitations of this paper?"
    assert_shows_a_morning(shown, header=" papers · ", question=question)
    assert list(tmp_path.iterdir()) == []


def test_the_morning_begins_at_nine_in_seoul_and_reading_takes_no_time() -> None:
    clock = MorningClock()
    nine = datetime(*sample_day().timetuple()[:3], tzinfo=UTC) + timedelta(days=1)
    assert timedelta(0) <= clock() - nine < timedelta(minutes=1)

    clock.skip(timedelta(minutes=5))

    assert timedelta(minutes=5) <= clock() - nine < timedelta(minutes=6)

"""``paperboy run`` as its users start it: a process with tokens, stopped by a signal."""

import hashlib
import hmac
import signal
import time
from pathlib import Path

import pytest
import urllib3

from bot.workspace import Workspace
from bot.workspace.seed import BOT, DAILY, MINJI, RANDOM
from tests.process import by_words, free_port, paperboy, running

BODY = b'{"type":"event_callback","event":{"type":"app_mention"},"event_id":"Ev1"}'


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def settings_for(workspace: Workspace, folder: Path, mode: str) -> dict[str, str]:
    if mode == "socket":
        return by_words(workspace, folder, SLACK_APP_TOKEN=workspace.app_token)
    return by_words(workspace, folder, PORT=str(free_port()))


def test_a_command_is_answered_and_a_signal_ends_the_bot(mode: str, tmp_path: Path) -> None:
    with Workspace(mode="socket" if mode == "socket" else "http") as workspace:
        settings = settings_for(workspace, tmp_path, mode)
        with running(workspace, tmp_path, settings=settings) as process:
            workspace.slash(MINJI.id, DAILY.id, "/papers", "help")
            shown = workspace.wait_for_ephemeral(MINJI.id, DAILY.id, timeout=10)
            assert "/papers today" in shown.text
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) == 0


def test_a_channel_it_was_not_invited_to_gets_an_answer_all_the_same(tmp_path: Path) -> None:
    with Workspace() as workspace:
        settings = settings_for(workspace, tmp_path, "socket")
        with running(workspace, tmp_path, settings=settings):
            workspace.slash(MINJI.id, RANDOM.id, "/papers", "help")
            assert workspace.wait_for_ephemeral(MINJI.id, RANDOM.id, timeout=10)


def signed(secret: str, *, at: float, body: bytes = BODY) -> dict[str, str]:
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest.hexdigest()}",
    }


def test_forged_missing_and_old_signatures_are_refused(tmp_path: Path) -> None:
    with Workspace(mode="http") as workspace, urllib3.PoolManager() as web:
        settings = settings_for(workspace, tmp_path, "http")
        with running(workspace, tmp_path, settings=settings):
            base = f"http://127.0.0.1:{settings['PORT']}"
            secret, now = workspace.signing_secret, time.time()

            def status(headers: dict[str, str], body: bytes = BODY) -> int:
                return web.request(
                    "POST", f"{base}/slack/events", body=body, headers=headers
                ).status

            assert status(signed(secret, at=now)) == 200
            assert status(signed("another secret", at=now)) == 401
            assert status(signed(secret, at=now), body=BODY + b" ") == 401
            assert status(signed(secret, at=now - 301)) == 401
            assert status({"Content-Type": "application/json"}) == 401
            assert web.request("GET", f"{base}/healthz").status == 200
            assert web.request("GET", f"{base}/readyz").status == 200
            assert web.request("GET", f"{base}/other").status == 404


def test_missing_tokens_are_named_with_the_place_where_they_are_found(tmp_path: Path) -> None:
    english = {"PAPERBOY_LANGUAGE": "en"}
    without_any = paperboy("run", settings=english, cwd=tmp_path)
    assert without_any.returncode == 1
    assert "SLACK_BOT_TOKEN" in without_any.stderr
    assert "OAuth & Permissions" in without_any.stderr
    bot_only = paperboy("run", settings={**english, "SLACK_BOT_TOKEN": "xoxb-1"}, cwd=tmp_path)
    assert bot_only.returncode == 1
    assert "SLACK_APP_TOKEN" in bot_only.stderr
    assert "SLACK_SIGNING_SECRET" in bot_only.stderr


def test_wrong_tokens_are_explained_by_check(tmp_path: Path) -> None:
    with Workspace() as workspace:
        settings = by_words(
            workspace, tmp_path, SLACK_APP_TOKEN="xapp-wrong", PAPERBOY_LANGUAGE="en"
        )
        wrong = paperboy(
            "check", settings={**settings, "SLACK_BOT_TOKEN": "xoxb-wrong"}, cwd=tmp_path
        )
        assert wrong.returncode == 1
        lines = {line.split(": ")[0]: line for line in wrong.stdout.splitlines()}
        assert "invalid_auth" in lines["[Problem] SLACK_BOT_TOKEN"]
        assert "App-Level Tokens" in lines["[Problem] SLACK_APP_TOKEN"]
        assert "xoxb-wrong" not in wrong.stdout + wrong.stderr


def test_a_wrong_app_token_ends_run_with_one_sentence(tmp_path: Path) -> None:
    with Workspace() as workspace:
        settings = by_words(workspace, tmp_path, SLACK_APP_TOKEN="xapp-wrong")
        ended = paperboy("run", settings={**settings, "PAPERBOY_LANGUAGE": "en"}, cwd=tmp_path)
        assert ended.returncode == 1
        assert "Traceback" not in ended.stderr
        assert "invalid_auth" in ended.stderr


def test_a_wrong_bot_token_ends_run_with_one_sentence(mode: str, tmp_path: Path) -> None:
    with Workspace() as workspace:
        settings = settings_for(workspace, tmp_path, mode)
        wrong = {**settings, "SLACK_BOT_TOKEN": "xoxb-wrong", "PAPERBOY_LANGUAGE": "en"}
        ended = paperboy("run", settings=wrong, cwd=tmp_path)
        assert ended.returncode == 1
        assert "Traceback" not in ended.stderr
        assert "invalid_auth" in ended.stderr.splitlines()[-1]


def test_a_database_that_cannot_be_used_ends_run_with_one_sentence(
    mode: str, tmp_path: Path
) -> None:
    with Workspace() as workspace:
        settings = settings_for(workspace, tmp_path, mode)
        wrong = {**settings, "PAPERBOY_DATABASE": str(tmp_path), "PAPERBOY_LANGUAGE": "en"}
        ended = paperboy("run", settings=wrong, cwd=tmp_path)
        assert ended.returncode == 1
        assert "Traceback" not in ended.stderr
        assert str(tmp_path) in ended.stderr.splitlines()[-1]
        assert "connected in Socket Mode" not in ended.stderr


def test_the_first_message_is_answered_although_slack_failed_to_tell_who_the_bot_is(
    mode: str, tmp_path: Path
) -> None:
    with Workspace(mode="socket" if mode == "socket" else "http") as workspace:
        workspace.fail("auth.test", status=500)
        settings = settings_for(workspace, tmp_path, mode)
        with running(workspace, tmp_path, settings=settings):
            asked = workspace.say(MINJI.id, DAILY.id, f"<@{BOT.id}> what are today's papers?")
            answer = workspace.wait_for_message(DAILY.id, thread_ts=asked.ts, timeout=20)
            assert "reinstall" not in answer.text


def test_check_tells_what_is_right(tmp_path: Path) -> None:
    with Workspace() as workspace:
        settings = by_words(
            workspace, tmp_path, SLACK_APP_TOKEN=workspace.app_token, PAPERBOY_LANGUAGE="en"
        )
        told = paperboy("check", settings=settings, cwd=tmp_path)
        assert "[OK] SLACK_BOT_TOKEN" in told.stdout
        assert "[OK] SLACK_APP_TOKEN" in told.stdout
        assert "[OK] PAPERBOY_CHANNEL" in told.stdout
        assert "[Problem] Hugging Face" in told.stdout  # the tests' sources refuse connections


def test_run_now_gives_a_subscribed_channel_its_morning_and_refuses_any_other(
    tmp_path: Path,
) -> None:
    with Workspace() as workspace:
        settings = settings_for(workspace, tmp_path, "socket")
        with running(workspace, tmp_path, "--now", DAILY.id, settings=settings):
            # The tests' sources refuse connections, and that is what the channel is told.
            assert workspace.wait_for_message(DAILY.id, timeout=30).text
        other = paperboy(
            "run",
            "--now",
            RANDOM.id,
            settings={**settings, "PAPERBOY_LANGUAGE": "en"},
            cwd=tmp_path,
        )
        assert other.returncode == 1
        assert "has no subscription" in other.stderr

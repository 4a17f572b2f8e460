"""``paperboy init``: options and answers are tried, and what is right is written."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.cli import run_command_line
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, RANDOM, RESEARCH
from tests.process import ROOT


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    with Workspace() as running:
        yield running


def init(workspace: Workspace, file: Path, *options: str) -> int:
    """The exit status of ``paperboy init`` with what *file* holds already."""
    held = {name: value or "" for name, value in dotenv_values(file).items()}
    environment = {"LANG": "en_US.UTF-8", "SLACK_API_URL": workspace.api_url, **held}
    return run_command_line(["init", "--file", str(file), "--no-browser", *options], environment)


def whole(workspace: Workspace) -> list[str]:
    """Every question as an option, with the tokens in each other's place."""
    return [
        *("--bot-token", workspace.app_token, "--app-token", workspace.bot_token),
        *("--language", "en", "--channel", f"#{DAILY.name}", "--time", "08:30"),
        *("--timezone", "Asia/Seoul", "--no-model"),
    ]


def test_options_answer_everything_and_swapped_tokens_are_put_right(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    assert init(workspace, file, *whole(workspace), "--sample") == 0
    held = dotenv_values(file)
    assert held["SLACK_BOT_TOKEN"] == workspace.bot_token
    assert held["SLACK_APP_TOKEN"] == workspace.app_token
    assert held["PAPERBOY_CHANNEL"] == DAILY.id
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert any("sample" in one.text.lower() for one in workspace.messages(DAILY.id))


def test_a_later_option_changes_that_alone(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert init(workspace, file, *whole(workspace), "--no-sample") == 0
    before = dotenv_values(file)
    assert init(workspace, file, "--channel", RESEARCH.id) == 0
    assert dotenv_values(file) == {**before, "PAPERBOY_CHANNEL": RESEARCH.id}


def test_lines_in_an_older_encoding_are_kept(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("# 한국어 주석\nPAPERBOY_STYLE=brief\n".encode("cp949"))
    options = [*whole(workspace), "--no-sample"]
    command = ["init", "--file", str(file), "--no-browser", *options]
    environment = {"LANG": "en_US.UTF-8", "SLACK_API_URL": workspace.api_url}
    assert run_command_line(command, environment) == 0
    held = file.read_text(encoding="utf-8")
    assert "# 한국어 주석\nPAPERBOY_STYLE=brief\n" in held.replace("'", "")
    assert workspace.bot_token in held


@pytest.mark.parametrize(
    ("option", "value", "status", "words"),
    [
        ("--bot-token", "xoxb-wrong", 1, "invalid_auth"),
        ("--channel", RANDOM.id, 1, "/invite @Paperboy"),
        ("--channel", "#random", 1, "no channel called random"),
        ("--time", "25:00", 2, "24-hour"),
        ("--timezone", "Seoul", 2, "IANA"),
        ("--base-url", "http://127.0.0.1:9/v1", 1, "OPENAI_BASE_URL"),
    ],
)
def test_what_is_wrong_is_told_and_not_written(
    workspace: Workspace,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    option: str,
    value: str,
    status: int,
    words: str,
) -> None:
    file = tmp_path / ".env"
    assert init(workspace, file, *whole(workspace), "--no-sample") == 0
    before = file.read_text()
    assert init(workspace, file, option, value) == status
    assert words in capsys.readouterr().err
    assert file.read_text() == before


def answered(workspace: Workspace, folder: Path, answers: str, *options: str) -> tuple[int, str]:
    """The exit status of ``paperboy init`` with *answers* piped in, and what it told."""
    told = subprocess.run(
        [sys.executable, "-m", "bot", "init", "--no-browser", *options],
        input=answers,
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LANG": "en_US.UTF-8",
            "SLACK_API_URL": workspace.api_url,
        },
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    return told.returncode, told.stderr


def test_where_nobody_answers_the_defaults_stand(workspace: Workspace, tmp_path: Path) -> None:
    tokens = ("--bot-token", workspace.bot_token, "--app-token", workspace.app_token)
    status, told = answered(workspace, tmp_path, "", *tokens)
    assert status == 0, told
    held = dotenv_values(tmp_path / ".env")
    assert held["PAPERBOY_LANGUAGE"] == "en"
    assert held["PAPERBOY_DIGEST_TIME"] == "09:00"
    assert "PAPERBOY_CHANNEL" not in held


def test_where_nobody_answers_a_token_is_asked_for_as_an_option(
    workspace: Workspace, tmp_path: Path
) -> None:
    status, told = answered(workspace, tmp_path, "")
    assert status == 2
    assert "--bot-token" in told
    assert not (tmp_path / ".env").exists()


def test_wrong_answers_are_asked_again_without_the_names_of_settings(
    workspace: Workspace, tmp_path: Path
) -> None:
    answers = [
        *("fr", "en"),
        *("garbage", workspace.app_token, "xoxb-wrong", workspace.bot_token),
        *("nowhere", "1", "9am", "08:30", "Mars", "Asia/Seoul", "none", "n"),
    ]
    status, told = answered(workspace, tmp_path, "\n".join(answers) + "\n")
    assert status == 0, told
    held = dotenv_values(tmp_path / ".env")
    assert held["SLACK_BOT_TOKEN"] == workspace.bot_token
    assert held["SLACK_APP_TOKEN"] == workspace.app_token
    assert held["PAPERBOY_CHANNEL"] == DAILY.id
    assert "Error: Use a 24-hour time" in told
    assert "Error: Use an IANA name" in told
    assert "starts with neither" in told
    assert "[…]" not in told, "a refused token is no default"

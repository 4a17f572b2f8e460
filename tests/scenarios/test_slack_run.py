"""``slack run``: the commands of `.slack/hooks.json`, started as the Slack CLI starts them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from tests.process import ROOT, START_SECONDS, environment

HOOKS: dict[str, Any] = json.loads((ROOT / ".slack" / "hooks.json").read_text(encoding="utf-8"))
# The CLI runs in an activated environment, where `python3` is the one with Paperboy's packages.
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def test_the_cli_finds_the_manifest() -> None:
    # It splits a command at its spaces and lets a shell run it, with arguments of its own.
    command = [*HOOKS["hooks"]["get-manifest"].split(), f"--source={ROOT}"]
    done = subprocess.run(
        ["sh", "-c", " ".join(command)],
        env={"PATH": PATH},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    assert json.loads(done.stdout) == kept


def test_the_bot_starts_connects_and_answers_with_the_tokens_of_the_cli(tmp_path: Path) -> None:
    assert HOOKS["config"]["sdk-managed-connection-enabled"] is True
    command = " ".join(HOOKS["hooks"]["start"].split())
    with Workspace() as workspace, (tmp_path / "run.log").open("w") as log:
        settings = environment(workspace, tmp_path, PATH=PATH)
        del settings["PYTHONPATH"], settings["SLACK_BOT_TOKEN"], settings["SLACK_SIGNING_SECRET"]
        tokens = {"SLACK_CLI_XOXB": workspace.bot_token, "SLACK_CLI_XAPP": workspace.app_token}
        process = subprocess.Popen(
            ["sh", "-c", command],
            env={**settings, **tokens},
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            workspace.wait_until_connected(START_SECONDS)
            workspace.slash(MINJI.id, DAILY.id, "/papers", "help")
            assert workspace.wait_for_ephemeral(MINJI.id, DAILY.id, timeout=10)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)

"""The workflow of ``.deploy/morning.yaml``, step by step as a runner takes them, morning after
morning: a new machine each time, on which the cache alone brings back what the last one kept."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.clock import utc_now
from bot.workspace import Workspace
from bot.workspace.seed import DAILY
from tests.process import ROOT, by_words
from tests.replay import Fault, HuggingFaceReplay
from tests.shared_data import shared_data

WORKFLOW = yaml.safe_load((ROOT / ".deploy/morning.yaml").read_text(encoding="utf-8"))
JOB: Mapping[str, Any] = WORKFLOW["jobs"]["morning"]
SOURCE = "https://git.example/paperboy.git"
# On a Wednesday, as the first schedule begins: 09:10 in Seoul.
FIRST = datetime(2025, 3, 19, 0, 10, tzinfo=UTC)
# Paperboy as the runner installs it, on a clock that is behind.
PROGRAM = """#!{python}
import sys
from datetime import timedelta

import bot.clock

now = bot.clock.utc_now
bot.clock.utc_now = lambda: now() - timedelta(seconds={behind})
from bot.__main__ import main

main()
"""


class Runner:
    """Runs the job at moments of its own, each time in a new folder."""

    def __init__(self, folder: Path, listings: HuggingFaceReplay) -> None:
        self._folder = folder
        self._behind = timedelta()
        self._runs = 0
        self.installed = folder / "installed"
        self._listings = listings
        self.workspace = Workspace(clock=self.now)

    def now(self) -> datetime:
        return utc_now() - self._behind

    def run(self, moment: datetime) -> None:
        """One run of the job that begins at *moment*.

        Raises:
            CalledProcessError: a step failed; those that always run have run.
        """
        self._behind = utc_now() - moment
        self._listings.today = moment.date()
        self._runs += 1
        machine = self._folder / f"machine {self._runs}"
        self._install_in(machine / "bin")
        known = {
            "github.run_id": str(self._runs),
            "github.run_attempt": "1",
            "secrets.SLACK_BOT_TOKEN": self.workspace.bot_token,
            "vars.PAPERBOY_CHANNEL": DAILY.id,
            "vars.PAPERBOY_LANGUAGE": "en",
            "vars.PAPERBOY_SOURCE": SOURCE,
        }
        outside = by_words(self.workspace, machine, PAPERBOY_HF_URL=self._listings.base_url)
        outside["PATH"] = f"{machine / 'bin'}{os.pathsep}{outside['PATH']}"
        failed: subprocess.CalledProcessError | None = None
        for step in JOB["steps"]:
            if failed is None or step.get("if") == "always()":
                try:
                    self._take(_filled(step, known), machine, outside | _filled(JOB["env"], known))
                except subprocess.CalledProcessError as error:
                    failed = error
        if failed is not None:
            raise failed

    def _install_in(self, folder: Path) -> None:
        """A program as pip would put it there, and a Python that notes what it has to install."""
        folder.mkdir(parents=True)
        behind = self._behind.total_seconds()
        paperboy = PROGRAM.format(python=sys.executable, behind=behind)
        python = f"#!/bin/sh\necho $@ >> {shlex.quote(str(self.installed))}\n"
        for name, text in (("paperboy", paperboy), ("python", python)):
            (folder / name).write_text(text, encoding="utf-8")
            (folder / name).chmod(0o755)

    def _take(self, step: dict[str, Any], machine: Path, environment: dict[str, str]) -> None:
        if "run" in step:
            environment |= step.get("env", {})
            command = ["bash", "-e", "-c", step["run"]]
            subprocess.run(command, check=True, cwd=machine, env=environment, timeout=90)
        elif step["uses"].startswith("actions/cache/restore@"):
            found = sorted(self._folder.glob(f"cache/{step['with']['restore-keys']}*"), key=_number)
            for newest in found[-1:]:
                shutil.copytree(newest, machine / step["with"]["path"])
        elif step["uses"].startswith("actions/cache/save@"):
            kept = self._folder / "cache" / step["with"]["key"]
            shutil.copytree(machine / step["with"]["path"], kept)


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    """*value* with its expressions evaluated; what nobody has set is empty."""
    match value:
        case dict():
            return {name: _filled(one, known) for name, one in value.items()}
        case str():
            return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: known.get(found[1], ""), value)
        case _:
            return value


def _number(cached: Path) -> int:
    return int(cached.name.split("-")[1])


@pytest.fixture
def listings() -> Iterator[HuggingFaceReplay]:
    with HuggingFaceReplay(shared_data("hf_daily/same_day")) as running:
        yield running


@pytest.fixture
def runner(tmp_path: Path, listings: HuggingFaceReplay) -> Iterator[Runner]:
    made = Runner(tmp_path, listings)
    with made.workspace:
        yield made


def digests(runner: Runner) -> list[str]:
    """The first lines of what stands in the channel itself, oldest first."""
    return [one.text.splitlines()[0] for one in runner.workspace.messages(DAILY.id)]


def posted(runner: Runner) -> int:
    """How often anything was posted, in the channel and in threads."""
    return len(runner.workspace.calls("chat.postMessage"))


def test_a_day_is_posted_by_its_first_run_and_the_next_day_by_its_own(runner: Runner) -> None:
    runner.run(FIRST)
    assert len(digests(runner)) == 1
    told = posted(runner)
    runner.run(FIRST + timedelta(hours=2, minutes=30))
    assert posted(runner) == told
    runner.run(FIRST + timedelta(days=1))
    first, second = digests(runner)
    assert "March 18" in first
    assert "March 19" in second
    assert (
        runner.installed.read_text().splitlines()
        == [f"-m pip install --quiet paperboy @ git+{SOURCE}"] * 3
    )


def test_what_the_first_run_of_a_day_could_not_read_the_second_one_posts(
    runner: Runner, listings: HuggingFaceReplay
) -> None:
    listings.always = Fault(status=503)
    runner.run(FIRST)
    (notice,) = runner.workspace.messages(DAILY.id)
    assert "could not be fetched" in notice.text
    listings.always = None
    runner.run(FIRST + timedelta(hours=2, minutes=30))
    assert "March 18" in digests(runner)[-1]
    assert "votes" in runner.workspace.messages(DAILY.id)[-1].text

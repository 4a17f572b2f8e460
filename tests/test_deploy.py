"""The files of ``.deploy`` fit the program: what they name exists, and the unit's command runs."""

import configparser
import os
import pwd
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import kubernetes_validate
import pytest
import urllib3
import yaml

from bot.cli.run import command_names
from bot.settings import SETTING_NAMES, Settings
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from tests.process import ROOT, environment, free_port

DEPLOY = ROOT / ".deploy"
GUIDE = (DEPLOY / "README.md").read_text(encoding="utf-8")
PROGRAM = "/opt/paperboy/venv/bin/paperboy"
STATE = "/var/lib/paperboy"
NOT_SETTINGS = {
    "MPLCONFIGDIR",
    "PAPERBOY",
    "PATH",
    "PYTHONUNBUFFERED",
    "PIP_DISABLE_PIP_VERSION_CHECK",
}


class Unit(configparser.RawConfigParser):
    """A unit file; a key that is given several times keeps all its values, a line each."""

    def __init__(self, name: str) -> None:
        super().__init__(strict=False, delimiters=("=",))
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.lines: dict[str, list[str]] = {}
        text = (DEPLOY / name).read_text(encoding="utf-8")
        self.read_string(text)
        for key, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
            self.lines.setdefault(key, []).append(value)

    @property
    def variables(self) -> dict[str, str]:
        """What ``Environment=`` sets."""
        return dict(one.split("=", 1) for one in self.lines.get("Environment", []))


def variables_of(name: str) -> list[str]:
    """The names that an environment file sets."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    return re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["paperboy.service", "paperboy-backup.service"])
def test_a_unit_sets_only_what_paperboy_knows_and_runs_what_is_there(name: str) -> None:
    unit = Unit(name)
    assert set(unit.variables) - NOT_SETTINGS <= set(SETTING_NAMES)
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    if program == PROGRAM:
        assert arguments[0] in command_names()
    else:
        script = ROOT / Path(program).relative_to("/opt/paperboy/source")
        assert os.access(script, os.X_OK)


@pytest.mark.parametrize("name", ["paperboy.service", "paperboy-backup.service"])
def test_a_unit_is_hardened_and_keeps_its_data_in_one_folder(name: str) -> None:
    service = Unit(name)["Service"]
    for key in ("NoNewPrivileges", "DynamicUser", "PrivateTmp", "ProtectHome", "PrivateDevices"):
        assert service[key] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "paperboy"
    assert service["CapabilityBoundingSet"] == ""


def test_the_unit_gives_answers_in_hand_their_time() -> None:
    assert int(Unit("paperboy.service")["Service"]["TimeoutStopSec"]) >= 20


def test_environment_files_name_settings_only_and_their_defaults_are_right() -> None:
    names = variables_of("paperboy.env.example")
    assert {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"} <= set(names)
    assert set(names) <= set(SETTING_NAMES)
    values = dict(
        line.split("=", 1)
        for line in (DEPLOY / "paperboy.env.example").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    Settings.from_env(values)


def test_the_guide_runs_commands_and_names_settings_and_files_that_are_there() -> None:
    commands = set(re.findall(r"(?:bin/|run --rm )paperboy ([a-z]+)", GUIDE))
    commands |= set(re.findall(r"`paperboy ([a-z]+)", GUIDE))
    assert "check" in commands
    assert commands <= set(command_names())
    assert set(re.findall(r"\bPAPERBOY_[A-Z_]+\b", GUIDE)) <= set(SETTING_NAMES)
    for name in set(re.findall(r"\.deploy/([\w.-]+\w)", GUIDE)):
        assert (DEPLOY / name).exists() or name == "paperboy.env", name


def test_the_guide_installs_every_unit_from_where_the_unit_expects_the_program() -> None:
    for one in DEPLOY.glob("paperboy*.*"):
        if one.suffix in (".service", ".timer"):
            assert f"/opt/paperboy/source/.deploy/{one.name}" in GUIDE
    assert "python3 -m venv /opt/paperboy/venv" in GUIDE
    assert Unit("paperboy.service")["Service"]["EnvironmentFile"] in GUIDE


def test_the_image_is_made_of_what_is_there_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    for source in re.findall(r"^COPY (?!--from)(.+) \./?\w*$", text, re.MULTILINE):
        for name in source.split():
            assert (ROOT / name).exists(), name
            assert f"!{name}" in (ROOT / ".dockerignore").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert all(re.fullmatch(r"python:3\.\d+-slim-\w+", base) for base in bases)
    last = text.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER \d+$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert 'ENTRYPOINT ["paperboy"]' in last
    names = set(re.findall(r"\b(PAPERBOY_[A-Z_]+)", text))
    assert names <= set(SETTING_NAMES)


def unprivileged() -> dict[str, int]:
    """How to start a process as nobody, where that may read the program at all."""
    readable = all(
        folder.stat().st_mode & 0o005 == 0o005
        for start in (ROOT, Path(sys.executable).resolve(), Path(sys.prefix))
        for folder in (start, *start.parents)
    )
    if os.geteuid() != 0 or not readable:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def test_the_units_command_serves_under_the_units_environment_and_stops_in_time(
    tmp_path: Path,
) -> None:
    """As far as it goes without a systemd that runs: its command, its variables, no privileges."""
    unit = Unit("paperboy.service")
    identity = unprivileged()
    state = tmp_path / "state"
    state.mkdir()
    if identity:
        os.chown(state, identity["user"], identity["group"])
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(folder.stat().st_mode | 0o011)
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert program == PROGRAM
    port = str(free_port())
    with Workspace() as workspace, urllib3.PoolManager() as web:
        tokens = environment(workspace, state, SLACK_APP_TOKEN=workspace.app_token)
        settings = {
            **{name: tokens[name] for name in tokens if name in (*SETTING_NAMES, "PATH")},
            **{name: value.replace(STATE, str(state)) for name, value in unit.variables.items()},
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PAPERBOY_METRICS_PORT": port,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            env=settings,
            cwd=state,
            stderr=subprocess.PIPE,
            text=True,
            umask=int(unit["Service"]["UMask"], 8),
            **identity,  # type: ignore[call-overload]
        )
        try:
            workspace.wait_until_connected(60)
            workspace.slash(MINJI.id, DAILY.id, "/papers", "help")
            assert workspace.wait_for_ephemeral(MINJI.id, DAILY.id).text
            assert web.request("GET", f"http://127.0.0.1:{port}/readyz").status == 200
            started = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
            assert time.monotonic() - started < int(unit["Service"]["TimeoutStopSec"])
        finally:
            process.kill()
            process.wait()
            assert process.stderr is not None
            process.stderr.close()
    database = state / "paperboy.db"
    assert database.stat().st_mode & 0o077 == 0, "others may read the database"
    if identity:
        assert database.stat().st_uid == identity["user"]


def test_the_nightly_copy_keeps_the_newest_and_a_failed_one_costs_none(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    for day in (1, 2, 3):
        (copies / f"paperboy-2025030{day}T031500Z.db").write_text("an older copy")
    program = tmp_path / "paperboy"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m bot "$@"\n')
    program.chmod(0o755)
    settings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PAPERBOY": str(program),
        "PAPERBOY_DATABASE": str(tmp_path / "paperboy.db"),
    }

    def back_up() -> int:
        command = [str(DEPLOY / "backup.sh"), str(copies), "2"]
        return subprocess.run(command, env=settings, check=False, capture_output=True).returncode

    assert back_up() == 0
    kept = sorted(one.name for one in copies.iterdir())
    assert len(kept) == 2
    assert kept[0] == "paperboy-20250303T031500Z.db"
    assert (copies / kept[1]).read_bytes().startswith(b"SQLite format 3")
    settings["PAPERBOY_DATABASE"] = str(tmp_path)
    assert back_up() != 0
    assert sorted(one.name for one in copies.iterdir()) == kept


def test_the_kubernetes_manifest_is_valid() -> None:
    text = (DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")
    # kubectl takes settings from a file or from its arguments, not from both.
    assert "--from-env-file=" in text
    assert "--from-literal" not in text
    documents = list(yaml.safe_load_all(text))
    assert [one["kind"] for one in documents] == ["Deployment", "Service", "PodDisruptionBudget"]
    for one in documents:
        kubernetes_validate.validate(one, "1.31", strict=True)
    (container,) = documents[0]["spec"]["template"]["spec"]["containers"]
    assert {one["name"] for one in container["env"]} <= set(SETTING_NAMES)


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("compose.yaml", "vendor.compose-spec"),
        ("compose.postgresql.yaml", "vendor.compose-spec"),
        ("morning.yaml", "vendor.github-workflows"),
    ],
)
def test_what_other_programs_read_is_as_they_want_it(name: str, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    ended = subprocess.run(
        [*command, str(DEPLOY / name)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout


def test_the_processes_of_compose_get_settings_that_there_are() -> None:
    text = (DEPLOY / "compose.postgresql.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(text)["services"]
    assert set(services) == {"database", "paperboy", "proxy"}
    assert set(services["paperboy"]["environment"]) <= set(SETTING_NAMES)
    assert services["paperboy"]["deploy"]["replicas"] == 3
    proxy = (DEPLOY / "proxy.conf").read_text(encoding="utf-8")
    assert f"server paperboy:{services['paperboy']['environment']['PORT']} " in proxy
    # Who can't be reached is as silent as who is gone.
    assert re.search(r"^ *proxy_next_upstream error timeout;$", proxy, re.MULTILINE)


def test_the_workflow_posts_by_one_run_at_a_time_and_keeps_its_database() -> None:
    text = (DEPLOY / "morning.yaml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["concurrency"] == {"group": "paperboy", "cancel-in-progress": False}
    job = workflow["jobs"]["morning"]
    assert set(job["env"]) <= set(SETTING_NAMES)
    ran = [step["run"] for step in job["steps"] if "run" in step]
    assert ran[-1].split() == ["paperboy", "morning"]
    kept = [one for one in job["steps"] if one.get("if") == "always()"]
    folder = str(Path(job["env"]["PAPERBOY_DATABASE"]).parent)
    assert {step["with"]["path"] for step in kept} == {folder}


NOBODY_KNOWN = """
import pwd, sys

def unknown(uid):
    raise KeyError(uid)

pwd.getpwuid = unknown
sys.argv = ["paperboy", "check", "--help"]
from bot.__main__ import main
main()
"""


def test_it_runs_as_a_user_that_no_list_of_users_knows(tmp_path: Path) -> None:
    """As systemd's DynamicUser does where its name service is not installed, without HOME."""
    ended = subprocess.run(
        [sys.executable, "-c", NOBODY_KNOWN],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr

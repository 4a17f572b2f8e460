"""README, .env.example and manifest say what the code does."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.cli.run import command_names
from bot.settings import Settings
from handlers.commands import discover

ROOT = Path(__file__).resolve().parents[1]
# At 260 words a minute.
WORDS_IN_FIVE_MINUTES = 1_300
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = {one.metadata["env"]: one.metadata["help"] for one in fields(Settings)}


def page(name: str) -> str:
    """A page of its own beside the README."""
    return (ROOT / ".github" / f"{name}.md").read_text(encoding="utf-8")


def table_rows(heading: str, document: str = README) -> dict[str, str]:
    """The first two columns of the table under a heading."""
    part = document.split(heading, 1)[1].split("\n## ", 1)[0]
    cells = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| `")]
    return {row[0].strip("`").split("`")[0]: row[-1].strip() for row in cells}


def test_the_example_environment_names_every_setting_and_no_other() -> None:
    assert list(dotenv_values(ROOT / ".env.example")) == list(SETTINGS)


def test_the_example_environment_holds_the_defaults() -> None:
    values = {k: v for k, v in dotenv_values(ROOT / ".env.example").items() if v}
    assert Settings.from_env(values) == Settings()


def test_the_settings_page_explains_every_setting_in_the_codes_words() -> None:
    rows = table_rows("# Settings", page("SETTINGS"))
    assert set(rows) == set(SETTINGS)
    assert {name: text for name, text in rows.items() if text != SETTINGS[name]} == {}


@pytest.mark.parametrize(
    ("name", "heading"), [("COMMANDS", "## Command line"), ("COMMANDS.ko", "## 명령줄")]
)
def test_a_page_names_every_command_of_the_command_line(name: str, heading: str) -> None:
    rows = table_rows(heading, page(name))
    assert {row.split()[1] for row in rows} == set(command_names())


@pytest.mark.parametrize("lock", ["requirements.lock", "tests/requirements.lock"])
def test_every_pinned_package_has_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9][\w.-]*)==\S+[^\n]*\\\n +--hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert "://" not in text


def test_a_page_gives_a_reason_for_each_dependency() -> None:
    listed = re.search(r"\ndependencies = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(), re.S)
    assert listed
    names = re.findall(r'"([A-Za-z0-9._-]+)', listed[1])
    reasons = page("DEPENDENCIES")
    assert [name for name in names if f"`{name}`" not in reasons] == []


def test_the_manifest_is_json_and_its_command_is_papers() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    commands = manifest["features"]["slash_commands"]
    assert [one["command"] for one in commands] == ["/papers"]


@pytest.mark.parametrize(
    ("name", "heading"), [("COMMANDS", "## In Slack"), ("COMMANDS.ko", "## Slack에서")]
)
def test_a_page_names_every_subcommand_of_papers(name: str, heading: str) -> None:
    rows = table_rows(heading, page(name))
    assert {row.split()[1] for row in rows} == {one.name for one in discover().all}


@pytest.mark.parametrize(
    ("heading", "document"), [("## In Slack", README), ("## Slack에서", page("README.ko"))]
)
def test_a_readme_types_only_commands_that_there_are(heading: str, document: str) -> None:
    part = document.split(heading, 1)[1].split("\n## ", 1)[0]
    typed = set(re.findall(r"`/papers ([^\W\d]\w*)", part))
    assert typed
    assert {one for one in typed if discover().find(one) is None} == set()


def test_a_readme_is_read_in_five_minutes() -> None:
    assert len(README.split()) <= WORDS_IN_FIVE_MINUTES


def test_a_page_gives_a_reason_for_each_scope_of_the_manifest() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    part = page("SECURITY").split("| scope | needed for |", 1)[1].split("\n\n", 1)[0]
    named = {
        name
        for line in part.splitlines()[2:]
        for name in re.findall(r"`([a-z_:]+)`", line.split(" | ")[0])
    }
    assert named == set(manifest["oauth_config"]["scopes"]["bot"])


def test_the_korean_readme_has_the_same_parts_and_shell_commands() -> None:
    shell, headings, pictures = r"```sh\n(.*?)```", r"^(#+) ", r"!\[[^]]*\]\((?:\.\./)?(.*?)-"
    for part in (shell, headings, pictures, r"^\| `(\w+[:`])"):
        pattern = re.compile(part, re.DOTALL | re.MULTILINE)
        assert pattern.findall(page("README.ko")) == pattern.findall(README), part


def test_every_link_between_documents_leads_to_a_file() -> None:
    for path in (ROOT / "README.md", *(ROOT / ".github").glob("*.md")):
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
            assert "://" in link or (path.parent / link).exists(), (path.name, link)

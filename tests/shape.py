"""The shape of the product's code in figures: ``python -m tests.shape``.

Lines, modules, functions, modules with one importer, compiled patterns, and how many files and
functions one morning and one question pass through. ``--json`` prints them as an object, to be
kept; ``--beside FILE`` lays such an earlier object beside today's figures.
"""

import argparse
import ast
import json
import statistics
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "handlers", "storage")
# The local workspace stands in for Slack: it is no part of a morning's way.
OUTSIDE = ROOT / "bot" / "workspace"
# Where Korean is at home: its rules and words, the bundled sample, the local workspace's people.
SPEAKS_KOREAN = ("bot.languages", "bot.sample", "bot.workspace")
PAPER = "2503.14476"
QUESTION = "이 논문의 한계가 뭐야?"

Figures = dict[str, float]


@dataclass(frozen=True)
class Module:
    """One product module: its dotted name, its text, and the tree of that."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.count("\n")


def modules() -> list[Module]:
    """Every product module."""
    files = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    texts = ((_dotted(path), path.read_text(encoding="utf-8")) for path in files)
    return [Module(name, text, ast.parse(text)) for name, text in texts]


def code_figures() -> Figures:
    """What can be counted without running anything. Bodies are counted without docstrings."""
    every = modules()
    lines = {one.name: one.lines for one in every}
    sizes = sorted(size for one in every for size in _body_sizes(one.tree))
    importers = Counter(used for one in every for used in _used(one, lines))
    return {
        "lines": sum(lines.values()),
        "modules": len(every),
        "functions": len(sizes),
        "function lines, median": statistics.median(sizes),
        "function lines, 90th percentile": sizes[len(sizes) * 9 // 10],
        "function lines, most": sizes[-1],
        "modules with one importer": sum(count == 1 for count in importers.values()),
        "of these under 60 lines": sum(
            count == 1 and lines[name] < 60 for name, count in importers.items()
        ),
        "compiled patterns": sum(_patterns(one.tree) for one in every),
        "modules with Hangul outside languages": sum(
            _has_hangul(one.text) for one in every if not one.name.startswith(SPEAKS_KOREAN)
        ),
        "test lines": sum(
            path.read_text(encoding="utf-8").count("\n") for path in (ROOT / "tests").rglob("*.py")
        ),
    }


def way_figures() -> Figures:
    """Files and functions that one morning and one question pass through, in the real app."""
    figures: Figures = {}
    for way, passed in _walked().items():
        figures[f"{way}: files"] = len({file for file, _ in passed})
        figures[f"{way}: functions"] = len(passed)
    return figures


class Recorder:
    """Notes each of our functions that is called, in every thread, while it is told to."""

    def __init__(self) -> None:
        self._passed: set[tuple[str, str]] | None = None

    def __call__(self, frame: FrameType, event: str, _arg: object) -> None:
        passed, code = self._passed, frame.f_code
        if passed is None or event != "call" or code.co_name.startswith("<"):
            return
        if not code.co_filename.startswith(str(ROOT)):
            return
        path = Path(code.co_filename)
        if path.is_relative_to(OUTSIDE) or path.relative_to(ROOT).parts[0] not in ROOMS:
            return
        passed.add((code.co_filename, f"{code.co_firstlineno} {code.co_name}"))

    @contextmanager
    def recording(self) -> Iterator[set[tuple[str, str]]]:
        """Yields the set that grows while the block runs."""
        self._passed = passed = set[tuple[str, str]]()
        try:
            yield passed
        finally:
            self._passed = None


def _walked() -> dict[str, set[tuple[str, str]]]:
    from bot.cli.demo_workspace import demo_workspace
    from bot.settings import Settings
    from bot.workspace.seed import DAILY, MINJI

    recorder = Recorder()
    threading.setprofile(recorder)
    sys.setprofile(recorder)
    walked = {}
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            demo_workspace(Settings(database=f"{folder}/shape.db")) as (workspace, services),
        ):
            (subscription,) = services.storage.subscriptions.active()
            with recorder.recording() as walked["one morning"]:
                services.morning.run(subscription, now=services.clock())
                digest = workspace.wait_for_message(DAILY.id, contains=PAPER)
            workspace.click(MINJI.id, digest, "paper_open", value=PAPER)
            card = workspace.wait_for_message(
                DAILY.id, contains=PAPER, where=lambda one: one.ts != digest.ts
            )
            with recorder.recording() as walked["one question"]:
                asked = workspace.say(MINJI.id, DAILY.id, QUESTION, card.ts)
                workspace.wait_for_message(
                    DAILY.id, thread_ts=card.ts, where=lambda one: one.ts > asked.ts
                )
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return walked


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _body_sizes(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield (body[-1].end_lineno or 0) - body[0].lineno + 1


def _used(module: Module, known: Collection[str]) -> set[str]:
    used = set[str]()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            used.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            used.add(node.module)
            used.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {one for one in used if one in known and one != module.name}


def _patterns(tree: ast.Module) -> int:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return sum(
        isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and call.value.id == "re"
        and call.attr != "escape"
        for call in calls
    )


def _has_hangul(text: str) -> bool:
    return any("가" <= char <= "힣" for char in text)


def main(arguments: list[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.shape")
    parser.add_argument("--json", action="store_true", help="print an object, to be kept")
    parser.add_argument("--beside", type=Path, help="an object that was kept, for comparison")
    parser.add_argument("--no-ways", action="store_true", help="run nothing, only count")
    options = parser.parse_args(arguments)
    figures = code_figures() | ({} if options.no_ways else way_figures())
    if options.json:
        print(json.dumps(figures, indent=1))
        return 0
    before: dict[str, Any] = json.loads(options.beside.read_text()) if options.beside else {}
    for name, value in figures.items():
        print(f"{name:44}{_column(before.get(name)) if before else ''}{_column(value)}")
    return 0


def _column(value: float | None) -> str:
    return f"{'' if value is None else format(value, ','):>9}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

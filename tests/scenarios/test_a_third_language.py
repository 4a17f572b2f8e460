"""Another language is another folder: a morning and its questions in one that was just made up."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax.ast import TextElement
from fluent.syntax.visitor import Transformer

ROOT = Path(__file__).resolve().parents[2]
# Babel has to know the code for dates and plural forms; the words are made up.
CODE = "eo"
RECORD = f'''"""A language of words that end in -uz."""

from bot.languages.language import Language, Words

LANGUAGE = Language(
    code="{CODE}",
    written="Esperanto",
    letters="A-Za-z",
    words=Words(stop=frozenset("whatuz whichuz doesuz thisuz paperuz".split())),
)
'''


class MadeUp(Transformer):
    """Gives every longer word of a catalogue another ending."""

    def visit_TextElement(self, node: TextElement) -> TextElement:
        node.value = re.sub(r"(?<![:/<`\w.])[A-Za-z]{4,}(?![:/\w])", r"\g<0>uz", node.value)
        return node


def with_third_language(folder: Path) -> Path:
    """A copy of the program with one folder more."""
    shutil.copytree(ROOT / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    for room in ("handlers", "storage", "manifest.json"):
        (folder / room).symlink_to(ROOT / room)
    language = folder / "bot/languages" / CODE
    language.mkdir()
    (language / "__init__.py").write_text(RECORD, encoding="utf-8")
    for words in (ROOT / "bot/languages/en").glob("*.ftl"):
        made_up = MadeUp().visit(FluentParser().parse(words.read_text(encoding="utf-8")))
        (language / words.name).write_text(FluentSerializer().serialize(made_up), encoding="utf-8")
    return folder


def test_a_digest_and_a_question_work_in_a_language_that_was_added_as_a_folder(
    tmp_path: Path,
) -> None:
    program = with_third_language(tmp_path / "program")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(program),
        "PAPERBOY_LANGUAGE": CODE,
        "PAPERBOY_DATABASE": str(tmp_path / "papers.db"),
    }
    demo = subprocess.run(
        [sys.executable, "-W", "error", "-m", "bot", "demo", "--once"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert demo.returncode == 0, demo.stderr
    assert "DAPO" in demo.stdout
    assert len(re.findall(r"\b[A-Za-z]{4,}uz\b", demo.stdout)) > 50
    _, asked, answer = demo.stdout.partition("Whatuz are the limitationsuz of thisuz paperuz?")
    assert asked
    assert "Sourcesuz: [1]" in answer.split("Alice Martin")[1]

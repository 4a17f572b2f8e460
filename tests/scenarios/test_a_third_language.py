"""Another language is another folder: a morning and its questions in one that was just made up."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax.ast import TextElement
from fluent.syntax.visitor import Transformer

ROOT = Path(__file__).resolve().parents[2]
# Babel has to know the code for dates and plural forms; the words are made up.
CODE = "eo"
RECORD = f'''"""A language of words that end in -uz."""

from bot.languages.language import Language

LANGUAGE = Language(
    code="{CODE}",
    written="Esperanto",
    letters="A-Za-z",
)
'''
WORDS = '''"""Words that say nothing."""

from bot.languages.language import Words

WORDS = Words(stop=frozenset("whatuz whichuz doesuz thisuz paperuz".split()))
'''


class MadeUp(Transformer):
    """Gives every longer word of a catalogue another ending."""

    def visit_TextElement(self, node: TextElement) -> TextElement:
        node.value = re.sub(r"(?<![:/<`\w.])[A-Za-z]{4,}(?![:/\w])", r"\g<0>uz", node.value)
        return node


def with_third_language(folder: Path) -> Path:
    """A copy of the program with one folder more."""
    # With what is compiled of it, which holds for files of the same time and size.
    shutil.copytree(ROOT / "bot", folder / "bot")
    for room in ("handlers", "storage", "manifest.json"):
        (folder / room).symlink_to(ROOT / room)
    language = folder / "bot/languages" / CODE
    language.mkdir()
    (language / "__init__.py").write_text(RECORD, encoding="utf-8")
    (language / "words.py").write_text(WORDS, encoding="utf-8")
    for words in (ROOT / "bot/languages/en").glob("*.ftl"):
        made_up = MadeUp().visit(FluentParser().parse(words.read_text(encoding="utf-8")))
        (language / words.name).write_text(FluentSerializer().serialize(made_up), encoding="utf-8")
    return folder


ASKED_OF_ALL = """
from datetime import time
from bot.actions.subscription_form import subscription_view
from bot.languages import LANGUAGES
from bot.questions import Talk
from storage import Subscription

talk = Talk(None)
assert talk.looks("nice work") < 0
assert talk.looks("what are its limitations") > 0
subscription = Subscription("C1", time(9), "UTC", (0,), "both", "brief", ("huggingface",))
for language in LANGUAGES:
    print(subscription_view(subscription, language))
"""


def ran(program: Path, *arguments: str, **environment: str) -> str:
    """What Python prints for these arguments, with the program to be imported."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=program.parent,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(program), **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return with_third_language(tmp_path / "program")


def test_what_a_language_leaves_out_changes_nothing_in_the_others(program: Path) -> None:
    forms = ran(program, "-c", ASKED_OF_ALL)
    for name in ("Esperanto", "에스페란토어", "angla"):
        assert name in forms


def test_a_digest_and_a_question_work_in_a_language_that_was_added_as_a_folder(
    program: Path, tmp_path: Path
) -> None:
    shown = ran(
        program,
        *("-m", "bot", "demo", "--once"),
        PAPERBOY_LANGUAGE=CODE,
        PAPERBOY_DATABASE=str(tmp_path / "papers.db"),
    )
    assert "DAPO" in shown
    assert len(re.findall(r"\b[A-Za-z]{4,}uz\b", shown)) > 50
    _, asked, answer = shown.partition("Whatuz are the limitationsuz of thisuz paperuz?")
    assert asked
    assert "Sourcesuz: [1]" in answer.split("Alice Martin")[1]


ARCHIVE = """# Hugging Face Daily Papers - 2025-03-18

## [DAPO: An Open-Source LLM Reinforcement Learning System](https://arxiv.org/abs/2503.14476)

DAPO reaches 50 points on AIME 2024.
"""


def test_archives_are_read_and_written_in_a_language_without_words_for_them(
    program: Path, tmp_path: Path
) -> None:
    archive, out = tmp_path / "2025-03-18.md", tmp_path / "out"
    archive.write_text(ARCHIVE, encoding="utf-8")
    database = {"PAPERBOY_DATABASE": str(tmp_path / "papers.db"), "PAPERBOY_LANGUAGE": CODE}
    ran(program, "-m", "bot", "import", "--offline", str(archive), **database)
    day = ("--style", "review", "--date", "2025-03-18")
    ran(program, "-m", "bot", "export", *day, "--offline", "--out", str(out), **database)
    (written,) = out.rglob("*.md")
    assert "DAPO" in written.read_text(encoding="utf-8")

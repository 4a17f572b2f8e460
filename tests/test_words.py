"""What people read stands in the catalogues, and nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.languages import catalog

ROOT = Path(__file__).resolve().parents[1]
# Rooms that talk with people in Slack. The local workspace's own page is no part of it.
ROOMS = (
    "handlers",
    "bot/actions",
    "bot/digests",
    "bot/questions",
    "bot/delivery",
    "bot/slack/blocks",
)
# Calls whose arguments people read: builders of blocks and messages, and acknowledgements.
SHOWN_BY = {
    "Message",
    "actions",
    "bold",
    "button",
    "context",
    "header",
    "input_block",
    "link",
    "overflow",
    "plain",
    "plain_message",
    "respond",
    "said",
    "section",
    "told_view",
    "words_reply",
}
_SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,.!?'’]+[A-Za-z]{2,}")
_HANGUL = re.compile(r"[가-힣]")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
# What is typed, not shown: words that commands and conversations understand, and lexicons.
TYPED = {
    "bot/questions/intents.py",
    "bot/questions/questions.py",
    "bot/questions/policy.py",
    "bot/digests/trend_topics.py",
    "bot/questions/context.py",
    "bot/digests/weeks.py",
}
# Names that are the same in every language.
NAMES = {"arXiv", "Hugging Face", "GitHub", "BibTeX", "PDF", "Code", "Project"}


def python_files() -> list[Path]:
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def shown_words(source: str) -> Iterator[str]:
    """Texts written into the calls that show them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in SHOWN_BY:
            for part in (*node.args, *(one.value for one in node.keywords if one.arg == "text")):
                yield from (one for one in _written(part) if _LETTERS.search(one))


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _written(part: ast.expr) -> Iterator[str]:
    """The words of an argument itself, not those inside further calls."""
    if isinstance(part, ast.Constant) and isinstance(part.value, str):
        yield re.sub(r":[a-z_]+:|<[^>]*>|https?://\S*", "", part.value)
    elif isinstance(part, ast.JoinedStr):
        whole = "".join(
            str(one.value) if isinstance(one, ast.Constant) else "\0" for one in part.values
        )
        yield re.sub(r":[a-z_]+:|<[^>]*>|https?://\S*|/papers", "", whole)
    elif isinstance(part, ast.BinOp):
        yield from _written(part.left)
        yield from _written(part.right)


def literals(source: str) -> Iterator[str]:
    """Texts outside docstrings."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_words_for_people_stand_outside_the_catalogues(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    ids = {"home", "offer", "modal", "own"}
    assert [one for one in shown_words(source) if one not in NAMES | ids] == []
    name = str(path.relative_to(ROOT))
    is_command = name.startswith("handlers/commands/")
    if name not in TYPED and not is_command:
        assert [one for one in literals(source) if _HANGUL.search(_without_patterns(one))] == []


def _without_patterns(text: str) -> str:
    """The text without ranges of letters, which patterns hold."""
    return re.sub(r"[가-힣]-[가-힣]", "", text)


@pytest.mark.parametrize(
    "code",
    [
        'section("Something went wrong")',
        'respond(text="Saved.")',
        'button(f"Open {name}", "x", "y")',
        'Message("Nothing is here", ())',
        'plain("저장")',
    ],
)
def test_words_outside_the_catalogues_are_found(code: str) -> None:
    assert [*shown_words(code)] or [one for one in literals(code) if _HANGUL.search(one)]


@pytest.mark.parametrize(
    "code", ['section(f"*{escape(title)}*")', 'plain(words.text("actions-save"))']
)
def test_marks_and_names_of_messages_are_no_words(code: str) -> None:
    assert [*shown_words(code)] == []


def test_korean_particles_are_chosen_by_the_word_before_them() -> None:
    korean = "".join(
        one.read_text(encoding="utf-8") for one in (ROOT / "bot/languages/ko").glob("*.ftl")
    )
    assert re.findall(r".*(?:은\(는\)|이\(가\)|을\(를\)|와\(과\)|\(으\)로).*", korean) == []
    assert re.findall(r".*\}[’”]?(?:은|는|을|를|과|와|라는|이라는)[ .,].*", korean) == []


# F-strings whose head alone says too little, with all that they make.
MADE = re.compile(
    r"actions-(language|style|layout|policy|empty|late)-\w+"
    r"|actions-(more|unwanted)-told(-own)?|usage-[\w-]+|checks-\w+"
    r"|operations-(digest-late|source-down|budget-spent|disk-full|model-refuses)(-mended|-quota|-key)?"
)


def used_ids() -> tuple[set[str], list[re.Pattern[str]]]:
    """Message ids that stand in the code or in other messages, and patterns of those that the code
    puts together."""
    catalogues = (ROOT / "bot/languages").rglob("*.ftl")
    referred = re.compile(r"\{ ([a-z]+-[a-z-]+) \}")
    written = {name for one in catalogues for name in referred.findall(one.read_text("utf-8"))}
    made = []
    for path in (one for room in ("bot", "handlers") for one in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+"
                    for one in node.values
                ]
                if re.match(r"[a-z]+\\-[a-z]+\\-", parts[0]):
                    made.append(re.compile("".join(parts)))
    return written, made


def test_each_message_of_the_catalogues_is_used() -> None:
    written, made = used_ids()
    ids = catalog("en").message_ids() | catalog("ko").message_ids()
    unused = [
        one
        for one in sorted(ids - written)
        if not any(pattern.fullmatch(one) for pattern in (*made, MADE))
    ]
    assert unused == []

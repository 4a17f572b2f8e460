"""Prompt files: declared variables, and a hash of the wording."""

import re
from pathlib import Path

import pytest

from bot.model import PromptError, load_prompt
from bot.model.prompts import parse_prompt

ROOT = Path(__file__).resolve().parents[3]
TEXT = """---
variables: title, words
---
## system
Be brief. A $$ is a dollar.
## user
Title: $title
$words
"""


def test_both_parts_are_filled_in() -> None:
    prompt = parse_prompt("demo", TEXT).render(title="RWKV", words="one two")
    assert prompt.system == "Be brief. A $ is a dollar."
    assert prompt.user == "Title: RWKV\none two"
    assert prompt.name == "demo"


def test_a_value_is_taken_as_it_is() -> None:
    prompt = parse_prompt("demo", TEXT).render(title="$words ${x} $", words="w")
    assert "Title: $words ${x} $" in prompt.user


def test_a_prompt_may_do_without_a_system_part() -> None:
    assert parse_prompt("demo", "---\nvariables:\n---\n## user\nHello").render().system == ""


@pytest.mark.parametrize("values", [{"title": "x"}, {"title": "x", "words": "y", "more": "z"}])
def test_missing_and_unknown_values_are_errors(values: dict[str, str]) -> None:
    with pytest.raises(PromptError):
        parse_prompt("demo", TEXT).render(**values)


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "---\nvariables: a\n---\n## user\nnothing used",
        "---\nvariables:\n---\n## user\n$undeclared",
        "---\nvariables:\n---\n## user\n5 $ is not written as a pair",
        "---\nvariables:\n---\n## system\nonly this",
    ],
)
def test_a_prompt_file_that_is_wrong_is_an_error(text: str) -> None:
    with pytest.raises(PromptError):
        parse_prompt("demo", text)


def test_the_hash_changes_with_the_wording() -> None:
    changed = TEXT.replace("brief", "short")
    assert parse_prompt("demo", TEXT).hash != parse_prompt("demo", changed).hash
    assert re.fullmatch("[0-9a-f]{12}", parse_prompt("demo", TEXT).hash)


def test_a_prompt_that_is_not_there_is_an_error() -> None:
    with pytest.raises(PromptError):
        load_prompt("bot.model", "nothing")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "bot").glob("*/prompts/*.md")), ids=lambda path: path.stem
)
def test_every_prompt_of_the_house_is_well_formed(path: Path) -> None:
    template = parse_prompt(path.stem, path.read_text(encoding="utf-8"))
    assert template.render(**dict.fromkeys(template.variables, "x")).user

"""The catalogues keep to the glossary: the same words in both languages, none that it replaces."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

ROOT = Path(__file__).resolve().parents[3]
GLOSSARY: Mapping[str, Any] = json.loads(
    (ROOT / "bot/languages/glossary.json").read_text(encoding="utf-8")
)
LANGUAGES = ("en", "ko")
# Documents that people read; the glossary's spelling is theirs too.
DOCUMENTS = (
    ROOT / "README.md",
    ROOT / ".env.example",
    ROOT / "manifest.json",
    *(ROOT / ".github").rglob("*.md"),
    *(ROOT / ".deploy").rglob("*.md"),
    ROOT / "bot/workspace/README.md",
)


class _Words(Visitor):
    def __init__(self) -> None:
        self.parts: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:
        self.parts.append(node.value)

    def visit_Placeable(self, node: ast.Placeable) -> None:
        self.parts.append("…")
        if isinstance(node.expression, ast.SelectExpression):
            for one in node.expression.variants:
                self.visit(one.value)
                self.parts.append(" ")


def messages(language: str) -> dict[str, str]:
    """All that somebody reads in a language, by its id: the words alone, without what is typed
    (`code`), addresses and arguments."""
    found = {}
    files = [*(ROOT / "bot/languages" / language).glob("*.ftl")]
    for path in [*files, ROOT / f"bot/workspace/locales/{language}.ftl"]:
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message):
                words = _Words()
                words.visit(entry.value)
                text = re.sub(r"`[^`]*`|/papers \S+", "…", "".join(words.parts))
                found[entry.id.name] = text
    return found


def whole(pattern: str) -> re.Pattern[str]:
    """Matches whole words, in any case unless the pattern has a capital."""
    return re.compile(rf"\b(?:{pattern})\b", 0 if re.search("[A-Z]", pattern) else re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_uses_a_word_that_the_glossary_replaces(language: str) -> None:
    found = [
        (name, found[0], better)
        for wrong, better in GLOSSARY["instead"][language].items()
        for name, text in messages(language).items()
        if (found := (whole(wrong) if language == "en" else re.compile(wrong)).search(text))
    ]
    assert found == []


@pytest.mark.parametrize("term", GLOSSARY["terms"], ids=lambda term: term["en"])
def test_a_term_stands_for_the_same_thing_in_both_languages(term: Mapping[str, str]) -> None:
    english, korean = messages("en"), messages("ko")
    has = {
        name: (bool(whole(term["en"]).search(english[name])), bool(re.search(term["ko"], text)))
        for name, text in korean.items()
    }
    assert any(all(one) for one in has.values())
    assert [(n, english[n], korean[n]) for n, (en, ko) in has.items() if en and not ko] == []


def test_english_is_in_sentence_case() -> None:
    names = set(GLOSSARY["names"])
    found = {}
    for name, text in messages("en").items():
        within = re.findall(r"(?<=[a-z0-9,;] )[A-Z][\w'-]*", re.sub(r"[“][^”]*[”]", "…", text))
        if odd := [
            one for one in within if one.removesuffix("'s") not in names and not one.isupper()
        ]:
            found[name] = odd
    assert found == {}


def test_english_has_one_spelling() -> None:
    texts = {f"message {name}": text for name, text in messages("en").items()}
    texts |= {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in DOCUMENTS}
    found = [
        (name, word[0], better)
        for wrong, better in GLOSSARY["spelling"]["instead"].items()
        for name, text in texts.items()
        for word in whole(wrong).finditer(re.sub(r"\]\([^)]*\)|https?://\S+", "", text))
    ]
    assert found == []

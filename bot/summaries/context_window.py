"""Fits a paper into a model's context by choosing passages, not by cutting the end off."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.languages import any_of
from bot.model.records import estimate_tokens
from bot.search.matching import coverage, query_terms
from bot.summaries.schema import ABSTRACT
from bot.summaries.scoring import Likeness, Sentence, is_aside
from bot.summaries.source_texts import SourceTexts
from bot.text.words import content_words
from storage import Passage, Summary

# How much each kind of section matters for a summary.
_WORTH = {
    "limitations": 1.0,
    "conclusion": 0.9,
    "introduction": 0.9,
    "results": 0.8,
    "followups": 0.8,
    "method": 0.7,
    "setup": 0.5,
    "background": 0.1,
}


def _titles(kind: str) -> re.Pattern[str]:
    return any_of(lambda one: one.cues.titles.get(kind, ""))


_TITLES = {kind: _titles(kind) for kind in _WORTH}
# Prompts, templates and worked cases: long, and hardly ever what a summary rests on.
_LISTING = _titles("listing")
_DIGIT = re.compile(r"\d")
_SHOWN_TOKENS = 8_500
_WRITTEN_TOKENS = 3_500
LEAST_TOKENS = 1_500
# With room for a passage or two the abstract alone is as good a source.
_FEWEST_TOKENS = 500
_LEAST_WRITTEN = 900
# The prompt's rules and the author block, and what the model is told about a first draft.
_RULES_TOKENS = 1_900
_TOLD_TOKENS = 500
_WRITTEN_SHARE = 5
_UNKNOWN_WORTH = 0.4
_TABLE_WORTH = 0.3
_LABEL_TOKENS = 8
_NEARBY = 2
# Each further passage of a section is worth less, so that no section fills the context alone.
_REPEATED = 0.93
# A caption says less than the text about its figure; results have digits.
_CAPTION_SHARE, _LISTING_SHARE = 0.4, 0.2
_DIGITS_WORTH, _MOST_DIGITS = 1.8, 0.3


@dataclass(frozen=True)
class TokenBudget:
    """Tokens for one call: ``shown`` of the paper, ``written`` at the most."""

    shown: int = _SHOWN_TOKENS
    written: int = _WRITTEN_TOKENS

    def less_than(self, budget: "TokenBudget") -> "TokenBudget | None":
        """A budget below *budget*, which a server refused as too much.

        This one if it is smaller, otherwise half of *budget* and in the end the abstract alone;
        None if that was refused, too.
        """
        if self.shown < budget.shown:
            return self
        if budget.shown == 0:
            return None
        half = max(LEAST_TOKENS, budget.shown // 2) if budget.shown > LEAST_TOKENS else 0
        return TokenBudget(half, min(budget.written, max(_LEAST_WRITTEN, budget.written // 2)))


def token_budget(context: int | None) -> TokenBudget:
    """What a call may use of a *context* of so many tokens (None when nobody knows).

    A second try holds the first draft as well, so room for two is left where there is any.
    """
    if context is None:
        return TokenBudget()
    written = min(_WRITTEN_TOKENS, context // _WRITTEN_SHARE)
    once = context - written - _RULES_TOKENS
    twice = once - written - _TOLD_TOKENS
    shown = min(_SHOWN_TOKENS, max(twice, min(LEAST_TOKENS, once)))
    return TokenBudget(shown if shown >= _FEWEST_TOKENS else 0, written)


@dataclass(frozen=True)
class ShownPassages:
    """The numbered passages as the prompt shows them. ``ordinals`` maps the prompt's numbers to
    the stored ones; number 0 is the abstract."""

    text: str
    title: str
    abstract: str
    ordinals: dict[int, int]
    chosen: tuple[Passage, ...]

    @property
    def passages(self) -> dict[int, str]:
        """Their texts by stored number."""
        return {one.ordinal: one.text for one in self.chosen}

    def cited(self, summary: Summary, place: str) -> tuple[str, ...]:
        """What the text at a place of a summary may rest on, each with its section's title.

        A part rests on its passages and the abstract, a translated abstract on that alone; the
        TL;DR and the introduction, which name none, on all that the parts do.
        """
        if place == ABSTRACT:
            return (self.abstract,)
        named = {f"highlights.{one.slot}": one.passages for one in summary.highlights}
        named |= {f"sections.{one.slot}": one.passages for one in summary.sections}
        given = [named[place]] if place in named else list(named.values())
        wanted = {ordinal for passages in given for ordinal in passages}
        texts = [f"({_label(one)}) {one.text}" for one in self.chosen if one.ordinal in wanted]
        return tuple(filter(None, [self.abstract, *texts]))

    def nearby(self, sentence: str, cited: Sequence[str]) -> tuple[str, ...]:
        """The few passages beside those *cited* that hold most of what *sentence* speaks of: a
        model that writes often leaves out one that bears it out."""
        wanted = query_terms(sentence)
        told = {one: coverage(wanted, words) for one, words in self._words.items()}
        others = [one for one in told if told[one] and one not in cited]
        return tuple(sorted(others, key=lambda one: -told[one])[:_NEARBY])

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        """The words of each passage, by its text with its section's title."""
        texts = (f"({_label(one)}) {one.text}" for one in self.chosen)
        return {text: frozenset(content_words(text)) for text in texts}

    @property
    def evidence(self) -> str:
        """Everything that was shown."""
        return "\n".join([self.title, self.abstract, *self.passages.values()])

    def stored(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """The stored numbers of those that the model named, without the made-up ones."""
        return tuple(sorted({self.ordinals[one] for one in numbers if one in self.ordinals}))


def choose_passages(source: SourceTexts, *, tokens: int) -> ShownPassages:
    """Choose passages of at most *tokens* together, and number them in reading order."""
    chosen = _chosen(source, tokens - estimate_tokens(source.original))
    lines = [f"[0] (abstract) {source.original}"] if source.original else []
    ordinals = {}
    for number, passage in enumerate(chosen, start=1):
        ordinals[number] = passage.ordinal
        lines.append(f"[{number}] ({_label(passage)}) {passage.text}")
    return ShownPassages(
        "\n\n".join(lines),
        source.paper.title,
        source.original,
        ordinals,
        tuple(chosen),
    )


def _chosen(source: SourceTexts, budget: int) -> list[Passage]:
    passages = source.body
    likeness = Likeness([Sentence(one.text, 0.0) for one in passages], source.paper.title)
    seen: dict[str, int] = {}
    worth = {}
    for passage in passages:
        repeated = seen.get(passage.section, 0)
        seen[passage.section] = repeated + 1
        worth[passage.ordinal] = _worth(passage) * _REPEATED**repeated + 0.3 * likeness.to_text(
            passage.text
        )
    chosen = []
    for passage in sorted(passages, key=lambda one: -worth[one.ordinal]):
        size = estimate_tokens(passage.text) + _LABEL_TOKENS
        if size <= budget:
            chosen.append(passage)
            budget -= size
    return sorted(chosen, key=lambda one: one.ordinal)


def _worth(passage: Passage) -> float:
    if is_aside(passage.section):
        return 0.0
    titles = passage.section.split(" › ")
    found = [
        worth for title in titles for kind, worth in _WORTH.items() if _TITLES[kind].search(title)
    ]
    worth = max(found, default=_UNKNOWN_WORTH) + (_TABLE_WORTH if passage.kind == "table" else 0.0)
    worth *= _CAPTION_SHARE if passage.kind == "figure" else 1.0
    digits = len(_DIGIT.findall(passage.text)) / max(1, len(passage.text))
    worth += min(_MOST_DIGITS, _DIGITS_WORTH * digits)
    return worth * (_LISTING_SHARE if _LISTING.search(passage.section) else 1.0)


def _label(passage: Passage) -> str:
    section = passage.section or "text"
    return section if passage.kind == "text" else f"{section}, {passage.kind}"

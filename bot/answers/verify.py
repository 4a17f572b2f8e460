"""Checks each claim of a written answer against the passages it cites, before it is shown.

A citation that doesn't exist is dropped. A claim is left out when no passage supports it, when its
numbers stand in none, or when two of them are told the other way round; a verifier may uphold it
afterwards. A claim without a citation gets the passage that supports it. Without one may be said
what the paper doesn't tell, yes and no, and what only leads to the next lines.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.answers.claims import Claim
from bot.answers.evidence import Source
from bot.answers.prose import quotable
from bot.languages import any_of
from bot.search import Embedder
from bot.search.embedder import Vectors
from bot.search.matching import coverage, matched, query_terms
from bot.text.quantities import Evidence
from bot.text.words import content_words, in_pairs
from bot.verification import Statement
from bot.verification.rules import objection

_MARK = re.compile(r"(?<!\s)\s*\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_ADDRESS = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+|\bmailto:\S+", re.IGNORECASE)
_TAG = re.compile(r"<(?=[!@#/A-Za-z])")
_RULE = re.compile(r"[|\s:-]+")
# How near a claim must be to a passage in meaning, and how many of its words must stand there.
# Across languages words are few, so meaning alone decides.
_NEAR, _FAR = 0.45, 0.22
_WORDS_ENOUGH, _WORDS_FEW = 0.5, 0.2
_UNCITED_NEAR, _UNCITED_WORDS = 0.55, 0.6
_LONGEST_LEAD_IN = 160
_RARE = 0.9
_STOCK_LENGTH = 40
# How many passages beside those it cites may bear out a claim that is in doubt.
_NEAREST = 3
# How many beside those that it rests on a verifier sees of a claim that is kept.
_NEARBY = 2
_STOCK = any_of(lambda one: one.writing.list_words)
_ABSENCE = any_of(lambda one: one.writing.absence)
_NEGATION = any_of(lambda one: one.writing.negation)
_YES_OR_NO = re.compile(
    rf"\W{{0,9}}(?:{any_of(lambda one: one.writing.yes_or_no).pattern})\W{{0,9}}", re.IGNORECASE
)


@dataclass(frozen=True)
class Claimed:
    """A claim with the passages that may bear it out, and the sources to cite if they do."""

    statement: Statement
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Ruling:
    """That a claim stands, with the sources to cite; with *text* that stands in its place."""

    sources: tuple[int, ...]
    text: str = ""


_NONE = Ruling(())


@dataclass
class Tally:
    """What happened to the claims: sources in the order they were cited, with what was claimed
    from each; the kept claims with their passages, those in doubt, how many were kept and left
    out, and how many say what the paper doesn't tell."""

    cited: list[int] = field(default_factory=list)
    claimed: dict[int, list[str]] = field(default_factory=dict)
    statements: dict[str, Claimed] = field(default_factory=dict)
    doubts: dict[str, Claimed] = field(default_factory=dict)
    kept: int = 0
    absent: int = 0
    left_out: int = 0

    def number(self, source: int) -> int:
        """The number readers see for a source."""
        if source not in self.cited:
            self.cited.append(source)
        return self.cited.index(source) + 1


class Checker:
    """Checks the claims of one answer, in their order."""

    def __init__(
        self,
        sources: Sequence[Source],
        titles: Sequence[str],
        embedder: Embedder | None,
        *,
        question: str = "",
        rulings: Mapping[str, Ruling | None] | None = None,
    ) -> None:
        """Numbers of the *question* may be denied. *rulings* are a verifier's on single claims,
        None where they don't stand."""
        self.tally = Tally()
        self._rulings = rulings or {}
        self._head = ""
        self._sources = sources
        self._embedder = embedder
        self._texts = [f"{source.section}. {source.text}" for source in sources]
        self._words = [set(content_words(text)) for text in self._texts]
        self._question = question
        self._titles = ". ".join(titles)
        self._evidence: dict[tuple[int, ...], Evidence] = {}
        self._vectors: list[Vectors] | None = None
        self._claim: tuple[str, Vectors] = ("", np.zeros(0, dtype=np.float32))

    def checked(self, claim: Claim) -> str | None:
        """The claim with its citations as readers see them, or None when it must not be shown."""
        text = harmless(claim.text)
        if not text.strip() or is_rule(text):
            return text
        cited = [number - 1 for number in _numbers(text) if 1 <= number <= len(self._sources)]
        bare = _MARK.sub("", text).strip()
        if claim.is_head and not self._lost(bare, range(len(self._sources))):
            self._head = bare
            return bare
        if not bare:
            return ""
        ruling = self._rulings.get(bare, _NONE)
        if ruling is None:
            self.tally.left_out += 1
            return None
        text, bare = (ruling.text, ruling.text) if ruling.text else (text, bare)
        is_absent = self._tells_absence(bare)
        support = list(ruling.sources) or None
        if support is None and (cited or not is_absent):
            support = self._support(bare, cited)
        if support is None and is_absent:
            self.tally.absent += 1
            return bare
        if support is None and self._needs_no_support(bare, claim):
            return bare
        # A row says little without the head of its table.
        whole = f"{self._head}\n{bare}" if bare.startswith("|") else bare
        if support is None:
            self.tally.left_out += 1
            self.tally.doubts[bare] = self._doubt(bare, whole, cited)
            return None
        self.tally.kept += 1
        self.tally.statements[bare] = Claimed(self._statement(whole, support), tuple(support))
        for one in support:
            self.tally.claimed.setdefault(one, []).append(bare)
        return self._marked(text, bare, support)

    def with_nearby(self, bare: str, claimed: Claimed) -> Claimed:
        """A claim that was kept, with the few passages nearest to it for a verifier to see."""
        nearest = self._others(bare, claimed.sources)[:_NEARBY]
        nearby = tuple(self._texts[one] for one in nearest)
        return replace(claimed, statement=replace(claimed.statement, nearby=nearby))

    def _support(self, bare: str, cited: Sequence[int]) -> list[int] | None:
        """The sources that bear the claim out; None when none does."""
        good = [one for one in cited if self._supports(bare, one, cited=True)]
        if good and self._tells_numbers(bare, good):
            return good
        for one in self._others(bare, cited):
            together = [*good, one]
            if self._tells_numbers(bare, together) and self._supports(bare, one, cited=bool(good)):
                return together
        return None

    def _statement(self, whole: str, sources: Sequence[int]) -> Statement:
        return Statement(whole, tuple(self._texts[one] for one in sources))

    def _doubt(self, bare: str, whole: str, cited: Sequence[int]) -> Claimed:
        nearest = self._others(bare, cited)[:_NEAREST]
        asked = self._statement(whole, [*cited, *nearest])
        return Claimed(asked, tuple(cited) or tuple(nearest[:1]))

    def _tells_absence(self, bare: str) -> bool:
        """Whether a claim only says that the paper doesn't tell something that was asked."""
        everything = range(len(self._sources))
        return _ABSENCE.search(bare) is not None and not self._lost(bare, everything)

    def _needs_no_support(self, bare: str, claim: Claim) -> bool:
        if _YES_OR_NO.fullmatch(bare):
            return True
        is_lead_in = _opens_what_follows(bare, claim) and self._is_on_topic(bare)
        return is_lead_in and not self._lost(bare, range(len(self._sources)))

    def _is_on_topic(self, bare: str) -> bool:
        """Whether a line that states nothing at least speaks of what the passages speak of, or in
        the words that lists begin with."""
        wanted = query_terms(bare)
        if _is_stock_phrase(bare) or matched(wanted, set(content_words(self._question))):
            return True
        every = range(len(self._sources))
        return any(
            (self._nearness(bare, one) or 0.0) >= _FAR
            or coverage(wanted, self._words[one]) >= _WORDS_ENOUGH
            for one in every
        )

    def _tells_numbers(self, bare: str, sources: Sequence[int]) -> bool:
        """Whether the numbers and names of a claim stand in these sources, and nothing in them
        speaks against it."""
        if self._lost(bare, sources):
            return False
        texts = [self._texts[one] for one in sources]
        denied = self._question if _NEGATION.search(bare) else ""
        return not objection(bare, texts, known=f"{self._titles}. {denied}")

    def _lost(self, bare: str, sources: Sequence[int]) -> list[str]:
        """The numbers of a claim that stand in none of these sources. Those of the question count
        only where they are denied: "does it reach 99 %?" must not bear out a "yes"."""
        key = tuple(sources)
        if key not in self._evidence:
            together = "\n".join([self._titles, *(self._texts[one] for one in sources)])
            self._evidence[key] = Evidence(together)
        lost = self._evidence[key].missing(bare)
        if lost and _NEGATION.search(bare):
            asked = Evidence(self._question)
            lost = [one for one in lost if asked.missing(one)]
        return lost

    def _supports(self, bare: str, source: int, *, cited: bool) -> bool:
        covered = coverage(query_terms(bare), self._words[source])
        near = self._nearness(bare, source)
        if near is None:
            return in_pairs(bare) != in_pairs(self._texts[source]) or covered >= _WORDS_ENOUGH
        if not cited:
            return near >= _UNCITED_NEAR or covered >= _UNCITED_WORDS
        return near >= _NEAR or covered >= _WORDS_ENOUGH or (near >= _FAR and covered >= _WORDS_FEW)

    def _others(self, bare: str, cited: Sequence[int]) -> list[int]:
        """The sources beside those *cited*, nearest to the claim first."""
        wanted = query_terms(bare)
        return sorted(
            (one for one in range(len(self._sources)) if one not in cited),
            key=lambda one: (
                -(coverage(wanted, self._words[one]) + (self._nearness(bare, one) or 0))
            ),
        )

    def _nearness(self, bare: str, source: int) -> float | None:
        """The cosine of the claim to the nearest sentence (or the whole) of a source."""
        if self._embedder is None:
            return None
        if self._vectors is None:
            self._vectors = [self._embedder.embed([text, *quotable(text)]) for text in self._texts]
        if bare != self._claim[0]:
            self._claim = (bare, self._embedder.embed([bare])[0])
        return float(np.max(self._vectors[source] @ self._claim[1]))

    def _marked(self, text: str, bare: str, support: Sequence[int]) -> str:
        marks = f"[{', '.join(str(self.tally.number(one)) for one in support)}]"
        if text.lstrip().startswith("|"):
            return self._row(text, support)
        match = re.search(r"(?<![.!?。:;])[.!?。:;]+[\"'”’)*_]*$", bare)
        end = match.start() if match else len(bare)
        return f"{bare[:end].rstrip()} {marks}{bare[end:]}"

    def _row(self, text: str, support: Sequence[int]) -> str:
        """A table's row keeps its marks in their cells; a row without any gets them at its end."""

        def renumbered(match: re.Match[str]) -> str:
            kept = [n - 1 for n in _numbers(match.group()) if n - 1 in support]
            shown = ", ".join(str(self.tally.number(one)) for one in kept)
            return f" [{shown}]" if shown else ""

        row = _MARK.sub(renumbered, text).rstrip()
        if _MARK.search(row) or not row.endswith("|"):
            return row
        shown = ", ".join(str(self.tally.number(one)) for one in support)
        return f"{row[:-1].rstrip()} [{shown}] |"


def harmless(text: str) -> str:
    """Without links, addresses and anything that looks like a tag or a mention."""
    return _TAG.sub("‹", _ADDRESS.sub("", _LINK.sub(r"\1", text)))


def is_rule(text: str) -> bool:
    """Whether a line is the rule under a table's head."""
    return _RULE.fullmatch(text) is not None


def _numbers(text: str) -> list[int]:
    found = [int(n) for match in _MARK.finditer(text) for n in re.findall(r"\d+", match[1])]
    return list(dict.fromkeys(found))


def _is_stock_phrase(bare: str) -> bool:
    """Whether a lead-in holds nothing but common words: "The main results are:"."""
    if in_pairs(bare):
        return len(bare) <= _STOCK_LENGTH and _STOCK.search(bare) is not None
    return all(needle.weight < _RARE for needle in query_terms(bare))


def _opens_what_follows(bare: str, claim: Claim) -> bool:
    """A short line that states nothing by itself: "Table 3 names two reasons:"."""
    return len(bare) <= _LONGEST_LEAD_IN and (
        bare.endswith(":") or claim.prefix.strip().startswith("#")
    )

"""What a model gets to answer from: numbered passages, notes, and the summary's fitting part.

Where the papers fit they are sent whole and in reading order, with everything that depends on the
question behind them, so that further questions about them read them from the provider's cache.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answers.evidence import (
    NOTE,
    PARTS,
    Source,
    abstract_of,
    from_notes,
    from_summary,
    source_of,
)
from bot.answers.places import at_places, named_places
from bot.answers.records import Ask
from bot.answers.wishes import Kind
from bot.fulltext.injection import InjectionFilter
from bot.languages import Catalog, catalog
from bot.model.records import estimate_tokens
from bot.search import SearchIndex
from storage import Paper, Passage, Storage
from storage.summaries import EXTRACTIVE, member_of

# Papers of so many tokens are sent whole.
MOST_TOKENS = 16_000
# Else so many passages, which hold the evidence in .854 of unseen cases (eight in .664).
MOST_PASSAGES = 20
_FEWEST_PASSAGES = 3
_FRAME_TOKENS = 12
_NEAR = 0.35
_BEGINNING, _FIRST_PASSAGES = 60, 3
# A passage must not be able to end its frame, or look like a new one.
_FRAME = re.compile(r"</?\s*(?:passage|summary)[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A part of a stored summary that fits the question, with the ordinals of the passages that it
    rests on. Without ``is_members`` a model wrote it."""

    paper_id: str
    slot: str
    text: str
    passages: tuple[int, ...] = ()
    is_members: bool = False


@dataclass(frozen=True)
class Material:
    """``sources`` are numbered by their place from 1; the first ``stable`` of them are the same
    for every question about these papers. ``parts`` can't be cited."""

    sources: tuple[Source, ...] = ()
    parts: tuple[Part, ...] = ()
    stable: int = 0


class Collector:
    """Collects what is stored on a question."""

    def __init__(self, storage: Storage, search: SearchIndex) -> None:
        self._storage = storage
        self._search = search

    def collect(
        self, ask: Ask, papers: Sequence[Paper], *, query: str, kind: Kind, tokens: int
    ) -> Material:
        """The material for *ask*: passages of at most *tokens* together, in reading order by paper,
        and what the team wrote. *query* is what to search for, *kind* what is asked for. Sentences
        of a paper that speak to a language model are left out."""
        words = catalog(ask.language)
        texts = {paper.id: self._storage.fulltexts.passages(paper.id) for paper in papers}
        abstracts = {paper.id: _abstract(paper, texts[paper.id], words) for paper in papers}
        parts = [part for paper in papers for part in self._parts(ask, paper, query, kind)]
        left = tokens - _cost(one for found in abstracts.values() for one in found)
        is_whole = _cost(one for passages in texts.values() for one in passages) <= left
        if not is_whole:
            ranked = [self._ranked(ask, paper, texts[paper.id], query, parts) for paper in papers]
            each = max(_FEWEST_PASSAGES, MOST_PASSAGES // len(papers))
            texts = dict(zip(texts, _within(ranked, each, left), strict=True))
        sources: list[Source] = []
        for paper in papers:
            read = [*abstracts[paper.id], *self._sources(paper, texts[paper.id], words)]
            # Of an imported paper there may be nothing but what its archive says.
            sources += self._cleaned(read) or from_summary(self._storage, paper, words, ask.place)
        stable = len(sources)
        for paper in papers:
            sources += from_notes(self._storage, paper, words, ask.place)
        sources += [_correction(part, words) for part in parts if part.is_members]
        return Material(
            tuple(sources),
            tuple(part for part in parts if not part.is_members),
            stable if is_whole else 0,
        )

    def _sources(self, paper: Paper, passages: Sequence[Passage], words: Catalog) -> list[Source]:
        fulltext = self._storage.fulltexts.get(paper.id) if passages else None
        return [source_of(paper, fulltext, passage, words) for passage in passages]

    def _ranked(
        self,
        ask: Ask,
        paper: Paper,
        passages: Sequence[Passage],
        query: str,
        parts: Sequence[Part],
    ) -> list[Passage]:
        """The passages that may be sent, the most needed first: what the question names, what the
        answer before rested on, what the summary's part rests on, and what the search finds."""
        rested = {one.passage for one in ask.before if one.paper_id == paper.id}
        rested |= {at for part in parts if part.paper_id == paper.id for at in part.passages}
        found = self._search.passages([paper.id], query, limit=MOST_PASSAGES)
        needed = [
            *at_places(passages, named_places(ask.question)),
            *(one for one in passages if one.ordinal in rested),
            *(hit.passage for hit in found),
        ]
        return list({one.ordinal: one for one in needed}.values())

    def _parts(self, ask: Ask, paper: Paper, query: str, kind: Kind) -> list[Part]:
        """The part of the stored summary that fits the question; what was chosen from the paper
        itself is among its passages."""
        summary = self._storage.summaries.get(paper.id, ask.language, place=ask.place)
        if summary is None or summary.problem is not None or summary.maker == EXTRACTIVE:
            return []
        is_members = member_of(summary.maker) is not None
        parts = [Part(paper.id, one.slot, one.text, one.passages) for one in summary.sections]
        parts += [
            Part(paper.id, one.slot, one.text, one.passages, is_members)
            for one in summary.highlights
        ]
        parts += [Part(paper.id, "tldr", summary.tldr, (), is_members)]
        parts = [part for part in parts if part.text.strip()]
        made = [part for slot in PARTS.get(kind, ()) for part in parts if part.slot == slot]
        return (made or self._nearest(query, parts))[:1]

    def _nearest(self, query: str, parts: Sequence[Part]) -> list[Part]:
        """The part that is nearest to the question in meaning, if one is near."""
        embedder = self._search.embedder
        if embedder is None or not parts:
            return []
        vectors = embedder.embed([query, *(part.text for part in parts)])
        likeness = vectors[1:] @ vectors[0]
        best = int(likeness.argmax())
        return [parts[best]] if likeness[best] >= _NEAR else []

    def _cleaned(self, sources: Sequence[Source]) -> list[Source]:
        cleaned = InjectionFilter(self._search.embedder).clean([one.text for one in sources])
        pairs = zip(sources, cleaned, strict=True)
        return [replace(source, text=text) for source, text in pairs if text.strip()]


def _abstract(paper: Paper, passages: Sequence[Passage], words: Catalog) -> list[Source]:
    """The paper's own abstract, unless its text begins with it."""
    begin = " ".join(paper.abstract.split())[:_BEGINNING]
    if any(begin in " ".join(one.text.split()) for one in passages[:_FIRST_PASSAGES]):
        return []
    return abstract_of(paper, paper.abstract, words)


def _correction(part: Part, words: Catalog) -> Source:
    """A part of a summary in a member's words."""
    name = words.text(f"answers-slot-{part.slot}")
    section = words.text("answers-section-correction", part=name)
    return Source(part.paper_id, section, part.text, "", NOTE, slot=part.slot)


def _within(ranked: Sequence[Sequence[Passage]], each: int, tokens: int) -> list[list[Passage]]:
    """Of each paper's passages, the most needed first, as many as are sent, in reading order."""
    kept: list[list[Passage]] = [[] for _ in ranked]
    for at in range(each):
        for passages, chosen in zip(ranked, kept, strict=True):
            if at < len(passages) and (cost := _cost([passages[at]])) <= tokens:
                tokens -= cost
                chosen.append(passages[at])
    return [sorted(chosen, key=lambda one: one.ordinal) for chosen in kept]


def _cost(texts: Iterable[Passage | Source]) -> int:
    return sum(estimate_tokens(one.text) + _FRAME_TOKENS for one in texts)


def frame(material: Material, papers: Sequence[Paper], words: Catalog) -> tuple[str, str]:
    """The texts as the prompt shows them: the papers' own, and what else is stored."""
    titles = {paper.id: number for number, paper in enumerate(papers, start=1)}

    def shown(number: int, source: Source) -> str:
        of = f' paper="{titles[source.paper_id]}"' if len(papers) > 1 else ""
        # In the paper's words: questions in another language read the same from the cache.
        section = (source.title or source.section).replace('"', "'")
        text = _FRAME.sub(" ", source.text)
        return f'<passage number="{number}"{of} section="{section}">\n{text}\n</passage>'

    numbered = list(enumerate(material.sources, start=1))
    own = [shown(number, one) for number, one in numbered if one.origin != NOTE]
    others = [shown(number, one) for number, one in numbered if one.origin == NOTE]
    for part in material.parts:
        rests = [n for n, one in numbered if _rests(part, one)]
        lead = f'<summary part="{words.text(f"answers-slot-{part.slot}")}" passages="{rests}">'
        others.append(f"{lead}\n{_FRAME.sub(' ', part.text)}\n</summary>")
    return "\n".join(own), "\n".join(others) or "-"


def _rests(part: Part, source: Source) -> bool:
    return source.paper_id == part.paper_id and source.ordinal in part.passages


def name_papers(papers: Sequence[Paper]) -> str:
    """The papers' titles, numbered."""
    return "\n".join(f"{number}. {paper.title}" for number, paper in enumerate(papers, start=1))

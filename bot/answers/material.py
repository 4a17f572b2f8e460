"""The numbered passages that a model gets to answer from."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.evidence import ABSTRACT, NOTE, PASSAGE, Source, gather
from bot.fulltext import InjectionFilter
from bot.languages import Catalog
from bot.model.records import estimate_tokens
from bot.search import SearchIndex
from storage import WHOLE_TEAM, Paper, Storage

MOST_TOKENS = 6000
_PASSAGES = {"normal": 8, "detailed": 12, "simple": 6, "brief": 6}
_FEWEST_PASSAGES = 2
# A passage must not be able to end its frame, or look like a new one.
_FRAME = re.compile(r"</?\s*passage[^>]*>", re.IGNORECASE)


def collect_material(
    storage: Storage,
    search: SearchIndex,
    papers: Sequence[Paper],
    *,
    question: str,
    manner: str,
    words: Catalog,
    tokens: int = MOST_TOKENS,
    place: str = WHOLE_TEAM,
) -> list[Source]:
    """The texts to answer from, of at most *tokens* together unless there is only one, numbered
    by their place from 1, in reading order by paper. Sentences of a paper that speak to a language
    model are left out."""
    injections = InjectionFilter(search.embedder)
    each = max(_FEWEST_PASSAGES, _PASSAGES[manner] // len(papers))
    found: list[Source] = []
    for paper in papers:
        sources = gather(
            storage, search, paper, question=question, words=words, passages=each, place=place
        )
        passages = [source for source in sources if source.origin == PASSAGE]
        others = [source for source in sources if source.origin in (ABSTRACT, NOTE) or not passages]
        for source in others:
            found += _cleaned([source], injections) if source.origin == ABSTRACT else [source]
        found += _cleaned(sorted(passages, key=_place), injections)
    return _within(found, tokens)


def _cleaned(sources: Sequence[Source], injections: InjectionFilter) -> list[Source]:
    texts = injections.clean([source.text for source in sources])
    pairs = zip(sources, texts, strict=True)
    return [replace(source, text=text) for source, text in pairs if text.strip()]


def frame(sources: Sequence[Source], papers: Sequence[Paper]) -> str:
    """The texts as the prompt shows them."""
    titles = {paper.id: number for number, paper in enumerate(papers, start=1)}
    several = len(papers) > 1
    lines = []
    for number, source in enumerate(sources, start=1):
        of = f' paper="{titles[source.paper_id]}"' if several else ""
        text = _FRAME.sub(" ", source.text)
        section = source.section.replace('"', "'")
        lines.append(f'<passage number="{number}"{of} section="{section}">\n{text}\n</passage>')
    return "\n".join(lines)


def name_papers(papers: Sequence[Paper]) -> str:
    """The papers' titles, numbered."""
    return "\n".join(f"{number}. {paper.title}" for number, paper in enumerate(papers, start=1))


def _place(source: Source) -> int:
    return source.hit.passage.ordinal if source.hit is not None else -1


def _within(sources: list[Source], tokens: int) -> list[Source]:
    """The sources without the worst-ranked passages that are too many."""
    kept = list(sources)
    while len(kept) > 1 and sum(estimate_tokens(source.text) for source in kept) > tokens:
        kept.remove(max(kept, key=lambda source: source.rank))
    return kept

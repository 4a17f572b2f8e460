"""The search index: keeps words and vectors of what is stored, and finds papers and passages."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

import numpy as np

from bot.search.embedder import Embedder, Remembering, Vectors, to_bytes
from bot.search.expressions import Tries
from bot.search.library import Library
from bot.search.query import Query, parse_query
from bot.search.ranking import Ranked, passage_text, rank, reciprocal_rank
from bot.search.snippets import Snippet, make_snippet
from bot.search.suggest import suggest
from bot.search.terms import translations
from bot.search.vectors import PaperVectors
from bot.search.words import content_words, index_text
from storage import IndexedText, Paper, PaperFilter, Passage, Storage, StoredVector, Summary

LANGUAGES = ("ko", "en")
_BATCH = 64
_CANDIDATES = 60
_TRANSLATION_WEIGHT = 0.7
# What is less alike than this has nothing to do with the query.
_NEAR = 0.25
_MOST_NEAR = 10
# Ranking one paper takes about three microseconds.
_MOST_SCORED = 8_000
_Item = TypeVar("_Item")


class Clock(Protocol):
    """Gives the time, aware and in UTC."""

    def __call__(self) -> datetime: ...


@dataclass(frozen=True)
class PaperHit:
    """A paper found. ``date`` is its listing's, else that of its publication. ``matched`` is
    False when only its meaning is near."""

    paper: Paper
    date: date | None
    score: float
    snippet: str
    marked: str = ""
    matched: bool = True


@dataclass(frozen=True)
class PassageHit:
    """A passage found. ``similarity`` is the cosine to the question, None without vectors."""

    paper_id: str
    passage: Passage
    score: float
    words: float = 0.0
    similarity: float | None = None


class SearchIndex:
    """Search over papers and their passages, in Korean and English. Safe in any thread."""

    def __init__(self, storage: Storage, embedder: Embedder | None, clock: Clock) -> None:
        self._storage = storage
        self._embedder = embedder
        self._remembering = None if embedder is None else Remembering(embedder)
        self._clock = clock
        self._library = Library(storage, model=embedder.name if embedder else None)
        self._vectors = (
            PaperVectors(storage, embedder.name, embedder.dimension) if embedder else None
        )

    @property
    def embedder(self) -> Embedder | None:
        """What makes vectors of questions and sentences, or None when search goes by words
        alone."""
        return self._remembering

    def index(self, paper_ids: Sequence[str]) -> None:
        """Bring the index up to date for these papers. Doing it again changes nothing."""
        papers = self._storage.papers.get_many(list(dict.fromkeys(paper_ids)))
        self._index_words(papers)
        for paper in papers:
            passages = self._storage.search.unindexed_passages(paper.id)
            texts = [(one, index_text(passage_text(s, t))) for one, s, t in passages]
            if texts:
                self._storage.search.save_passage_texts(texts)
        if self._embedder is not None:
            self._embed_papers(papers, self._embedder)
            for paper in papers:
                self._embed_passages(paper.id, self._embedder)

    def papers(self, query: str, *, limit: int, offset: int = 0) -> list[PaperHit]:
        """The papers that fit a query, best first; filters alone list the newest."""
        parsed = parse_query(query)
        if parsed.is_empty:
            return []
        if not parsed.words:
            found = self._storage.search.filtered(parsed.where, limit=limit + offset)
            return self._hits([(one, 1.0) for one in found[offset:]], parsed, set(found))
        fused, matched = self._found(parsed, limit=max(_CANDIDATES, limit + offset))
        return self._hits(fused[offset : offset + limit], parsed, matched)

    def suggest(self, query: str) -> str | None:
        """The query that was probably meant, for one that finds nothing; None when it is well
        written or nothing is like it."""
        return suggest(parse_query(query).words, self._storage)

    def related(
        self, question: str, *, limit: int, among: Sequence[str] | None = None
    ) -> list[Paper]:
        """The papers (of the archive, or *among* these) that may say something on a question,
        best first: a loose search, for a reader that judges by itself."""
        by_words = self._storage.search.match_papers(
            Tries.of(question).loose, PaperFilter(), limit=_CANDIDATES
        )
        by_meaning = self._by_meaning(Query(question), limit=_CANDIDATES, among=among)
        fused = reciprocal_rank([by_words, [one for one, _ in by_meaning]])
        found = [one for one, _ in fused if among is None or one in among]
        rest = [one for one in among or () if one not in found]
        return self._storage.papers.get_many([*found, *rest][:limit])

    def similarities(self, text: str, paper_ids: Sequence[str]) -> dict[str, float]:
        """The cosine of a text to each paper that has a vector; empty without an embedder."""
        vector = self.embed_query(text)
        if vector is None or self._vectors is None:
            return {}
        return dict(self._vectors.nearest(vector, limit=len(paper_ids), among=paper_ids))

    def passages(
        self,
        paper_ids: Sequence[str],
        query: str,
        *,
        limit: int,
        expansions: Mapping[str, float] | None = None,
    ) -> list[PassageHit]:
        """The best passages of these papers for a question, best first.

        *expansions* are further words with their weights, where the question's own count 1.
        """
        vector = self.embed_query(query)
        weights = query_weights(query, expansions)
        hits: list[PassageHit] = []
        for paper_id in dict.fromkeys(paper_ids):
            prepared = self._library.paper(paper_id)
            ranked = rank(prepared, weights, vector)
            hits += _passage_hits(paper_id, prepared.passages, ranked, limit)
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def embed_query(self, query: str) -> Vectors | None:
        """The query as a vector, or None when there is no embedder."""
        return None if self._remembering is None else self._remembering.embed([query])[0]

    def _found(self, query: Query, *, limit: int) -> tuple[list[tuple[str, float]], set[str]]:
        """Paper ids with scores, best first; and those of them that words have found.

        One or two words are looked up as they are; meaning helps when nothing holds them. Longer
        queries describe something: there every sign counts.
        """
        tries = Tries.of(query.words)
        exact = self._by_words([tries.exact, tries.bare, tries.translated], query, limit=limit)
        if exact and tries.is_short:
            return reciprocal_rank([exact]), set(exact)
        loose = self._by_words([tries.loose], query, limit=limit)
        matched = {*exact, *loose}
        near = [one for one, likeness in self._by_meaning(query, limit=limit) if likeness > _NEAR]
        strangers = [one for one in near if one not in matched][_MOST_NEAR:]
        near = [one for one in near if one not in strangers]
        return reciprocal_rank([exact, loose, near]), matched

    def _by_words(self, expressions: Sequence[str], query: Query, *, limit: int) -> list[str]:
        """What the expressions find, stricter ones first, papers before their full texts."""
        found: list[str] = []
        newest = self._window(query.words)
        for expression in dict.fromkeys(filter(None, expressions)):
            found += self._storage.search.match_papers(
                expression, query.where, limit=limit, newest=newest
            )
            if len(found) < limit:
                found += self._storage.search.match_passages(expression, query.where, limit=limit)
            if len(found) >= limit:
                break
        return list(dict.fromkeys(found))[:limit]

    def _window(self, words: str) -> int | None:
        """How many of the newest papers to look at, so that a query of common words is answered
        in time in a large archive; None for all of them."""
        indexed = self._storage.search.indexed_count()
        if indexed <= _MOST_SCORED:
            return None
        common = max(
            (self._storage.search.frequency(word) for word in content_words(words)), default=0
        )
        return None if common <= _MOST_SCORED else indexed * _MOST_SCORED // common

    def _by_meaning(
        self, query: Query, *, limit: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        vector = self.embed_query(query.words)
        if vector is None or self._vectors is None:
            return []
        if query.where != PaperFilter():
            among = self._storage.search.filtered(query.where, limit=100_000)
        return self._vectors.nearest(vector, limit=limit, among=among)

    def _hits(
        self, scored: Sequence[tuple[str, float]], query: Query, matched: set[str]
    ) -> list[PaperHit]:
        scores = dict(scored)
        papers = self._storage.papers.get_many(list(scores))
        summaries = {
            language: self._storage.summaries.get_many(list(scores), language)
            for language in LANGUAGES
        }
        hits = []
        for paper in papers:
            texts = self._texts(paper, [found.get(paper.id) for found in summaries.values()])
            snippet = make_snippet(texts, query.words)
            hits.append(self._hit(paper, scores[paper.id], snippet, paper.id in matched))
        return hits

    def _hit(self, paper: Paper, score: float, snippet: Snippet, matched: bool) -> PaperHit:
        days = self._storage.listings.dates_of(paper.id)
        day = days[0] if days else (paper.published.date() if paper.published else None)
        return PaperHit(
            paper=paper,
            date=day,
            score=round(score, 6),
            snippet=snippet.text,
            marked=snippet.mrkdwn(),
            matched=matched,
        )

    def _texts(self, paper: Paper, summaries: Sequence[Summary | None]) -> list[str]:
        korean = self._storage.papers.abstract(paper.id, "ko") or ""
        told = [_summary_text(one) for one in summaries if one is not None]
        return [paper.abstract, korean, *told, paper.title]

    def _index_words(self, papers: Sequence[Paper]) -> None:
        ids = [paper.id for paper in papers]
        known = self._storage.search.content_hashes(ids)
        summaries = [self._storage.summaries.get_many(ids, language) for language in LANGUAGES]
        with self._storage.transaction():
            for paper in papers:
                told = [found[paper.id] for found in summaries if paper.id in found]
                korean = self._storage.papers.abstract(paper.id, "ko") or ""
                text = _indexed(paper, korean, told)
                if known.get(paper.id) != text.content_hash:
                    self._storage.search.save_text(text)

    def _embed_papers(self, papers: Sequence[Paper], embedder: Embedder) -> None:
        texts = {paper.id: f"{paper.title}. {paper.abstract}".strip() for paper in papers}
        hashes = {one: _hash(text) for one, text in texts.items()}
        known = self._storage.search.vector_hashes(list(texts), model=embedder.name)
        stale = [one for one in texts if known.get(one) != hashes[one]]
        for batch in _batches(stale):
            vectors = embedder.embed([texts[one] for one in batch])
            self._storage.search.save_paper_vectors(
                [
                    StoredVector(
                        one, embedder.name, embedder.dimension, to_bytes(vector), hashes[one]
                    )
                    for one, vector in zip(batch, vectors, strict=True)
                ]
            )

    def _embed_passages(self, paper_id: str, embedder: Embedder) -> None:
        missing = self._storage.search.passages_without_vector(paper_id, model=embedder.name)
        for batch in _batches(missing):
            vectors = embedder.embed([passage_text(section, text) for _, section, text in batch])
            self._storage.search.save_passage_vectors(
                {
                    passage_id: StoredVector(
                        paper_id, embedder.name, embedder.dimension, to_bytes(vector)
                    )
                    for (passage_id, _, _), vector in zip(batch, vectors, strict=True)
                }
            )


def query_weights(query: str, expansions: Mapping[str, float] | None = None) -> dict[str, float]:
    """The query's words, their translations, and further words, each with its weight."""
    weights = dict.fromkeys(content_words(query), 1.0)
    added = dict.fromkeys(translations(query), _TRANSLATION_WEIGHT)
    for text, weight in [*added.items(), *(expansions or {}).items()]:
        for word in content_words(text):
            weights.setdefault(word, weight)
    return weights


def _passage_hits(
    paper_id: str, passages: Sequence[Passage], ranked: Ranked, limit: int
) -> list[PassageHit]:
    order = np.argsort(-ranked.fused, kind="stable")[:limit]
    return [
        PassageHit(
            paper_id=paper_id,
            passage=passages[index],
            score=float(ranked.fused[index]),
            words=float(ranked.words[index]),
            similarity=None if ranked.similarity is None else float(ranked.similarity[index]),
        )
        for index in order
    ]


def _indexed(paper: Paper, korean: str, summaries: Sequence[Summary]) -> IndexedText:
    title = index_text(paper.title)
    people = index_text(" ".join([*paper.authors, paper.organization or ""]))
    abstract = index_text(f"{paper.abstract}\n{korean}")
    told = [_summary_text(one) for one in summaries]
    summary = index_text("\n".join([*told, " ".join(paper.keywords), paper.ai_summary or ""]))
    return IndexedText(
        paper_id=paper.id,
        content_hash=_hash("\x1f".join((title, people, abstract, summary))),
        title=title,
        people=people,
        abstract=abstract,
        summary=summary,
    )


def _summary_text(summary: Summary) -> str:
    return "\n".join(
        [
            summary.tldr,
            *(highlight.text for highlight in summary.highlights),
            *(section.text for section in summary.sections),
            *summary.introduction,
            " ".join(summary.keywords),
        ]
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _batches(items: Sequence[_Item]) -> list[Sequence[_Item]]:
    return [items[at : at + _BATCH] for at in range(0, len(items), _BATCH)]

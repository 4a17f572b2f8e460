"""The search index: keeps words and vectors of what is stored, and finds papers and passages."""

import copy
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.errors import ModelError
from bot.search.embedder import Embedder, Remembering, ServedEmbedder, Vectors
from bot.search.expressions import Tries
from bot.search.ingest import LANGUAGES, index_papers, index_said, summary_text
from bot.search.library import Library
from bot.search.query import Query, parse_query
from bot.search.ranking import Ranked, rank, reciprocal_rank
from bot.search.snippets import Snippet, make_snippet
from bot.search.suggest import suggest
from bot.search.terms import translations
from bot.search.vectors import PaperVectors
from bot.search.words import content_words
from storage import Paper, PaperFilter, Passage, Storage, Summary

logger = logging.getLogger(__name__)

_CANDIDATES = 60
_TRANSLATION_WEIGHT = 0.7
# What is less alike than this has nothing to do with the query.
_NEAR = 0.25
_MOST_NEAR = 10
# How far a paper stands out for a topic, measured by ``tests.benchmarks.topics``: a short topic is
# a little near to everything, and to which degree depends on the topic.
STANDS_OUT, NEAR_TOPIC = 3.5, 0.2
FEWEST_TO_COMPARE = 60
# Ranking one paper takes about three microseconds.
_MOST_SCORED = 8_000
_MOST_FILTERED = 100_000


@dataclass(frozen=True)
class PaperHit:
    """A paper found. ``date`` is its listing's, else that of its publication. ``marked`` is the
    snippet as mrkdwn with the hits in bold; ``matched`` is False when only the meaning is near."""

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

    def __init__(
        self,
        storage: Storage,
        embedder: Embedder | None,
        *,
        sentences: Embedder | None = None,
    ) -> None:
        """*embedder* makes the vectors that are stored. *sentences* is for the many sentences of
        an answer while somebody waits: the same one unless another is given, but never a server,
        which is too far."""
        self._storage = storage
        self._embedder = embedder
        self._queries = None if embedder is None else Remembering(embedder)
        near = sentences or (None if isinstance(embedder, ServedEmbedder) else embedder)
        self._sentences = self._queries if near is embedder else near and Remembering(near)
        self._library = Library(storage, model=embedder.name if embedder else None)
        self._vectors = None if embedder is None else PaperVectors(storage, embedder.name)

    @property
    def embedder(self) -> Embedder | None:
        """What makes vectors of sentences to compare, or None when search goes by words alone."""
        return self._sentences

    def index(self, paper_ids: Sequence[str]) -> None:
        """Bring the index up to date for these papers, and for what the team wrote about any.
        Doing it again changes nothing."""
        index_papers(self._storage, self._embedder, paper_ids)
        index_said(self._storage)

    def index_missing(self) -> None:
        """Index what is stored and has no words in the index."""
        self.index(self._storage.search.unindexed_papers())

    def seen_by(self, storage: Storage) -> "SearchIndex":
        """The same index with the notes and corrections that may be seen in the scope of
        *storage*; vectors and what else is held in memory is shared."""
        view = copy.copy(self)
        view._storage = storage
        return view

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
        loose = Tries.of(question).loose
        by_words = self._storage.search.match_papers(loose, PaperFilter(), limit=_CANDIDATES)
        said = self._storage.said.match(loose, limit=_CANDIDATES)
        by_meaning = self._by_meaning(Query(question), limit=_CANDIDATES, among=among)
        fused = reciprocal_rank([by_words, said, [one for one, _ in by_meaning]])
        found = [one for one, _ in fused if among is None or one in among]
        rest = [one for one in among or () if one not in found]
        return self._storage.papers.get_many([*found, *rest][:limit])

    def similarities(self, text: str, paper_ids: Sequence[str]) -> dict[str, float]:
        """The cosine of a text to each paper that has a vector; empty without an embedder."""
        vector = self.embed_query(text)
        if vector is None or self._vectors is None:
            return {}
        return dict(self._vectors.nearest(vector, limit=len(paper_ids), among=paper_ids))

    def near(self, topic: str, paper_ids: Sequence[str]) -> list[str]:
        """Those of these papers whose meaning clearly is near a topic, whatever its language;
        none without an embedder or in a small archive."""
        vector = self.embed_query(topic)
        if vector is None or self._vectors is None:
            return []
        return self._vectors.outstanding(
            vector, paper_ids, distance=STANDS_OUT, least=NEAR_TOPIC, fewest=FEWEST_TO_COMPARE
        )

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
        """The query as a vector, or None when there is no embedder or its server is down."""
        if self._queries is None:
            return None
        try:
            vector: Vectors = self._queries.embed([query])[0]
            return vector
        except ModelError as error:
            logger.warning("searching by words alone: %s", error)
            return None

    def _found(self, query: Query, *, limit: int) -> tuple[list[tuple[str, float]], set[str]]:
        """Paper ids with scores, best first; and those of them that words have found.

        One or two words are looked up as they are; meaning helps when nothing holds them. Longer
        queries describe something: there every sign counts.
        """
        tries = Tries.of(query.words)
        strict = [tries.exact, tries.bare, tries.translated]
        exact = self._by_words(strict, query, limit=limit, gather=min)
        if exact and tries.is_short:
            return reciprocal_rank([exact]), set(exact)
        loose = self._by_words([tries.loose], query, limit=limit, gather=sum)
        matched = {*exact, *loose}
        near = [one for one, likeness in self._by_meaning(query, limit=limit) if likeness > _NEAR]
        strangers = [one for one in near if one not in matched][_MOST_NEAR:]
        near = [one for one in near if one not in strangers]
        return reciprocal_rank([exact, loose, near]), matched

    def _by_words(
        self,
        expressions: Sequence[str],
        query: Query,
        *,
        limit: int,
        gather: Callable[[Sequence[int]], int],
    ) -> list[str]:
        """What the expressions find, stricter ones first, papers before what the team wrote about
        them and before their full texts.

        *gather* tells from how many papers hold each word how many hold what is asked for.
        """
        found: list[str] = []
        newest = self._window(query.words, gather)
        for expression in dict.fromkeys(filter(None, expressions)):
            found += self._storage.search.match_papers(
                expression, query.where, limit=limit, newest=newest
            )
            found += self._by_said(expression, query, limit=limit)
            if len(found) < limit:
                found += self._storage.search.match_passages(expression, query.where, limit=limit)
            if len(found) >= limit:
                break
        return list(dict.fromkeys(found))[:limit]

    def _by_said(self, expression: str, query: Query, *, limit: int) -> list[str]:
        """Papers of which notes and corrections speak."""
        found = self._storage.said.match(expression, limit=limit)
        if not found or query.where == PaperFilter():
            return found
        allowed = set(self._storage.search.filtered(query.where, limit=_MOST_FILTERED))
        return [one for one in found if one in allowed]

    def _window(self, words: str, gather: Callable[[Sequence[int]], int]) -> int | None:
        """How many of the newest papers to look at, so that a query of common words is answered
        in time in a large archive; None for all of them."""
        indexed = self._storage.search.indexed_count()
        if indexed <= _MOST_SCORED:
            return None
        many = [self._storage.search.frequency(word) for word in content_words(words)]
        held = gather(many) if many else 0
        return None if held <= _MOST_SCORED else indexed * _MOST_SCORED // held

    def _by_meaning(
        self, query: Query, *, limit: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        vector = self.embed_query(query.words)
        if vector is None or self._vectors is None:
            return []
        if query.where != PaperFilter():
            among = self._storage.search.filtered(query.where, limit=_MOST_FILTERED)
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
            is_matched = paper.id in matched
            if is_matched and query.words and not snippet.hits:
                passages = self.passages([paper.id], query.words, limit=1)
                snippet = make_snippet([one.passage.text for one in passages] or texts, query.words)
            hits.append(self._hit(paper, scores[paper.id], snippet, is_matched))
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
        told = [summary_text(one) for one in summaries if one is not None]
        notes = [note.text for note in self._storage.notes.of_paper(paper.id)]
        return [paper.abstract, korean, *told, paper.title, *notes]


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

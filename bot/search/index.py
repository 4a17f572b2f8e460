"""The search index: keeps words and vectors of what is stored, and finds papers and passages."""

import copy
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from bot.errors import ModelError
from bot.languages import LANGUAGES
from bot.search.embedder import Embedder, Remembering, ServedEmbedder, Vectors
from bot.search.expressions import Tries
from bot.search.ingest import index_member_texts, index_papers, summary_text
from bot.search.library import Library
from bot.search.query import Query, parse_query
from bot.search.question_map import question_map
from bot.search.ranking import Ranked, counted, rank, reciprocal_rank, saturated
from bot.search.snippets import Snippet, hit_pattern, make_snippet
from bot.search.suggest import suggest
from bot.search.vectors import PaperVectors
from bot.text.terms import translations
from bot.text.words import content_words
from storage import MOST_SCORED, WHOLE_TEAM, Paper, PaperFilter, Passage, Storage

logger = logging.getLogger(__name__)

# What is done before a bot that stops is asked whether to go on.
MISSING_AT_ONCE = 50
_CANDIDATES = 60
_TRANSLATION_WEIGHT = 0.7
# What is less alike than this has nothing to do with the query.
_NEAR = 0.25
_MOST_NEAR = 10
# How far a paper stands out for a topic, measured by ``tests.benchmarks.topics``: a short topic is
# a little near to everything, and to which degree depends on the topic.
STANDS_OUT, NEAR_TOPIC = 3.5, 0.2
FEWEST_TO_COMPARE = 60
# How much words count beside meaning when papers are ranked for a topic.
WORDS_OF_TOPIC = 0.7
_FEWEST_TERMS = 2
# So many of the nearest papers are tried on a filter.
_NEAR_FILTERED = 1_000


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
class SearchPage:
    """One page of what was found; ``total`` counts all pages. ``unclear`` are filters as they were
    typed whose value makes no sense: the search went on without them."""

    hits: tuple[PaperHit, ...] = ()
    total: int = 0
    unclear: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether words have found something; otherwise they may be misspelt."""
        return any(hit.matched for hit in self.hits)


@dataclass(frozen=True)
class PassageHit:
    """A passage found. ``similarity`` is the cosine to the question, None without vectors."""

    paper_id: str
    passage: Passage
    score: float
    words: float = 0.0
    similarity: float | None = None


class SearchIndex:
    """Search over papers and their passages, in all languages. Safe in any thread."""

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
        index_member_texts(self._storage)

    def index_missing(self, *, leave_off: Callable[[], bool] = lambda: False) -> None:
        """Index what is stored and lacks words or vectors, until *leave_off* says so."""
        missing = self.missing()
        index_member_texts(self._storage)
        for start in range(0, len(missing), MISSING_AT_ONCE):
            if leave_off():
                return
            index_papers(self._storage, self._embedder, missing[start : start + MISSING_AT_ONCE])

    def missing(self) -> list[str]:
        """Ids of the papers that :meth:`index_missing` would index."""
        model = None if self._embedder is None else self._embedder.name
        return self._storage.search.unindexed_papers(model=model)

    def of_team(self, storage: Storage) -> "SearchIndex":
        """The same index with the notes and corrections of the team of *storage*; vectors and what
        else is held in memory is shared."""
        view = copy.copy(self)
        view._storage = storage
        return view

    def papers(self, query: str, *, limit: int, offset: int = 0) -> list[PaperHit]:
        """The papers that fit a query, best first; filters alone list the newest."""
        return list(self.find(query, limit=limit, offset=offset, most=limit + offset).hits)

    def find(
        self,
        query: str,
        *,
        limit: int,
        most: int,
        offset: int = 0,
        member: str | None = None,
        place: str = WHOLE_TEAM,
    ) -> SearchPage:
        """A page of *limit* papers that fit a query, of *most* papers on all pages, by what may be
        seen in *place*.

        ``saved:`` means the list of *member*; without one, the papers that anybody saved.
        """
        parsed = replace(parse_query(query), place=place)
        if parsed.wants_saved:
            saved = self._storage.library.papers_saved(member)
            parsed = replace(parsed, where=replace(parsed.where, among=tuple(saved)))
        if parsed.is_empty:
            return SearchPage(unclear=parsed.unknown)
        if parsed.words:
            ranked, matched = self._found(parsed, limit=max(_CANDIDATES, most))
        else:
            newest = self._storage.words.filtered(parsed.where, limit=most)
            ranked, matched = [(one, 1.0) for one in newest], set(newest)
        ranked = ranked[:most]
        hits = self._hits(ranked[offset : offset + limit], parsed, matched)
        return SearchPage(tuple(hits), len(ranked), parsed.unknown)

    def suggest(self, query: str) -> str | None:
        """The query that was probably meant, for one that finds nothing; None when it is well
        written or nothing is like it."""
        return suggest(parse_query(query).words, self._storage)

    def related(
        self,
        question: str,
        *,
        limit: int,
        among: Sequence[str] | None = None,
        place: str = WHOLE_TEAM,
    ) -> list[Paper]:
        """The papers (of the archive, or *among* these) that may say something on a question,
        best first: a loose search, for a reader that judges by itself. What the team wrote counts
        as far as it may be seen in *place*."""
        loose = Tries.of(question).loose
        by_words = self._storage.words.match_papers(loose, PaperFilter(), limit=_CANDIDATES)
        said = self._storage.member_texts.match(loose, limit=_CANDIDATES, place=place)
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

    def near(self, topic: str, paper_ids: Sequence[str]) -> dict[str, tuple[float, bool]]:
        """How near each of these papers is to a topic, whatever its language, by words and meaning:
        from 0 to 1; and whether its meaning clearly is, which is said of none without an embedder
        or in a small archive."""
        papers = self._storage.papers.get_many(paper_ids)
        texts = [counted(one.title, one.abstract) for one in papers]
        words = saturated(texts, query_weights(topic))
        vector = self.embed_query(topic)
        degrees: dict[str, float] = {}
        if vector is not None and self._vectors is not None:
            degrees = self._vectors.near(
                vector, paper_ids, clearly=STANDS_OUT, least=NEAR_TOPIC, fewest=FEWEST_TO_COMPARE
            )
        found = {}
        for place, paper in enumerate(papers):
            degree = degrees.get(paper.id, 0.0)
            fused = WORDS_OF_TOPIC * words[place] + (1 - WORDS_OF_TOPIC) * degree
            found[paper.id] = (fused, degree >= 1)
        return found

    def likeness(
        self, cared_for: Mapping[str, float], paper_ids: Sequence[str]
    ) -> dict[str, tuple[float, str | None]]:
        """How much these papers are like those that were *cared_for* (from -1 to 1 by their ids),
        from -1 to 1, and which of them each is most like. Empty without an embedder or in a small
        archive."""
        if self._vectors is None:
            return {}
        return self._vectors.likeness(cared_for, paper_ids, fewest=FEWEST_TO_COMPARE)

    def passages(
        self,
        paper_ids: Sequence[str],
        query: str,
        *,
        limit: int,
    ) -> list[PassageHit]:
        """The best passages of these papers for a question, best first."""
        vector = self.embed_query(query)
        weights = query_weights(query)
        learnt = None if self._embedder is None else question_map(self._embedder.name)
        hits: list[PassageHit] = []
        for paper_id in dict.fromkeys(paper_ids):
            prepared = self._library.paper(paper_id)
            ranked = rank(prepared, weights, vector, learnt)
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
        exact = self._by_words(strict, query, limit=limit)
        if exact and tries.is_short:
            return reciprocal_rank([exact]), set(exact)
        enough = len(exact) >= limit
        loose = [] if enough else self._by_words([self._telling(tries)], query, limit=limit)
        matched = {*exact, *loose}
        near = [one for one, likeness in self._by_meaning(query, limit=limit) if likeness > _NEAR]
        strangers = [one for one in near if one not in matched][_MOST_NEAR:]
        near = [one for one in near if one not in strangers]
        return reciprocal_rank([exact, loose, near]), matched

    def _by_words(self, expressions: Sequence[str], query: Query, *, limit: int) -> list[str]:
        """What the expressions find, stricter ones first, papers before what the team wrote about
        them and before their full texts."""
        found: list[str] = []
        for expression in dict.fromkeys(filter(None, expressions)):
            found += self._storage.words.match_papers(expression, query.where, limit=limit)
            found += self._by_member_texts(expression, query, limit=limit)
            if len(found) < limit:
                found += self._storage.words.match_passages(expression, query.where, limit=limit)
            if len(found) >= limit:
                break
        return list(dict.fromkeys(found))[:limit]

    def _telling(self, tries: Tries) -> str:
        """Any of the terms, without the common ones where so many papers hold them that ranking
        them all takes too long: what stands in half of the papers tells nothing of one."""
        many = self._storage.words.estimates(tries.terms, above=MOST_SCORED)
        kept: list[str] = []
        for term in sorted(many, key=lambda one: many[one]):
            together = sum(many[one] for one in (*kept, term))
            if together <= MOST_SCORED or len(kept) < _FEWEST_TERMS:
                kept.append(term)
        return " OR ".join(kept)

    def _by_member_texts(self, expression: str, query: Query, *, limit: int) -> list[str]:
        """Papers of which notes and corrections speak."""
        found = self._storage.member_texts.match(expression, limit=limit, place=query.place)
        return self._storage.words.passing(found, query.where)

    def _by_meaning(
        self, query: Query, *, limit: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        vector = self.embed_query(query.words)
        if vector is None or self._vectors is None:
            return []
        if query.where == PaperFilter():
            return self._vectors.nearest(vector, limit=limit, among=among)
        near = dict(
            self._vectors.nearest(vector, limit=_NEAR_FILTERED, among=query.where.among or among)
        )
        passing = self._storage.words.passing(list(near), query.where)
        return [(one, near[one]) for one in passing[:limit]]

    def _hits(
        self, scored: Sequence[tuple[str, float]], query: Query, matched: set[str]
    ) -> list[PaperHit]:
        scores = dict(scored)
        papers = self._storage.papers.get_many(list(scores))
        told = self._texts(papers, query.place)
        pattern = hit_pattern(query.words)
        days = self._storage.search.days(list(scores))
        snippets = {one: make_snippet(texts, pattern) for one, texts in told.items()}
        bare = [one for one in matched & set(scores) if not snippets[one].hits]
        if bare and query.words:
            loose = Tries.of(query.words).loose
            for one, text in self._storage.words.matching_passages(bare, loose).items():
                snippets[one] = make_snippet([text, *told[one]], pattern)
        return [
            _hit(one, days.get(one.id), scores[one.id], snippets[one.id], one.id in matched)
            for one in papers
        ]

    def _texts(self, papers: Sequence[Paper], place: str) -> dict[str, list[str]]:
        """What is stored of each paper, in the order in which a hit is looked for."""
        ids, storage = [paper.id for paper in papers], self._storage
        translated = storage.papers.translations(ids)
        summaries = storage.summaries.in_languages(ids, LANGUAGES, place=place).values()
        notes = storage.notes.of_papers(ids, place=place)
        return {
            paper.id: [
                paper.abstract,
                *translated[paper.id].values(),
                *(summary_text(found[paper.id]) for found in summaries if paper.id in found),
                paper.title,
                *(note.text for note in notes[paper.id]),
            ]
            for paper in papers
        }


def _hit(paper: Paper, day: str | None, score: float, snippet: Snippet, matched: bool) -> PaperHit:
    return PaperHit(
        paper=paper,
        date=date.fromisoformat(day) if day else None,
        score=round(score, 6),
        snippet=snippet.text,
        marked=snippet.mrkdwn(),
        matched=matched,
    )


def query_weights(query: str) -> dict[str, float]:
    """The query's words and their translations, each with its weight."""
    weights = dict.fromkeys(content_words(query), 1.0)
    for text in translations(query):
        for word in content_words(text):
            weights.setdefault(word, _TRANSLATION_WEIGHT)
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

"""Answers without a model: the best stored sentences, quoted with their place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.definitions import kind_asked
from bot.answers.evidence import PASSAGE, SUMMARY, Source, gather, source_of
from bot.answers.facts import Record, links_of, tell, unknown
from bot.answers.judge import fitting, is_near, seems_answered
from bot.answers.kinds import RECORD_KINDS, Kind
from bot.answers.lists import Listing, find_list, wants_list
from bot.answers.memory import in_context
from bot.answers.outline import method_sections, title_of
from bot.answers.prose import quotable
from bot.answers.quoting import as_text, quote
from bot.answers.records import EXTRACTIVE, RECORD, Answer, Ask
from bot.answers.sentences import Pick, is_general, pick
from bot.languages import Catalog, catalog
from bot.search import SearchIndex
from bot.search.words import has_hangul
from bot.slack.blocks import truncate
from storage import Paper, Passage, Storage

QUOTES = {"normal": 3, "detailed": 6, "simple": 1}
_NEAR_MISSES = 2
_PASSAGES = 8
_NAME = 40
_QUOTES_BEFORE_OUTLINE = 2


@dataclass(frozen=True)
class Found:
    """The picked sentences for one paper, and whether they seem to answer; ``similarity`` and
    ``coverage`` are the signs that the judge saw."""

    picks: tuple[Pick, ...]
    similarity: float | None
    coverage: float
    answered: bool
    has_passages: bool


class Extractive:
    """Makes answers about one paper by choosing sentences, or reads them off its record."""

    def __init__(self, storage: Storage, search: SearchIndex) -> None:
        self._storage = storage
        self._search = search

    def answer(self, ask: Ask, paper: Paper) -> Answer:
        """The answer to *ask* about *paper* alone."""
        words = catalog(ask.language)
        kind = kind_asked(ask.question)
        if kind in RECORD_KINDS:
            told = self.tell(kind, paper, words)
            if told is not None or kind is not Kind.CODE:
                return _from_record(told or unknown(kind, words), paper, words, found=bool(told))
        question = in_context(ask.question, ask.history)
        if kind in RECORD_KINDS:
            return self._beside_record(question, ask, paper, words)
        if wants_list(question, kind) and is_general(question, kind) and ask.manner != "simple":
            return self._several(question, ask, paper, words)
        found = self.find(paper, question, words, limit=QUOTES[ask.manner])
        return self._quoted(found, paper, kind, words)

    def near(self, ask: Ask, paper: Paper) -> Answer:
        """The answer that *paper* doesn't tell, with the sentences that come nearest."""
        words = catalog(ask.language)
        question = in_context(ask.question, ask.history)
        found = self.find(paper, question, words, limit=_NEAR_MISSES)
        unanswered = replace(found, picks=found.picks[:_NEAR_MISSES], answered=False)
        return self._not_found(unanswered, paper, Kind.OTHER, words)

    def tell(self, kind: Kind, paper: Paper, words: Catalog) -> str | None:
        """What the record says for a question of this kind, or None."""
        days = self._storage.listings.dates_of(paper.id)
        summary = self._storage.summaries.get(paper.id, words.language)
        record = Record(paper, days[0] if days else None, summary.organizations if summary else ())
        return tell(kind, record, words)

    def find(self, paper: Paper, question: str, words: Catalog, *, limit: int) -> Found:
        """The best sentences about *question* in the stored texts of *paper*."""
        kind = kind_asked(question)
        sources = gather(
            self._storage,
            self._search,
            paper,
            question=question,
            words=words,
            passages=_PASSAGES,
        )
        picks = pick(
            question, sources, kind=kind, embedder=self._search.embedder, limit=max(limit, 3)
        )
        answered = seems_answered(question, kind, picks)
        shown = fitting(kind, picks.best)[:limit] if answered else picks.best[:_NEAR_MISSES]
        if answered and not is_general(question, kind):
            shown = _adding(shown)
        return Found(
            picks=shown,
            similarity=picks.similarity,
            coverage=picks.coverage,
            answered=answered,
            has_passages=any(source.origin == PASSAGE for source in sources),
        )

    def _beside_record(self, question: str, ask: Ask, paper: Paper, words: Catalog) -> Answer:
        """What the text says where the record says nothing."""
        kind = kind_asked(ask.question)
        missing = unknown(kind, words)
        found = self.find(paper, question, words, limit=QUOTES[ask.manner])
        if not found.answered:
            return _from_record(missing, paper, words, found=False)
        quoted = self._quoted(found, paper, kind, words)
        return replace(quoted, text=f"{missing} {quoted.text}")

    def _several(self, question: str, ask: Ask, paper: Paper, words: Catalog) -> Answer:
        """The list that the paper itself makes of what is asked for ("the key techniques"); where
        it makes none, sentences and the sections that describe its parts."""
        kind = kind_asked(question)
        passages = self._storage.fulltexts.passages(paper.id)
        listing = find_list(passages, kind)
        if listing is not None:
            found = self.find(paper, question, words, limit=QUOTES[ask.manner])
            listed = self._listed(listing, paper, words)
            told = [one for one in found.picks if _translates(one, listed)][:1]
            more = [one for one in found.picks if one not in told and not _repeats(one, listed)]
            wanted = more if ask.manner == "detailed" else []
            picks = (*told, *listed, *wanted[: QUOTES["normal"]])
            return self._quoted(replace(found, picks=picks, answered=True), paper, kind, words)
        parts = method_sections(passages, name_of(paper)) if kind is Kind.METHOD else []
        limit = _QUOTES_BEFORE_OUTLINE if parts else QUOTES[ask.manner]
        found = self.find(paper, question, words, limit=limit)
        quoted = self._quoted(found, paper, kind, words)
        return self._with_outline(quoted, parts, paper, words) if parts else quoted

    def _listed(self, listing: Listing, paper: Paper, words: Catalog) -> list[Pick]:
        parts = [*([listing.lead] if listing.lead else []), *listing.items]
        fulltext = self._storage.fulltexts.get(paper.id)
        return [
            _pick(one.text, source_of(paper, fulltext, one.passage, words), one.mark)
            for one in parts
        ]

    def _with_outline(
        self, quoted: Answer, parts: Sequence[Passage], paper: Paper, words: Catalog
    ) -> Answer:
        fulltext = self._storage.fulltexts.get(paper.id)
        lines, citations = [words.text("answers-outline")], list(quoted.citations)
        for part in parts:
            source = source_of(paper, fulltext, part, words)
            opening = next(iter(quotable(part.text)), part.text)
            _, cited = quote([_pick(opening, source)], first=len(citations) + 1)
            citations += cited
            lines.append(f"- {as_text(title_of(part))} [{len(citations)}]")
        text = quoted.text + "\n\n" + "\n".join(lines)
        return replace(quoted, text=text, found=True, citations=tuple(citations))

    def _quoted(self, found: Found, paper: Paper, kind: Kind, words: Catalog) -> Answer:
        if not found.answered:
            return self._not_found(found, paper, kind, words)
        return self._with_quotes(found, paper, _lead(kind, words), words)

    def _not_found(self, found: Found, paper: Paper, kind: Kind, words: Catalog) -> Answer:
        """Says so, with what is near, or else with what the paper is about."""
        own = f"answers-not-found-{kind.value}"
        told = words.text(own if words.has(own) else "answers-not-found")
        if near := _near(found.picks):
            offered = words.text("answers-offer-near")
            return self._with_quotes(replace(found, picks=near), paper, f"{told} {offered}", words)
        about = self.find(paper, words.text("conversations-bare-mention"), words, limit=1)
        if about.picks:
            offered = words.text("answers-offer-about")
            shown = replace(found, picks=about.picks[:1])
            return self._with_quotes(shown, paper, f"{told} {offered}", words)
        empty = told if paper.abstract else words.text("answers-no-text")
        return Answer(empty, False, EXTRACTIVE, paper_ids=(paper.id,))

    def _with_quotes(self, found: Found, paper: Paper, lead: str, words: Catalog) -> Answer:
        quotes, citations = quote(found.picks)
        return Answer(
            text="\n\n".join([lead, *quotes]),
            found=found.answered,
            maker=EXTRACTIVE,
            citations=tuple(citations),
            paper_ids=(paper.id,),
            notes=self._notes(found, paper, words),
        )

    def _notes(self, found: Found, paper: Paper, words: Catalog) -> tuple[str, ...]:
        notes = [words.text("answers-note-extractive")]
        if any(pick.source.origin == SUMMARY for pick in found.picks):
            summary = self._storage.summaries.get(paper.id, words.language)
            if summary is not None and summary.maker != EXTRACTIVE:
                notes.append(words.text("answers-note-summary-model", maker=summary.maker))
        if not found.has_passages:
            notes.append(words.text("answers-note-abstract-only"))
        return tuple(notes)


def _pick(text: str, source: Source, mark: str = "") -> Pick:
    """A part of the paper that is shown for what it is, whatever it scores."""
    return Pick(text, source, score=1.0, similarity=None, coverage=1.0, mark=mark)


def _translates(one: Pick, listed: Sequence[Pick]) -> bool:
    """Whether a summary tells in the asker's language what the list tells in another."""
    is_korean = has_hangul(one.text)
    return one.source.origin == SUMMARY and is_korean and not has_hangul(listed[0].text)


def _repeats(one: Pick, listed: Sequence[Pick]) -> bool:
    return any(other.text in one.text or one.text in other.text for other in listed)


def _near(picks: Sequence[Pick]) -> tuple[Pick, ...]:
    return tuple(one for one in picks if is_near(one.similarity, one.coverage))


def _adding(picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """The first, and those after it that are near or hold a part of the question that none
    before them holds, or tell what the thing is."""
    kept: list[Pick] = []
    for one in picks:
        told = frozenset().union(*(other.matched for other in kept))
        if not kept or one.tells or is_near(one.similarity, one.coverage) or one.matched - told:
            kept.append(one)
    return tuple(kept)


def _lead(kind: Kind, words: Catalog) -> str:
    return words.text(f"answers-lead-kind-{lead_of(kind)}")


def lead_of(kind: Kind) -> str:
    """The kind whose lead sentence fits; record kinds that had to be searched have none."""
    return Kind.OTHER.value if kind in RECORD_KINDS - {Kind.CODE} else kind.value


def name_of(paper: Paper) -> str:
    """What a paper is called for short: the name before its title's colon, or the title cut."""
    name, colon, _ = paper.title.partition(":")
    return name if colon and len(name) <= _NAME else truncate(paper.title, _NAME)


def _from_record(text: str, paper: Paper, words: Catalog, *, found: bool) -> Answer:
    return Answer(
        text=text,
        found=found,
        maker=RECORD,
        paper_ids=(paper.id,),
        notes=(words.text("answers-note-record"),) if found else (),
        links=links_of(paper),
    )

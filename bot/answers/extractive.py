"""Answers without a model: the best stored sentences, quoted with their place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.evidence import PASSAGE, SUMMARY, gather
from bot.answers.facts import Record, links_of, tell, unknown
from bot.answers.judge import fitting, is_near, seems_answered
from bot.answers.kinds import RECORD_KINDS, Kind, kind_of
from bot.answers.memory import in_context
from bot.answers.quoting import GAP, around, in_order
from bot.answers.records import EXTRACTIVE, RECORD, Answer, Ask, Citation
from bot.answers.sentences import Pick, is_general, pick
from bot.blocks import truncate
from bot.i18n import Catalog, catalog
from bot.search import SearchIndex
from storage import Paper, Storage

QUOTES = {"normal": 3, "detailed": 6, "simple": 1}
_NEAR_MISSES = 2
_PASSAGES = 8
_NAME = 40
_REFERENCE = re.compile(
    r"(?<!\bin)(?<!\bto)(?<!\bof)(?<!\bfrom)(?<!\brange)(?<!\binterval)(?<=[\w.,;)])"
    r"\s?\[[1-9]\d{0,2}(?:\s*[,;–-]\s*[1-9]\d{0,2})*\]"
)
_LIKE_OURS = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")


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
        kind = kind_of(ask.question)
        if kind in RECORD_KINDS:
            told = self.tell(kind, paper, words)
            if told is not None or kind is not Kind.CODE:
                return _from_record(told or unknown(kind, words), paper, words, found=bool(told))
        question = in_context(ask.question, ask.history)
        found = self.find(paper, question, words, limit=QUOTES[ask.manner])
        if kind not in RECORD_KINDS:
            return self._quoted(found, paper, kind, words)
        missing = unknown(kind, words)
        if not found.answered:
            return _from_record(missing, paper, words, found=False)
        quoted = self._quoted(found, paper, kind, words)
        return replace(quoted, text=f"{missing} {quoted.text}")

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
        kind = kind_of(question)
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


def _near(picks: Sequence[Pick]) -> tuple[Pick, ...]:
    return tuple(one for one in picks if is_near(one.similarity, one.coverage))


def _adding(picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """The first, and those after it that are near or hold a part of the question that none
    before them holds."""
    kept: list[Pick] = []
    for one in picks:
        told = frozenset().union(*(other.matched for other in kept))
        if not kept or is_near(one.similarity, one.coverage) or one.matched - told:
            kept.append(one)
    return tuple(kept)


def _lead(kind: Kind, words: Catalog) -> str:
    return words.text(f"answers-lead-kind-{lead_of(kind)}")


def lead_of(kind: Kind) -> str:
    """The kind whose lead sentence fits; record kinds that had to be searched have none."""
    return Kind.OTHER.value if kind in RECORD_KINDS - {Kind.CODE} else kind.value


def quote(
    picks: Sequence[Pick], *, first: int = 1, title: str = ""
) -> tuple[list[str], list[Citation]]:
    """Each pick as a Markdown quotation, with a citation a source, numbered from *first*.

    Where several papers are cited, *title* stands before the section.
    """
    numbers: dict[tuple[str, str, str], int] = {}
    cited: dict[int, list[Pick]] = {}
    lines = []
    for one in picks:
        key = (one.source.paper_id, one.source.section, one.source.url)
        number = numbers.setdefault(key, first + len(numbers))
        cited.setdefault(number, []).append(one)
        lines.append(f"> {as_text(one.text)} [{number}]")
    return lines, [_citation(number, those, title) for number, those in cited.items()]


def as_text(sentence: str) -> str:
    """A sentence of a paper that does not act as Markdown and has no marks like ours.

    The paper's own marks for its references ("as in [21]") are left out; an interval stays.
    """
    flat = _REFERENCE.sub("", " ".join(sentence.split()))
    flat = _LIKE_OURS.sub(r"［\1］", flat)
    for char in "\\`*_<>|#":
        flat = flat.replace(char, f"\\{char}")
    # An escaped bracket would begin a formula.
    return flat.replace("[", "&#91;").replace("]", "&#93;")


def name_of(paper: Paper) -> str:
    """What a paper is called for short: the name before its title's colon, or the title cut."""
    name, colon, _ = paper.title.partition(":")
    return name if colon and len(name) <= _NAME else truncate(paper.title, _NAME)


def _citation(number: int, picks: Sequence[Pick], title: str) -> Citation:
    source = picks[0].source
    # Several passages may make up one section.
    texts: dict[str, list[str]] = {}
    for one in picks:
        texts.setdefault(one.source.text, []).append(one.text)
    quotes = {text: in_order(those, text) for text, those in texts.items()}
    return Citation(
        number=number,
        paper_id=source.paper_id,
        section=f"{title}: {source.section}" if title else source.section,
        quote=GAP.join(quote for those in quotes.values() for quote in those),
        url=source.url,
        around=GAP.join(around(those, text) for text, those in quotes.items()),
    )


def _from_record(text: str, paper: Paper, words: Catalog, *, found: bool) -> Answer:
    return Answer(
        text=text,
        found=found,
        maker=RECORD,
        paper_ids=(paper.id,),
        notes=(words.text("answers-note-record"),) if found else (),
        links=links_of(paper),
    )

"""Answers without a model: the stored record, the summary's parts, and the paper's sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.evidence import PARTS, PASSAGE, SUMMARY, Source, gather
from bot.answers.facts import Record, links_of, tell, unknown
from bot.answers.memory import in_context
from bot.answers.quoting import quote
from bot.answers.records import EXTRACTIVE, RECORD, Answer, Ask
from bot.answers.sentences import FOUND, PERHAPS, Pick, pick
from bot.answers.wishes import ORDERS, RECORD_KINDS, Examples, Kind, Wish
from bot.languages import Catalog, catalog
from bot.search import SearchIndex
from bot.slack.blocks import truncate
from storage import WHOLE_TEAM, Paper, Storage

QUOTES = {"normal": 3, "detailed": 6, "simple": 1, "brief": 1}
# Nine of ten answering paragraphs are among so many of the best.
_PASSAGES = 20
_NAME = 40
_UNSURE = (PERHAPS + FOUND) / 2
# What many papers don't tell: there, what merely sounds like it is at most perhaps an answer.
_TOLD_OR_NOT = frozenset((Kind.LIMITATIONS, Kind.FOLLOWUPS))


@dataclass(frozen=True)
class Found:
    """The picked places of one paper that answer a wish, or come near to it."""

    picks: tuple[Pick, ...] = ()
    confidence: float = 0.0
    has_passages: bool = False

    @property
    def answered(self) -> bool:
        """Whether they probably answer, or perhaps."""
        return bool(self.picks) and self.confidence >= PERHAPS


class Extractive:
    """Makes answers about one paper by choosing sentences, or reads them off its record."""

    def __init__(self, storage: Storage, search: SearchIndex, examples: Examples) -> None:
        self._storage = storage
        self._search = search
        self._examples = examples

    def answer(self, ask: Ask, paper: Paper) -> Answer:
        """The answer to everything that *ask* wishes to know about *paper* alone."""
        wishes = self._examples.wishes(ask.question, title=paper.title)
        made: list[Answer] = []
        for wish in wishes:
            first = 1 + sum(len(one.citations) for one in made)
            made.append(self.granted(wish, ask, paper, first=first))
        return joined(made)

    def granted(self, wish: Wish, ask: Ask, paper: Paper, *, first: int = 1) -> Answer:
        """The answer to one wish; its citations are numbered from *first*."""
        words = catalog(ask.language)
        kind = ORDERS.get(wish.kind, wish.kind)
        asked = replace(wish, kind=kind, question=in_context(wish, ask.history))
        if kind is Kind.REWORD:
            return self._as_it_stands(asked, ask, paper, first=first)
        if kind not in RECORD_KINDS:
            limit = QUOTES["detailed" if ask.lines else ask.manner]
            found = self.find(paper, asked, words, limit=limit, place=ask.place)
            found = replace(found, picks=found.picks[: ask.lines])
            return self._quoted(found, paper, asked, words, first=first)
        told = self.tell(kind, paper, words)
        if told is not None or kind is not Kind.CODE:
            return _from_record(told or unknown(kind, words), paper, words, found=bool(told))
        # The text may name what the record lacks.
        found = self.find(paper, asked, words, limit=1, place=ask.place)
        missing = unknown(kind, words)
        if found.confidence < FOUND:
            return _from_record(missing, paper, words, found=False)
        quoted = self._quoted(found, paper, asked, words, first=first)
        return replace(quoted, text=f"{missing} {quoted.text}")

    def _as_it_stands(self, wish: Wish, ask: Ask, paper: Paper, *, first: int) -> Answer:
        """More sentences on the question before, in place of telling them in other words."""
        words = catalog(ask.language)
        lead = words.text("answers-needs-model")
        if not ask.history:
            return Answer(lead, False, EXTRACTIVE, paper_ids=(paper.id,))
        found = self.find(paper, wish, words, limit=QUOTES["detailed"], place=ask.place)
        return self._with_quotes(found, paper, lead, words, first=first)

    def near(self, ask: Ask, paper: Paper) -> Answer:
        """What comes nearest to a question that a model found no answer to, called that."""
        words = catalog(ask.language)
        wish = Wish(Kind.OTHER, in_context(Wish(Kind.OTHER, ask.question), ask.history))
        found = self.find(paper, wish, words, limit=QUOTES["simple"] + 1, place=ask.place)
        if not found.answered:
            return self._quoted(found, paper, wish, words, first=1)
        lead = words.text("answers-model-found-none")
        made = self._with_quotes(found, paper, lead, words, first=1)
        return replace(made, found=found.confidence >= FOUND)

    def tell(self, kind: Kind, paper: Paper, words: Catalog) -> str | None:
        """What the record says for a question of this kind, or None."""
        listings = tuple(self._storage.listings.listed(paper.id))
        summary = self._storage.summaries.get(paper.id, words.language)
        return tell(kind, Record(paper, listings, summary.organizations if summary else ()), words)

    def find(
        self, paper: Paper, wish: Wish, words: Catalog, *, limit: int, place: str = WHOLE_TEAM
    ) -> Found:
        """The best places for a wish in the stored texts of *paper*: the part of its summary that
        is made for it, where there is one, and then sentences."""
        sources = gather(
            self._storage,
            self._search,
            paper,
            question=wish.question,
            words=words,
            passages=_PASSAGES,
            place=place,
            needs_parts=wish.is_general and wish.kind in PARTS,
        )
        embedder = self._search.embedder
        own = _own_part(wish, sources)
        others = [source for source in sources if source not in [one.source for one in own]]
        alike = self._examples.of(wish.kind, words.language) if wish.is_general else ()
        chosen = pick(wish.question, others, embedder=embedder, limit=limit, alike=alike)
        has_passages = any(source.origin == PASSAGE for source in sources)
        # A part that was chosen from the paper stands in its abstract or passages as well. Beside
        # it, only what would be an answer by itself is worth showing.
        others_told = [
            one
            for one in chosen.best
            if _confidence(wish, one.confidence, has_passages=has_passages) >= FOUND
            and not any(one.text in each.text or each.text in one.text for each in own)
        ]
        beside = others_told[: limit if limit > QUOTES["normal"] else 1] if own else chosen.best
        sure = _confidence(wish, chosen.confidence, has_passages=has_passages)
        return Found(
            picks=(*own[: max(1, limit - len(beside))], *beside)[:limit],
            confidence=1.0 if own else sure,
            has_passages=has_passages,
        )

    def _quoted(
        self, found: Found, paper: Paper, wish: Wish, words: Catalog, *, first: int
    ) -> Answer:
        if found.answered:
            surely = found.confidence >= FOUND
            lead = f"answers-lead-kind-{lead_of(wish)}" if surely else "answers-perhaps"
            return self._with_quotes(found, paper, words.text(lead), words, first=first)
        own = f"answers-not-found-{wish.kind.value}"
        told = words.text(own if words.has(own) else "answers-not-found")
        about = self._about(paper, words)
        if about:
            lead = f"{told} {words.text('answers-offer-about')}"
            return self._with_quotes(replace(found, picks=about), paper, lead, words, first=first)
        empty = told if paper.abstract else words.text("answers-no-text")
        return Answer(empty, False, EXTRACTIVE, paper_ids=(paper.id,))

    def _about(self, paper: Paper, words: Catalog) -> tuple[Pick, ...]:
        """What the paper is about, in a sentence."""
        asked = words.text("conversations-bare-mention")
        wish = Wish(Kind.SUMMARY, asked, is_general=True)
        return self.find(paper, wish, words, limit=1).picks

    def _with_quotes(
        self, found: Found, paper: Paper, lead: str, words: Catalog, *, first: int
    ) -> Answer:
        quotes, citations = quote(found.picks, first=first)
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
        if any(one.source.origin == SUMMARY for one in found.picks):
            summary = self._storage.summaries.get(paper.id, words.language)
            if summary is not None and summary.maker != EXTRACTIVE:
                notes.append(words.text("answers-note-summary-model", maker=summary.maker))
        if not found.has_passages:
            notes.append(words.text("answers-note-abstract-only"))
        return tuple(notes)


def joined(made: Sequence[Answer]) -> Answer:
    """The answers to several wishes as one."""
    first, *others = made
    if not others:
        return first
    makers = [one.maker for one in made if one.maker != RECORD]
    return Answer(
        text="\n\n".join(one.text for one in made),
        found=any(one.found for one in made),
        maker=makers[0] if makers else RECORD,
        citations=tuple(citation for one in made for citation in one.citations),
        paper_ids=first.paper_ids,
        notes=tuple(dict.fromkeys(note for one in made for note in one.notes)),
        links=tuple(dict.fromkeys(url for one in made for url in one.links)),
    )


def _confidence(wish: Wish, confidence: float, *, has_passages: bool) -> float:
    """How sure a wish without a part of its own in the summary is answered."""
    if not wish.is_general or wish.kind in RECORD_KINDS:
        return confidence
    if wish.kind is Kind.SUMMARY:
        return 1.0  # any of its sentences says something of what a paper is about
    if wish.kind in _TOLD_OR_NOT:
        return min(confidence, _UNSURE)
    # An abstract tells in brief whatever is asked of papers in general.
    return confidence if has_passages else max(confidence, PERHAPS)


def _own_part(wish: Wish, sources: Sequence[Source]) -> list[Pick]:
    """The parts of the summary that are made for a general question; of several kinds of parts
    the first that the summary has."""
    slots = PARTS.get(wish.kind, ()) if wish.is_general else ()
    for slot in slots:
        told = [one for one in sources if one.origin == SUMMARY and one.slot == slot]
        if told:
            return [Pick(one.text, one, score=1.0) for one in told]
    return []


def lead_of(wish: Wish) -> str:
    """The kind whose lead sentence fits; special questions and those about the record that had to
    be searched have none."""
    fits = wish.is_general and (wish.kind not in RECORD_KINDS or wish.kind is Kind.CODE)
    return wish.kind.value if fits else Kind.OTHER.value


def name_of(paper: Paper) -> str:
    """What a paper is called for short: the name before its title's colon, or the title cut."""
    name, colon, _ = paper.title.partition(":")
    return name if colon and len(name) <= _NAME else truncate(paper.title, _NAME)


def record_answer(text: str, papers: Sequence[Paper], words: Catalog, *, found: bool) -> Answer:
    """What the record says, with the links that it may hold."""
    return Answer(
        text=text,
        found=found,
        maker=RECORD,
        paper_ids=tuple(paper.id for paper in papers),
        notes=(words.text("answers-note-record"),) if found else (),
        links=tuple(url for paper in papers for url in links_of(paper)),
    )


def _from_record(text: str, paper: Paper, words: Catalog, *, found: bool) -> Answer:
    return record_answer(text, [paper], words, found=found)

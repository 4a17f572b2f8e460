"""The texts an answer may rest on: a paper's summary, abstract, passages, and the team's notes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.places import SECTION_JOINT
from bot.answers.wishes import Kind
from bot.digests.links import abstract_url, passage_url
from bot.languages import Catalog
from bot.search import PassageHit, SearchIndex
from bot.summaries import SourceTexts, make_extractive
from bot.text.sentences import sentences
from storage import WHOLE_TEAM, Fulltext, Paper, Passage, Storage
from storage.summaries import EXTRACTIVE

SUMMARY, ABSTRACT, PASSAGE, NOTE = "summary", "abstract", "passage", "note"
_ABSTRACT_TITLE = "Abstract"
# A chosen sentence may have lost its first words ("However, …") or its end.
_OF_ONE_SENTENCE = slice(12, 60)
# The parts of a summary that are made for a kind of question, the best first.
PARTS = {
    Kind.LIMITATIONS: ("limitations",),
    Kind.RESULTS: ("results", "performance"),
    Kind.DATA: ("setup",),
    Kind.SETUP: ("setup",),
    Kind.METHOD: ("method", "technical"),
    Kind.CONTRIBUTIONS: ("contributions", "new"),
    Kind.FOLLOWUPS: ("followups",),
    Kind.MOTIVATION: ("motivation",),
    Kind.SUMMARY: ("tldr",),
}


@dataclass(frozen=True)
class Source:
    """A text that can be quoted. ``origin`` is ``summary``, ``abstract``, ``passage`` or
    ``note``; ``slot`` names the part of a summary; ``rank`` counts from 0 among the passages that
    were searched for; ``ordinal`` is the passage's, ``title`` its section's in the paper's words.
    """

    paper_id: str
    section: str
    text: str
    url: str
    origin: str
    slot: str = ""
    rank: int = 0
    ordinal: int | None = None
    title: str = ""
    hit: PassageHit | None = None


def gather(
    storage: Storage,
    search: SearchIndex,
    paper: Paper,
    *,
    question: str,
    words: Catalog,
    passages: int,
    place: str = WHOLE_TEAM,
    needs_parts: bool = False,
) -> list[Source]:
    """What is stored about *paper* that may answer *question*, the nearest passages included;
    of the team's own words those that may be seen in *place*. A question that *needs_parts* of a
    summary gets chosen ones where none is stored."""
    return [
        *from_summary(storage, paper, words, place, needs_parts=needs_parts),
        *abstract_of(paper, storage.papers.abstract(paper.id, words.language), words),
        *from_notes(storage, paper, words, place),
        *_from_passages(storage, search, paper, question, words, passages),
    ]


def from_summary(
    storage: Storage, paper: Paper, words: Catalog, place: str, *, needs_parts: bool = False
) -> list[Source]:
    """The parts of the summary. What was chosen from the paper itself is cited from there."""
    summary = storage.summaries.get(paper.id, words.language, place=place)
    if summary is None or summary.problem is not None:
        passages = tuple(storage.fulltexts.passages(paper.id)) if needs_parts else ()
        texts = SourceTexts(paper, words.language, paper.abstract, "en", passages)
        if not needs_parts or texts.is_empty:
            return []
        summary = make_extractive(texts)
    parts: list[tuple[str, str, tuple[int, ...]]] = [("tldr", summary.tldr, ())]
    parts += [(one.slot, one.text, one.passages) for one in summary.highlights]
    parts += [(one.slot, one.text, one.passages) for one in summary.sections]
    told = [(slot, text, rests_on) for slot, text, rests_on in parts if text.strip()]
    if summary.maker != EXTRACTIVE:
        return [_of_slot(paper, slot, text, words) for slot, text, _ in told]
    fulltext = storage.fulltexts.get(paper.id)
    stored = storage.fulltexts.passages(paper.id)
    return [
        _taken_from(paper, passage, fulltext, _of_slot(paper, slot, held, words), words)
        for slot, text, rests_on in told
        # Those it rests on come first; a text that came later may have them elsewhere.
        for held, passage in by_passage(
            text, sorted(stored, key=lambda one: one.ordinal not in rests_on)
        )
    ]


def _of_slot(paper: Paper, slot: str, text: str, words: Catalog) -> Source:
    return Source(
        paper_id=paper.id,
        section=words.text(f"answers-slot-{slot}"),
        text=text,
        url=abstract_url(paper) or "",
        origin=SUMMARY,
        slot=slot,
    )


def _taken_from(
    paper: Paper,
    passage: Passage | None,
    fulltext: Fulltext | None,
    source: Source,
    words: Catalog,
) -> Source:
    if passage is None:
        return replace(source, section=words.text("answers-section-abstract"))
    url = passage_url(paper, fulltext, passage)
    return replace(source, section=section_label(passage, words), url=url)


def abstract_of(paper: Paper, translated: str | None, words: Catalog) -> list[Source]:
    """The abstract in the reader's language or its own; nothing where there is none."""
    text = translated or paper.abstract
    if not text.strip():
        return []
    label = words.text("answers-section-abstract")
    return [
        Source(paper.id, label, text, abstract_url(paper) or "", ABSTRACT, title=_ABSTRACT_TITLE)
    ]


def from_notes(storage: Storage, paper: Paper, words: Catalog, place: str) -> list[Source]:
    """What the team wrote about the paper, with the day as its place."""
    return [
        Source(
            paper_id=paper.id,
            section=words.text("answers-section-note", day=words.short_day(note.written_at.date())),
            text=note.text,
            url=abstract_url(paper) or "",
            origin=NOTE,
        )
        for note in storage.notes.of_paper(paper.id, place=place)
        if note.text.strip()
    ]


def _from_passages(
    storage: Storage,
    search: SearchIndex,
    paper: Paper,
    question: str,
    words: Catalog,
    limit: int,
) -> list[Source]:
    hits = search.passages([paper.id], question, limit=limit)
    fulltext = storage.fulltexts.get(paper.id) if hits else None
    return [
        replace(source_of(paper, fulltext, hit.passage, words), rank=rank, hit=hit)
        for rank, hit in enumerate(hits)
    ]


def source_of(paper: Paper, fulltext: Fulltext | None, passage: Passage, words: Catalog) -> Source:
    """A passage as something to quote."""
    return Source(
        ordinal=passage.ordinal,
        title=_innermost(passage.section),
        paper_id=paper.id,
        section=section_label(passage, words),
        text=passage.text,
        url=passage_url(paper, fulltext, passage),
        origin=PASSAGE,
    )


def section_label(passage: Passage, words: Catalog) -> str:
    """The innermost section title with the page, for people."""
    title = _innermost(passage.section)
    page = words.text("answers-page", page=passage.page) if passage.page else ""
    return ", ".join(part for part in (title, page) if part) or words.text("answers-section-text")


def _innermost(section: str) -> str:
    return section.split(SECTION_JOINT)[-1].strip()


def by_passage(text: str, passages: Sequence[Passage]) -> list[tuple[str, Passage | None]]:
    """The sentences of *text* with the passage that holds them, neighbours of one passage
    together; None for those of the abstract."""
    parts: list[tuple[str, Passage | None]] = []
    flat = [(one, " ".join(one.text.split())) for one in passages]
    for sentence in sentences(" ".join(text.split())):
        mark = sentence[_OF_ONE_SENTENCE] or sentence
        holder = next((passage for passage, held in flat if mark in held), None)
        if parts and parts[-1][1] is holder:
            parts[-1] = (f"{parts[-1][0]} {sentence}", holder)
        else:
            parts.append((sentence, holder))
    return parts

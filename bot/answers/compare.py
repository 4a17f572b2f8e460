"""Answers about several papers: a table where a few are compared, a list where many are asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.answers.extractive import Extractive, lead_of, name_of, record_answer
from bot.answers.facts import links_of, unknown
from bot.answers.quoting import as_text, cite, quote
from bot.answers.records import EXTRACTIVE, RECORD, Answer, Ask, Citation
from bot.answers.sentences import Pick
from bot.answers.wishes import ORDERS, RECORD_KINDS, Kind, Wish
from bot.digests.paper_text import without_subject
from bot.languages import Catalog, catalog, language
from bot.slack.blocks import truncate
from bot.text import one_line
from storage import Paper

MOST_COLUMNS = 4
_CELL = 260
# So many sentences are tried for one that no row above has.
_TRIED = 3
_SHORT_TITLE = 60
_USUAL_ROWS = (Kind.SUMMARY, Kind.METHOD, Kind.RESULTS, Kind.LIMITATIONS)
_USUAL_FACTS = (Kind.VOTES, Kind.CODE)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def _published(paper: Paper) -> datetime:
    return paper.published or _LONG_AGO


# What a list is sorted by, and whether the highest comes first.
_SORTED_BY: Mapping[Kind, tuple[Callable[[Paper], Any], bool]] = {
    Kind.VOTES: (lambda paper: paper.votes, True),
    Kind.MOST_VOTES: (lambda paper: paper.votes, True),
    Kind.FEWEST_VOTES: (lambda paper: paper.votes, False),
    Kind.NEWEST: (_published, True),
    Kind.OLDEST: (_published, False),
    Kind.MOST_STARS: (lambda paper: paper.code_stars or 0, True),
}


def compare(extractive: Extractive, ask: Ask, papers: Sequence[Paper], wish: Wish) -> Answer:
    """The papers as columns; the rows are what was asked for, or the usual points."""
    words = catalog(ask.language)
    table = _Table(extractive, papers, words)
    if wish.kind in RECORD_KINDS:
        table.add_fact(wish.kind)
    elif wish.kind in (Kind.OTHER, Kind.SUMMARY, Kind.CONTRIBUTIONS):
        for usual in _USUAL_ROWS:
            table.add_quotes(Wish(usual, language(ask.language).asking.questions[usual][0], True))
        for fact in _USUAL_FACTS:
            table.add_fact(fact)
    else:
        table.add_quotes(wish)
    return table.answer()


class _Table:
    def __init__(self, extractive: Extractive, papers: Sequence[Paper], words: Catalog) -> None:
        self._extractive = extractive
        self._papers = papers
        self._words = words
        self._rows: list[tuple[Kind, list[Pick | str]]] = []

    def add_fact(self, kind: Kind) -> None:
        told = [self._extractive.tell(kind, paper, self._words) for paper in self._papers]
        self._rows.append((kind, [text or self._nothing() for text in told]))

    def add_quotes(self, wish: Wish) -> None:
        cells: list[Pick | str] = []
        for paper in self._papers:
            found = self._extractive.find(paper, wish, self._words, limit=_TRIED)
            best = found.picks if found.answered else ()
            cells.append(next((one for one in best if not self._is_told(one)), self._nothing()))
        self._rows.append((wish.kind, cells))

    def answer(self) -> Answer:
        picks = self._picks()
        numbers, citations = cite(picks, {one.id: name_of(one) for one in self._papers})
        marks = iter(numbers)
        titles = [as_text(truncate(paper.title, _SHORT_TITLE)) for paper in self._papers]
        lines = [
            _line([self._words.text("answers-compare-paper"), *titles]),
            _line(["---"] * (len(titles) + 1)),
        ]
        for kind, cells in self._rows:
            label = self._words.text(f"answers-compare-row-{kind.value}")
            lines.append(_line([label, *(_cell(one, marks) for one in cells)]))
        lead = self._words.text("answers-compare-lead", count=len(self._papers))
        note = "answers-note-extractive" if picks else "answers-note-record"
        return Answer(
            text=lead + "\n\n" + "\n".join(lines),
            found=any(cell != self._nothing() for _, cells in self._rows for cell in cells),
            maker=EXTRACTIVE if picks else RECORD,
            citations=tuple(citations),
            paper_ids=tuple(paper.id for paper in self._papers),
            notes=(self._words.text(note),),
            links=tuple(url for paper in self._papers for url in links_of(paper)),
        )

    def _picks(self) -> list[Pick]:
        return [one for _, cells in self._rows for one in cells if isinstance(one, Pick)]

    def _is_told(self, one: Pick) -> bool:
        """Whether a row above says the same of the same paper."""
        return any(
            one.text in other.text or other.text in one.text
            for other in self._picks()
            if other.source.paper_id == one.source.paper_id
        )

    def _nothing(self) -> str:
        return self._words.text("answers-compare-nothing")


def _cell(told: Pick | str, marks: Iterator[int]) -> str:
    if isinstance(told, str):
        return told
    return f"{as_text(truncate(without_subject(one_line(told.text)), _CELL))} [{next(marks)}]"


def survey(
    extractive: Extractive, ask: Ask, papers: Sequence[Paper], wish: Wish, *, shown: int
) -> Answer:
    """The papers that have most to say on the question, each with its best sentence."""
    words = catalog(ask.language)
    found = [(one, extractive.find(one, wish, words, limit=1, place=ask.place)) for one in papers]
    fitting = [(one, answer) for one, answer in found if answer.answered]
    best = sorted(fitting, key=lambda pair: -pair[1].confidence)[:shown]
    if not best:
        return Answer(words.text("answers-archive-none"), False, EXTRACTIVE)
    lines: list[str] = []
    citations: list[Citation] = []
    for paper, answer in best:
        quotes, cited = quote(answer.picks[:1], first=len(citations) + 1, title=name_of(paper))
        citations += cited
        told = without_subject(quotes[0].removeprefix("> "))
        lines.append(f"**{len(lines) + 1}\\. {as_text(paper.title)}**\n> {told}")
    lead = (
        "answers-archive-lead" if wish.kind is Kind.OTHER else f"answers-lead-kind-{lead_of(wish)}"
    )
    return Answer(
        text="\n\n".join([words.text(lead), *lines]),
        found=True,
        maker=EXTRACTIVE,
        citations=tuple(citations),
        paper_ids=tuple(paper.id for paper, _ in best),
        notes=(words.text("answers-note-extractive"),),
    )


def list_facts(
    extractive: Extractive, ask: Ask, papers: Sequence[Paper], kind: Kind, *, shown: int
) -> Answer:
    """What the record says of each paper, a line each, in the order that was asked for."""
    words = catalog(ask.language)
    fact = ORDERS.get(kind, kind)
    if kind in _SORTED_BY:
        value, highest_first = _SORTED_BY[kind]
        papers = sorted(papers, key=value, reverse=highest_first)
    if kind is Kind.MOST_STARS and not any(paper.code_stars for paper in papers):
        return Answer(unknown(kind, words), False, RECORD)
    told = [(paper, extractive.tell(fact, paper, words)) for paper in papers]
    known = [(paper, text) for paper, text in told if text is not None][:shown]
    if not known:
        return Answer(unknown(fact, words), False, RECORD)
    numbered = enumerate(known, start=1)
    lines = [f"{number}. **{as_text(paper.title)}**: {text}" for number, (paper, text) in numbered]
    return record_answer("\n".join(lines), [paper for paper, _ in known], words, found=True)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"

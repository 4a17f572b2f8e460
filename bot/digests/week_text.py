"""A week told in a few paragraphs by a model, every sentence of it checked.

One call sees what is stored of the week's papers, and the counts of its topics. A sentence is
shown when it is borne out by the papers that it names, and its counts by the counts. What was told
is kept: from the same papers and counts nobody asks for it again.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from bot.digests.chart import trend_name
from bot.digests.content import Claim, DigestContent, WeekText
from bot.digests.styles.weekly import trend_sentence
from bot.digests.trends import Trend
from bot.errors import ModelError
from bot.languages import catalog, english_name, is_in, language, languages_of
from bot.model import Model, Prompt, load_prompt
from bot.summaries.grounding import plain
from bot.text import one_line
from bot.text.quantities import Evidence, names_of, quantities
from bot.verification import Statement, Verifier
from bot.verification.rules import turned_round, unknown_names
from storage import WHOLE_TEAM, Paper, Storage, Summary, ToldSentence, ToldWeek

if TYPE_CHECKING:
    from bot.digests.week_objects import WrittenSentence, WrittenWeek

log = logging.getLogger(__name__)

_MOST_PAPERS, _BEHIND_EACH, _LINKED = 30, 8, 3
_LONGEST_TEXT, _LONGEST_ABSTRACT = 900, 2000
_PARAGRAPHS, _SENTENCES, LONGEST_SENTENCE = 3, 6, 500
_FEWEST_SENTENCES, _LEAST_KEPT = 2, 0.5
_TOKENS = 1600


@dataclass(frozen=True)
class Topic:
    """A trend's name and its counts in the words of a language."""

    trend: Trend
    name: str
    counts: str


@dataclass(frozen=True)
class WeekFacts:
    """What a week can be told from, in ``language``: its papers with what is stored of each, and
    its topics."""

    language: str
    papers: tuple[tuple[Paper, str], ...]
    topics: tuple[Topic, ...]

    @property
    def prompt(self) -> Prompt:
        """What a model is asked to tell them with."""
        papers = (
            f"[{number}] {one_line(paper.title)}\n{known}"
            for number, (paper, known) in enumerate(self.papers, start=1)
        )
        topics = (f"[{number}] {_counted(one)}" for number, one in enumerate(self.topics, start=1))
        return load_prompt("bot.digests", "week").render(
            papers="\n\n".join(papers),
            topics="\n".join(topics) or "-",
            language=english_name(self.language),
            style=language(self.language).writing.style,
        )

    @property
    def basis(self) -> str:
        """By which what was told from them is found again."""
        return hashlib.sha256(self.prompt.text.encode()).hexdigest()


# Puts a week's facts into words, or doesn't.
Tell = Callable[[WeekFacts], WeekText | None]


@dataclass(frozen=True)
class _Draft:
    """A sentence that was written, in its paragraph, with what it rests on."""

    paragraph: int
    text: str
    papers: tuple[Paper, ...]
    passages: tuple[str, ...]
    counts: str


def week_facts(
    storage: Storage, content: DigestContent, code: str, *, place: str = WHOLE_TEAM
) -> WeekFacts:
    """The facts of a week's papers and of those behind its trends in a language, as they may be
    seen in *place*."""
    words = catalog(code)
    behind = [paper for trend in content.trends for paper in trend.papers[:_BEHIND_EACH]]
    papers = {one.id: one for one in [*(one.paper for one in content.entries), *behind]}
    shown = list(papers.values())[:_MOST_PAPERS]
    made = storage.summaries.get_many([one.id for one in shown], code, place=place)
    return WeekFacts(
        code,
        tuple((one, _known_of(one, made.get(one.id))) for one in shown),
        tuple(
            Topic(one, trend_name(one, words), trend_sentence(one, words)) for one in content.trends
        ),
    )


def tell_week(model: Model, verifier: Verifier, facts: WeekFacts) -> WeekText | None:
    """The week in paragraphs; None where the model can't be asked, or most of what it wrote is
    not borne out."""
    from bot.digests.week_objects import WrittenWeek

    try:
        answer = model.complete(facts.prompt, schema=WrittenWeek, max_tokens=_TOKENS)
    except ModelError as error:
        log.warning("the week is told by its counts alone: %s", error)
        return None
    written = _drafts(answer.parsed, facts)
    known = "\n".join(one.name for one in facts.topics)
    sound = [one for one in written if not _objection(one, facts.language, known)]
    statements = [Statement(one.text, one.passages) for one in sound]
    verified = verifier.verify(statements, known=known)
    judged = zip(sound, verified.findings, strict=True)
    kept = [one for one, finding in judged if finding.is_supported]
    log.info("%d of %d sentences about the week are borne out", len(kept), len(written))
    if len(kept) < max(_FEWEST_SENTENCES, _LEAST_KEPT * len(written)):
        return None
    return WeekText(facts.language, _paragraphs(kept), answer.model, verified.by)


def told_week(
    storage: Storage, content: DigestContent, *, place: str, tell: Tell | None
) -> tuple[WeekText, ...]:
    """The week in each language in which it was told before from these very facts, or in which
    *tell* finds words for them."""
    found = []
    for code in languages_of(content.language) if content.entries else ():
        facts = week_facts(storage, content, code, place=place)
        found.append(told_before(storage, facts) or (tell(facts) if tell else None))
    return tuple(one for one in found if one)


def told_before(storage: Storage, facts: WeekFacts) -> WeekText | None:
    """What was told from these very facts before."""
    told = storage.week_texts.get(facts.basis)
    if told is None:
        return None
    ids = {one for sentences in told.paragraphs for each in sentences for one in each["papers"]}
    papers = {one.id: one for one in storage.papers.get_many(sorted(ids))}
    paragraphs = tuple(
        tuple(
            Claim(each["text"], tuple(papers[one] for one in each["papers"] if one in papers))
            for each in sentences
        )
        for sentences in told.paragraphs
    )
    return WeekText(facts.language, paragraphs, told.maker, told.verified_by)


def keep_told(storage: Storage, facts: WeekFacts, told: WeekText, *, now: datetime) -> None:
    """Keep what was told from *facts* for :func:`told_before`."""
    paragraphs = tuple(
        [ToldSentence(text=one.text, papers=[each.id for each in one.papers]) for one in claims]
        for claims in told.paragraphs
    )
    kept = ToldWeek(facts.basis, paragraphs, told.maker, told.verified_by)
    storage.week_texts.save(kept, now=now)


def _known_of(paper: Paper, summary: Summary | None) -> str:
    if summary is None or summary.problem:
        return one_line(paper.abstract)[:_LONGEST_TEXT]
    return one_line(" ".join([summary.tldr, *(one.text for one in summary.highlights)]))[
        :_LONGEST_TEXT
    ]


def _drafts(told: "WrittenWeek", facts: WeekFacts) -> list[_Draft]:
    return [
        _draft(number, one, facts)
        for number, paragraph in enumerate(told.paragraphs[:_PARAGRAPHS])
        for one in paragraph.sentences[:_SENTENCES]
        if one.text.strip()
    ]


def _draft(paragraph: int, written: "WrittenSentence", facts: WeekFacts) -> _Draft:
    """The sentence with the passages that it may rest on; papers and topics that there are not
    are none."""
    own = [facts.papers[n - 1] for n in dict.fromkeys(written.papers) if _is_one(n, facts.papers)]
    topics = [
        facts.topics[n - 1] for n in dict.fromkeys(written.topics) if _is_one(n, facts.topics)
    ]
    named = "; ".join(one_line(paper.title) for paper, _ in own)
    passages = [_counted(one) for one in topics]
    if own:
        passages.append(f"{len(own)}: {named}")
    for paper, known in own:
        passages.append(f"{one_line(paper.title)}. {known}")
        passages.append(paper.abstract[:_LONGEST_ABSTRACT])
    linked = [paper for paper, _ in own] or [
        paper for one in topics for paper in one.trend.papers[:_LINKED]
    ]
    return _Draft(
        paragraph,
        plain(written.text),
        tuple(linked),
        tuple(filter(None, dict.fromkeys(passages))),
        "\n".join(one.counts for one in topics),
    )


def _counted(topic: Topic) -> str:
    return f"{topic.name}: {topic.counts}"


def _is_one(number: int, among: Sequence[object]) -> bool:
    return 1 <= number <= len(among)


def _objection(draft: _Draft, code: str, known: str) -> str:
    """What is wrong with the numbers, names and language of a sentence; empty when nothing is."""
    if not draft.passages:
        return "it rests on nothing"
    if len(draft.text) > LONGEST_SENTENCE or not is_in(draft.text, code):
        return "it is too long, or in another language"
    if draft.counts:
        counts = Evidence(draft.counts)
        numbers = quantities(names_of(draft.text)[1])
        if wrong := [one.text for one in numbers if not counts.has(one)]:
            return f"{', '.join(wrong)} was not counted"
        if turned := turned_round(draft.text, draft.passages):
            return turned
    whole = "\n".join([known, *draft.passages])
    lost = Evidence(whole).missing(draft.text) + unknown_names(draft.text, whole)
    return f"{', '.join(lost)} stands nowhere" if lost else ""


def _paragraphs(kept: Sequence[_Draft]) -> tuple[tuple[Claim, ...], ...]:
    return tuple(
        tuple(Claim(one.text, one.papers) for one in group)
        for _, group in groupby(kept, key=lambda one: one.paragraph)
    )

"""Which papers a question is about. Pure: everything it needs comes as arguments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.answers.pointing import (
    compares,
    described_papers,
    group_of,
    is_of_whole_list,
    marked_numbers,
    place_of,
    pointed_numbers,
)
from bot.answers.records import Resolution, Subject
from bot.answers.wishes import ORDERS, Examples
from bot.search.matching import rarity
from bot.sources.ids import find_ids
from bot.text.words import content_words, normal
from storage import Paper

MAX_CANDIDATES = 10
_BY_WORDS = Examples(None)
_CLEAR, _CLEARER_BY, _POSSIBLE = 80.0, 12.0, 60.0
# A word that is no common one: capitals inside, or a number.
_COINED = re.compile(r"\w[A-Z]|\d")
_KIND_OF_MODELS = re.compile(r"\A[A-Z]{2,}s\Z")
_RARE = 0.9
_VERSION = re.compile(r"[-\s]?v?\d{1,6}(?:\.\d{1,6}){0,5}$")


@dataclass(frozen=True)
class _Match:
    paper: Paper
    score: float


def resolve(question: str, subject: Subject, *, alone: bool = False) -> Resolution:
    """The papers meant by *question* in a conversation about *subject*.

    In this order: ids and links in the text, places in the last answer's own list, numbers of the
    digest, words of a title, several papers at once ("both"), a description, the thread's own
    paper, the papers talked about last. What another paper is compared with stays, unless that is
    meant *alone*: "papers like number 3".
    """
    ids = tuple(find_ids(question))
    listed = _by_answer(question, subject)
    numbered, unknown = (listed, ()) if listed else _by_number(question, subject)
    if ids or numbered or unknown:
        named = tuple(dict.fromkeys(ids + numbered))
        named = named if alone else _compared(question, subject, named)
        return Resolution(paper_ids=named, candidates=subject.entries, unknown_numbers=unknown)
    titled = _by_title(question, subject)
    if titled.paper_ids:
        named = titled.paper_ids
        return Resolution(paper_ids=named if alone else _compared(question, subject, named))
    if titled.candidates and subject.paper_id is None:
        return titled
    several = _by_group(question, subject) or _by_description(question, subject)
    if several is not None:
        return several
    if subject.paper_id is not None:
        return Resolution(paper_ids=(subject.paper_id,))
    return _by_context(question, subject)


def _compared(question: str, subject: Subject, named: tuple[str, ...]) -> tuple[str, ...]:
    """The papers that were named and, where one of them is compared, what it is compared with: the
    thread's own paper, or the one talked about last."""
    own = subject.paper_id
    if own is None and len(subject.last_paper_ids) == 1:
        own = subject.last_paper_ids[0]
    stays = own is not None and len(named) == 1 and own not in named and compares(question)
    return (own, *named) if own is not None and stays else named


def _by_answer(question: str, subject: Subject) -> tuple[str, ...]:
    """The papers at places of the last answer's own list, or behind its marks."""
    if len(subject.answered) < 2:
        return ()
    marks = marked_numbers(question)
    if marks:
        return tuple(dict.fromkeys(subject.marked[n] for n in marks if n in subject.marked))
    places = pointed_numbers(question, count=len(subject.answered), by_place=True)
    if not places or max(places) > len(subject.answered):
        return ()
    return tuple(subject.answered[place - 1] for place in places)


def _by_number(question: str, subject: Subject) -> tuple[tuple[str, ...], tuple[int, ...]]:
    papers = {number: paper.id for number, paper in subject.entries}
    if not papers:
        return (), ()
    pointed = pointed_numbers(question, count=max(papers))
    known = tuple(papers[number] for number in pointed if number in papers)
    return known, tuple(number for number in pointed if number not in papers)


def _by_title(question: str, subject: Subject) -> Resolution:
    papers = [paper for _, paper in subject.entries]
    names = [paper for paper in papers if _names(question, paper)]
    if names:
        return Resolution(paper_ids=tuple(paper.id for paper in names))
    scored = [_Match(paper, _likeness(question, paper)) for paper in papers]
    ranked = sorted(scored, key=lambda match: -match.score)
    possible = [match for match in ranked if match.score >= _POSSIBLE]
    if not possible:
        return Resolution()
    second = ranked[1].score if len(ranked) > 1 else 0.0
    if possible[0].score >= _CLEAR and possible[0].score - second >= _CLEARER_BY:
        return Resolution(paper_ids=(possible[0].paper.id,))
    if possible[0].score < _CLEAR:
        return Resolution()
    likely = [match.paper for match in possible[:MAX_CANDIDATES]]
    return Resolution(candidates=_numbered(likely, subject))


def _by_group(question: str, subject: Subject) -> Resolution | None:
    """The papers meant by "both": those of the last answer, or else the last that were talked
    about; a choice where there are too few. None when it may be two things in one paper."""
    group = group_of(question)
    if group is None:
        return None
    count, is_sure = group
    listed = tuple(paper.id for _, paper in subject.entries)
    own = (subject.paper_id,) if subject.paper_id is not None else ()
    known = tuple(dict.fromkeys((*subject.last_paper_ids, *subject.talked_about, *own)))
    for papers in (subject.last_paper_ids, known[:count], listed):
        if len(papers) == count:
            return Resolution(paper_ids=_as_listed(papers, listed))
    if known and not is_sure:
        return None
    return Resolution(candidates=subject.entries) if subject.entries else None


def _as_listed(papers: Sequence[str], listed: Sequence[str]) -> tuple[str, ...]:
    """The papers in the order of the list, those that aren't in it behind."""
    return tuple(
        sorted(papers, key=lambda one: listed.index(one) if one in listed else len(listed))
    )


def _by_description(question: str, subject: Subject) -> Resolution | None:
    found = described_papers(question, [paper for _, paper in subject.entries])
    if len(found) == 1:
        return Resolution(paper_ids=(found[0].id,))
    own = subject.paper_id or (subject.last_paper_ids[0] if subject.last_paper_ids else None)
    # Where one of several is at hand, it is that one.
    if not found or own in {paper.id for paper in found}:
        return None
    return Resolution(candidates=_numbered(found[:MAX_CANDIDATES], subject))


def _by_context(question: str, subject: Subject) -> Resolution:
    if subject.entries and (is_of_whole_list(question) or _sorts_a_list(question)):
        everything = tuple(paper.id for _, paper in subject.entries)
        return Resolution(paper_ids=everything, whole_list=True)
    if subject.last_paper_ids:
        return Resolution(paper_ids=subject.last_paper_ids)
    if len(subject.entries) == 1:
        return Resolution(paper_ids=(subject.entries[0][1].id,))
    return Resolution(candidates=subject.entries)


def _sorts_a_list(question: str) -> bool:
    """Whether a question asks for the first of a list by something, such as votes."""
    return _BY_WORDS.kind(question) in ORDERS


def without_names(text: str, papers: Sequence[Paper]) -> str:
    """*text*, in lower case, without the titles and names of *papers*."""
    rest = normal(" ".join(text.split()))
    for paper in papers:
        title = normal(" ".join(paper.title.split()))
        for name in (title, *sorted(_spellings(paper), key=len, reverse=True)):
            at = place_of(name, rest)
            if at >= 0:
                rest = f"{rest[:at]} {rest[at + len(name) :]}"
    return " ".join(rest.split())


def _names(question: str, paper: Paper) -> bool:
    """Whether the question holds the paper's name."""
    return any(place_of(one, normal(question)) >= 0 for one in _spellings(paper))


def _spellings(paper: Paper) -> set[str]:
    """The name a title begins with, "DAPO: An Open-Source …" or "RWKV-7 with …", which people also
    call by its name without the version; none where it begins with no name."""
    name, colon, _ = paper.title.partition(":")
    if not colon or len(name.split()) > 4:
        name = paper.title.split(" ", 1)[0]
        if not _is_coined(name):
            return set()
    spellings = {normal(name).strip(), normal(_VERSION.sub("", name)).strip()}
    return {one for one in spellings if len(one) >= 3}


def _is_coined(word: str) -> bool:
    """Whether a word is a name made up for one work: no "LLMs", no "GPT-4o"."""
    if not _COINED.search(word) or _KIND_OF_MODELS.fullmatch(word):
        return False
    return all(rarity(part) >= _RARE for part in content_words(word))


def _likeness(question: str, paper: Paper) -> float:
    """0–100: how much of the title stands in the question, allowing for slips of the pen."""
    asked = " ".join(dict.fromkeys(content_words(question)))
    title = " ".join(dict.fromkeys(content_words(paper.title)))
    shared = set(asked.split()) & set(title.split())
    rare = [word for word in shared if len(word) > 3]
    if not asked or not title:
        return 0.0
    whole = fuzz.token_set_ratio(asked, title) if len(rare) >= 2 else 0.0
    inside = (
        fuzz.partial_ratio(normal(paper.title), normal(question)) if len(question) > 12 else 0.0
    )
    return max(whole, inside if len(title) > 8 else 0.0)


def _numbered(papers: Sequence[Paper], subject: Subject) -> tuple[tuple[int, Paper], ...]:
    numbers = {paper.id: number for number, paper in subject.entries}
    return tuple((numbers[paper.id], paper) for paper in papers)

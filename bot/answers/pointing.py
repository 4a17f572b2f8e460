"""Words that point at papers of a list: numbers, several at once, descriptions. Pure.

How each language points stands in its folder (``Language.pointing``).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from bot.languages import any_of, languages
from bot.languages.language import Pointing
from bot.search.matching import coverage, query_terms
from bot.text.words import content_words
from storage import Paper

_LAST = -1
_MAX_RANGE = 20
_BOTH = 2
_POINTING = [one.pointing for one in languages()]
_BETWEEN = "|".join(one.between for one in _POINTING)
_NUMBERS = tuple(
    re.compile(f"(?:{one.pattern})(?:(?:{own.particle})(?!\\w))?", one.flags)
    for own in _POINTING
    for one in (*own.numbers, *own.ordinals)
)
_BARE = re.compile(rf"\A\s*+\d(?:[\d\s,]|{_BETWEEN})*+[?!.\s]*+")
_OTHERS = any_of(lambda one: one.pointing.others)
_WHOLE_LIST = any_of(lambda one: one.pointing.whole_list)
_PRONOUN = any_of(lambda one: one.pointing.pronoun)
_BACK = any_of(lambda one: "|".join(filter(None, (one.pointing.pronoun, one.pointing.back))))
_COMPARING = any_of(lambda one: one.pointing.comparing)
_MARK = re.compile(r"\[(\d{1,3})\]")
# How much of a description a title must hold to be meant, to be possible, and how much more than
# the next one; a word of the abstract counts a little less.
_ENOUGH, _POSSIBLE, _CLEARER_BY, _ABSTRACT = 0.75, 0.5, 0.25, 0.8
_FEWEST_WORDS = 2
_SOME_LINES = range(2, 10)


def pointed_numbers(text: str, *, count: int, by_place: bool = False) -> list[int]:
    """The list numbers that *text* points at, in the order of its words; *count* is the length
    of the list ("the last one" needs it). Numbers beyond the list are returned as they are. Only
    *by_place* ("the second paper") points at lists without printed numbers."""
    plain = unicodedata.normalize("NFKC", text)
    if _BARE.fullmatch(plain) and not by_place:
        return list(dict.fromkeys(int(one) for one in re.findall(r"\d+", plain)))
    found = [
        (match.start() + step, number)
        for pointing in _POINTING
        for pattern in (*pointing.ordinals, *(() if by_place else pointing.numbers))
        for match in pattern.finditer(plain)
        for step, number in enumerate(_values(match.groupdict(), pointing.words))
    ]
    ordered = (count if number == _LAST else number for _, number in sorted(found))
    return [number for number in dict.fromkeys(ordered) if number > 0]


def marked_numbers(text: str) -> list[int]:
    """The citation marks that *text* repeats: "what does [2] say?"."""
    return list(dict.fromkeys(int(one) for one in _MARK.findall(text)))


def compares(question: str) -> bool:
    """Whether a question sets papers side by side."""
    return _COMPARING.search(question) is not None


def points_back(question: str) -> bool:
    """Whether a question goes on about something that was said before."""
    return bool(_BACK.search(question) or group_of(question))


def without_numbers(text: str) -> str:
    """*text* without the words by which it points at papers of a list."""
    for pattern in _NUMBERS:
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def without_topic(text: str) -> str:
    """A question without the paper that it begins with; *text* where nothing else is in it."""
    for pointing in _POINTING:
        if match := pointing.topic.match(text):
            return text[match.end() :] or text
    return text


def counted(text: str) -> int | None:
    """How many papers *text* wants ("just three"); None where it doesn't say."""
    return _said_in(text, lambda one: one.counted)


def lines_wanted(text: str) -> int | None:
    """How many lines or sentences an answer to *text* is to have; None where it doesn't say, or
    wants a single one or a whole page."""
    said = _said_in(text, lambda one: one.lines)
    return said if said in _SOME_LINES else None


def _said_in(text: str, how: Callable[[Pointing], Sequence[re.Pattern[str]]]) -> int | None:
    """The number that the first of a language's patterns finds; 0 is none."""
    plain = without_numbers(unicodedata.normalize("NFKC", text)).lower()
    for pointing in _POINTING:
        if match := next(filter(None, (one.search(plain) for one in how(pointing))), None):
            said = match["n"]
            return (int(said) if said.isdecimal() else pointing.words[said]) or None
    return None


def without_count(text: str) -> str:
    """*text* without the words that say how many papers are wanted."""
    for pattern in (one for pointing in _POINTING for one in pointing.counted):
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def _values(groups: Mapping[str, str | None], words: Mapping[str, int]) -> list[int]:
    if first := groups.get("from"):
        start, end = int(first), int(groups["to"] or 0)
        return list(range(start, end + 1)) if start < end <= start + _MAX_RANGE else []
    if listed := groups.get("list") or groups.get("n"):
        return [int(one) for one in re.findall(r"\d+", listed)]
    return [words.get((groups.get("word") or "").lower(), _LAST)]


def group_of(question: str) -> tuple[int, bool] | None:
    """How many papers are meant together ("both of them"), and whether the question says that
    they are papers; None when it speaks of no group."""
    for is_sure in (True, False):
        for pointing in _POINTING:
            for pattern in pointing.groups if is_sure else pointing.perhaps_groups:
                if match := pattern.search(question):
                    return _count(match["n"].lower(), pointing.words), is_sure
    return None


def _count(said: str, words: Mapping[str, int]) -> int:
    """The number that stands in what was said; "both" are two."""
    pieces = (piece for word in said.split() for piece in (word, word[:1]))
    return next((words[piece] for piece in pieces if piece in words), _BOTH)


def place_of(name: str, text: str) -> int:
    """Where a name stands in *text* as a word of its own, -1 where it doesn't. Korean particles
    may follow it, as no letters of its own script may."""
    at = text.find(name)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(name) : at + len(name) + 1]
        if not any(one.isascii() and one.isalnum() for one in around):
            return at
        at = text.find(name, at + 1)
    return -1


def is_of_whole_list(question: str) -> bool:
    """Whether a question is about a list as such and points at nothing that was said before."""
    return _WHOLE_LIST.search(question) is not None and not _PRONOUN.search(question)


def described_papers(question: str, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The papers that fit a description in *question* ("the paper about open-source reinforcement
    learning"), best first: one when it is clear which is meant, several to choose from, or none."""
    line = " ".join(question.split())
    for pattern in (one for pointing in _POINTING for one in pointing.described):
        match = pattern.search(line)
        if match and not _OTHERS.search(match["said"]):
            return _fitting(match["said"], papers)
    return ()


def _fitting(said: str, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    wanted = query_terms(said)
    if len(wanted) < _FEWEST_WORDS:
        return ()
    scored = []
    for paper in papers:
        title = set(content_words(paper.title))
        whole = title | set(content_words(paper.abstract))
        scored.append((max(coverage(wanted, title), _ABSTRACT * coverage(wanted, whole)), paper))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < _POSSIBLE:
        return ()
    best = scored[0][0]
    near = tuple(paper for score, paper in scored if score > best - _CLEARER_BY)
    return near if best >= _ENOUGH or len(near) > 1 else near[:1]

"""How people call the parts of a digest: matched by meaning and form, not letter by letter.

The names stand as data in the languages' folders (``archive_words.json``).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Any, NamedTuple
from unicodedata import numeric

from rapidfuzz import fuzz, process

from bot.languages import LANGUAGES, language

HIGHLIGHTS = ("new", "technical", "performance")
SECTIONS = (
    "motivation",
    "contributions",
    "method",
    "setup",
    "results",
    "limitations",
    "followups",
)
# Of a week; "link" is a field of every style.
WEEKLY = ("introduction", "abstract", "further")
# A name that differs by a particle or a slip is the same; shorter ones must be equal.
_SIMILAR, _SHORTEST_ALIKE = 85.0, 6
_LONGEST_LABEL, _MOST_WORDS = 80, 8
# Fields that say nothing without what stands behind them.
_WITH_VALUE = frozenset({"votes", "authors", "organization", "code", "title", "number", "summary"})
_NO_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"^\W*(?:(?P<number>\d{1,2})(?:\s*[.)]|\ufe0f?\u20e3)|(?P<circled>[①-⑳]))\s*")
_EMPHASISED = re.compile(
    r"(?P<mark>\*{1,3}|_{1,3})(?=[^\s*_])(?P<label>[^*_\n]{1,80}?)[ \t]{0,3}[:：]?(?P=mark)(?![*_])"
    r"[ \t]{0,3}(?:[:：–—]|-(?=\s))?[ \t]{0,9}"
)
# Emoji and other signs before a label; bullets and quotes are Markdown's.
_SIGNS = re.compile(r"(?:[^\w\s*_\[(<>\"'`|~\\#+=-][\ufe0f\u200d]?\s?){0,4}")
_PLAIN = re.compile(r"(?P<label>[^:：\n*_]{1,60}?)(?:[:：](?!//)|[ \t][–—-](?=[ \t]))[ \t]{0,9}")
# Signs that stand for votes, whatever the language.
VOTE_SIGN = r"(?:[👍⭐🌟🔼▲❤]\ufe0f?|:(?:thumbsup|\+1|star|heart):?)"
_SIGNED_VOTES = re.compile(rf"{VOTE_SIGN}\s?[:：]?\s?(?=[~≈+]?\d[\d,.]{{0,12}}[kK]?\s?\D{{0,3}}$)")


class Label(NamedTuple):
    """A label and what stands behind it on its line. ``name`` is a part's slot or a field's
    name; ``is_usual`` says whether it is written as we write it ourselves."""

    name: str
    text: str
    rest: str = ""
    number: int | None = None
    is_usual: bool = True
    end: int = 0

    @property
    def unusual(self) -> str:
        """The label where it is not written as we write it."""
        return "" if self.is_usual else self.text


@cache
def words(code: str) -> dict[str, Any]:
    """The words of one language as its file has them, and English ones where it has none."""
    return language("en").table("archive_words") | language(code).table("archive_words")


def all_words(kind: str) -> Iterator[Any]:
    """The entry *kind* of each language."""
    return (words(code)[kind] for code in LANGUAGES)


def all_texts(kind: str) -> Iterator[str]:
    """The texts of the lists *kind* of all languages."""
    return (text for texts in all_words(kind) for text in texts)


def written(kind: str, name: str, code: str) -> str:
    """What *name* is called where we write it ourselves: the first of its names."""
    told: str = words(code)[kind][name][0]
    return told


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Letters and digits alone: one spelling for any case, quotes, spaces and marks."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def _by_key(kind: str) -> dict[str, str]:
    return {
        key(text): name
        for table in all_words(kind)
        for name, texts in table.items()
        for text in texts
    }


@cache
def _keys(kind: str) -> frozenset[str]:
    return frozenset(map(key, all_texts(kind)))


def is_link_label(text: str) -> bool:
    """Whether a link's text only says that it is a link (``paper``, ``[1]``, an address)."""
    told = key(text)
    is_address = "://" in text and len(text.split()) == 1
    return told in _keys("labels") or told.isdigit() or is_address or not told


def is_outside(text: str) -> bool:
    """Whether a heading begins a part of the digest that is about no paper (``Conclusion``)."""
    return key(_NUMBER.sub("", text)) in _keys("outside")


def style_hint(heading: str) -> str:
    """The style whose usual heading this is, or nothing."""
    told = key(heading)
    found = [
        (len(known), style)
        for table in all_words("styles")
        for style, texts in table.items()
        for text in texts
        if (known := key(text)) in told
    ]
    return max(found)[1] if found else ""


def field_of(text: str) -> str:
    """The field (``votes``, ``authors`` …) that goes by this name, or nothing."""
    return _by_key("fields").get(key(text), "")


@lru_cache(maxsize=4096)
def part_of(text: str) -> tuple[str, bool]:
    """The slot that goes by this name, and whether just so; empty when none does."""
    names = _by_key("parts")
    told = key(text)
    if told not in names and text.endswith(")"):
        told = key(text.rpartition("(")[0]) or told
    if told in names or len(told) < _SHORTEST_ALIKE:
        return names.get(told, ""), True
    near = process.extractOne(told, names.keys(), scorer=fuzz.ratio, score_cutoff=_SIMILAR)
    return (names[near[0]], False) if near else ("", True)


@cache
def _keywords() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The beginnings of words that each slot is about."""
    tables = list(all_words("keywords"))
    return tuple((slot, tuple(chain(*(one[slot] for one in tables)))) for slot in tables[0])


@lru_cache(maxsize=4096)
def part_about(text: str) -> str:
    """The slot that a heading is about by the words in it: the one with the most, and of two the
    one that comes last."""
    told = text.casefold().split()
    if not 0 < len(told) <= _MOST_WORDS:
        return ""
    scores: dict[str, tuple[int, int]] = {}
    for place, word in enumerate(told):
        for slot, begun in _keywords():
            if word.lstrip("(\"'").startswith(begun):
                scores[slot] = (scores.get(slot, (0, 0))[0] + 1, place)
    # A heading of many other words is about something else.
    best = max(scores, key=lambda slot: scores[slot], default="")
    return best if best and 2 * sum(count for count, _ in scores.values()) >= len(told) else ""


@lru_cache(maxsize=4096)
def heading_label(text: str) -> Label | None:
    """The label that a heading is, or None."""
    return _label(text, loosely=True) if len(text) <= 2 * _LONGEST_LABEL else None


def line_label(text: str) -> Label | None:
    """The label that a line begins with (``**What's New**: …``, ``Vote: 3``) or is (``Abstract``),
    or None. Without emphasis it must be a usual name."""
    if signed := _SIGNED_VOTES.match(text):
        return Label("votes", signed[0], rest=text[signed.end() :], end=signed.end())
    signs = _ends_at(_SIGNS, text)
    start = max(signs, _ends_at(_NUMBER, text))
    strong = _EMPHASISED.match(text, start) or _EMPHASISED.match(text)
    match = strong or _PLAIN.match(text, signs)
    if match is None:
        is_sentence = len(text) > _LONGEST_LABEL or text.endswith((".", "。"))
        whole = None if is_sentence else _label(text, loosely=False)
        return whole and (None if whole.name in _WITH_VALUE else whole._replace(end=len(text)))
    label = _label(match["label"], loosely=bool(strong))
    return label and label._replace(rest=text[match.end() :].strip(), end=match.end())


def _ends_at(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def _label(told: str, *, loosely: bool) -> Label | None:
    """The label that *told* is, with a number before it; *loosely* by the words in it as well."""
    number = _NUMBER.match(told)
    bare = told[number.end() if number else 0 :].strip(" *_:：#")
    if len(bare) > _LONGEST_LABEL:
        return None
    slot, usual = part_of(bare)
    if loosely and not slot and (slot := part_about(bare)):
        usual = False
    name = slot or field_of(bare)
    counted = int(number["number"] or numeric(number["circled"])) if number else None
    return Label(name, bare, number=counted, is_usual=usual) if name else None


def is_padding(line: str) -> bool:
    """Whether the line only says that the paper does not tell something."""
    return any(pattern.search(line) for pattern in patterns("padding"))


@cache
def patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of all languages under *kind*."""
    return tuple(re.compile(text) for text in all_texts(kind))

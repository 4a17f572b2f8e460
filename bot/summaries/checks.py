"""Checks of a model's summary before it is stored. Pure.

Nothing false is added: numbers and names must be in the evidence, the only links are the paper's
own, nobody is mentioned, empty phrases are left out, and the language is the requested one.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from bot.languages import any_of, english_name, language, language_of_text, languages
from bot.summaries.outside_links import has_mention, leads_outside, outside_links
from bot.summaries.schema import ABSTRACT, fitted, limit_of
from bot.text.quantities import Evidence
from bot.text.sentences import sentences as sentences_of
from bot.text.sentences import shorten
from bot.verification import Finding, Statement
from storage import Summary

_LETTER = re.compile(r"[^\W\d_]")
_LEFTOVER = re.compile(
    r"[{}]\s*\"|\"(?:slot|text|evidence|tldr|highlights|sections)\"|```|\[\d+(?:, ?\d+)*\]"
    r"|<(?:a|img|script|div|br|p)\b|" + any_of(lambda one: one.writing.leftover).pattern,
    re.IGNORECASE,
)
_FILLER = any_of(lambda one: one.writing.filler)
_ENDED = re.compile(rf"[.!?。…:;)\]”\"'’{''.join(one.writing.endings for one in languages())}]$")
_WORD = re.compile(r"\w+")
# The least share of letters that are the language's own, in a summary and in each of its texts:
# names in Latin letters stand in all of them. Of letters of other scripts there may be few.
_LEAST_OWN, _LEAST_OWN_IN_A_TEXT = 0.25, 0.12
_MOST_OTHER = 0.02
_SHORTEST = 12
_COPIED_RUN = 8
_EXAMPLE_BEGINS = '{"tldr"'
_COPIED_SHARE = 0.8
_MOST_COPIED = 0.5
# A text that is so close to its limit was probably cut off there.
_NEAR = 5

LONG = "long"
# What is false or does not belong to the paper; the other kinds are only clumsy.
UNSUPPORTED = frozenset({"number", "link", "mention", "borrowed", "address", "unsupported"})


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. ``sentence`` has to be removed; if it is empty, the whole summary.
    A text that is too ``long`` stands there whole, and has to be shortened.

    ``told`` is what the model is told about it.
    """

    kind: str
    place: str
    sentence: str
    told: str


@dataclass(frozen=True)
class Draft:
    """What a model wrote of a paper, with what was found wrong with it: a summary, and with it the
    abstract translated, unless that is empty. ``findings`` are the verifier's, by what was asked.
    """

    summary: Summary
    abstract: str = ""
    problems: tuple[Problem, ...] = ()
    findings: Mapping[Statement, Finding] = field(default_factory=dict)

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """All that was written, each text with its place."""
        yield from texts_of(self.summary)
        if self.abstract:
            yield ABSTRACT, self.abstract

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """All sentences, each with its place."""
        return [(place, one) for place, text in self.texts for one in sentences_of(text)]

    @property
    def is_lost(self) -> bool:
        """Whether nothing could be kept of the summary."""
        return any(not one.sentence for one in self.problems if one.place != ABSTRACT)

    @property
    def has_sound_abstract(self) -> bool:
        """Whether nothing is wrong with the abstract."""
        return all(one.place != ABSTRACT for one in self.problems)


@dataclass(frozen=True)
class Basis:
    """What a summary is checked against.

    ``links`` are the paper's own. ``wording`` is the prompt's, which must not be repeated.
    ``cut_off`` is whether the model was stopped at its limit. ``unsupported`` are sentences that
    speak to the reader or praise the paper without a passage that says so.
    """

    evidence: Evidence
    abstract: str
    links: tuple[str, ...] = ()
    wording: str = ""
    cut_off: bool = False
    unsupported: frozenset[str] = frozenset()


def texts_of(summary: Summary) -> Iterator[tuple[str, str]]:
    """Each text with its place: ``tldr``, ``highlights.new``, ``sections.method``,
    ``introduction.1``."""
    yield "tldr", summary.tldr
    for highlight in summary.highlights:
        yield f"highlights.{highlight.slot}", highlight.text
    for section in summary.sections:
        yield f"sections.{section.slot}", section.text
    for number, bullet in enumerate(summary.introduction, start=1):
        yield f"introduction.{number}", bullet


def check(summary: Summary, basis: Basis) -> list[Problem]:
    """Everything that is wrong with *summary*, in reading order."""
    problems = list(_whole(summary, basis))
    said: set[tuple[str, str]] = set()
    for place, text in texts_of(summary):
        problems += _language(place, text, summary.language)
        if len(text) > limit_of(place):
            most = limit_of(place)
            problems.append(Problem(LONG, place, text, f"longer than {most} characters"))
        sentences = sentences_of(text)
        for sentence in sentences:
            problems += _sentence(place, sentence, basis)
            # A highlight may say again what a section says, but not what another one does.
            group, slotted, _ = place.partition(".")
            if slotted and (group, sentence) in said:
                problems.append(Problem("repeated", place, sentence, "it is said twice"))
            said.add((group, sentence))
        may_be_cut = basis.cut_off or abs(len(text) - limit_of(place)) <= _NEAR
        if sentences and may_be_cut and not _ENDED.search(text):
            problems.append(Problem("cut", place, sentences[-1], "its last sentence has no end"))
    return problems


def check_abstract(translated: str, basis: Basis, code: str) -> list[Problem]:
    """What is wrong with the translated abstract. It is kept only if nothing is."""
    place = ABSTRACT
    if not translated:
        return [Problem("short", place, "", "it is missing; translate passage 0")]
    problems = list(_language(place, translated, code))
    least, most = language(code).writing.length
    share = len(translated) / max(1, len(basis.abstract))
    if basis.abstract and not least <= share <= most:
        problems.append(Problem("length", place, "", "it is not the whole abstract, or too much"))
    lost = Evidence(basis.abstract).missing(translated)
    if lost:
        told = f"these are not in the original: {', '.join(lost)}"
        problems.append(Problem("number", place, "", told))
    if leads_outside(translated, basis.links):
        problems.append(Problem("link", place, "", "leave links and mentions out"))
    if basis.unsupported.intersection(sentences_of(translated)):
        problems.append(Problem("address", place, "", "translate passage 0 and add nothing"))
    if _LEFTOVER.search(translated) or not _ENDED.search(translated):
        problems.append(Problem("leftover", place, "", "give the translation and nothing else"))
    return problems


def prune(summary: Summary, problems: Sequence[Problem]) -> Summary | None:
    """The summary without the offending sentences; None when what is left is not one."""
    problems = [one for one in problems if one.place != ABSTRACT]
    if any(not one.sentence for one in problems):
        return None
    bad: dict[str, list[str]] = {}
    for one in problems:
        bad.setdefault(one.place, []).append(one.sentence)

    def without(place: str, text: str) -> str:
        gone = list(bad.get(place, ()))
        kept = []
        for sentence in sentences_of(text):
            if sentence in gone:
                gone.remove(sentence)
            else:
                kept.append(sentence)
        return fitted(" ".join(kept), limit_of(place))

    left = edited(summary, without)
    if not left.highlights:
        return None
    if not left.tldr:
        first = sentences_of(left.highlights[0].text)[0]
        left = replace(left, tldr=shorten(first, limit_of("tldr")))
    return left


def told(problems: Sequence[Problem], *, most: int = 12) -> str:
    """The problems as one message to the model."""
    lines = [
        f"- {one.place or 'all'}: {one.told}" + (f" («{one.sentence}»)" if one.sentence else "")
        for one in problems[:most]
    ]
    return "these things are wrong.\n" + "\n".join(dict.fromkeys(lines)) + "\n"


def edited(summary: Summary, edit: Callable[[str, str], str]) -> Summary:
    """The summary with each text replaced by ``edit(place, text)``, without emptied ones."""
    highlights = [
        replace(one, text=edit(f"highlights.{one.slot}", one.text)) for one in summary.highlights
    ]
    sections = [
        replace(one, text=edit(f"sections.{one.slot}", one.text)) for one in summary.sections
    ]
    bullets = [
        edit(f"introduction.{number}", bullet)
        for number, bullet in enumerate(summary.introduction, start=1)
    ]
    return replace(
        summary,
        tldr=edit("tldr", summary.tldr),
        highlights=tuple(one for one in highlights if one.text),
        sections=tuple(one for one in sections if one.text),
        introduction=tuple(one for one in bullets if one),
    )


def _sentence(place: str, sentence: str, basis: Basis) -> Iterator[Problem]:
    lost = basis.evidence.missing(sentence)
    if lost:
        told_lost = f"{', '.join(lost)} does not stand in the passages; leave it out or correct it"
        yield Problem("number", place, sentence, told_lost)
    if outside_links(sentence, basis.links):
        yield Problem("link", place, sentence, "no links")
    if has_mention(sentence):
        yield Problem("mention", place, sentence, "no mentions")
    if sentence in basis.unsupported:
        yield Problem("address", place, sentence, "no passage says so; report what was done")
    if _LEFTOVER.search(sentence) or _is_wording(sentence, basis):
        yield Problem("leftover", place, sentence, "it is about the task, not about the paper")
    elif _is_borrowed(sentence, basis):
        yield Problem("borrowed", place, sentence, "it is said of the example, not of this paper")
    if _FILLER.search(sentence):
        yield Problem("filler", place, sentence, "leave out what the paper does not say")


def _whole(summary: Summary, basis: Basis) -> Iterator[Problem]:
    if len(summary.tldr) < _SHORTEST:
        yield Problem("short", "tldr", summary.tldr, "it is too short")
    if not summary.highlights:
        yield Problem("short", "highlights", "", "there are none")
    text = " ".join(text for _, text in texts_of(summary))
    if _share(language(summary.language).letter, text) < _LEAST_OWN:
        name = english_name(summary.language)
        yield Problem("language", "", "", f"the texts must be written in {name}")
    sentences = [one for _, text in texts_of(summary) for one in sentences_of(text)]
    copied = [one for one in sentences if _is_copied(one, basis.abstract)]
    if len(copied) > _MOST_COPIED * max(1, len(sentences)):
        yield Problem("copied", "", "", "it copies the abstract; use your own words")


def _language(place: str, text: str, code: str) -> Iterator[Problem]:
    spoken = language(code)
    # Names and numbers alone have no language.
    long_enough = len(text) > 2 * _SHORTEST
    too_few = long_enough and _share(spoken.letter, text) < _LEAST_OWN_IN_A_TEXT
    if too_few or _share(_other_letter(spoken.letters), text) > _MOST_OTHER:
        for sentence in sentences_of(text) if place != ABSTRACT else [""]:
            yield Problem("language", place, sentence, f"it is not written in {english_name(code)}")


@cache
def _other_letter(own: str) -> re.Pattern[str]:
    """Matches a letter that is neither the language's own nor one of names and formulas: Latin,
    Greek, mathematical."""
    return re.compile(
        rf"[^\W\d_a-zA-Z\u00aa-\u02ff\u0370-\u03ff\u1d00-\u1fff\u2070-\u214f"
        rf"\U0001d400-\U0001d7ff{own}]"
    )


def _share(kind: re.Pattern[str], text: str) -> float:
    letters = len(_LETTER.findall(text))
    return len(kind.findall(text)) / letters if letters else 0.0


def _is_wording(sentence: str, basis: Basis) -> bool:
    plain = sentence.strip().rstrip(".")
    return len(plain) > 2 * _SHORTEST and plain in basis.wording


def _is_borrowed(sentence: str, basis: Basis) -> bool:
    """Whether a run of words comes from the prompt's example and stands nowhere in the paper: weak
    models fill gaps with what the example says."""
    length = language(language_of_text(sentence)).writing.run
    example = _words_of(basis.wording[basis.wording.find(_EXAMPLE_BEGINS) :])
    own = _words_of(basis.evidence.text)
    return any(run in example and run not in own for run in _runs(sentence, length))


def _is_copied(sentence: str, abstract: str) -> bool:
    runs, original = _runs(sentence, _COPIED_RUN), _words_of(abstract)
    return bool(runs) and sum(run in original for run in runs) >= _COPIED_SHARE * len(runs)


def _words_of(text: str) -> str:
    return f" {' '.join(word.lower() for word in _WORD.findall(text))} "


def _runs(text: str, length: int) -> list[str]:
    """Every run of so many of its words, as :func:`_words_of` writes them."""
    words = _words_of(text).split()
    return [f" {' '.join(words[at : at + length])} " for at in range(len(words) - length + 1)]

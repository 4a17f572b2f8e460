"""What a model's summary must stand before it is stored. Pure.

Nothing false is added: numbers and names stand in the evidence, links and mentions are none but
the paper's, empty phrases are left out, and the language is the asked one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.summaries.outside_links import has_mention, leads_outside, outside_links
from bot.summaries.quantities import Evidence
from bot.summaries.schema import limit_of
from bot.summaries.sentences import shorten, split_sentences
from bot.summaries.texts import edited, texts_of
from storage import Summary

_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_SCRIPT = re.compile(r"[\u0400-\u04ff\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u4e00-\u9fff]")
_LEFTOVER = re.compile(
    r"[{}]\s*\"|\"(?:slot|text|evidence|tldr|highlights|sections)\"|```|\[\d+(?:, ?\d+)*\]"
    r"|\bpassages? \[?\d|구절 ?\[?\d|<(?:a|img|script|div|br|p)\b|\bas an ai\b"
    r"|\blanguage model, i\b|\b(?:sure|certainly)[,!]|\bhere is (?:the|a|your) (?:json|summary)"
    r"|\bI (?:cannot|can't|am unable)\b"
    r"|요약해 드리|다음은 .{0,20}요약|언어 모델로서|죄송(?:합|하)|요청하신",
    re.IGNORECASE,
)
_TELLS_NOT = r"provide|mention|specify|state|discuss|describe|report|address|give"
_FILLER = re.compile(
    rf"\bnot (?:\w+ ){{0,2}}(?:{_TELLS_NOT})\w* (?:in|by) the (?:paper|passages?|text|abstract)"
    rf"|\b(?:paper|passages?|text|abstract) (?:does|do) not (?:\w+ )?(?:{_TELLS_NOT})"
    r"|\bno (?:specific )?(?:information|details?) (?:is|are|was|were)\b"
    r"|\bN/A\b|\bnone (?:mentioned|stated|given)\b"
    r"|(?:정보|내용|설명|사항|언급)(?:은|는|이|가)? ?(?:명시|언급|제공|기재|서술|제시)되지 않"
    r"|(?:논문|초록|본문|원문|구절)에(?:서|는|서는)? [^.]{0,40}(?:되지 않|하지 않|없습니다|없음)",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?。…:;)\]”\"'’다요음임함됨]$")
_WORD = re.compile(r"\w+")
_LEAST_HANGUL = 0.25
_LEAST_HANGUL_IN_A_TEXT = 0.12
_MOST_HANGUL_IN_ENGLISH = 0.02
_MOST_OTHER_SCRIPT = 0.02
_SHORTEST = 12
_COPIED_RUN = 8
# So many words in a row are not the same by chance.
_BORROWED_RUN = {"ko": 4, "en": 5}
_EXAMPLE_BEGINS = '{"tldr"'
_COPIED_SHARE = 0.8
_MOST_COPIED = 0.5
_ABSTRACT_LENGTH = {"ko": (0.2, 1.2)}
# So close to its limit a text was probably cut there.
_NEAR = 5

# These say something false or foreign; the others are only clumsy.
UNSUPPORTED = frozenset({"number", "link", "mention", "borrowed", "address"})


@dataclass(frozen=True)
class Problem:
    """One thing wrong. ``sentence`` is what has to go; empty when the whole has to.

    ``told`` says it to the model.
    """

    kind: str
    place: str
    sentence: str
    told: str


@dataclass(frozen=True)
class Basis:
    """What a summary is checked against. ``links`` are the paper's own; ``wording`` is the
    prompt's, of which nothing may come back. ``cut_off``: the model did not come to its end.
    ``unsupported`` are sentences that speak to the reader or praise the paper on no ground."""

    evidence: Evidence
    abstract: str
    links: tuple[str, ...] = ()
    wording: str = ""
    cut_off: bool = False
    unsupported: frozenset[str] = frozenset()


def check(summary: Summary, basis: Basis) -> list[Problem]:
    """Everything that is wrong with *summary*, in reading order."""
    problems = list(_whole(summary, basis))
    said: set[tuple[str, str]] = set()
    for place, text in texts_of(summary):
        problems += _language(place, text, summary.language)
        sentences = split_sentences(text)
        for sentence in sentences:
            problems += _sentence(place, sentence, basis)
            # A highlight may say again what a section says, but not what another one does.
            group, slotted, _ = place.partition(".")
            if slotted and (group, sentence) in said:
                problems.append(Problem("repeated", place, sentence, "it is said twice"))
            said.add((group, sentence))
        may_be_cut = basis.cut_off or len(text) >= limit_of(place) - _NEAR
        if sentences and may_be_cut and not _ENDED.search(text):
            problems.append(Problem("cut", place, sentences[-1], "its last sentence has no end"))
    return problems


def check_abstract(translated: str, basis: Basis, language: str) -> list[Problem]:
    """What is wrong with the translated abstract; one problem is enough not to keep it."""
    place = "abstract"
    if not translated:
        return [Problem("short", place, "", "it is missing; translate passage 0")]
    problems = list(_language(place, translated, language))
    least, most = _ABSTRACT_LENGTH.get(language, (0.5, 2.0))
    share = len(translated) / max(1, len(basis.abstract))
    if basis.abstract and not least <= share <= most:
        problems.append(Problem("length", place, "", "it is not the whole abstract, or too much"))
    lost = Evidence(basis.abstract).missing(translated)
    if lost:
        told = f"these are not in the original: {', '.join(lost)}"
        problems.append(Problem("number", place, "", told))
    if leads_outside(translated, basis.links):
        problems.append(Problem("link", place, "", "leave links and mentions out"))
    if basis.unsupported.intersection(split_sentences(translated)):
        problems.append(Problem("address", place, "", "translate passage 0 and add nothing"))
    if _LEFTOVER.search(translated) or not _ENDED.search(translated):
        problems.append(Problem("leftover", place, "", "give the translation and nothing else"))
    return problems


def prune(summary: Summary, problems: Sequence[Problem]) -> Summary | None:
    """The summary without the offending sentences; None when what is left is not one."""
    if any(not one.sentence for one in problems):
        return None
    bad: dict[str, list[str]] = {}
    for one in problems:
        bad.setdefault(one.place, []).append(one.sentence)

    def without(place: str, text: str) -> str:
        if place not in bad:
            return text
        gone = list(bad[place])
        kept = []
        for sentence in split_sentences(text):
            if sentence in gone:
                gone.remove(sentence)
            else:
                kept.append(sentence)
        return " ".join(kept)

    left = edited(summary, without)
    if not left.highlights:
        return None
    if not left.tldr:
        first = split_sentences(left.highlights[0].text)[0]
        left = replace(left, tldr=shorten(first, limit_of("tldr")))
    return left


def told(problems: Sequence[Problem], *, most: int = 12) -> str:
    """The problems as one message to the model."""
    lines = [
        f"- {one.place or 'all'}: {one.told}" + (f" («{one.sentence}»)" if one.sentence else "")
        for one in problems[:most]
    ]
    return "these things are wrong.\n" + "\n".join(dict.fromkeys(lines)) + "\n"


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
    if summary.language == "ko" and _share(_HANGUL, text) < _LEAST_HANGUL:
        yield Problem("language", "", "", "the texts must be written in Korean")
    sentences = [one for _, text in texts_of(summary) for one in split_sentences(text)]
    copied = [one for one in sentences if _is_copied(one, basis.abstract)]
    if len(copied) > _MOST_COPIED * max(1, len(sentences)):
        yield Problem("copied", "", "", "it copies the abstract; use your own words")


def _language(place: str, text: str, language: str) -> Iterator[Problem]:
    hangul = _share(_HANGUL, text)
    # Names and numbers alone have no language.
    long_enough = len(text) > 2 * _SHORTEST
    wrong = hangul < _LEAST_HANGUL_IN_A_TEXT if language == "ko" else False
    if language == "en":
        wrong = hangul > _MOST_HANGUL_IN_ENGLISH
    if (long_enough and wrong) or _share(_OTHER_SCRIPT, text) > _MOST_OTHER_SCRIPT:
        name = "Korean" if language == "ko" else "English"
        for sentence in split_sentences(text) if place != "abstract" else [""]:
            yield Problem("language", place, sentence, f"it is not written in {name}")


def _share(kind: re.Pattern[str], text: str) -> float:
    letters = len(_LETTER.findall(text))
    return len(kind.findall(text)) / letters if letters else 0.0


def _is_wording(sentence: str, basis: Basis) -> bool:
    plain = sentence.strip().rstrip(".")
    return len(plain) > 2 * _SHORTEST and plain in basis.wording


def _is_borrowed(sentence: str, basis: Basis) -> bool:
    """Whether a run of words comes from the prompt's example and stands nowhere in the paper: weak
    models fill gaps with what the example says."""
    length = _BORROWED_RUN["ko" if _HANGUL.search(sentence) else "en"]
    words = [word.lower() for word in _WORD.findall(sentence)]
    runs = [" ".join(words[at : at + length]) for at in range(len(words) - length + 1)]
    example = _words_of(basis.wording[basis.wording.find(_EXAMPLE_BEGINS) :])
    own = _words_of(basis.evidence.text)
    return any(f" {run} " in example and f" {run} " not in own for run in runs)


def _words_of(text: str) -> str:
    return f" {' '.join(word.lower() for word in _WORD.findall(text))} "


def _is_copied(sentence: str, abstract: str) -> bool:
    words = [word.lower() for word in _WORD.findall(sentence)]
    if len(words) < _COPIED_RUN:
        return False
    original = " ".join(word.lower() for word in _WORD.findall(abstract))
    runs = [" ".join(words[i : i + _COPIED_RUN]) for i in range(len(words) - _COPIED_RUN + 1)]
    return sum(run in original for run in runs) >= _COPIED_SHARE * len(runs)

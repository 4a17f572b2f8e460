"""Finds text in papers that addresses a language model, and takes it out.

Paper text is data: it must not steer the model that summarises it. This is one of several walls
(prompts mark paper text as data, answers are checked); it takes out what can be recognised, and
a sentence lost here and there is the price. An honest paper about such attacks loses at most the
sentences that quote an order word for word.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.fulltext.injection_english import CONTINUED_ENGLISH, ENGLISH
from bot.fulltext.injection_indirect import INDIRECT_ENGLISH, INDIRECT_KOREAN
from bot.fulltext.injection_korean import CONTINUED_KOREAN, KOREAN
from bot.fulltext.injection_markup import MARKUP
from bot.fulltext.injection_patterns import first_kind
from bot.fulltext.injection_plain import (
    has_code,
    hides_characters,
    plain,
    readings,
    reversed_readings,
    run_together,
    without_hidden,
)

MARKER = "[removed: text addressed to a language model]"
LONGEST_TEXT = 400_000
LONGEST_SENTENCE = 2_000
LONGEST_JOINED = 400
LONGEST_REGION = 4_000
SENTENCES_THAT_GO_ON = 2

_WITHOUT_KOREAN = [*MARKUP, *ENGLISH, *INDIRECT_ENGLISH]
_WITH_KOREAN = [*_WITHOUT_KOREAN, *KOREAN, *INDIRECT_KOREAN]
_CONTINUED = [*CONTINUED_ENGLISH, *CONTINUED_KOREAN]
_HANGUL = re.compile("[가-힣]")
_BREAKABLE = frozenset({"override", "leak"})
_MAY_BREAK = re.compile(
    r"ignore|disregard|forget|override|bypass|reveal|print|repeat|prompt|무시|잊|프롬프트",
    re.IGNORECASE,
)
# A single line's end parts sentences where what follows begins like one; a row of a table ends.
_SENTENCE_END = re.compile(
    r"(?<![.!?])[.!?]+[\"'”’)\]」』]*\s+|[。！？]+[\"'”’)\]」』]*\s*|\n\s*\n|\n(?=[^\n|]*\|)|\n(?=[^a-z\s])"
)
# What begins and what ends a region that is meant for a machine.
_REGIONS = tuple(
    (re.compile(begins, re.IGNORECASE), re.compile(ends, re.IGNORECASE))
    for begins, ends in (
        (r"<!--", r"-->|\Z"),
        (r"<\|im_start\|>", r"<\|im_end\|>|\Z"),
        (r"\[INST\]", r"\[/INST\]"),
        (r"<<SYS>>", r"<</SYS>>"),
        *(
            (f"<{name}>", f"</{name}>")
            for name in ("system", "instruction", "instructions", "prompt", "assistant")
        ),
    )
)
_BARE_LINK = re.compile(r"^\W*(?:https?://|www\.|hxxps?://)\S+\W*$")


@dataclass(frozen=True)
class Finding:
    """A piece of text that addresses a model: what kind it is, and where it stands."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Span:
    """A sentence with the space after it."""

    start: int
    end: int


def find_instructions(text: str) -> list[Finding]:
    """The sentences of *text* that address a language model, in order, none overlapping.

    ``kind`` is one of ``override``, ``praise``, ``address``, ``output``, ``leak``, ``link``,
    ``mention``, ``tool``, ``markup``, ``encoded``, ``hidden`` and ``continued`` (a sentence that
    goes on with the one before). Text beyond 400,000 letters is not looked at.
    """
    text = text[:LONGEST_TEXT]
    spans = _sentences(text)
    kinds = {
        at: kind
        for at, span in enumerate(spans)
        if (kind := _kind(text[span.start : span.end])) is not None
    }
    _join_neighbours(text, spans, kinds)
    _spread(text, spans, kinds)
    found = [_finding(kind, spans[at].start, spans[at].end, text) for at, kind in kinds.items()]
    regions = [_finding("markup", *span, text) for span in _regions(text)]
    return _merged(text, [*found, *regions])


def neutralise(text: str) -> str:
    """*text* with each such sentence replaced by a neutral marker, hidden characters taken out.

    What is longer than 400,000 letters is cut there: nothing passes that was not looked at.
    """
    text = text[:LONGEST_TEXT]
    pieces: list[str] = []
    end = 0
    for finding in find_instructions(text):
        if finding.kind == "hidden":
            continue  # what can be seen of it is harmless
        kept = text[end : finding.start]
        if kept.strip() or not pieces:
            pieces += [kept, MARKER]
        end = finding.start + len(text[finding.start : finding.end].rstrip())
    return without_hidden("".join([*pieces, text[end:]]))


def _regions(text: str) -> Iterator[tuple[int, int]]:
    """Where text stands between marks that are meant for a machine."""
    for begins, ends in _REGIONS:
        starts = [match.start() for match in begins.finditer(text)]
        stops = [match.end() for match in ends.finditer(text)] if starts else []
        reached = 0
        for start in starts:
            at = bisect_right(stops, start)
            if start >= reached and at < len(stops) and stops[at] - start <= LONGEST_REGION:
                reached = stops[at]
                yield start, reached


def _sentences(text: str) -> list[_Span]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    edges = [0, *ends, len(text)]
    spans: list[_Span] = []
    for start, end in pairwise(edges):
        places = range(start, end, LONGEST_SENTENCE)
        spans += [_Span(place, min(end, place + LONGEST_SENTENCE)) for place in places]
    return [span for span in spans if text[span.start : span.end].strip()]


def _kind(sentence: str) -> str | None:
    """What kind of address the sentence is, or None."""
    if kind := _order(sentence):
        return kind
    for reading in readings(sentence):
        if _order(reading) or run_together(reading):
            return "encoded"
    if has_code(sentence) or run_together(sentence):
        return "encoded"
    return "hidden" if hides_characters(sentence) else None


def _order(sentence: str) -> str | None:
    """The kind of order the sentence gives as it is read, or None."""
    text = plain(sentence)
    return first_kind(text, _WITH_KOREAN if _HANGUL.search(text) else _WITHOUT_KOREAN)


def _join_neighbours(text: str, spans: list[_Span], kinds: dict[int, str]) -> None:
    """Finds an order that a full stop or a line's end parts in its middle."""
    for at in range(len(spans) - 1):
        if kinds.get(at) in _BREAKABLE or kinds.get(at + 1) in _BREAKABLE:
            continue
        first = text[spans[at].start : spans[at].end].rstrip().rstrip(".!?")
        second = text[spans[at + 1].start : spans[at + 1].end]
        joined = f"{first} {second}"
        if len(joined) > LONGEST_JOINED or not _MAY_BREAK.search(joined):
            continue
        kind = _order(joined)
        if kind is not None and kind in _BREAKABLE:
            kinds[at] = kinds[at + 1] = kind


def _spread(text: str, spans: list[_Span], kinds: dict[int, str]) -> None:
    """Takes in the sentences that go on with an order: what to say, which link to add."""
    for at in sorted(kinds):
        for beside in range(at + 1, min(at + 1 + SENTENCES_THAT_GO_ON, len(spans))):
            sentence = text[spans[beside].start : spans[beside].end]
            if beside in kinds or not _goes_on(sentence):
                break
            kinds[beside] = "continued"


def _goes_on(sentence: str) -> bool:
    text = plain(sentence)
    if _BARE_LINK.match(sentence) or first_kind(text, _CONTINUED):
        return True
    return any(_order(reading) for reading in reversed_readings(sentence))


def _finding(kind: str, start: int, end: int, text: str) -> Finding:
    return Finding(kind, start, end, text[start:end].strip())


def _merged(text: str, findings: list[Finding]) -> list[Finding]:
    merged: list[Finding] = []
    for finding in sorted(findings, key=lambda one: (one.start, -one.end)):
        if merged and finding.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = _finding(last.kind, last.start, max(last.end, finding.end), text)
        else:
            merged.append(finding)
    return merged

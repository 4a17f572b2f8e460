"""Cuts a document's blocks into passages of a size that fits search, prompts and quotations."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.fulltext.document import SEPARATOR, Block
from bot.fulltext.text import count_words
from bot.text.sentences import sentences
from storage import Passage

FEWEST_WORDS = 80
MOST_WORDS = 220
FEWEST_LEFT_OVER = 40
LONGEST_HEAD_ROW = 60  # words
LONGEST_ROW = 2_000  # letters
LONGEST_WORD = 300

_ENDLESS_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def cut(blocks: Iterable[Block]) -> list[Passage]:
    """Passages of about 80 to 220 words in reading order.

    Neighbouring paragraphs of one section are put together, long ones are divided at sentence
    ends, and no passage crosses a section. Tables and captions stay by themselves; a table too
    long is divided at row ends, with its caption repeated.
    """
    passages: list[Passage] = []
    readable = (replace(block, text=_shortened(block.text)) for block in blocks)
    for _, group in groupby(readable, key=lambda block: block.section):
        floats: list[Block] = []
        texts: list[Block] = []
        for block in group:
            (texts if block.kind == "text" else floats).append(block)
        for piece in [*_texts(texts), *(part for block in floats for part in _float(block))]:
            passages.append(_passage(piece, len(passages)))
    return passages


def _shortened(text: str) -> str:
    """*text* with words that are none (codes, data) cut short."""
    return _ENDLESS_WORD.sub(lambda match: f"{match.group()[:LONGEST_WORD]}…", text)


def _texts(blocks: Sequence[Block]) -> list[Block]:
    """The text blocks of one section, joined and divided to passage size."""
    pieces: list[Block] = []
    for block in (part for whole in blocks for part in _divided(whole)):
        last = pieces[-1] if pieces else None
        if last is not None and _fit_together(last, block):
            pieces[-1] = replace(last, text=f"{last.text} {block.text}")
        else:
            pieces.append(block)
    return _without_tail(pieces)


def _fit_together(first: Block, second: Block) -> bool:
    words = count_words(first.text)
    return words < FEWEST_WORDS and words + count_words(second.text) <= MOST_WORDS


def _without_tail(pieces: list[Block]) -> list[Block]:
    """A few words left over at a section's end go to the passage before, if they fit."""
    if len(pieces) < 2:
        return pieces
    *before, previous, last = pieces
    few = count_words(last.text)
    if few >= FEWEST_LEFT_OVER or few + count_words(previous.text) > MOST_WORDS:
        return pieces
    return [*before, replace(previous, text=f"{previous.text} {last.text}")]


def _divided(block: Block) -> Iterator[Block]:
    if count_words(block.text) <= MOST_WORDS:
        yield block
        return
    parts = _packed(_short_sentences(block.text), joiner=" ")
    yield from (replace(block, text=part) for part in parts)


def _short_sentences(text: str) -> Iterator[str]:
    """Sentences; one longer than a passage (a list without full stops, say) is cut by words."""
    for sentence in sentences(text):
        words = sentence.split()
        for start in range(0, len(words), MOST_WORDS):
            yield " ".join(words[start : start + MOST_WORDS])


def _packed(pieces: Iterable[str], *, joiner: str, most: int = MOST_WORDS) -> list[str]:
    """Pieces put together evenly, at most *most* words each."""
    measured = [(piece, count_words(piece)) for piece in pieces]
    total = sum(words for _, words in measured)
    target = total / -(-total // most) if total else 0
    packed: list[list[str]] = [[]]
    filled = 0
    for piece, words in measured:
        full = filled >= target or filled + words > most
        if packed[-1] and full:
            packed.append([])
            filled = 0
        packed[-1].append(piece)
        filled += words
    return [joiner.join(group) for group in packed]


def _float(block: Block) -> Iterator[Block]:
    """A table or caption; a long table as several, each with the caption and the head row."""
    caption, _, rows = block.text.partition("\n")
    if count_words(block.text) <= MOST_WORDS:
        yield block
        return
    if not rows:
        yield from _divided(block)
        return
    head, *rest = rows.split("\n")
    if count_words(head) > LONGEST_HEAD_ROW:
        head, rest = "", [head, *rest]
    top = "\n".join(part for part in (caption, head) if part)
    room = max(MOST_WORDS - count_words(top), FEWEST_WORDS)
    for part in _packed((row[:LONGEST_ROW] for row in rest), joiner="\n", most=room):
        yield replace(block, text=f"{top}\n{part}")


def _passage(block: Block, ordinal: int) -> Passage:
    return Passage(
        ordinal=ordinal,
        text=block.text.strip(),
        section=SEPARATOR.join(block.section),
        kind=block.kind,
        anchor=block.anchor,
        page=block.page,
    )

"""A digest as messages: the frame that all styles share, packed into parts."""

from collections.abc import Sequence

from bot.blocks import Block, Message, context, header, section
from bot.blocks.fallback import fallback
from bot.blocks.pages import MAX_CHARACTERS, Piece, pack, weight
from bot.blocks.split import MAX_BLOCKS
from bot.blocks.text import escape
from bot.digests.content import DigestContent, DigestEntry
from bot.digests.empty import empty_day
from bot.digests.lines import maker_line, origin, plain_title, sentences, title_line
from bot.digests.styles import style
from bot.digests.voice import Voice

_REST_LINES = 8
_EXAMPLE_NUMBER = 3
_PART_LABEL_ROOM = 300


def render_digest(content: DigestContent) -> list[Message]:
    """The root message first; further parts, if it is long, belong into its thread.

    Raises:
        UnknownStyleError: no style goes by the content's style name.
    """
    voice = Voice(content.language)
    if not content.total:
        return [empty_day(content.day, content.language, notices=content.notices)]
    frame = (*_opening(content, voice), *_closing(content, voice, parts=2))
    pages = pack(
        [*_entries(content, voice), *_rest(content, voice)],
        blocks=MAX_BLOCKS - len(frame),
        characters=MAX_CHARACTERS - weight(frame) - _PART_LABEL_ROOM,
    )
    root = _root(content, voice, pages[0], parts=len(pages))
    return [
        root,
        *(
            _part(content, voice, page, part=number, parts=len(pages))
            for number, page in enumerate(pages[1:], start=2)
        ),
    ]


def digest_text(content: DigestContent) -> str:
    """The whole digest in plain words, for a terminal or a log."""
    voice = Voice(content.language)
    lines = [_title(content, voice), _intro(content, voice), *_notices(content, voice), ""]
    for entry in content.entries:
        lines.append(plain_title(entry.paper, entry.number, entry.votes, voice))
        lines += [f"   {one}" for one in sentences(entry) if one]
    for number, paper in enumerate(content.rest, start=len(content.entries) + 1):
        lines.append(plain_title(paper, number, paper.votes, voice))
    return "\n".join([*lines, "", *_maker(content, voice)])


def _root(content: DigestContent, voice: Voice, page: Sequence[Piece], *, parts: int) -> Message:
    closing = _closing(content, voice, parts=parts)
    return Message(
        text=fallback(
            [_title(content, voice), _intro(content, voice), *_notices(content, voice)],
            _rows(page),
            [*_maker(content, voice), *_more(voice, parts)],
        ),
        blocks=(*_opening(content, voice), *_blocks(page), *closing),
    )


def _part(
    content: DigestContent, voice: Voice, page: Sequence[Piece], *, part: int, parts: int
) -> Message:
    label = voice.say("digests-part", title=_title(content, voice), part=part, parts=parts)
    return Message(
        text=fallback([label], _rows(page)), blocks=(context(escape(label)), *_blocks(page))
    )


def _opening(content: DigestContent, voice: Voice) -> list[Block]:
    blocks = [header(_title(content, voice)), context(_intro(content, voice))]
    notices = _notices(content, voice)
    return [*blocks, context(*notices)] if notices else blocks


def _closing(content: DigestContent, voice: Voice, *, parts: int) -> list[Block]:
    number = min(_EXAMPLE_NUMBER, content.total)
    lines = [*_more(voice, parts), voice.say("digests-ask-hint", joint="\n", number=number)]
    return [context("\n".join([*lines, *_maker(content, voice)]))]


def _title(content: DigestContent, voice: Voice) -> str:
    return voice.say("digests-title-daily", day=lambda words: words.day(content.day))


def _intro(content: DigestContent, voice: Voice) -> str:
    lines = voice.each(
        "digests-intro-part" if content.rest else "digests-intro-all",
        day=lambda words: words.short_day(content.day),
        total=content.total,
        count=len(content.entries),
    )
    if content.total > 1:
        wanted = any(entry.topics for entry in content.entries)
        order = voice.each("digests-order-topics" if wanted else "digests-order-votes")
        lines = [f"{line} {more}" for line, more in zip(lines, order, strict=True)]
    return "\n".join(lines)


def _notices(content: DigestContent, voice: Voice) -> list[str]:
    lines = [
        voice.say(f"digests-notice-{one}", joint="\n", count=len(content.from_abstract))
        for one in content.notices
    ]
    if content.hidden:
        lines.append(voice.say("digests-hidden", joint="\n", count=content.hidden))
    return lines


def _maker(content: DigestContent, voice: Voice) -> list[str]:
    line = maker_line(content.makers, voice)
    return [line] if line else []


def _more(voice: Voice, parts: int) -> list[str]:
    return [voice.say("digests-more-in-thread", joint="\n")] if parts > 1 else []


def _entries(content: DigestContent, voice: Voice) -> list[Piece]:
    look = style(content.style)
    return [
        Piece(tuple(look.entry(entry, voice)), (_entry_row(entry, voice),))
        for entry in content.entries
    ]


def _entry_row(entry: DigestEntry, voice: Voice) -> tuple[str, str]:
    return plain_title(entry.paper, entry.number, entry.votes, voice), " ".join(sentences(entry))


def _rest(content: DigestContent, voice: Voice) -> list[Piece]:
    numbered = list(enumerate(content.rest, start=len(content.entries) + 1))
    pieces = []
    for start in range(0, len(numbered), _REST_LINES):
        group = numbered[start : start + _REST_LINES]
        lines = [
            f"{title_line(paper, number)}  {origin(paper, paper.votes, voice)}"
            for number, paper in group
        ]
        if start == 0:
            lines.insert(0, voice.say("digests-rest", count=len(content.rest)))
        rows = tuple(
            (plain_title(paper, number, paper.votes, voice), "") for number, paper in group
        )
        pieces.append(Piece((section("\n".join(lines)),), rows))
    return pieces


def _rows(page: Sequence[Piece]) -> list[tuple[str, str]]:
    return [row for piece in page for row in piece.rows]


def _blocks(page: Sequence[Piece]) -> list[Block]:
    return [block for piece in page for block in piece.blocks]

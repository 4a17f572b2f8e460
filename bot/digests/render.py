"""A digest as messages: the frame that all styles share, packed into parts."""

from collections.abc import Sequence

from bot.digests import frame
from bot.digests.content import DigestContent
from bot.digests.empty import empty_day, empty_week
from bot.digests.lines import entry_row, origin, plain_title, sentences, title_line
from bot.digests.styles import style
from bot.digests.voice import Voice
from bot.slack.blocks import Block, Message, context, header, section
from bot.slack.blocks.fallback import fallback
from bot.slack.blocks.pages import MAX_CHARACTERS, Piece, pack, weight
from bot.slack.blocks.split import MAX_BLOCKS
from bot.slack.blocks.text import escape

_REST_LINES = 8
_PART_LABEL_ROOM = 300


def render_digest(content: DigestContent, *, rich: bool = True) -> list[Message]:
    """The root message first; further parts, if it is long, belong into its thread.

    ``rich=False`` leaves out block types of 2026 (charts, folded containers) for workspaces that
    refuse them.

    Raises:
        UnknownStyleError: no style goes by the content's style name.
    """
    voice = Voice(content.language)
    look = style(content.style)
    if not content.total:
        return [_empty(content)]
    around = (*_opening(content, voice), *_closing(content, voice, parts=2))
    pages = pack(
        [*look.lead(content, voice, rich), *_entries(content, voice, rich), *_rest(content, voice)],
        blocks=MAX_BLOCKS - len(around),
        characters=MAX_CHARACTERS - weight(around) - _PART_LABEL_ROOM,
    )
    return [
        _root(content, voice, pages[0], parts=len(pages)),
        *(
            _part(content, voice, page, part=number, parts=len(pages))
            for number, page in enumerate(pages[1:], start=2)
        ),
    ]


def digest_text(content: DigestContent) -> str:
    """The whole digest in plain words, for a terminal or a log."""
    voice = Voice(content.language)
    if not content.total:
        return _empty(content).text
    opening = [frame.title(content, voice), frame.intro(content, voice)]
    lines = [*opening, *frame.notices(content, voice), ""]
    for piece in style(content.style).lead(content, voice, False):
        lines += [f"{head}: {told}" if told else head for head, told in piece.rows]
    for entry in content.entries:
        lines.append(plain_title(entry.paper, entry.number, entry.votes, voice))
        lines += [f"   {one}" for one in sentences(entry) if one]
    for number, paper in enumerate(content.rest, start=len(content.entries) + 1):
        lines.append(plain_title(paper, number, paper.votes, voice))
    return "\n".join([*lines, "", *frame.maker(content, voice)])


def _empty(content: DigestContent) -> Message:
    if content.kind == "weekly":
        return empty_week(content.period, content.language)
    return empty_day(content.day, content.language, notices=content.notices)


def _root(content: DigestContent, voice: Voice, page: Sequence[Piece], *, parts: int) -> Message:
    opening = [frame.title(content, voice), frame.intro(content, voice)]
    return Message(
        text=fallback(
            [*opening, *frame.notices(content, voice)],
            _rows(page),
            [*frame.maker(content, voice), *frame.more_in_thread(voice, parts)],
        ),
        blocks=(
            *_opening(content, voice),
            *_blocks(page),
            *_closing(content, voice, parts=parts),
        ),
    )


def _part(
    content: DigestContent, voice: Voice, page: Sequence[Piece], *, part: int, parts: int
) -> Message:
    label = frame.part_label(content, voice, part=part, parts=parts)
    return Message(
        text=fallback([label], _rows(page)), blocks=(context(escape(label)), *_blocks(page))
    )


def _opening(content: DigestContent, voice: Voice) -> list[Block]:
    blocks = [header(frame.title(content, voice)), context(frame.intro(content, voice))]
    notices = [*frame.notices(content, voice), *frame.whole_list(content, voice)]
    return [*blocks, context(*notices)] if notices else blocks


def _closing(content: DigestContent, voice: Voice, *, parts: int) -> list[Block]:
    lines = [*frame.more_in_thread(voice, parts), frame.ask_hint(content, voice)]
    return [context("\n".join([*lines, *frame.maker(content, voice)]))]


def _entries(content: DigestContent, voice: Voice, rich: bool) -> list[Piece]:
    look = style(content.style)
    return [
        Piece(tuple(look.entry(entry, voice, rich)), (entry_row(entry, voice),))
        for entry in content.entries
    ]


def _rest(content: DigestContent, voice: Voice) -> list[Piece]:
    numbered = list(enumerate(content.rest, start=len(content.entries) + 1))
    pieces = []
    for start in range(0, len(numbered), _REST_LINES):
        group = numbered[start : start + _REST_LINES]
        lines = [
            f"{title_line(paper, number)}  {origin(paper, paper.votes, voice)}".rstrip()
            for number, paper in group
        ]
        if start == 0:
            lines.insert(0, voice.say("digests-rest", count=len(content.rest)))
        rows = tuple((plain_title(one, number, one.votes, voice), "") for number, one in group)
        pieces.append(Piece((section("\n".join(lines)),), rows))
    return pieces


def _rows(page: Sequence[Piece]) -> list[tuple[str, str]]:
    return [row for piece in page for row in piece.rows]


def _blocks(page: Sequence[Piece]) -> list[Block]:
    return [block for piece in page for block in piece.blocks]

"""A digest as messages: its papers in a style, packed into as many parts as Slack's limits need."""

from collections.abc import Sequence
from dataclasses import replace

from bot.digests import layout
from bot.digests.content import DigestContent, DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.paper_text import entry_row, origin, plain_title, title_line
from bot.digests.styles import style
from bot.slack.blocks import Block, Message, context, header, section
from bot.slack.blocks.message import fallback
from bot.slack.blocks.pages import MAX_BLOCKS, MAX_CHARACTERS, Piece, pack, weight
from bot.slack.blocks.text import escape

_REST_LINES = 8
_PART_LABEL_ROOM = 300


def render_digest(content: DigestContent) -> list[Message]:
    """The messages of a digest; all but the first belong in the first one's thread if it is posted.

    Raises:
        UnknownStyleError: no style goes by the content's style name.
    """
    l10n = Localisation(content.language)
    look = style(content.style)
    if not content.total:
        return [layout.empty_digest(content)]
    content = _in_its_languages(content, l10n)
    around = (*_opening(content, l10n), *_closing(content, l10n, parts=2))
    pages = pack(
        [*look.lead(content, l10n), *_entries(content, l10n), *_rest(content, l10n)],
        blocks=MAX_BLOCKS - len(around),
        characters=MAX_CHARACTERS - weight(around) - _PART_LABEL_ROOM,
    )
    pages += pack(
        _details(content, l10n) if content.is_posted else [],
        blocks=MAX_BLOCKS - 1,
        characters=MAX_CHARACTERS - _PART_LABEL_ROOM,
    )
    return [
        _root(content, l10n, pages[0], parts=len(pages)),
        *(
            _part(content, l10n, page, part=number, parts=len(pages))
            for number, page in enumerate(pages[1:], start=2)
        ),
    ]


def _in_its_languages(content: DigestContent, l10n: Localisation) -> DigestContent:
    """Without the summaries in other languages, which a week has for its Markdown."""

    def spoken(entry: DigestEntry) -> DigestEntry:
        own = [one for one in entry.summaries if one.language in l10n.languages]
        return replace(entry, summary=next(iter(own), None), others=tuple(own[1:]))

    return replace(content, entries=tuple(map(spoken, content.entries)))


def _root(
    content: DigestContent, l10n: Localisation, page: Sequence[Piece], *, parts: int
) -> Message:
    opening = [layout.title(content, l10n), layout.intro(content, l10n)]
    return Message(
        text=fallback(
            [*opening, *layout.notices(content, l10n)],
            _rows(page),
            [*layout.maker(content, l10n), *layout.more_in_thread(content, l10n, parts)],
        ),
        blocks=(
            *_opening(content, l10n),
            *_blocks(page),
            *_closing(content, l10n, parts=parts),
        ),
    )


def _part(
    content: DigestContent, l10n: Localisation, page: Sequence[Piece], *, part: int, parts: int
) -> Message:
    label = layout.part_label(content, l10n, part=part, parts=parts)
    return Message(
        text=fallback([label], _rows(page)), blocks=(context(escape(label)), *_blocks(page))
    )


def _opening(content: DigestContent, l10n: Localisation) -> list[Block]:
    blocks = [header(layout.title(content, l10n)), context(layout.intro(content, l10n))]
    notices = [*layout.notices(content, l10n), *layout.whole_list(content, l10n)]
    return [*blocks, context(*notices)] if notices else blocks


def _closing(content: DigestContent, l10n: Localisation, *, parts: int) -> list[Block]:
    lines = [*layout.more_in_thread(content, l10n, parts), *layout.ask_hint(content, l10n)]
    told = [*lines, *layout.maker(content, l10n)]
    return [context("\n".join(told))] if told else []


def _entries(content: DigestContent, l10n: Localisation) -> list[Piece]:
    look = style(content.style)
    return [
        Piece(tuple(look.entry(entry, l10n)), (entry_row(entry, l10n),))
        for entry in content.entries
    ]


def _details(content: DigestContent, l10n: Localisation) -> list[Piece]:
    """What the thread says of each paper."""
    draw = style(content.style).detail
    return [piece for one in content.entries for piece in draw(one, l10n)] if draw else []


def _rest(content: DigestContent, l10n: Localisation) -> list[Piece]:
    numbered = list(enumerate(content.rest, start=len(content.entries) + 1))
    pieces = []
    for start in range(0, len(numbered), _REST_LINES):
        group = numbered[start : start + _REST_LINES]
        lines = [
            f"{title_line(paper, number)}  {origin(paper, paper.votes, l10n)}".rstrip()
            for number, paper in group
        ]
        if start == 0:
            lines.insert(0, l10n.text("digests-rest", count=len(content.rest)))
        rows = tuple((plain_title(one, number, one.votes, l10n), "") for number, one in group)
        pieces.append(Piece((section("\n".join(lines)),), rows))
    return pieces


def _rows(page: Sequence[Piece]) -> list[tuple[str, str]]:
    return [row for piece in page for row in piece.rows]


def _blocks(page: Sequence[Piece]) -> list[Block]:
    return [block for piece in page for block in piece.blocks]

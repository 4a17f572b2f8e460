"""Lists of papers for one reader: a day's papers, search results, a choice between papers."""

from collections.abc import Sequence

from bot.digests.content import DigestContent
from bot.digests.empty import empty_day
from bot.digests.frame import unreadable, whole_list
from bot.digests.lines import (
    entry_row,
    facts,
    maker_line,
    open_button,
    plain_title,
    title_line,
    withdrawal,
)
from bot.digests.styles.parts import heading, sentence_lines
from bot.digests.voice import Voice
from bot.languages import catalog
from bot.search import PaperHit
from bot.slack.blocks import Block, Message, actions, button, context, divider, header, section
from bot.slack.blocks.fallback import fallback
from bot.slack.blocks.ids import ActionId, make_value, numbered
from bot.slack.blocks.pages import MAX_CHARACTERS, Piece, pack
from bot.slack.blocks.parts import SECTION_LIMIT
from bot.slack.blocks.prose import escaped, prose
from bot.slack.blocks.split import MAX_BLOCKS
from bot.slack.blocks.text import escape, truncate
from bot.text import one_line
from storage import Paper

PAGE_SIZE = 10
_QUERY_SHOWN = 80
_MARKED_LIMIT = 1000


def day_message(content: DigestContent, *, page: int = 0, size: int = PAGE_SIZE) -> Message:
    """One page of a day's papers for ``/papers today``; *page* counts from 0.

    Compose the content with a count that covers the whole listing; papers beyond the entries are
    not shown here.
    """
    voice = Voice(content.language)
    if not content.entries:
        return empty_day(content.day, content.language, notices=content.notices)
    last_page = (len(content.entries) - 1) // size
    start = min(max(page, 0), last_page) * size
    shown = content.entries[start : start + size]
    title = voice.say(
        "digests-list-title",
        day=lambda words: words.short_day(content.day),
        count=len(content.entries),
    )
    position = _position(voice, start, len(shown), len(content.entries))
    made = maker_line(content.makers, voice)
    missing = unreadable(content, voice)
    blocks = [
        header(title),
        *([context(position)] if last_page else []),
        *([context(*missing, *whole_list(content, voice))] if missing else []),
        *(heading(entry, voice, below=sentence_lines(entry, limit=220)) for entry in shown),
        *_turning(voice, start // size, last_page, {"day": content.day.isoformat()}),
        context("\n".join([voice.say("digests-list-hint", joint="\n"), *([made] if made else [])])),
    ]
    rows = [entry_row(entry, voice) for entry in shown]
    return Message(
        text=fallback([title, position if last_page else "", *missing], rows, [made]),
        blocks=tuple(blocks),
    )


def nothing_collected(language: str) -> Message:
    """There is no listing at all yet."""
    return plain_message(catalog(language).text("digests-list-not-yet"))


def results_message(
    hits: Sequence[PaperHit],
    query: str,
    language: str,
    *,
    total: int | None = None,
    page: int = 0,
    size: int = PAGE_SIZE,
    suggestion: str | None = None,
    unclear: Sequence[str] = (),
    title: str | None = None,
) -> Message:
    """One page of search results; *hits* are those of the page, *total* is of all pages.

    ``suggestion`` is what was probably meant; it becomes a button.
    ``unclear`` are filters that the search went on without; *title* stands in place of the usual.
    """
    voice = Voice(language)
    asked = truncate(one_line(query), _QUERY_SHOWN)
    ignored = truncate(one_line(", ".join(unclear)), _QUERY_SHOWN)
    aside = voice.say("digests-results-unclear", filters=ignored) if unclear else ""
    meant = _did_you_mean(suggestion, voice)
    if not hits:
        return _no_results(asked, meant, aside, voice)
    count = len(hits) if total is None else total
    title = title or voice.say("digests-results-title", query=asked, count=count)
    start = page * size
    rows = [
        (
            plain_title(hit.paper, number, hit.paper.votes, voice),
            hit.snippet,
        )
        for number, hit in enumerate(hits, start=start + 1)
    ]
    blocks = [
        header(title),
        *([context(escape(aside))] if aside else []),
        *meant.blocks,
        *(_hit(hit, number, voice) for number, hit in enumerate(hits, start=start + 1)),
        *_turning(voice, page, max(0, (count - 1) // size), {"query": truncate(query, 500)}),
    ]
    return Message(text=fallback([title, aside, meant.text], rows), blocks=tuple(blocks))


def choose_message(
    candidates: Sequence[tuple[int | None, Paper]], language: str, *, question_id: int
) -> Message:
    """Which paper a question is about: up to eight, each with its digest number if it has one."""
    words, voice = catalog(language), Voice(language)
    title = words.text("digests-choose-title")
    shown = candidates[:8]
    blocks: list[Block] = [section(escape(title))]
    for place, (number, paper) in enumerate(shown, start=1):
        value = make_value({"question": question_id, "paper": paper.id})
        choice = button(
            words.text("digests-choose-this"), numbered(ActionId.CHOOSE_PAPER, place), value
        )
        blocks.append(section(_marked(title_line(paper, number), paper, voice), accessory=choice))
    rows = [
        (_marked(f"{number}. {paper.title}" if number else paper.title, paper, voice), "")
        for number, paper in shown
    ]
    return Message(text=fallback([title], rows), blocks=tuple(blocks))


def plain_message(text: str, *more: str) -> Message:
    """A few sentences of our own words, as text and as one block."""
    lines = [text, *more]
    shown = "\n".join(escaped(line, SECTION_LIMIT // len(lines)) for line in lines)
    return Message(text=fallback(lines), blocks=(section(shown),))


def listing_message(title: str, rows: Sequence[tuple[str, str]], *, hint: str = "") -> Message:
    """A headline and lines of *name* and explanation: help, status, settings.

    Lines beyond what one message holds are left out.
    """
    lines = [f"*{prose(name, 100)}*  {escaped(one_line(told), 300)}" for name, told in rows]
    groups = [lines[start : start + 3] for start in range(0, len(lines), 3)]
    (page, *_) = pack(
        [Piece((section("\n".join(group)),)) for group in groups] or [Piece(())],
        blocks=MAX_BLOCKS - 2,
        characters=MAX_CHARACTERS - 1000,
    )
    blocks = [header(title), *(block for piece in page for block in piece.blocks)]
    if hint:
        blocks.append(context(prose(hint, 600)))
    return Message(text=fallback([title], rows, [hint]), blocks=tuple(blocks))


def with_share_button(message: Message, language: str, value: str) -> Message:
    """An ephemeral message with a button that posts it to the channel; *value* says what it is."""
    label = catalog(language).text("digests-list-share")
    row = actions(button(label, ActionId.SHARE, value))
    return Message(message.text, (*message.blocks, row))


def shared_message(message: Message, user_id: str, language: str) -> Message:
    """The message as it is posted for all, saying who shared it."""
    line = catalog(language).text("digests-shared-by", user=f"<@{user_id}>")
    return Message(message.text, (*message.blocks, context(line)))


def _marked(title: str, paper: Paper, voice: Voice) -> str:
    return " · ".join(part for part in (title, withdrawal(paper, voice)) if part)


def _hit(hit: PaperHit, number: int, voice: Voice) -> Block:
    day = voice.first.short_day(hit.date) if hit.date else ""
    about = facts(hit.paper, hit.paper.votes, voice)
    lines = [
        title_line(hit.paper, number),
        " · ".join(part for part in (day, about) if part),
        hit.marked if 0 < len(hit.marked) <= _MARKED_LIMIT else prose(hit.snippet, 300),
    ]
    return section("\n".join(lines), accessory=open_button(hit.paper, voice))


def _no_results(asked: str, meant: Message, aside: str, voice: Voice) -> Message:
    told = [voice.say("digests-results-none", query=asked), aside]
    hint = voice.say("digests-results-none-hint")
    lines = [line for line in (*told, meant.text, hint) if line]
    said = section(escape("\n".join(line for line in (*told, hint) if line)))
    return Message(fallback(lines), (said, *meant.blocks))


def _did_you_mean(suggestion: str | None, voice: Voice) -> Message:
    """The question with its button; empty without a suggestion."""
    if not suggestion:
        return Message("", ())
    suggestion = truncate(one_line(suggestion), _QUERY_SHOWN)
    told = voice.say("digests-results-did-you-mean", suggestion=suggestion)
    label = voice.say("digests-results-search-again", suggestion=suggestion)
    again = actions(button(label, ActionId.SEARCH_SUGGESTION, suggestion))
    return Message(told, (section(escape(told)), again))


def _position(voice: Voice, start: int, shown: int, count: int) -> str:
    return voice.say("digests-list-page", first=start + 1, last=start + shown, count=count)


def _turning(voice: Voice, page: int, last_page: int, what: dict[str, str]) -> list[Block]:
    buttons = []
    if page > 0:
        value = make_value({**what, "page": page - 1})
        label = voice.say("digests-list-previous")
        buttons.append(button(label, ActionId.PAGE_PREVIOUS, value))
    if page < last_page:
        value = make_value({**what, "page": page + 1})
        buttons.append(button(voice.say("digests-list-next"), ActionId.PAGE_NEXT, value))
    return [divider(), actions(*buttons)] if buttons else []

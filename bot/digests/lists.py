"""Lists of papers for one reader: a day's papers, search results, a choice between papers."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.digests.buttons import open_button
from bot.digests.content import DigestContent
from bot.digests.layout import empty_digest, unreadable, whole_list
from bot.digests.localisation import Localisation
from bot.digests.paper_text import (
    entry_row,
    facts,
    maker_line,
    plain_title,
    title_line,
    withdrawal,
)
from bot.digests.styles.base import heading, sentence_lines
from bot.languages import catalog, untranslated
from bot.search import PaperHit
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    header,
    nothing_message,
    section,
)
from bot.slack.blocks.ids import ActionId, make_value, numbered
from bot.slack.blocks.message import fallback
from bot.slack.blocks.text import escape, prose, truncate
from bot.text import one_line
from storage import Paper

PAGE_SIZE = 10
# A list is looked at by many, and drawn for the first of them.
MOST_REMEMBERED = 32
_QUERY_SHOWN = 80
_MARKED_LIMIT = 1000


@lru_cache(MOST_REMEMBERED)
def day_message(content: DigestContent, *, page: int = 0, most: int | None = None) -> Message:
    """One page of a day's papers for ``/papers today``, or *most* of them; *page* counts from 0.

    Compose the content with a count that covers the whole listing; papers beyond the entries are
    not shown here.
    """
    l10n = Localisation(content.language)
    if not content.entries:
        return empty_digest(replace(content, is_posted=False))
    entries = content.entries[:most]
    last_page = (len(entries) - 1) // PAGE_SIZE
    start = min(max(page, 0), last_page) * PAGE_SIZE
    shown = entries[start : start + PAGE_SIZE]
    is_part = len(shown) < len(content.entries)
    title = l10n.text(
        "digests-list-title",
        day=content.day,
        count=len(content.entries),
    )
    position = _position(l10n, start, len(shown), len(content.entries))
    made = maker_line(content.makers, l10n)
    missing = unreadable(content, l10n)
    blocks = [
        header(title),
        *([context(position)] if is_part else []),
        *([context(*missing, *whole_list(content, l10n))] if missing else []),
        *(heading(entry, l10n, below=sentence_lines(entry, limit=220)) for entry in shown),
        *_turning(l10n, start // PAGE_SIZE, last_page, {"day": content.day.isoformat()}),
        context("\n".join([l10n.text("digests-list-hint", joint="\n"), *([made] if made else [])])),
    ]
    rows = [entry_row(entry, l10n) for entry in shown]
    return Message(
        text=fallback([title, position if is_part else "", *missing], rows, [made]),
        blocks=tuple(blocks),
    )


def nothing_collected(language: str) -> Message:
    """There is no listing at all yet."""
    return nothing_message(catalog(language).text("digests-list-not-yet"))


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

    *suggestion* is what was probably meant and becomes a button. *unclear* are filters that were
    ignored; *title* replaces the usual one.
    """
    l10n = Localisation(language)
    asked = truncate(one_line(query), _QUERY_SHOWN)
    ignored = truncate(one_line(", ".join(unclear)), _QUERY_SHOWN)
    asides = [
        l10n.text("digests-results-unclear", filters=ignored) if unclear else "",
        untranslated((hit.snippet for hit in hits), l10n.first),
    ]
    aside = "\n".join(filter(None, asides))
    meant = _did_you_mean(suggestion, l10n)
    if not hits:
        return _no_results(asked, meant, aside, l10n)
    count = len(hits) if total is None else total
    title = title or l10n.text("digests-results-title", query=asked, count=count)
    start = page * size
    rows = [
        (
            plain_title(hit.paper, number, hit.paper.votes, l10n),
            hit.snippet,
        )
        for number, hit in enumerate(hits, start=start + 1)
    ]
    blocks = [
        header(title),
        *([context(escape(aside))] if aside else []),
        *meant.blocks,
        *(_hit(hit, number, l10n) for number, hit in enumerate(hits, start=start + 1)),
        *_turning(l10n, page, max(0, (count - 1) // size), {"query": truncate(query, 500)}),
    ]
    return Message(text=fallback([title, aside, meant.text], rows), blocks=tuple(blocks))


def choose_message(
    candidates: Sequence[tuple[int | None, Paper]], language: str, *, question_id: int
) -> Message:
    """Which paper a question is about: up to eight, each with its digest number if it has one."""
    words, l10n = catalog(language), Localisation(language)
    title = words.text("digests-choose-title")
    shown = candidates[:8]
    blocks: list[Block] = [section(escape(title))]
    for place, (number, paper) in enumerate(shown, start=1):
        value = make_value({"question": question_id, "paper": paper.id})
        choice = button(
            words.text("digests-choose-this"), numbered(ActionId.CHOOSE_PAPER, place), value
        )
        blocks.append(section(_marked(title_line(paper, number), paper, l10n), accessory=choice))
    rows = [
        (_marked(f"{number}. {paper.title}" if number else paper.title, paper, l10n), "")
        for number, paper in shown
    ]
    return Message(text=fallback([title], rows), blocks=tuple(blocks))


def shared_message(message: Message, user_id: str, language: str) -> Message:
    """The message as it is posted for all, saying who shared it."""
    line = catalog(language).text("digests-shared-by", user=f"<@{user_id}>")
    return Message(message.text, (*message.blocks, context(line)))


def _marked(title: str, paper: Paper, l10n: Localisation) -> str:
    return " · ".join(part for part in (title, withdrawal(paper, l10n)) if part)


def _hit(hit: PaperHit, number: int, l10n: Localisation) -> Block:
    day = l10n.first.short_day(hit.date) if hit.date else ""
    about = facts(hit.paper, hit.paper.votes, l10n)
    lines = [
        title_line(hit.paper, number),
        " · ".join(part for part in (day, about) if part),
        hit.marked if 0 < len(hit.marked) <= _MARKED_LIMIT else prose(hit.snippet, 300),
    ]
    return section("\n".join(lines), accessory=open_button(hit.paper, l10n))


def _no_results(asked: str, meant: Message, aside: str, l10n: Localisation) -> Message:
    told = [l10n.text("digests-results-none", query=asked), aside]
    hint = l10n.text("digests-results-none-hint")
    lines = [line for line in (*told, meant.text, hint) if line]
    said = section(escape("\n".join(line for line in (*told, hint) if line)))
    return Message(fallback(lines), (said, *meant.blocks), is_empty=True)


def _did_you_mean(suggestion: str | None, l10n: Localisation) -> Message:
    """The question with its button; empty without a suggestion."""
    if not suggestion:
        return Message("", ())
    suggestion = truncate(one_line(suggestion), _QUERY_SHOWN)
    told = l10n.text("digests-results-did-you-mean", suggestion=suggestion)
    label = l10n.text("digests-results-search-again", suggestion=suggestion)
    again = actions(button(label, ActionId.SEARCH_SUGGESTION, suggestion))
    return Message(told, (section(escape(told)), again))


def _position(l10n: Localisation, start: int, shown: int, count: int) -> str:
    return l10n.text("digests-list-page", first=start + 1, last=start + shown, count=count)


def _turning(l10n: Localisation, page: int, last_page: int, what: dict[str, str]) -> list[Block]:
    buttons = []
    if page > 0:
        value = make_value({**what, "page": page - 1})
        label = l10n.text("digests-list-previous")
        buttons.append(button(label, ActionId.PAGE_PREVIOUS, value))
    if page < last_page:
        value = make_value({**what, "page": page + 1})
        buttons.append(button(l10n.text("digests-list-next"), ActionId.PAGE_NEXT, value))
    return [divider(), actions(*buttons)] if buttons else []

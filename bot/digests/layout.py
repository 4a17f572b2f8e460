"""What all styles share around the papers, and the messages that say why there are no papers."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from bot.digests.content import DigestContent
from bot.digests.localisation import Localisation
from bot.digests.paper_text import maker_line
from bot.languages import Catalog
from bot.slack.blocks import Message, header, link, section
from bot.slack.blocks.message import fallback
from bot.slack.blocks.text import truncate
from bot.sources.kinds import (
    DEFAULT_SOURCE,
    label,
    labels,
    listing_page,
    next_listing,
    rests,
    short_labels,
)
from storage import ListingDay

_EXAMPLE_NUMBER = 3
_LONGEST_NAMES = 60


def title(content: DigestContent, l10n: Localisation) -> str:
    """The headline with the listing's date, or the week's days."""
    return l10n.text(
        f"digests-title-{content.kind}",
        sources=_headline(content.sources),
        day=lambda words: words.day(content.day),
        days=lambda words: words.days(content.first_day or content.day, content.day),
    )


def intro(content: DigestContent, l10n: Localisation) -> str:
    """How many papers there are, and in which order."""
    is_week = content.kind == "weekly"
    kind = "chosen" if content.left_out else "part" if content.rest else "all"
    lines = l10n.texts(
        f"digests-intro-{content.kind if is_week else kind}",
        sources=_named(content.sources or (DEFAULT_SOURCE,)),
        lists=max(1, len(content.sources)),
        day=_days(content),
        total=content.listed if is_week else content.total + content.left_out,
        count=len(content.entries),
        left=content.listed - len(content.entries) if is_week else content.left_out,
    )
    if content.total > 1:
        order = l10n.texts(_order(content))
        lines = [f"{line} {more}".rstrip() for line, more in zip(lines, order, strict=True)]
    return "\n".join(lines)


def _headline(sources: Sequence[str]) -> Callable[[Catalog], str]:
    """The sources as briefly as they can be told."""
    names = short_labels(sources or (DEFAULT_SOURCE,))
    return lambda words: truncate(words.together(names), _LONGEST_NAMES)


def _named(sources: Iterable[str]) -> Callable[[Catalog], str]:
    names = labels(sources)
    return lambda words: words.together(names)


def _days(content: DigestContent) -> Callable[[Catalog], str]:
    """The day of the listings, or the days from the first to the last of them."""
    first, last = content.first_day or content.day, content.day
    return lambda words: words.days(first, last) if first < last else words.short_day(last)


def notices(content: DigestContent, l10n: Localisation) -> list[str]:
    """What went wrong, and what was left out, a sentence each."""
    lines = [
        l10n.text(
            f"digests-notice-{one}",
            joint="\n",
            count=len(content.from_abstract),
            sources=_named(content.down),
            kept=_flag(content.is_kept),
        )
        for one in content.notices
    ]
    lines += [_resting(l10n, one) for one in content.resting]
    if content.unread:
        named = _named(one.source for one in content.unread)
        count = len(content.unread)
        lines.append(l10n.text("digests-week-unread", joint="\n", sources=named, count=count))
    if content.hidden:
        lines.append(l10n.text("digests-hidden", joint="\n", count=content.hidden))
    return [*lines, *unreadable(content, l10n)]


def _resting(l10n: Localisation, listing: ListingDay) -> str:
    """That a source announced nothing at all on a day, and when it will."""
    return l10n.text(
        "digests-resting",
        joint="\n",
        sources=label(listing.source),
        day=listing.date,
        next=_next([listing.source], listing.date),
    )


def _next(sources: Sequence[str], day: date) -> date:
    return next_listing(sources, day) or day


def unreadable(content: DigestContent, l10n: Localisation) -> list[str]:
    """That some papers of the source's list could not be read; empty if all could."""
    count = content.unreadable
    return [l10n.text("digests-unreadable", joint="\n", count=count)] if count else []


def whole_list(content: DigestContent, l10n: Localisation) -> list[str]:
    """Links to the sources' lists if some of them could not be read."""
    if not content.unreadable:
        return []
    pages = {one.source: listing_page(one.source, one.date) for one in content.listings}
    return [
        link(page, l10n.text("digests-whole-list", sources=label(source)), 100)
        for source, page in pages.items()
        if page
    ]


def maker(content: DigestContent, l10n: Localisation) -> list[str]:
    """Who made the texts; empty when nobody did."""
    line = maker_line(content.makers, l10n, verified_by=content.verified_by)
    return [line] if line else []


def more_in_thread(content: DigestContent, l10n: Localisation, parts: int) -> list[str]:
    """That a digest of several parts goes on in its thread."""
    week = "-weekly" if content.kind == "weekly" else ""
    told = content.is_posted and parts > 1
    return [l10n.text(f"digests-more-in-thread{week}", joint="\n")] if told else []


def ask_hint(content: DigestContent, l10n: Localisation) -> list[str]:
    """How to ask about one of the papers, where there is a thread for that."""
    number = min(_EXAMPLE_NUMBER, content.total)
    hint = l10n.text("digests-ask-hint", joint="\n", number=number)
    return [hint] if content.is_posted else []


def part_label(content: DigestContent, l10n: Localisation, *, part: int, parts: int) -> str:
    """The headline of a further part."""

    def headline(words: Catalog) -> str:
        return title(content, Localisation(words.language))

    return l10n.text("digests-part", title=headline, part=part, parts=parts)


def _order(content: DigestContent) -> str:
    unvoted = [] if any(entry.votes for entry in content.entries) else ["unvoted"]
    return f"digests-order-{'-'.join([*(content.ranked_by or ['votes']), *unvoted])}"


def empty_day(
    day: date,
    language: str,
    *,
    sources: Sequence[str] = (),
    is_holiday: bool = False,
    notices: Sequence[str] = (),
    is_posted: bool = True,
) -> Message:
    """The listings of *day* have no papers, or none that the channel wants and hasn't had;
    *is_holiday* where the sources announced nothing at all, *is_posted* where the next ones come to
    the same place."""
    l10n = Localisation(language)
    sources = sources or (DEFAULT_SOURCE,)
    named = _named(sources)
    known = [
        l10n.text(
            f"digests-notice-{one}", joint="\n", count=0, sources=named, kept=_flag(is_posted)
        )
        for one in notices
    ]
    rest = all(rests(one, day) for one in sources)
    key = "weekend" if rest else "holiday" if is_holiday else "weekday"
    told = l10n.text(
        f"digests-empty-{key}",
        joint="\n",
        sources=named,
        lists=len(sources),
        day=day,
        next=_next(sources, day),
        kept=_flag(is_posted),
    )
    return _message(day, l10n, sources, [told, *known])


def late_day(day: date, language: str, *, sources: Sequence[str] = ()) -> Message:
    """The listings of *day* could not be read yet and come later."""
    l10n = Localisation(language)
    return _message(day, l10n, sources, [l10n.text("digests-late", joint="\n", day=day)])


def nothing_new(day: date, language: str, *, sources: Sequence[str] = ()) -> Message:
    """All papers of the listings have been shown in the channel before."""
    l10n = Localisation(language)
    return _message(day, l10n, sources, [l10n.text("digests-nothing-new", joint="\n", day=day)])


def empty_digest(content: DigestContent) -> Message:
    """There is no paper to tell about on that day or in that week."""
    if content.kind == "weekly":
        return _empty_week(content)
    return empty_day(
        content.day,
        content.language,
        sources=content.sources,
        notices=content.notices,
        is_posted=content.is_posted,
    )


def _empty_week(content: DigestContent) -> Message:
    """No listing of the week has papers for the channel, or none was read."""
    l10n = Localisation(content.language)
    key = "digests-empty-week-unread" if content.unread else "digests-empty-week"
    named = _named(one.source for one in content.unread)
    line = l10n.text(key, joint="\n", week=_days(content), sources=named)
    return Message(text=fallback([line]), blocks=(section(line),), is_empty=True)


def _message(
    day: date, l10n: Localisation, sources: Sequence[str], lines: Sequence[str]
) -> Message:
    title = l10n.text(
        "digests-title-daily", sources=_headline(sources), day=lambda words: words.day(day)
    )
    blocks = (header(title), section("\n".join(lines)))
    return Message(fallback([title, *lines]), blocks, is_empty=True)


def _flag(value: bool) -> str:
    return "yes" if value else "no"

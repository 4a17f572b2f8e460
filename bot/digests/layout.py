"""What all styles share around the papers, and the messages that say why there are no papers."""

from collections.abc import Sequence
from datetime import date

from bot.digests.content import DigestContent
from bot.digests.links import listing_url
from bot.digests.localisation import Localisation
from bot.digests.paper_text import maker_line
from bot.languages import Catalog
from bot.slack.blocks import Message, header, link, section
from bot.slack.blocks.message import fallback

_EXAMPLE_NUMBER = 3
_SATURDAY = 5


def title(content: DigestContent, l10n: Localisation) -> str:
    """The headline with the listing's date, or the week's days."""
    return l10n.text(
        f"digests-title-{content.kind}",
        day=lambda words: words.day(content.day),
        days=lambda words: words.days(content.first_day or content.day, content.day),
    )


def intro(content: DigestContent, l10n: Localisation) -> str:
    """How many papers there are, and in which order."""
    if content.kind == "weekly":
        return l10n.text(
            "digests-intro-weekly", joint="\n", total=content.listed, count=len(content.entries)
        )
    lines = l10n.texts(
        "digests-intro-part" if content.rest else "digests-intro-all",
        day=lambda words: words.short_day(content.day),
        total=content.total,
        count=len(content.entries),
    )
    if content.total > 1 and any(entry.votes for entry in content.entries):
        order = l10n.texts(_order(content))
        lines = [f"{line} {more}" for line, more in zip(lines, order, strict=True)]
    return "\n".join(lines)


def notices(content: DigestContent, l10n: Localisation) -> list[str]:
    """What went wrong, and what was left out, a sentence each."""
    lines = [
        l10n.text(f"digests-notice-{one}", joint="\n", count=len(content.from_abstract))
        for one in content.notices
    ]
    if content.hidden:
        lines.append(l10n.text("digests-hidden", joint="\n", count=content.hidden))
    return [*lines, *unreadable(content, l10n)]


def unreadable(content: DigestContent, l10n: Localisation) -> list[str]:
    """That some papers of the source's list could not be read; empty if all could."""
    count = content.unreadable
    return [l10n.text("digests-unreadable", joint="\n", count=count)] if count else []


def whole_list(content: DigestContent, l10n: Localisation) -> list[str]:
    """A link to the source's list if some of it could not be read."""
    if not content.unreadable:
        return []
    return [link(listing_url(content.day), l10n.text("digests-whole-list"), 100)]


def maker(content: DigestContent, l10n: Localisation) -> list[str]:
    """Who made the texts; empty when nobody did."""
    line = maker_line(content.makers, l10n, verified_by=content.verified_by)
    return [line] if line else []


def more_in_thread(l10n: Localisation, parts: int) -> list[str]:
    """That a digest of several parts goes on in its thread."""
    return [l10n.text("digests-more-in-thread", joint="\n")] if parts > 1 else []


def ask_hint(content: DigestContent, l10n: Localisation) -> str:
    """How to ask about one of the papers."""
    number = min(_EXAMPLE_NUMBER, content.total)
    return l10n.text("digests-ask-hint", joint="\n", number=number)


def part_label(content: DigestContent, l10n: Localisation, *, part: int, parts: int) -> str:
    """The headline of a further part."""

    def headline(words: Catalog) -> str:
        return title(content, Localisation(words.language))

    return l10n.text("digests-part", title=headline, part=part, parts=parts)


def _order(content: DigestContent) -> str:
    if any(entry.topics or entry.near for entry in content.entries):
        return "digests-order-topics"
    if any(entry.taste for entry in content.entries):
        return "digests-order-taste"
    return "digests-order-votes"


def empty_day(day: date, language: str, *, notices: Sequence[str] = ()) -> Message:
    """The listing of *day* has no papers, or none that the channel wants and hasn't had."""
    l10n = Localisation(language)
    known = [l10n.text(f"digests-notice-{one}", joint="\n", count=0) for one in notices]
    key = "digests-empty-weekend" if day.weekday() >= _SATURDAY else "digests-empty-weekday"
    return _message(day, l10n, [_dated(l10n, key, day), *known])


def late_day(day: date, language: str) -> Message:
    """The listing of *day* could not be read yet and comes later."""
    l10n = Localisation(language)
    return _message(day, l10n, [_dated(l10n, "digests-late", day)])


def nothing_new(day: date, language: str) -> Message:
    """All papers of the listing have been shown in the channel before."""
    l10n = Localisation(language)
    return _message(day, l10n, [_dated(l10n, "digests-nothing-new", day)])


def empty_week(period: str, language: str) -> Message:
    """No listing of the week has papers."""
    l10n = Localisation(language)
    line = l10n.text("digests-empty-week", joint="\n", week=period)
    return Message(text=fallback([line]), blocks=(section(line),))


def _message(day: date, l10n: Localisation, lines: Sequence[str]) -> Message:
    title = l10n.text("digests-title-daily", day=lambda words: words.day(day))
    return Message(
        text=fallback([title, *lines]), blocks=(header(title), section("\n".join(lines)))
    )


def _dated(l10n: Localisation, key: str, day: date) -> str:
    def written(words: Catalog) -> str:
        return words.short_day(day)

    return l10n.text(key, joint="\n", day=written)

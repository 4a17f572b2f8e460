"""The words around the papers, which all styles share: headline, introduction, notices, maker."""

from bot.digests.content import DigestContent
from bot.digests.lines import maker_line
from bot.digests.links import listing_url
from bot.digests.voice import Voice
from bot.languages import Catalog
from bot.slack.blocks.prose import labelled_link

_EXAMPLE_NUMBER = 3


def title(content: DigestContent, voice: Voice) -> str:
    """The headline with the listing's date, or the week's days."""
    return voice.say(
        f"digests-title-{content.kind}",
        day=lambda words: words.day(content.day),
        days=lambda words: words.days(content.first_day or content.day, content.day),
    )


def intro(content: DigestContent, voice: Voice) -> str:
    """How many papers there are, and in which order."""
    if content.kind == "weekly":
        return voice.say(
            "digests-intro-weekly", joint="\n", total=content.listed, count=len(content.entries)
        )
    lines = voice.each(
        "digests-intro-part" if content.rest else "digests-intro-all",
        day=lambda words: words.short_day(content.day),
        total=content.total,
        count=len(content.entries),
    )
    if content.total > 1 and any(entry.votes for entry in content.entries):
        order = voice.each(_order(content))
        lines = [f"{line} {more}" for line, more in zip(lines, order, strict=True)]
    return "\n".join(lines)


def notices(content: DigestContent, voice: Voice) -> list[str]:
    """What went otherwise than usual, a sentence each."""
    lines = [
        voice.say(f"digests-notice-{one}", joint="\n", count=len(content.from_abstract))
        for one in content.notices
    ]
    if content.hidden:
        lines.append(voice.say("digests-hidden", joint="\n", count=content.hidden))
    return [*lines, *unreadable(content, voice)]


def unreadable(content: DigestContent, voice: Voice) -> list[str]:
    """That the source's list has more papers than could be read."""
    count = content.unreadable
    return [voice.say("digests-unreadable", joint="\n", count=count)] if count else []


def whole_list(content: DigestContent, voice: Voice) -> list[str]:
    """A link to the source's list, where not all of it could be read."""
    if not content.unreadable:
        return []
    return [labelled_link(listing_url(content.day), voice.say("digests-whole-list"), 100)]


def maker(content: DigestContent, voice: Voice) -> list[str]:
    """Who made the texts; empty when nobody did."""
    line = maker_line(content.makers, voice)
    return [line] if line else []


def more_in_thread(voice: Voice, parts: int) -> list[str]:
    """That a long digest goes on elsewhere."""
    return [voice.say("digests-more-in-thread", joint="\n")] if parts > 1 else []


def ask_hint(content: DigestContent, voice: Voice) -> str:
    """How to ask about one of the papers."""
    number = min(_EXAMPLE_NUMBER, content.total)
    return voice.say("digests-ask-hint", joint="\n", number=number)


def part_label(content: DigestContent, voice: Voice, *, part: int, parts: int) -> str:
    """The headline of a further part."""

    def headline(words: Catalog) -> str:
        return title(content, Voice(words.language))

    return voice.say("digests-part", title=headline, part=part, parts=parts)


def _order(content: DigestContent) -> str:
    if any(entry.topics or entry.near for entry in content.entries):
        return "digests-order-topics"
    if any(entry.taste for entry in content.entries):
        return "digests-order-taste"
    return "digests-order-votes"

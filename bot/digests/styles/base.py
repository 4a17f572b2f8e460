"""What a style's file provides, and the parts that several styles share."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.digests.buttons import open_button, own_menu
from bot.digests.content import DigestContent, DigestEntry
from bot.digests.evidence_links import NO_LINKS, EvidenceLinks, cited
from bot.digests.localisation import Localisation
from bot.digests.paper_text import facts, listed, shown_title, title_line, under_title, why
from bot.digests.related import related_line
from bot.languages import catalog
from bot.slack.blocks import Block, bold, section, truncate
from bot.slack.blocks.pages import Piece
from bot.slack.blocks.text import paragraph, prose
from bot.text import one_line
from bot.text.sentences import sentences as split
from storage import Highlight, Paper, Section, Summary

_ALT = 500
_CUT = "…"

Part = TypeVar("Part", Highlight, Section)


def brief_entry(entry: DigestEntry, l10n: Localisation) -> list[Block]:
    """One sentence a paper."""
    return [heading(entry, l10n, below=sentence_lines(entry))]


def _no_lead(_content: DigestContent, _l10n: Localisation) -> list[Piece]:
    return []


@dataclass(frozen=True)
class Style:
    """A look of digests, called *name*.

    ``entry`` draws one paper, by default in one sentence; its blocks stay together in one message.
    ``lead`` draws what stands before the papers, ``detail`` what the thread says of a paper beside
    its entry. ``daily`` is False for a style that needs more than one day, ``pictures`` True for
    one that shows figures and tables.
    """

    name: str
    entry: Callable[[DigestEntry, Localisation], list[Block]] = brief_entry
    lead: Callable[[DigestContent, Localisation], list[Piece]] = _no_lead
    detail: Callable[[DigestEntry, Localisation], list[Piece]] | None = None
    daily: bool = True
    pictures: bool = False


def heading(
    entry: DigestEntry, l10n: Localisation, *, tag: str = "", above: str = "", below: str = ""
) -> Block:
    """Title, facts and, when given, mrkdwn *above* and *below* them and a *tag* behind the title,
    with the button beside."""
    lines = [
        f"{title_line(entry.paper, entry.number)}{tag}",
        above,
        facts(
            replace(entry.paper, organization=None) if tag else entry.paper,
            entry.votes,
            l10n,
            summary=None if tag else entry.summary,
            sources=entry.sources,
        ),
        why(entry, l10n),
        below,
        related_line(entry.related, l10n),
    ]
    accessory = (
        own_menu(entry.paper, l10n.languages[0]) if entry.is_own else open_button(entry.paper, l10n)
    )
    return section("\n".join(line for line in lines if line), accessory=accessory)


def picture_alt(paper: Paper, l10n: Localisation, caption: str = "") -> str:
    """What a picture of the paper shows, in words: its own *caption* if it has one."""
    words = caption or l10n.text("digests-card-thumbnail", title=shown_title(paper))
    return truncate(words, _ALT)


def sentence_lines(entry: DigestEntry, *, limit: int = 400) -> str:
    """The sentence of each language in mrkdwn, a line each."""
    return "\n".join(prose(one, limit) for one in listed(entry) if one)


def highlight_lines(
    summary: Summary, *, limit: int = 350, evidence: EvidenceLinks = NO_LINKS
) -> list[str]:
    """The labelled bullets of a summary in its own language, with links to their *evidence*."""
    return [
        f"•  {label}: {prose(under_title(summary, one.text), limit)}{cited(one.passages, evidence)}"
        for label, one in _labelled("highlight", summary.highlights, summary)
    ]


def section_lines(
    summary: Summary, *, limit: int = 350, evidence: EvidenceLinks = NO_LINKS
) -> list[str]:
    """The sections that a summary has, in its own language, with links to their *evidence*. One
    that makes several points has a bullet for each."""
    return [
        f"{label}\n{paragraph(_points(one.text), limit)}{cited(one.passages, evidence)}"
        for label, one in _labelled("section", summary.sections, summary)
    ]


def labelled(label: str, summary: Summary, place: str) -> str:
    """The label of a part, with the member who corrected it."""
    author = dict(summary.corrected).get(place)
    return f"{bold(label)} ✎ <@{author}>" if author else bold(label)


def without_repeats(summary: Summary) -> Summary:
    """The summary without what it says twice: in its highlights the sentences of its first line,
    in its sections those of both, as is often so where sentences are chosen from a short abstract.
    """
    said = [one_line(summary.tldr)]
    highlights = [
        replace(one, text=left) for one in summary.highlights if (left := _without(one.text, said))
    ]
    said += [one_line(one.text) for one in summary.highlights]
    sections = [
        replace(one, text=left) for one in summary.sections if (left := _without(one.text, said))
    ]
    return replace(summary, highlights=tuple(highlights), sections=tuple(sections))


def _labelled(kind: str, parts: Iterable[Part], summary: Summary) -> Iterator[tuple[str, Part]]:
    words = catalog(summary.language)
    for one in parts:
        if one.text.strip():
            name = words.text(f"digests-{kind}-{one.slot}")
            yield labelled(name, summary, f"{kind}s.{one.slot}"), one


def _points(text: str) -> str:
    """The text with a line for each sentence, unless it has lines of its own."""
    return text if "\n" in text.strip() else "\n".join(split(text))


def _without(text: str, said: Iterable[str]) -> str:
    lines = (
        " ".join(one for one in split(one_line(line)) if not any(_says(each, one) for each in said))
        for line in text.split("\n")
    )
    return "\n".join(line for line in lines if line)


def _says(text: str, sentence: str) -> bool:
    """Whether a sentence stands in a text, or is the one that the text was cut off in."""
    return sentence in text or (
        text.endswith(_CUT) and sentence.startswith(text.removesuffix(_CUT).rstrip())
    )

"""A paper's card: the message whose thread is the paper's own."""

from collections.abc import Sequence
from datetime import date

from bot.digests import links
from bot.digests.content import DigestEntry, Related, verifier_of
from bot.digests.evidence_links import NO_LINKS, EvidenceLinks
from bot.digests.localisation import Localisation
from bot.digests.paper_text import (
    authors,
    maker_line,
    note_line,
    shown_title,
    title_line,
    withdrawal,
)
from bot.digests.pictures import Picture
from bot.digests.related import related_lines
from bot.digests.styles.base import (
    highlight_lines,
    labelled,
    section_lines,
    without_repeats,
)
from bot.languages import catalog
from bot.slack.blocks import Block, Message, context, divider, image, section
from bot.slack.blocks.message import fallback
from bot.slack.blocks.pages import MAX_CHARACTERS, weight
from bot.slack.blocks.text import Mrkdwn, bold, escape, link, prose, truncate
from storage import Note, Paper, Summary

_ALT = 500
_NOTES = 3
_LIMITS = (700, 400, 250)


def paper_card(
    entry: DigestEntry,
    language: str,
    *,
    listed_on: date | None = None,
    evidence: EvidenceLinks = NO_LINKS,
    saved: int = 0,
    buttons: Sequence[Block] = (),
    is_root: bool = True,
) -> Message:
    """The card of a paper in a language or in ``both``.

    *evidence* links what is said to its place in the paper (see :func:`evidence_links_of`),
    *saved* is how many of the channel saved it; *buttons* are blocks to put at the end, such
    as a row of actions. A card that *is_root* is posted, and its thread is the paper's; any other
    has no thread.
    """
    l10n = Localisation(language)
    paper, summaries = entry.paper, entry.summaries
    # Names, numbers and dates read the same in every language: once is enough.
    single = Localisation(l10n.languages[0])
    head = f"{title_line(paper)}\n{_facts(entry, single, listed_on=listed_on)}"
    ask = l10n.text("digests-card-ask" if is_root else "digests-card-ask-opened", joint="\n")
    closing = [*_closing(ask, summaries, l10n), *buttons]
    for limit in _LIMITS:
        blocks = [
            *_head(paper, head, entry.picture, single),
            *_body(paper, summaries, l10n, limit, evidence),
            *_related(entry.related, l10n),
            *_team(entry.notes, saved, l10n),
            *closing,
        ]
        if weight(blocks) <= MAX_CHARACTERS:
            break
    return Message(text=_text(entry, l10n, ask), blocks=tuple(blocks))


def _head(paper: Paper, text: str, picture: Picture | None, l10n: Localisation) -> list[Block]:
    """Title and facts. A figure stands below them, large enough to be read; a thumbnail beside."""
    if picture is None:
        return [section(text)]
    if picture.is_figure:
        alt = picture.caption or l10n.text("digests-card-figure", title=shown_title(paper))
        return [section(text), image(picture.url, truncate(alt, _ALT))]
    alt = l10n.text("digests-card-thumbnail", title=shown_title(paper))
    return [section(text, accessory=image(picture.url, truncate(alt, _ALT)))]


def _facts(entry: DigestEntry, l10n: Localisation, *, listed_on: date | None) -> str:
    paper, summary = entry.paper, entry.summary
    organizations = paper.organization or ", ".join(summary.organizations[:3] if summary else ())
    where = [
        prose(organizations, 200) if organizations else "",
        l10n.text("digests-votes", count=entry.votes) if entry.votes else "",
        _dated(l10n, "digests-card-published", paper.published and paper.published.date()),
        _dated(l10n, "digests-card-listed", listed_on),
        withdrawal(paper, l10n),
    ]
    lines = [prose(authors(paper, l10n), 400), _joined(where), _links(paper, l10n)]
    return "\n".join(line for line in lines if line)


def _links(paper: Paper, l10n: Localisation) -> str:
    stars = paper.code_stars or 0
    code = l10n.text("digests-code")
    label = f"{code} {l10n.first.text('digests-card-stars', count=stars)}" if stars else code
    targets = (
        (links.abstract_url(paper), links.page_name(paper)),
        (links.pdf_url(paper), l10n.first.text("digests-card-pdf")),
        (links.huggingface_url(paper), "Hugging Face"),
        (links.code_url(paper), label),
        (links.project_url(paper), l10n.text("digests-project")),
    )
    return _joined([link(url, name, 60) for url, name in targets if url])


def _body(
    paper: Paper,
    summaries: Sequence[Summary],
    l10n: Localisation,
    limit: int,
    evidence: EvidenceLinks,
) -> list[Block]:
    told = [one for one in summaries if one.tldr or one.highlights]
    if not told:
        return _abstract(paper, l10n)
    blocks: list[Block] = []
    for summary in told:
        blocks += [divider(), *_summary(summary, limit, evidence)]
    return blocks


def _summary(summary: Summary, limit: int, evidence: EvidenceLinks) -> list[Block]:
    label = labelled(catalog(summary.language).text("digests-card-tldr"), summary, "tldr")
    blocks = [section(f"{label}\n{prose(summary.tldr, limit)}")] if summary.tldr else []
    fresh = without_repeats(summary)
    highlights = highlight_lines(fresh, limit=limit, evidence=evidence)
    if highlights:
        blocks.append(section("\n".join(highlights), expand=True))
    lines = section_lines(fresh, limit=limit, evidence=evidence)
    return [*blocks, *(section(one, expand=True) for one in lines)]


def _abstract(paper: Paper, l10n: Localisation) -> list[Block]:
    if not paper.abstract:
        return []
    label = bold(l10n.text("digests-card-abstract"))
    return [divider(), section(f"{label}\n{prose(paper.abstract, 2500)}")]


def _related(related: Sequence[Related], l10n: Localisation) -> list[Block]:
    lines = related_lines(related, l10n)
    return [divider(), section("\n".join(lines))] if lines else []


def _team(notes: Sequence[Note], saved: int, l10n: Localisation) -> list[Block]:
    """What the team did with the paper: the newest notes, and how many saved it."""
    lines = [note_line(one) for one in notes[-_NOTES:]]
    if len(notes) > _NOTES:
        lines.append(l10n.text("digests-notes-more", count=len(notes) - _NOTES))
    if saved:
        lines.append(l10n.text("digests-saved", count=saved))
    if not lines:
        return []
    title = bold(l10n.text("digests-team"))
    return [divider(), section("\n".join([title, *lines]))]


def _closing(ask: str, summaries: Sequence[Summary], l10n: Localisation) -> list[Block]:
    return [divider(), section(escape(ask)), context(_made(summaries, l10n))]


def _made(summaries: Sequence[Summary], l10n: Localisation) -> str:
    if not summaries or all(one.problem for one in summaries):
        return l10n.text("digests-card-no-summary", joint="\n")
    lines: list[str] = [
        maker_line(
            [maker for one in summaries for maker in one.makers],
            l10n,
            verified_by=verifier_of(summaries),
        )
    ]
    if any(one.basis == "abstract" for one in summaries):
        lines.append(l10n.text("digests-card-from-abstract", joint="\n"))
    lines += _remarks(summaries, l10n)
    made_at = summaries[0].made_at
    lines.append(_dated(l10n, "digests-card-made", made_at and made_at.date()))
    return "\n".join(line for line in lines if line)


def _remarks(summaries: Sequence[Summary], l10n: Localisation) -> list[str]:
    """What a reader should know about how the summaries were made."""
    named = [f"summaries-problem-{one.problem}" for one in summaries if one.problem]
    named += [f"summaries-warning-{word}" for one in summaries for word in one.warnings]
    known = [name for name in dict.fromkeys(named) if l10n.first.has(name)]
    return [l10n.text(name, joint="\n") for name in known]


def _dated(l10n: Localisation, key: str, day: date | None) -> str:
    return l10n.text(key, day=lambda words: words.long_day(day)) if day else ""


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)


def _text(entry: DigestEntry, l10n: Localisation, ask: str) -> str:
    paper, summaries = entry.paper, entry.summaries
    head = truncate(shown_title(paper), 250)
    if entry.votes:
        head = f"{head} ({l10n.text('digests-votes', count=entry.votes)})"
    rows: list[tuple[str, str]] = []
    told = [one.tldr for one in summaries if one.tldr] or [truncate(paper.abstract, 600)]
    for summary in summaries:
        words = catalog(summary.language)
        fresh = without_repeats(summary)
        rows += [(words.text(f"digests-highlight-{h.slot}"), h.text) for h in fresh.highlights]
        rows += [(words.text(f"digests-section-{one.slot}"), one.text) for one in fresh.sections]
    return fallback(
        [head, links.abstract_url(paper) or "", *told],
        rows,
        [ask, *map(Mrkdwn, _made(summaries, l10n).split("\n"))],
    )

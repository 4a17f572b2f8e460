"""A composed digest as an archive's record, so that each style is written by one file only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.archive.markdown.parts import escaped, language_of
from bot.digests.chart import trend_name
from bot.digests.content import DigestContent, DigestEntry
from bot.digests.paper_text import sentences
from bot.digests.styles.weekly import introduction, trend_sentence
from bot.digests.trends import Trend
from bot.languages import catalog, languages_of
from storage import ArchiveDigest, ArchiveEntry, ArchiveTrend, Note, Summary

_TITLES_BEHIND = 3


def archive_of(
    content: DigestContent,
    *,
    notes: Mapping[str, Sequence[Note]] | None = None,
    titles: Mapping[str, str] | None = None,
) -> ArchiveDigest:
    """The record of *content* in its own style. ``notes`` are by paper id, ``titles`` are Korean
    titles by paper id."""
    language = languages_of(content.language)[0]
    made = [one.made_at for entry in content.entries for one in entry.summaries if one.made_at]
    return ArchiveDigest(
        style=content.style,
        period=content.period,
        language=language,
        entries=tuple(
            _entry(entry, content.style, (notes or {}).get(entry.paper.id, ()), titles or {})
            for entry in content.entries
        ),
        trends=tuple(_trend(trend, language) for trend in content.trends),
        maker=", ".join(content.makers),
        made_on=max(made).date().isoformat() if made else "",
    )


def as_markdown(note: Note) -> str:
    """The note's text; what was typed in Slack shows just as it was typed."""
    if note.origin != "slack":
        return note.text
    return "\n".join(map(escaped, note.text.strip().split("\n")))


def _entry(
    entry: DigestEntry, style: str, notes: Sequence[Note], titles: Mapping[str, str]
) -> ArchiveEntry:
    paper = entry.paper
    plain = ArchiveEntry(title=paper.title, paper_id=paper.id)
    if style == "highlights":
        return replace(
            plain,
            thumbnail_url=paper.thumbnail_url or "",
            votes=entry.votes,
            authors=paper.authors,
            highlights=_highlights(entry.summary),
        )
    if style == "sections":
        return replace(plain, sections=_sections(entry.summary))
    if style == "weekly":
        return _weekly(entry, replace(plain, title_ko=titles.get(paper.id, "")))
    if style == "review":
        return replace(
            plain,
            number=str(entry.number),
            organization=paper.organization or "",
            prose=_draft(entry),
            notes=tuple((note.author, as_markdown(note)) for note in notes),
        )
    return replace(
        plain,
        organization=paper.organization or "",
        code_url=paper.code_url or "",
        votes=entry.votes,
        sentence=" ".join(escaped(one) for one in sentences(entry) if one),
    )


def _weekly(entry: DigestEntry, plain: ArchiveEntry) -> ArchiveEntry:
    paper = entry.paper
    abstracts = [("en", paper.abstract)]
    if entry.abstract != paper.abstract:
        abstracts.insert(0, ("ko", entry.abstract))
    introductions: dict[str, tuple[str, ...]] = {}
    for summary in entry.summaries:
        # Sentences chosen from an English paper are English in a Korean digest too.
        lines = tuple(f"- {escaped(line)}" for line in introduction(summary))
        if lines:
            introductions.setdefault(language_of(lines), lines)
    return replace(
        plain,
        introduction=tuple(introductions.items()),
        abstracts=tuple((language, escaped(text)) for language, text in abstracts if text),
        further=tuple(url for url in (paper.code_url, paper.project_url) if url),
    )


def _highlights(summary: Summary | None) -> tuple[tuple[str, str], ...]:
    told = () if summary is None else summary.highlights
    return tuple((one.slot, escaped(one.text)) for one in told if one.text.strip())


def _sections(summary: Summary | None) -> tuple[tuple[str, str], ...]:
    told = () if summary is None else summary.sections
    return tuple((one.slot, escaped(one.text)) for one in told if one.text.strip())


def _draft(entry: DigestEntry) -> str:
    """A first version for the team to write on: the sentence, then the highlights."""
    lines = [escaped(one) for one in sentences(entry)[:1] if one]
    if entry.summary is not None:
        bullets = [f"- {escaped(one.text)}" for one in entry.summary.highlights if one.text]
        lines += ["\n".join(bullets)] if bullets else []
    return "\n\n".join(lines)


def _trend(trend: Trend, language: str) -> ArchiveTrend:
    words = catalog(language)
    titles = tuple(paper.title for paper in trend.papers[:_TITLES_BEHIND])
    named = ", ".join(f"“{escaped(title)}”" for title in titles)
    told = f"**{escaped(trend_name(trend, words))}**: {trend_sentence(trend, words)} {named}"
    return ArchiveTrend(told.strip(), titles)

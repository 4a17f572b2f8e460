"""A composed digest as an archive's record: each style shows what is stored under its own heads.
Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.archive.facts import language_of
from bot.archive.marks import escaped, note_text
from bot.archive.names import HIGHLIGHTS, SECTIONS
from bot.digests.chart import trend_name
from bot.digests.content import Claim, DigestContent, DigestEntry
from bot.digests.paper_text import sentences
from bot.digests.styles.weekly import behind, compared, trend_sentence
from bot.digests.trends import Trend
from bot.languages import catalog, languages_of
from storage import ArchiveDigest, ArchiveEntry, ArchivePart, Note, Summary
from storage.archive import UNIDENTIFIED
from storage.summaries import IMPORTED

_TITLES_BEHIND = 3
_SLOTS = {"tldr": "sentence"}
# What stands in for a part that a summary lacks, the best first; each only once.
_FITTING: Mapping[str, tuple[str, ...]] = {
    "new": ("contributions", "motivation", "introduction", "tldr"),
    "technical": ("method", "setup"),
    "performance": ("results",),
    "motivation": ("introduction", "tldr"),
    "contributions": ("new",),
    "method": ("technical",),
    "results": ("performance",),
}


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
    maker = ", ".join(one for one in content.makers if one != IMPORTED)
    return ArchiveDigest(
        style=content.style,
        period=content.period,
        language=language,
        entries=tuple(
            _entry(entry, content.style, (notes or {}).get(entry.paper.id, ()), titles or {})
            for entry in content.entries
        ),
        before="\n\n".join(_week(content, language)),
        maker=maker,
        made_on=max(made).date().isoformat() if made and maker else "",
    )


def _entry(
    entry: DigestEntry, style: str, notes: Sequence[Note], titles: Mapping[str, str]
) -> ArchiveEntry:
    """All that is known of a paper; each style shows its share (:mod:`bot.archive.writer`)."""
    paper = entry.paper
    signed = [note for note in notes if note.origin == "slack" or note.author]
    free = [ArchivePart("", note.text) for note in notes if note not in signed]
    title_ko = titles.get(paper.id, "")
    return ArchiveEntry(
        title="" if paper.title == paper.id else paper.title,
        paper_id=None if paper.id.startswith(UNIDENTIFIED) else paper.id,
        number=str(entry.number),
        title_ko="" if title_ko == paper.title else title_ko,
        organization=paper.organization or "",
        thumbnail_url=paper.thumbnail_url or "",
        code_url=paper.code_url or "",
        votes=entry.votes or None,  # nobody counted the votes of a paper that has none
        authors=paper.authors,
        parts=(*free, *_parts(entry, style, is_draft=not free)),
        notes=tuple((note.author, note_text(note)) for note in signed),
    )


def _parts(entry: DigestEntry, style: str, *, is_draft: bool) -> Iterable[ArchivePart]:
    """What a style says of a paper; a review is a draft until somebody wrote one."""
    if style == "highlights":
        return _filled(entry.summary, HIGHLIGHTS)
    if style == "sections":
        return _filled(entry.summary, SECTIONS)
    if style == "weekly":
        return _weekly(entry)
    if style == "review":
        return _draft(entry, with_sentence=is_draft)
    sentence = " ".join(escaped(one) for one in sentences(entry) if one)
    return [ArchivePart("sentence", sentence)] if sentence else []


def _filled(summary: Summary | None, slots: Sequence[str]) -> Iterator[ArchivePart]:
    """The parts of a style; what stands under other heads comes under the fitting ones."""
    if summary is None:
        return
    told = {one.slot: one.text for one in summary.highlights}
    told |= {one.slot: one.text for one in summary.sections}
    told["introduction"] = "\n".join(summary.introduction)
    said = "\n".join(told.values())
    if not said or _is_apart(summary, said):
        told["tldr"] = summary.tldr
    own = {slot for slot in slots if told.get(slot, "").strip()}
    for slot in slots:
        names = (slot,) if slot in own else _FITTING.get(slot, ())
        found = next((name for name in names if told.get(name, "").strip()), None)
        # What has a head of its own in this style stays there.
        if found is not None and (found == slot or found not in own):
            yield ArchivePart(slot, _escaped_lines(told.pop(found)))
    if summary.basis == IMPORTED:
        # What somebody else wrote is shown in any style.
        for slot in (*HIGHLIGHTS, *SECTIONS, "introduction", "tldr"):
            if text := _escaped_lines(told.get(slot, "")):
                yield ArchivePart(_SLOTS.get(slot, slot), text)


def _escaped_lines(text: str) -> str:
    return "\n".join(escaped(line) for line in text.split("\n") if line.strip())


def _is_apart(summary: Summary, said: str) -> bool:
    """Whether the sentence is one that somebody wrote beside the rest of the summary."""
    return summary.basis == IMPORTED and summary.tldr.rstrip("….") not in said


def _weekly(entry: DigestEntry) -> Iterator[ArchivePart]:
    paper = entry.paper
    introductions: dict[str, ArchivePart] = {}
    for summary in entry.summaries:
        # Sentences chosen from an English paper are English in a Korean digest too.
        lines = [f"- {escaped(line)}" for line in _introduction(summary)]
        lines = lines or [f"- {escaped(one.text)}" for one in summary.sections]
        text = "\n".join(lines)
        if not text or _is_apart(summary, text):
            text = "\n".join([f"- {escaped(summary.tldr)}", *lines])
        if text:
            language = language_of(text) or "en"
            introductions.setdefault(language, ArchivePart("introduction", text, language))
    yield from introductions.values()
    abstracts = [("ko", entry.abstract)] if entry.abstract != paper.abstract else []
    for language, text in (*abstracts, ("en", paper.abstract)):
        if text:
            yield ArchivePart("abstract", escaped(text), language)
    if links := [url for url in (paper.code_url, paper.project_url) if url]:
        yield ArchivePart("further", "\n\n".join(links))


def _draft(entry: DigestEntry, *, with_sentence: bool) -> Iterator[ArchivePart]:
    """A first version for the team to write on: the sentence, then the highlights."""
    bullets = "\n".join(f"- {part.text}" for part in _filled(entry.summary, HIGHLIGHTS))
    lines = [escaped(one) for one in sentences(entry)[:1] if one and with_sentence]
    text = "\n\n".join(filter(None, [*(one for one in lines if one not in bullets), bullets]))
    if text:
        yield ArchivePart("", text)


def _introduction(summary: Summary) -> tuple[str, ...]:
    """The bullets that introduce a paper; the highlights where there is no introduction."""
    return summary.introduction or tuple(one.text for one in summary.highlights if one.text)


def _week(content: DigestContent, language: str) -> Iterator[str]:
    """A week's paragraphs, then its counts with what they are compared with."""
    for text in content.told:
        if text.language == language:
            yield from (" ".join(map(_claim, claims)) for claims in text.paragraphs)
    yield from (f"- {_trend(trend, language)}" for trend in content.trends)
    if content.trends:
        yield f"*{compared(content, catalog(language))}*"


def _claim(claim: Claim) -> str:
    named = ", ".join(f"[{escaped(name)}]({url})" for url, name in behind(claim) if url)
    return f"{escaped(claim.text)} ({named})" if named else escaped(claim.text)


def _trend(trend: Trend, language: str) -> str:
    words = catalog(language)
    titles = tuple(paper.title for paper in trend.papers[:_TITLES_BEHIND])
    named = ", ".join(f"“{escaped(title)}”" for title in titles)
    told = f"**{escaped(trend_name(trend, words))}**: {trend_sentence(trend, words)} {named}"
    return told.strip()

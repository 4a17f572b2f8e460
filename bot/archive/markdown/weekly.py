"""``weekly``: ``[START ~ END]``, three bullets on trends, then papers with an introduction and the
abstract in two languages.

Such digests reach us as copies of forum pages, without any Markdown left, as well as in the form
written here; so lines are read by their labels, and marks of headings and bullets don't matter.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.archive.markdown.base import Format, Parsed, Problem
from bot.archive.markdown.inline import flat
from bot.archive.markdown.parts import (
    Made,
    escaped,
    language_of,
    made,
    maker_line,
    paper_url,
    plain,
)
from bot.archive.markdown.source import Source
from bot.digests.weeks import Week
from bot.languages import catalog
from bot.slack.blocks.text import truncate
from bot.sources.ids import arxiv_id
from storage import ArchiveDigest, ArchiveEntry, ArchiveTrend

_PERIOD = re.compile(
    r"\[(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)\s*~\s*(?:\d{4}/)?\d\d/\d\d\]"
)
_LABELS: Mapping[str, str] = {
    "논문 소개": "introduction",
    "introduction": "introduction",
    "논문 초록(abstract)": "abstract",
    "논문 초록": "abstract",
    "abstract": "abstract",
    "논문 링크": "link",
    "paper link": "link",
    "더 읽어보기": "further",
    "further reading": "further",
    "원문": "end",
    "original": "end",
}
_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|>\s*)?")
# The chart of the trends is drawn anew at each export.
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*trends\.png\)")
_BULLET = re.compile(r"^\s*[•*+-]\s+")
_URL = re.compile(r"https?:\s*//(?:[^\s<>()]|\([^\s<>()]*\))+")
_QUOTED = re.compile(r"“([^“”]{3,})”|\"([^\"]{3,})\"")
_MADE = re.compile(r"이 글은 (?P<maker>.{1,80}?)\s?(?:모델)?로 정리")
_LONGEST_TITLE = 2_000
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True)
class _Line:
    """A line that isn't blank; ``number`` counts from 1."""

    number: int
    text: str

    @property
    def bare(self) -> str:
        return _MARKS.sub("", self.text).strip()

    @property
    def label(self) -> str | None:
        return _LABELS.get(self.bare.lower())


@dataclass
class _Reading:
    """What is being gathered of one paper, by label."""

    title: _Line
    parts: dict[str, list[_Line]] = field(default_factory=dict)


def _recognises(source: Source) -> bool:
    return any(_PERIOD.search(line) for line in source.lines[:40]) and any(
        line.label == "introduction" for line in _lines(source)
    )


def _parse(source: Source) -> Parsed:
    lines = list(_lines(source))
    period = next(found for line in lines if (found := _PERIOD.search(line.text)))
    first = date(int(period["year"]), int(period["month"]), int(period["day"]))
    before, papers, after = _split(lines)
    trends, unclear = _trends(before)
    made = _made(after)
    entries = tuple(_entry(paper) for paper in papers)
    digest = ArchiveDigest(
        style="weekly",
        period=str(Week.of(first)),
        language=made.language or language_of(line.text for line in before),
        entries=entries,
        trends=trends,
        maker=made.maker,
        made_on=made.day,
    )
    rest = [line for line in after if line.label != "end" and not _is_made(line)]
    problems = [Problem(line.number, truncate(line.bare, 120)) for line in (*unclear, *rest)]
    return Parsed((digest,), tuple(problems))


def _lines(source: Source) -> Iterator[_Line]:
    for number, text in enumerate(source.lines, start=1 + source.offset):
        if text.strip() and not _PICTURE.fullmatch(text.strip()):
            yield _Line(number, text.rstrip())


def _split(lines: Sequence[_Line]) -> tuple[list[_Line], list[_Reading], list[_Line]]:
    """Lines before the first paper, the papers, and lines after the last. A paper's title is the
    line before its introduction."""
    starts = {
        place - 1 for place, line in enumerate(lines) if line.label == "introduction" and place > 0
    }
    before: list[_Line] = []
    after: list[_Line] = []
    papers: list[_Reading] = []
    into = before
    for place, line in enumerate(lines):
        if place in starts:
            papers.append(_Reading(line))
        elif line.label == "end" or _is_made(line):
            into = after
            after.append(line)
        elif papers and line.label and into is not after:
            into = papers[-1].parts.setdefault(line.label, [])
        else:
            into.append(line)
    return before, papers, after


def _trends(before: Sequence[_Line]) -> tuple[tuple[ArchiveTrend, ...], list[_Line]]:
    trends, unclear = [], []
    for line in before:
        if _BULLET.match(line.text):
            text = _BULLET.sub("", line.text).strip()
            titles = tuple(plain(one or other) for one, other in _QUOTED.findall(text))
            trends.append(ArchiveTrend(text, titles))
        elif not _PERIOD.search(line.text):
            unclear.append(line)
    return tuple(trends), unclear


def _entry(reading: _Reading) -> ArchiveEntry:
    title_ko, title = _titles(reading.title.bare)
    link = " ".join(line.text for line in reading.parts.get("link", ()))
    url = _URL.search(link)
    return ArchiveEntry(
        title=title,
        title_ko=title_ko,
        paper_id=arxiv_id(url[0]) if url else None,
        url=url[0] if url and not arxiv_id(url[0]) else "",
        introduction=tuple(
            (language, tuple(lines))
            for language, lines in _by_language(reading.parts.get("introduction", ()))
        ),
        abstracts=tuple(
            (language, "\n\n".join(lines))
            for language, lines in _by_language(reading.parts.get("abstract", ()))
        ),
        further=tuple(
            found[0].replace(" ", "")
            for line in reading.parts.get("further", ())
            for found in _URL.finditer(line.text)
        ),
        line=reading.title.number,
    )


def _titles(text: str) -> tuple[str, str]:
    """The Korean title and the original one; the former is empty where there is only one."""
    for found in re.finditer(r"\s/\s", text[:_LONGEST_TITLE]):
        left, right = text[: found.start()], text[found.end() :]
        if _HANGUL.search(left) and not _HANGUL.search(right):
            return flat(left), flat(right)
    return "", flat(text)


def _by_language(lines: Sequence[_Line]) -> list[tuple[str, list[str]]]:
    """The lines of each language in order, bullets with a hyphen."""
    told: dict[str, list[str]] = {}
    for line in lines:
        language = "ko" if language_of([line.text]) == "ko" else "en"
        bullet = _BULLET.match(line.text)
        text = "- " + line.text[bullet.end() :].strip() if bullet else line.text.strip()
        told.setdefault(language, []).append(text)
    return list(told.items())


def _made(lines: Sequence[_Line]) -> Made:
    ours = made(line.text for line in lines)
    if ours.maker:
        return ours
    theirs = next((found for line in lines if (found := _MADE.search(line.text))), None)
    return Made(theirs["maker"]) if theirs else Made()


def _is_made(line: _Line) -> bool:
    return bool(_made([line]).maker)


def _render(digest: ArchiveDigest) -> str:
    words = catalog(digest.language)
    week = Week.of(date.fromisocalendar(*_numbers(digest.period), 1))
    first, last = f"{week.first:%Y/%m/%d}", f"{week.last:%m/%d}"
    parts = [f"# [{first} ~ {last}] {words.text('archive-weekly-title')}"]
    parts += [f"- {trend.text}" for trend in digest.trends]
    for entry in digest.entries:
        parts += _paper(entry, digest.language)
    return "\n\n".join(part for part in [*parts, maker_line(digest)] if part)


def with_chart(text: str, name: str, alt: str) -> str:
    """The Markdown of a week with the picture *name* above its first paper; reading it back gives
    the same record as without."""
    picture = f"![{re.sub(r'[][]', ' ', alt)}]({name})"
    trends, heading, papers = text.partition("\n\n## ")
    return f"{trends}\n\n{picture}{heading}{papers}"


def _numbers(period: str) -> tuple[int, int]:
    year, _, number = period.partition("-W")
    return int(year), int(number)


def _unparted(title: str) -> str:
    """The title as Markdown, with slashes that don't part two titles."""
    return re.sub(r"(?<=\s)/(?=\s)", r"\\/", escaped(title))


def _paper(entry: ArchiveEntry, language: str) -> list[str]:
    words = catalog(language)
    titles = [_unparted(title) for title in (entry.title_ko, entry.title) if title]
    url = paper_url(entry)
    parts = [f"## {' / '.join(titles)}"]
    parts.append(f"### {words.text('archive-introduction')}")
    parts += ["\n\n".join(lines) for _, lines in entry.introduction]
    if entry.abstracts:
        parts.append(f"### {words.text('archive-abstract')}")
        parts += [text for _, text in entry.abstracts]
    if url:
        parts += [f"### {words.text('archive-link')}", url]
    if entry.further:
        parts.append(f"### {words.text('archive-further')}")
        parts += entry.further
    return parts


FORMAT = Format(name="weekly", recognises=_recognises, parse=_parse, render=_render)

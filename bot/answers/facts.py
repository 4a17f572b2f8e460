"""Answers read off a paper's record: authors, organisation, votes, code, date, links."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.answers.wishes import Kind
from bot.digests.links import (
    abstract_url,
    code_url,
    huggingface_url,
    page_name,
    pdf_url,
    project_url,
)
from bot.languages import Catalog
from bot.sources.kinds import DEFAULT_SOURCE, is_lasting, label
from bot.sources.links import repository
from storage import ListingDay, Paper

_AUTHORS_SHOWN = 30
_REPOSITORY = re.compile(r"https?://(?:www\.)?(?:github\.com|gitlab\.com)/[\w.-]+/[\w.-]*\w", re.I)


@dataclass(frozen=True)
class Record:
    """A paper with what else the archive knows of it: ``listings`` are those that hold it, the
    newest first."""

    paper: Paper
    listings: tuple[ListingDay, ...] = ()
    organizations: tuple[str, ...] = ()


def tell(kind: Kind, record: Record, words: Catalog) -> str | None:
    """A sentence or two of Markdown that answers a question of this kind; None when the record
    doesn't know."""
    return _TELLERS[kind](record, words)


def links_of(paper: Paper) -> tuple[str, ...]:
    """The addresses that an answer about *paper* may link to."""
    made = [make(paper) for make in (abstract_url, pdf_url, huggingface_url)]
    named = [_code_address(paper), project_url(paper)]
    return tuple(url for url in [*made, *named] if url is not None)


def unknown(kind: Kind, words: Catalog) -> str:
    """The sentence that says the record doesn't know."""
    return words.text(f"answers-unknown-{kind.value.replace('_', '-')}")


def _authors(record: Record, words: Catalog) -> str | None:
    names = record.paper.authors
    if not names:
        return None
    shown = ", ".join(_plain(name) for name in names[:_AUTHORS_SHOWN])
    if len(names) > _AUTHORS_SHOWN:
        return words.text("answers-authors-more", names=shown, count=len(names))
    return words.text("answers-authors", names=shown, count=len(names))


def _organization(record: Record, words: Catalog) -> str | None:
    named = record.paper.organization
    names = list(dict.fromkeys([named, *record.organizations] if named else record.organizations))
    return (
        words.text("answers-organization", names=", ".join(map(_plain, names))) if names else None
    )


def _votes(record: Record, words: Catalog) -> str | None:
    """Unknown of a paper that no source with votes has listed."""
    voting = [one.source for one in record.listings if is_lasting(one.source)]
    if not (voting or record.paper.votes):
        return None
    source = label(next(iter(voting), DEFAULT_SOURCE))
    return words.text("answers-votes", count=record.paper.votes, source=source)


def _code(record: Record, words: Catalog) -> str | None:
    lines = []
    code = _code_address(record.paper)
    if code is not None:
        lines.append(words.text("answers-code", url=code))
        if record.paper.code_stars:
            lines.append(words.text("answers-stars", count=record.paper.code_stars))
    project = project_url(record.paper)
    if project is not None:
        lines.append(words.text("answers-project", url=project))
    return " ".join(lines) or None


def _code_address(paper: Paper) -> str | None:
    given = code_url(paper)
    if given is None and (found := _REPOSITORY.search(paper.abstract)):
        return repository(found.group())
    return given


def _date(record: Record, words: Catalog) -> str | None:
    lines = []
    if record.paper.published is not None:
        lines.append(words.text("answers-published", day=words.day(record.paper.published.date())))
    for one in record.listings[:1]:
        day = words.day(one.date)
        lines.append(words.text("answers-listed", source=label(one.source), day=day))
    return " ".join(lines) or None


def _link(record: Record, words: Catalog) -> str | None:
    paper = record.paper
    known = [
        (page_name(paper), abstract_url(paper)),
        (words.text("digests-card-pdf"), pdf_url(paper)),
        (label(DEFAULT_SOURCE), huggingface_url(paper)),
    ]
    return " · ".join(f"[{name}]({url})" for name, url in known if url) or None


def _plain(text: str) -> str:
    """A name without characters that would be read as Markdown."""
    return re.sub(r"[\[\]*_`<>|]", "", text)


_TELLERS: Mapping[Kind, Callable[[Record, Catalog], str | None]] = {
    Kind.AUTHORS: _authors,
    Kind.ORGANIZATION: _organization,
    Kind.VOTES: _votes,
    Kind.CODE: _code,
    Kind.DATE: _date,
    Kind.LINK: _link,
}

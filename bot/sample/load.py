"""Puts the bundled day into a storage."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from bot.languages import LANGUAGES
from bot.sources.kinds import DEFAULT_SOURCE
from storage import Fulltext, ListingEntry, Paper, Passage, Storage
from storage.papers import ORIGINAL_LANGUAGE

ORIGIN = "bundled"


def load_sample(storage: Storage, now: datetime, *, language: str = "en") -> date:
    """Store the bundled papers, their descriptions and their listing; return the listing's date.

    *language* is that of the retold full texts, of which a paper can have one only. What is
    stored already wins: real abstracts, full texts and a real listing of that day stay as they
    are, and loading again changes nothing.
    """
    sample = _read("papers")
    day = date.fromisoformat(sample["date"])
    with storage.transaction():
        _add_papers(storage, sample["papers"], now)
        _add_fulltexts(storage, language, now)
        if storage.listings.get(DEFAULT_SOURCE, day) is None:
            entries = [
                ListingEntry(paper_id=one["id"], rank=rank, votes=one["votes"])
                for rank, one in enumerate(sample["papers"], start=1)
            ]
            storage.listings.save(DEFAULT_SOURCE, day, entries, settled=True, now=now)
    return day


def sample_day() -> date:
    """The date of the bundled listing."""
    return date.fromisoformat(_read("papers")["date"])


def sample_text(language: str) -> str:
    """All that the bundled day says in *language*, in paragraphs."""
    told = [" ".join(_in(language, one)) for one in _read("papers")["papers"]]
    told += [_in(language, one) for passages in _read("fulltext").values() for one in passages]
    return "\n\n".join(told)


def _in(language: str, entry: Mapping[str, Any]) -> Any:
    """An entry's text in *language*, or in the one that papers are written in."""
    return entry.get(language, entry[ORIGINAL_LANGUAGE])


def _read(name: str) -> dict[str, Any]:
    text = (files("bot.sample") / f"{name}.json").read_text(encoding="utf-8")
    sample: dict[str, Any] = json.loads(text)
    return sample


def _add_papers(storage: Storage, entries: Sequence[Mapping[str, Any]], now: datetime) -> None:
    known = {paper.id for paper in storage.papers.get_many([one["id"] for one in entries])}
    storage.papers.save((_paper(one) for one in entries if one["id"] not in known), now=now)
    for one in entries:
        for language in (told for told in LANGUAGES if told in one):
            if storage.papers.abstract(one["id"], language) is None:
                text = " ".join(one[language])
                storage.papers.save_abstract(one["id"], language, text, origin=ORIGIN)


def _add_fulltexts(storage: Storage, language: str, now: datetime) -> None:
    for paper_id, passages in _read("fulltext").items():
        if storage.fulltexts.get(paper_id) is None:
            storage.fulltexts.save(
                Fulltext(paper_id, version=1, origin="pdf"),
                [_passage(one, ordinal, language) for ordinal, one in enumerate(passages)],
                now=now,
            )


def _passage(entry: Mapping[str, Any], ordinal: int, language: str) -> Passage:
    return Passage(
        ordinal=ordinal,
        text=_in(language, entry),
        section=entry["section"],
        kind=entry.get("kind", "text"),
        page=entry["page"],
    )


def _paper(entry: Mapping[str, Any]) -> Paper:
    return Paper(
        id=entry["id"],
        title=entry["title"],
        authors=tuple(entry["authors"]),
        organization=entry.get("organization"),
        published=datetime.fromisoformat(entry["published"]),
        votes=entry["votes"],
        comments=entry["comments"],
        code_url=entry.get("code_url"),
        project_url=entry.get("project_url"),
    )

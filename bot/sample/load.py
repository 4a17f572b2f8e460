"""Puts the bundled day into a storage."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from storage import ListingEntry, Paper, Storage

ORIGIN = "bundled"
LANGUAGES = ("en", "ko")


def load_sample(storage: Storage, now: datetime) -> date:
    """Store the bundled papers, their descriptions and their listing; return the listing's date.

    What is stored already wins: real abstracts and a real listing of that day stay as they are,
    and loading again changes nothing.
    """
    sample = _read()
    day = date.fromisoformat(sample["date"])
    with storage.transaction():
        _add_papers(storage, sample["papers"], now)
        if storage.listings.get(day) is None:
            entries = [
                ListingEntry(paper_id=one["id"], rank=rank, votes=one["votes"])
                for rank, one in enumerate(sample["papers"], start=1)
            ]
            storage.listings.save(day, entries, settled=True, now=now)
    return day


def sample_day() -> date:
    """The date of the bundled listing."""
    return date.fromisoformat(_read()["date"])


def _read() -> dict[str, Any]:
    text = (files("bot.sample") / "papers.json").read_text(encoding="utf-8")
    sample: dict[str, Any] = json.loads(text)
    return sample


def _add_papers(storage: Storage, entries: Sequence[Mapping[str, Any]], now: datetime) -> None:
    known = {paper.id for paper in storage.papers.get_many([one["id"] for one in entries])}
    storage.papers.save((_paper(one) for one in entries if one["id"] not in known), now=now)
    for one in entries:
        for language in LANGUAGES:
            if storage.papers.abstract(one["id"], language) is None:
                text = " ".join(one[language])
                storage.papers.save_abstract(one["id"], language, text, origin=ORIGIN)


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

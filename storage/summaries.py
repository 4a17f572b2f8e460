"""Summaries: a structured text about a paper in one language, with its maker."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from storage.records import TeamTables, as_json, record_of, remembered, values_of
from storage.scope import WHOLE_TEAM
from storage.times import to_text

EXTRACTIVE = "extractive"
IMPORTED = "import"
_MEMBER = "member:"


def member_maker(user: str) -> str:
    """The ``maker`` of a summary that a member corrected."""
    return _MEMBER + user


def member_of(maker: str) -> str | None:
    """The member who corrected a summary; None when a machine or an archive made it."""
    return maker.removeprefix(_MEMBER) if maker.startswith(_MEMBER) else None


@dataclass(frozen=True)
class Highlight:
    """One of three: ``slot`` is ``new``, ``technical`` or ``performance``.

    ``passages`` are the ordinals of the passages it rests on; empty when it rests on the abstract.
    """

    slot: str
    text: str
    passages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """One of up to seven: ``slot`` is ``motivation``, ``contributions``, ``method``, ``setup``,
    ``results``, ``limitations`` or ``followups``."""

    slot: str
    text: str
    passages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Summary:
    """The stored summary. ``maker`` is ``extractive``, ``import``, a member (:func:`member_of`) or
    a model's name; ``verified_by`` names the model that verified each sentence, if one did.

    Of one that a member corrected, ``made_by`` is who made the rest, and ``corrected`` are the
    places that differ (``tldr``, ``highlights.new``), each with its author. ``basis`` is
    ``fulltext``, ``abstract`` or ``import``; ``problem`` (None when all is well) marks it for
    repair.
    """

    paper_id: str
    language: str
    tldr: str
    highlights: tuple[Highlight, ...] = ()
    sections: tuple[Section, ...] = ()
    introduction: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    maker: str = EXTRACTIVE
    verified_by: str = ""
    prompt_hash: str = ""
    basis: str = "abstract"
    problem: str | None = None
    made_at: datetime | None = None
    made_by: str = ""
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def makers(self) -> tuple[str, ...]:
        """All who had a hand in it."""
        return tuple(filter(None, (self.made_by, self.maker)))


_CONTENT = (
    "tldr",
    "highlights",
    "sections",
    "introduction",
    "organizations",
    "keywords",
    "warnings",
    "verified_by",
)


_COLUMNS = "paper_id, language, content, basis, made_at"


class Summaries(TeamTables):
    """The tables ``summaries``, which belong to nobody, and ``corrections``, which a team wrote.
    Of a paper's rows in a language the newest correction that may be seen is shown, or else the
    newest summary."""

    def save(self, summary: Summary, *, now: datetime, place: str = WHOLE_TEAM) -> None:
        """Store a summary in place of one by the same maker and prompt; a member's is a correction
        for those who can see *place*."""
        content = _content(summary)
        author = member_of(summary.maker)
        if author is not None:
            self._save_correction(summary, author, content, now, place)
            return
        key = values_of(summary, "paper_id", "language", "maker", "prompt_hash")
        told = values_of(summary, "basis", "problem")
        self._replace("summaries", key, {**told, "content": content, "made_at": to_text(now)})

    def save_imported(
        self, summaries: Iterable[Summary], *, instead: Iterable[tuple[str, str]], now: datetime
    ) -> None:
        """Store what imports sum up, in place of all that imports summed up of *instead*: papers
        and languages."""
        with self._connections.transaction():
            self._connections.executemany(
                "DELETE FROM summaries WHERE paper_id = ? AND language = ? AND prompt_hash = ?",
                [[*one, IMPORTED] for one in instead],
            )
            self._connections.add_many(
                "summaries",
                [
                    {
                        **values_of(one, "paper_id", "language", "maker", "basis"),
                        **{"prompt_hash": IMPORTED, "content": _content(one)},
                        "made_at": to_text(one.made_at or now),
                    }
                    for one in summaries
                ],
            )

    def get(self, paper_id: str, language: str, *, place: str = WHOLE_TEAM) -> Summary | None:
        """The summary to show in *place* for a paper in a language, or None."""
        return self.get_many([paper_id], language, place=place).get(paper_id)

    def get_many(
        self, paper_ids: Sequence[str], language: str, *, place: str = WHOLE_TEAM
    ) -> dict[str, Summary]:
        """The summaries to show in *place*, by paper id; papers without one are left out."""
        return self.in_languages(paper_ids, [language], place=place)[language]

    def in_languages(
        self, paper_ids: Sequence[str], languages: Sequence[str], *, place: str = WHOLE_TEAM
    ) -> dict[str, dict[str, Summary]]:
        """The same for each of several languages."""
        found: dict[str, dict[str, Summary]] = {one: {} for one in languages}
        if not paper_ids:
            return found
        each = self._connections.each
        wanted = as_json(list(paper_ids))
        columns, rows = self._connections.columns_and_rows(
            f"SELECT {_COLUMNS}, maker, prompt_hash, problem, id, 0 AS by_member FROM summaries "
            f"WHERE paper_id IN {each} AND language IN {each} UNION ALL "
            f"SELECT {_COLUMNS}, 'member:' || author, 'correction', NULL, id, 1 FROM corrections "
            f"WHERE team = ? AND place IN ('', ?) AND paper_id IN {each} AND language IN {each} "
            "ORDER BY by_member, id",
            [wanted, as_json(languages), self._team, place, wanted, as_json(languages)],
        )
        for row in rows:
            *_, by_member = row
            if by_member:
                after = _record(dict(zip(columns, row, strict=True)))
                told = found[after.language]
                told[after.paper_id] = _corrected(told.get(after.paper_id), after)
            else:
                shared = _shared(columns, row)
                found[shared.language][shared.paper_id] = shared
        return found

    def _save_correction(
        self, told: Summary, author: str, content: str, now: datetime, place: str
    ) -> None:
        about = values_of(told, "paper_id", "language")
        key = {"team": self._team, "place": place, **about, "author": author}
        values = {"basis": told.basis, "content": content, "made_at": to_text(now)}
        self._replace("corrections", key, values)

    def _replace(self, table: str, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Deleted first so that the newest row always has the highest id."""
        where = " AND ".join(f"{name} = ?" for name in key)
        with self._connections.transaction():
            self._connections.execute(f"DELETE FROM {table} WHERE {where}", list(key.values()))
            self._connections.upsert(table, tuple(key), {**key, **values})

    def find(self, paper_id: str, language: str, *, maker: str, prompt_hash: str) -> Summary | None:
        """The summary by exactly this maker and prompt: the cache look-up."""
        row = self._connections.first(
            "SELECT * FROM summaries WHERE paper_id = ? AND language = ? AND maker = ? "
            "AND prompt_hash = ?",
            [paper_id, language, maker, prompt_hash],
        )
        return None if row is None else _record(row)

    def to_repair(self) -> list[tuple[str, str]]:
        """Paper id and language of each shown summary that has a problem, oldest first."""
        return self._shown("problem IS NOT NULL")

    def from_abstracts(self, *, since: datetime) -> list[tuple[str, str]]:
        """Paper id and language of each shown summary made at or after *since* that rests on the
        abstract alone, oldest first."""
        made_since = "basis = 'abstract' AND problem IS NULL AND made_at >= ?"
        return self._shown(made_since, to_text(since))

    def _shown(self, which: str, *values: str) -> list[tuple[str, str]]:
        """Paper id and language of the newest summaries that meet a condition, oldest first."""
        return self._connections.rows(
            f"SELECT paper_id, language FROM summaries s WHERE {which} AND id = "
            "(SELECT max(id) FROM summaries t WHERE t.paper_id = s.paper_id "
            "AND t.language = s.language) ORDER BY id",
            values,
        )


def _content(summary: Summary) -> str:
    return as_json({name: getattr(summary, name) for name in _CONTENT})


def _corrected(before: Summary | None, after: Summary) -> Summary:
    """*after*, a member's summary, credited to them where it differs from the one *before*."""
    said = _texts(before) if before else {}
    authors = dict(before.corrected) if before else {}
    author = member_of(after.maker) or ""
    authors |= {place: author for place, text in _texts(after).items() if said.get(place) != text}
    made_by = (before.made_by or before.maker) if before else ""
    return replace(after, made_by=made_by, corrected=tuple(authors.items()))


def _texts(summary: Summary) -> dict[str, str]:
    return {"tldr": summary.tldr} | {f"highlights.{h.slot}": h.text for h in summary.highlights}


def _record(row: Mapping[str, Any]) -> Summary:
    content = json.loads(row["content"])
    parts = {
        name: tuple(kind(one["slot"], one["text"], tuple(one["passages"])) for one in content[name])
        for name, kind in (("highlights", Highlight), ("sections", Section))
    }
    further = {
        name: tuple(told) if isinstance(told, list) else told
        for name, told in content.items()
        if name not in parts
    }
    return record_of(Summary, row, **further, **parts)


# Not of corrections, which members wrote.
_shared = remembered(_record)

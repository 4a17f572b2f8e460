"""Tells a newer version of an archived digest from another digest of the same day. Pure.

Two people of a team may write reviews of one day, and a digest may exist in two languages; each
is an edition. A file that changed or moved is a newer version of what it was.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.archive.meaning import full_title
from bot.archive.titles import normalised
from storage import ArchiveDigest, ArchiveEdition, ArchiveEntry


@dataclass(frozen=True)
class Place:
    """Where a digest belongs: its edition's number, and what stands there now."""

    number: int
    before: ArchiveDigest | None = None


def place_of(
    digest: ArchiveDigest,
    editions: Sequence[ArchiveEdition],
    *,
    source: str,
    others: Collection[str] = (),
) -> Place:
    """The place of *digest* among the stored editions of its style and period. *source* is its
    file, *others* are the files that are imported beside it."""
    same = [one for one in editions if one.digest == digest]
    own = [one for one in editions if one.source == source]
    moved = [
        one
        for one in editions
        if one.source not in others
        and one.digest.language == digest.language
        and _shares_papers(one.digest, digest)
    ]
    for found in (*same, *own, *moved):
        return Place(found.number, found.digest)
    return Place(max((one.number for one in editions), default=0) + 1)


def ids_in(editions: Sequence[ArchiveEdition]) -> Mapping[str, str]:
    """The ids by title that earlier imports found for this digest's papers."""
    return {
        normalised(full_title(entry)): entry.paper_id
        for one in editions
        for entry in one.digest.entries
        if entry.paper_id and normalised(full_title(entry))
    }


def joined(digests: Sequence[ArchiveDigest]) -> list[ArchiveDigest]:
    """The digests of one file, those of the same style and period in one."""
    found: dict[tuple[str, str], ArchiveDigest] = {}
    for digest in digests:
        key = (digest.style, digest.period)
        before = found.get(key)
        entries = (*before.entries, *digest.entries) if before else digest.entries
        found[key] = replace(before or digest, entries=entries)
    return list(found.values())


def _shares_papers(old: ArchiveDigest, new: ArchiveDigest) -> bool:
    """Whether they have at least half of the smaller one's papers in common."""
    left, right = (set(map(_entry_key, one.entries)) for one in (old, new))
    return 2 * len(left & right) >= max(1, min(len(left), len(right)))


def _entry_key(entry: ArchiveEntry) -> str:
    return entry.paper_id or normalised(full_title(entry))

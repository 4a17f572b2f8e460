"""Tells a newer version of an archived digest from another digest of the same day. Pure.

Two people of a team may write reviews of one day, and a digest may exist in two languages; each
is an edition. A file that changed or moved is a newer version of what it was.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from bot.archive.meaning import full_title, is_stub
from bot.archive.titles import normalised
from storage import ArchiveDigest, ArchiveEdition, ArchiveEntry


@dataclass(frozen=True)
class Place:
    """Where a digest belongs: its edition's ``number``, and the editions that it takes the place
    of. ``state`` is ``new``, ``updated``, ``unchanged`` or ``older`` (it is left out);
    ``message_id`` says it when files' dates tell that something stored was written later."""

    number: int
    instead: tuple[ArchiveEdition, ...]
    state: str
    message_id: str = ""


def place_of(
    digest: ArchiveDigest,
    editions: Sequence[ArchiveEdition],
    own: Sequence[ArchiveEdition],
    *,
    source: str,
    others: Collection[str] = (),
    is_dated: bool = False,
) -> Place:
    """The place of *digest* among the stored editions of its style and period.

    *source* is its file, *own* are the digests that were read from it before and that it doesn't
    hold any more, and *others* the files that are still there, also those imported beside it.
    *is_dated* says whether Git tells when the digest was written, so that copies of one file are
    told apart.
    """
    same = [one for one in editions if one.digest == digest]
    mine = [one for one in editions if one.source == source]
    alike = [one for one in editions if _is_like(one.digest, digest)]
    moved = [one for one in alike if one.source not in others]
    copies = [one for one in alike if _is_copy(one, digest, source)]
    before = next(iter((*same, *mine, *moved, *(copies if is_dated else ()))), None)
    # The same file told of the same papers under another date or in another style.
    corrected = tuple(one for one in own if _has_its_papers(one.digest, digest))
    free = max((one.number for one in editions), default=0) + 1
    if before is None:
        is_older = any(_is_before(digest, one.digest) for one in copies)
        state = "updated" if corrected else "new"
        return Place(free, corrected, state, "archive-older-beside" if is_older else "")
    # Of a copy in another file that is still there, the newer one stays.
    is_copy = before.source != source and before.source in others
    is_older = before.digest != digest and _is_before(digest, before.digest)
    is_same = before.digest == digest and (before.digest.original == digest.original or is_copy)
    state, message = "updated", "archive-older-taken"
    if is_same and not corrected:
        state = "unchanged"
    elif is_older and is_copy:
        state, message = "older", "archive-older-left"
    return Place(before.number, (before, *corrected), state, message if is_older else "")


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
        first = found.get(key)
        if first is None:
            found[key] = digest
            continue
        found[key] = replace(
            first,
            entries=(*first.entries, *digest.entries),
            after="\n\n".join(filter(None, (first.after, digest.before, digest.after))),
            original=first.original + digest.original,
        )
    return list(found.values())


def _is_before(new: ArchiveDigest, old: ArchiveDigest) -> bool:
    if new.written_at is None or old.written_at is None:
        return False
    return new.written_at < old.written_at


def _is_copy(old: ArchiveEdition, new: ArchiveDigest, source: str) -> bool:
    """Whether they are two versions of one file: they have its name, and at least half of the
    smaller one's lines in common. Two people's words about the same papers have not."""
    if PurePosixPath(old.source).name != PurePosixPath(source).name:
        return False
    left, right = (_lines(one) for one in (old.digest, new))
    return 2 * len(left & right) >= min(len(left), len(right))


def _lines(digest: ArchiveDigest) -> set[str]:
    return {
        line
        for entry in digest.entries
        if not is_stub(entry)
        for part in entry.parts
        for line in part.text.split("\n")
        if line.strip()
    }


def _is_like(old: ArchiveDigest, new: ArchiveDigest) -> bool:
    """Whether they are in one language and have at least half of the smaller one's papers in
    common."""
    return old.language == new.language and _has_its_papers(old, new)


def _has_its_papers(old: ArchiveDigest, new: ArchiveDigest) -> bool:
    left, right = (set(map(_entry_key, one.entries)) for one in (old, new))
    return 2 * len(left & right) >= max(1, min(len(left), len(right)))


def _entry_key(entry: ArchiveEntry) -> str:
    return entry.paper_id or normalised(full_title(entry))

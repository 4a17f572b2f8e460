"""From what is stored to what a digest says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.digests.choose import Choice, Meaning, choose
from bot.digests.content import DigestContent, DigestEntry, Notice
from bot.digests.paper_text import listed
from bot.digests.pictures import picture_of, table_of
from bot.digests.ranking import NO_TASTE, Taste, taste_of
from bot.digests.related import related_of
from bot.digests.styles import style as style_of
from bot.digests.wish import Wish
from bot.languages import LANGUAGES, is_in
from bot.sources.kinds import kind_name
from storage import WHOLE_TEAM, Listing, ListingDay, ListingEntry, Paper, Storage, Summary

# A member's own digest learns from what they saved and marked, not from what they looked at.
_OF_OWN = frozenset({"saved", "liked", "more", "unwanted"})


def compose_daily(
    storage: Storage,
    day: date,
    wish: Wish,
    *,
    listings: Sequence[Listing] | None = None,
    numbered: Sequence[str] = (),
    meaning: Meaning | None = None,
) -> DigestContent:
    """The digest of some stored listings, by default all of *day*; empty when there are none.

    See :func:`choose_daily` and :func:`compose_chosen`, which a caller uses that makes summaries in
    between: what is chosen then stays chosen, whatever the new summaries say.
    """
    listings = storage.listings.on(day) if listings is None else listings
    choice = choose_daily(storage, listings, wish, numbered=numbered, meaning=meaning)
    return compose_chosen(storage, day, choice, listings, wish)


def choose_daily(
    storage: Storage,
    listings: Sequence[Listing],
    wish: Wish,
    *,
    exclude: Collection[str] = frozenset(),
    numbered: Sequence[str] = (),
    meaning: Meaning | None = None,
    since: datetime | None = None,
    own_votes: Mapping[str, int] | None = None,
) -> Choice:
    """The papers of stored listings, in the order in which they are shown.

    *exclude* are papers that the channel has had, *numbered* those that have their numbers there
    already, and *since* leaves out those that were listed before. What the members of the wish's
    channel (or the member whose messages it is) cared for shifts the order; with *meaning*, topics
    are met by what papers mean as well. *own_votes* count like votes.
    """
    candidates = candidates_of(storage, listings, since=since)
    ids = [one.paper.id for one in candidates]
    return choose(
        candidates,
        count=wish.count,
        topics=wish.topics,
        negative_topics=wish.negative_topics,
        exclude=exclude,
        numbered=numbered,
        summaries=storage.summaries.get_many(ids, wish.languages[0], place=wish.place),
        taste=taste_in(storage, wish.channel) if wish.channel else NO_TASTE,
        meaning=meaning,
        own_votes=own_votes,
    )


def compose_chosen(
    storage: Storage,
    day: date,
    choice: Choice,
    listings: Sequence[Listing],
    wish: Wish,
    *,
    notices: Sequence[str] = (),
) -> DigestContent:
    """What a digest says about the chosen papers of *listings*, the newest of which is that of
    *day*. ``notices`` are what the caller knows (:class:`Notice`), beside what is found out here,
    such as that a wished source gave no answer."""
    told = [one for one in listings if one.entries]
    content = DigestContent(
        kind="daily",
        period=day.isoformat(),
        day=day,
        first_day=min((one.date for one in told), default=day),
        language=wish.language,
        style=wish.style,
        entries=entries_of(storage, choice.chosen, wish),
        rest=tuple(one.paper for one in choice.rest),
        ranked_by=choice.ranked_by,
        hidden=len(choice.hidden),
        left_out=len(choice.left_out),
        unreadable=sum(one.unreadable for one in listings),
        listings=tuple(ListingDay(one.source, one.date) for one in listings),
        resting=tuple(
            ListingDay(one.source, one.date) for one in listings if one.quiet and not one.entries
        ),
        notices=tuple(notices),
    )
    return with_notices(content, storage, sources=wish.sources)


def with_notices(
    content: DigestContent, storage: Storage, *, sources: Sequence[str] = ()
) -> DigestContent:
    """The content with the notices that its own state calls for, and that of its *sources*."""
    found = list(content.notices)
    asked = {kind_name(one) for one in (*content.sources, *sources)}
    failed = {read.source for read in storage.listings.last_reads() if read.problem}
    down = tuple(sorted(failed & asked))
    if down:
        found.append(Notice.SOURCE_DOWN)
    if content.from_abstract:
        found.append(Notice.FROM_ABSTRACT)
    down = tuple(dict.fromkeys((*content.down, *down)))
    return replace(content, notices=tuple(dict.fromkeys(found)), down=down)


def candidates_of(
    storage: Storage, listings: Sequence[Listing], *, since: datetime | None = None
) -> list[DigestEntry]:
    """The stored papers of listings, each once, with its most votes and all who list it; those
    that were first listed *since* a moment, or all."""
    entries: dict[str, list[tuple[str, ListingEntry]]] = {}
    for listing in listings:
        for entry in listing.entries:
            entries.setdefault(entry.paper_id, []).append((listing.source, entry))
    if since is not None:
        entries = {one: told for one, told in entries.items() if _first_seen(told) > since}
    papers = {paper.id: paper for paper in storage.papers.get_many(list(entries))}
    return [
        DigestEntry(
            papers[one],
            max(entry.votes for _, entry in told),
            sources=tuple(dict.fromkeys(source for source, _ in told)),
        )
        for one, told in entries.items()
        if one in papers
    ]


def _first_seen(entries: Sequence[tuple[str, ListingEntry]]) -> datetime:
    return min(entry.first_seen for _, entry in entries if entry.first_seen is not None)


def taste_in(storage: Storage, channel: str) -> Taste:
    """What the members of a channel cared for there; in a member's messages, what they saved and
    marked anywhere since they last began anew."""
    subscription = storage.subscriptions.get(channel)
    owner = subscription.owner if subscription else None
    if subscription is not None and owner:
        shown = storage.library.signs_of(owner, since=subscription.learned_since)
        signs = [one for one in shown if one.kind in _OF_OWN]
    else:
        signs = storage.library.signs_in(channel)
    papers = storage.papers.get_many(sorted({one.paper_id for one in signs}))
    return taste_of(signs, {paper.id: paper for paper in papers}, is_own=bool(owner))


def sentences_of(
    storage: Storage, papers: Sequence[Paper], language: str, *, place: str = WHOLE_TEAM
) -> Mapping[str, str]:
    """The sentence that stands under each paper's title in lists of one language, by the paper's
    id."""
    entries = [DigestEntry(one, one.votes) for one in papers]
    told = _told(storage, entries, [language], place=place)
    return {one.paper.id: "".join(listed(one)[:1]) for one in told}


def _told(
    storage: Storage, entries: Sequence[DigestEntry], languages: Sequence[str], *, place: str
) -> list[DigestEntry]:
    """The entries with the texts that are stored of their papers in these languages."""
    papers = [one.paper for one in entries]
    ids = [one.id for one in papers]
    summaries = {one: storage.summaries.get_many(ids, one, place=place) for one in languages}
    first, *further = summaries.values()
    abstracts = _abstracts(storage, papers, languages[0])
    elsewhere = _elsewhere(storage, abstracts, summaries, place=place)
    return [
        replace(
            one,
            summary=first.get(id_),
            others=tuple(those[id_] for those in further if id_ in those),
            abstract=abstracts[id_],
            elsewhere=elsewhere.get(id_, ""),
        )
        for id_, one in zip(ids, entries, strict=True)
    ]


def _abstracts(storage: Storage, papers: Sequence[Paper], language: str) -> Mapping[str, str]:
    """By the papers' ids, in the language where they are stored in it, else as they came."""
    translated = storage.papers.translations([one.id for one in papers])
    return {one.id: translated[one.id].get(language) or one.abstract for one in papers}


def _elsewhere(
    storage: Storage,
    abstracts: Mapping[str, str],
    told: Mapping[str, Mapping[str, Summary]],
    *,
    place: str,
) -> Mapping[str, str]:
    """By their ids, the summaries' sentences in other languages, for papers of which no summary
    of those *told* by language has one, and whose abstracts are not in the reader's either."""
    known = {id_ for summaries in told.values() for id_, one in summaries.items() if one.tldr}
    reader = next(iter(told))
    ids = [one for one, text in abstracts.items() if one not in known and not is_in(text, reader)]
    found: dict[str, str] = {}
    for other in LANGUAGES if ids else ():
        if other not in told:
            summaries = storage.summaries.get_many(ids, other, place=place)
            found = {paper_id: one.tldr for paper_id, one in summaries.items()} | found
    return found


def entries_of(
    storage: Storage,
    chosen: Sequence[DigestEntry],
    wish: Wish,
    *,
    languages: Sequence[str] | None = None,
) -> tuple[DigestEntry, ...]:
    """The chosen papers numbered from 1, with what is stored of them in these *languages*, by
    default the wished ones, and what its style shows besides."""
    ids = [one.paper.id for one in chosen]
    related = related_of(storage, ids)
    is_mixed = len({source for one in chosen for source in one.sources}) > 1
    notes = storage.notes.of_papers(ids, place=wish.place)
    pictures = style_of(wish.style).pictures
    told = _told(storage, chosen, languages or wish.languages, place=wish.place)
    return tuple(
        replace(
            one,
            number=number,
            sources=one.sources if is_mixed else (),
            related=related.get(one.paper.id, ()),
            picture=picture_of(storage, one.paper) if pictures else None,
            table=table_of(storage, one.paper, one.summary) if pictures else "",
            notes=tuple(notes[one.paper.id]),
        )
        for number, one in enumerate(told, start=1)
    )

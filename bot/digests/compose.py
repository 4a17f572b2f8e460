"""From what is stored to what a digest says."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.digests.choose import Choice, Meaning, choose
from bot.digests.content import DigestContent, DigestEntry, Notice
from bot.digests.paper_text import listed
from bot.digests.pictures import picture_of, table_of
from bot.digests.ranking import Taste, taste_of
from bot.digests.related import related_of
from bot.digests.styles import style as style_of
from bot.digests.wish import Wish
from bot.languages import LANGUAGES, is_in
from bot.sources.kinds import kind_name
from storage import (
    WHOLE_TEAM,
    Listing,
    ListingDay,
    ListingEntry,
    Paper,
    Sign,
    Storage,
    Summary,
    is_direct,
)
from storage.papers import ORIGINAL_LANGUAGE

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
    told = _entries(listings, since=since)
    signs, is_own = _signs_in(storage, wish.channel) if wish.channel else ([], False)
    cared_for = {one.paper_id for one in signs}
    papers = _papers(storage, {*told, *cared_for})
    known = {one: paper for one, paper in papers.items() if one in cared_for}
    return choose(
        _candidates(told, papers),
        count=wish.count,
        topics=wish.topics,
        negative_topics=wish.negative_topics,
        exclude=exclude,
        numbered=numbered,
        summaries=_with_topics(storage, list(told), wish),
        taste=taste_of(signs, known, is_own=is_own),
        meaning=meaning,
        own_votes=own_votes,
    )


def _with_topics(storage: Storage, paper_ids: Sequence[str], wish: Wish) -> Mapping[str, Summary]:
    """The summaries in which a wish's topics are looked for as well as in titles and abstracts."""
    if not (wish.topics or wish.negative_topics):
        return {}
    return storage.summaries.get_many(paper_ids, wish.languages[0], place=wish.place)


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
    entries = entries_of(storage, choice.chosen, wish)
    content = replace(_content(day, choice, listings, wish, entries), notices=tuple(notices))
    return with_notices(content, storage, sources=wish.sources)


def compose_list(
    storage: Storage, day: date, choice: Choice, listings: Sequence[Listing], wish: Wish
) -> DigestContent:
    """The same for a list of papers, which shows less of each. Notices are for readers of a digest;
    a list that is empty says why."""
    papers = [one.paper for one in choice.chosen]
    related = related_of(storage, [one.id for one in papers], only_strong=True)
    texts = _texts(storage, papers, wish.languages, place=wish.place)
    entries = tuple(
        replace(one, related=related.get(one.paper.id, ()), **where, **texts[one.paper.id])
        for one, where in _numbered(choice.chosen)
    )
    content = _content(day, choice, listings, wish, entries)
    return content if entries else with_notices(content, storage, sources=wish.sources)


def compose_titles(
    day: date, choice: Choice, listings: Sequence[Listing], wish: Wish
) -> DigestContent:
    """The same where no more is shown of a paper than its title and why it is chosen."""
    entries = (replace(one, **where) for one, where in _numbered(choice.chosen))
    return _content(day, choice, listings, wish, tuple(entries))


def _content(
    day: date,
    choice: Choice,
    listings: Sequence[Listing],
    wish: Wish,
    entries: tuple[DigestEntry, ...],
) -> DigestContent:
    told = [one for one in listings if one.entries]
    return DigestContent(
        kind="daily",
        period=day.isoformat(),
        day=day,
        first_day=min((one.date for one in told), default=day),
        language=wish.language,
        style=wish.style,
        entries=entries,
        rest=tuple(one.paper for one in choice.rest),
        ranked_by=choice.ranked_by,
        hidden=len(choice.hidden),
        left_out=len(choice.left_out),
        unreadable=sum(one.unreadable for one in listings),
        listings=tuple(ListingDay(one.source, one.date) for one in listings),
        resting=tuple(
            ListingDay(one.source, one.date) for one in listings if one.quiet and not one.entries
        ),
    )


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


def candidates_of(storage: Storage, listings: Sequence[Listing]) -> list[DigestEntry]:
    """The stored papers of listings, each once, with its most votes and all who list it."""
    told = _entries(listings)
    return _candidates(told, _papers(storage, told))


# The entries of each paper, by its id, with their sources.
_Entries = Mapping[str, Sequence[tuple[str, ListingEntry]]]


def _entries(listings: Sequence[Listing], *, since: datetime | None = None) -> _Entries:
    """Those of the papers that were first listed *since* a moment, or of all."""
    entries: dict[str, list[tuple[str, ListingEntry]]] = {}
    for listing in listings:
        for entry in listing.entries:
            entries.setdefault(entry.paper_id, []).append((listing.source, entry))
    if since is None:
        return entries
    return {one: told for one, told in entries.items() if _first_seen(told) > since}


def _first_seen(entries: Sequence[tuple[str, ListingEntry]]) -> datetime:
    return min(entry.first_seen for _, entry in entries if entry.first_seen is not None)


def _papers(storage: Storage, paper_ids: Collection[str]) -> Mapping[str, Paper]:
    return {one.id: one for one in storage.papers.get_many(sorted(paper_ids))}


def _candidates(entries: _Entries, papers: Mapping[str, Paper]) -> list[DigestEntry]:
    return [
        DigestEntry(
            papers[one],
            max(entry.votes for _, entry in told),
            sources=tuple(dict.fromkeys(source for source, _ in told)),
        )
        for one, told in entries.items()
        if one in papers
    ]


def taste_in(storage: Storage, channel: str) -> Taste:
    """What the members of a channel cared for there; in a member's messages, what they saved and
    marked anywhere since they last began anew."""
    signs, is_own = _signs_in(storage, channel)
    return taste_of(signs, _papers(storage, {one.paper_id for one in signs}), is_own=is_own)


def _signs_in(storage: Storage, channel: str) -> tuple[list[Sign], bool]:
    """What taste is learned from in a channel, and whether that is one member's."""
    its = storage.subscriptions.get(channel) if is_direct(channel) else None
    if its is None or its.owner is None:
        return storage.library.signs_in(channel), False
    shown = storage.library.signs_of(its.owner, since=its.learned_since)
    return [one for one in shown if one.kind in _OF_OWN], True


def sentences_of(
    storage: Storage, papers: Sequence[Paper], language: str, *, place: str = WHOLE_TEAM
) -> Mapping[str, str]:
    """The sentence that stands under each paper's title in lists of one language, by the paper's
    id."""
    texts = _texts(storage, papers, [language], place=place)
    entries = [DigestEntry(one, one.votes, **texts[one.id]) for one in papers]
    return {one.paper.id: "".join(listed(one)[:1]) for one in entries}


def _texts(
    storage: Storage, papers: Sequence[Paper], languages: Sequence[str], *, place: str
) -> Mapping[str, Mapping[str, Any]]:
    """What is stored of each paper in these languages, by its id and the fields of an entry."""
    ids = [one.id for one in papers]
    told = storage.summaries.in_languages(ids, languages, place=place)
    first, *further = told.values()
    abstracts = _abstracts(storage, papers, languages[0], told=first)
    elsewhere = _elsewhere(storage, abstracts, told, place=place)
    return {
        one: {
            "summary": first.get(one),
            "others": tuple(those[one] for those in further if one in those),
            "abstract": abstracts[one],
            "elsewhere": elsewhere.get(one, ""),
        }
        for one in ids
    }


def _abstracts(
    storage: Storage, papers: Sequence[Paper], language: str, *, told: Mapping[str, Summary]
) -> Mapping[str, str]:
    """By the papers' ids, as they came; of those that no summary tells of in the language, in it
    where they are stored so."""
    silent = [one.id for one in papers if one.id not in told or not told[one.id].tldr]
    translated = storage.papers.translations(silent) if language != ORIGINAL_LANGUAGE else {}
    return {one.id: translated.get(one.id, {}).get(language) or one.abstract for one in papers}


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
    others = [one for one in LANGUAGES if one not in told]
    found: dict[str, str] = {}
    for summaries in storage.summaries.in_languages(ids, others, place=place).values():
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
    papers = [one.paper for one in chosen]
    ids = [one.id for one in papers]
    related = related_of(storage, ids)
    notes = storage.notes.of_papers(ids, place=wish.place)
    pictures = style_of(wish.style).pictures
    texts = _texts(storage, papers, languages or wish.languages, place=wish.place)
    return tuple(
        replace(
            one,
            related=related.get(one.paper.id, ()),
            picture=picture_of(storage, one.paper) if pictures else None,
            table=table_of(storage, one.paper, texts[one.paper.id]["summary"]) if pictures else "",
            notes=tuple(notes[one.paper.id]),
            **where,
            **texts[one.paper.id],
        )
        for one, where in _numbered(chosen)
    )


def _numbered(chosen: Sequence[DigestEntry]) -> Iterator[tuple[DigestEntry, dict[str, Any]]]:
    """Each paper with the fields that say its number, and its sources where there are several in
    all."""
    is_mixed = len({source for one in chosen for source in one.sources}) > 1
    for number, one in enumerate(chosen, start=1):
        yield one, {"number": number, "sources": one.sources if is_mixed else ()}

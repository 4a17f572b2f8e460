"""From what is stored to what a digest says."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bot.digests.choose import Candidate, Choice, Meaning, choose
from bot.digests.content import DigestContent, DigestEntry, Notice
from bot.digests.pictures import picture_of, table_of
from bot.digests.ranking import NO_TASTE, Taste, taste_of
from bot.digests.related import related_of
from bot.languages import LANGUAGES, languages_of
from storage import WHOLE_TEAM, Listing, Storage, Summary

DEFAULT_COUNT = 10


def compose_daily(
    storage: Storage,
    day: date,
    *,
    language: str,
    style: str,
    count: int = DEFAULT_COUNT,
    topics: Sequence[str] = (),
    negative_topics: Sequence[str] = (),
    exclude: Collection[str] = frozenset(),
    notices: Sequence[str] = (),
    channel: str | None = None,
    meaning: Meaning | None = None,
) -> DigestContent:
    """The digest of one day's listing as it is stored; empty when there is none.

    ``language`` is ``ko``, ``en`` or ``both``. See :func:`choose_daily` and
    :func:`compose_chosen`, which a caller uses that makes summaries in between: what is chosen
    then stays chosen, whatever the new summaries say.
    """
    choice = choose_daily(
        storage,
        day,
        language=language,
        count=count,
        topics=topics,
        negative_topics=negative_topics,
        exclude=exclude,
        channel=channel,
        meaning=meaning,
    )
    return compose_chosen(
        storage, day, choice, language=language, style=style, notices=notices, channel=channel
    )


def choose_daily(
    storage: Storage,
    day: date,
    *,
    language: str,
    count: int = DEFAULT_COUNT,
    topics: Sequence[str] = (),
    negative_topics: Sequence[str] = (),
    exclude: Collection[str] = frozenset(),
    channel: str | None = None,
    meaning: Meaning | None = None,
) -> Choice:
    """The papers of one day's listing as it is stored, in the order in which they are shown.

    ``exclude`` are papers that the channel has had. With a *channel*, what its members saved,
    opened and asked shifts the order; with *meaning*, topics are met by what papers mean as well.
    """
    listing = storage.listings.get(day)
    return choose(
        candidates_of(storage, listing),
        count=count,
        topics=topics,
        negative_topics=negative_topics,
        exclude=exclude,
        summaries=_summaries(storage, listing, languages_of(language)[0], channel or WHOLE_TEAM),
        taste=_taste(storage, channel) if channel else NO_TASTE,
        meaning=meaning,
    )


def compose_chosen(
    storage: Storage,
    day: date,
    choice: Choice,
    *,
    language: str,
    style: str,
    notices: Sequence[str] = (),
    channel: str | None = None,
) -> DigestContent:
    """What a digest says about the chosen papers of *day*. ``notices`` are what the caller knows
    (:class:`Notice`), beside what is found out here; corrections written in *channel* are shown."""
    listing = storage.listings.get(day)
    content = DigestContent(
        kind="daily",
        period=day.isoformat(),
        day=day,
        language=language,
        style=style,
        entries=entries_of(
            storage, choice.chosen, languages_of(language), place=channel or WHOLE_TEAM
        ),
        rest=tuple(one.paper for one in choice.rest),
        hidden=len(choice.hidden),
        unreadable=listing.unreadable if listing else 0,
        notices=tuple(notices),
    )
    return with_notices(content, storage)


def with_notices(content: DigestContent, storage: Storage) -> DigestContent:
    """The content with the notices that its own state calls for."""
    found = list(content.notices)
    reads = storage.listings.last_reads()
    if any(read.problem and read.source == "huggingface" for read in reads):
        found.append(Notice.SOURCE_DOWN)
    if content.from_abstract:
        found.append(Notice.FROM_ABSTRACT)
    return replace(content, notices=tuple(dict.fromkeys(found)))


def candidates_of(storage: Storage, listing: Listing | None) -> list[Candidate]:
    """The stored papers of a listing with its votes."""
    if listing is None:
        return []
    papers = {
        paper.id: paper
        for paper in storage.papers.get_many([entry.paper_id for entry in listing.entries])
    }
    return [
        Candidate(papers[entry.paper_id], entry.votes)
        for entry in listing.entries
        if entry.paper_id in papers
    ]


def _taste(storage: Storage, channel: str) -> Taste:
    signs = storage.library.signals(channel)
    papers = storage.papers.get_many(sorted(signs))
    return taste_of((paper, signs[paper.id]) for paper in papers)


def _summaries(
    storage: Storage, listing: Listing | None, language: str, place: str
) -> dict[str, Summary]:
    ids = [] if listing is None else [entry.paper_id for entry in listing.entries]
    return storage.summaries.get_many(ids, language, place=place)


def entries_of(
    storage: Storage,
    chosen: Sequence[Candidate],
    languages: Sequence[str],
    *,
    place: str = WHOLE_TEAM,
) -> tuple[DigestEntry, ...]:
    """The chosen papers numbered from 1, with what is stored of them in these *languages* and may
    be seen in *place*."""
    ids = [one.paper.id for one in chosen]
    related = related_of(storage, ids)
    by_language = [storage.summaries.get_many(ids, one, place=place) for one in languages]
    elsewhere = [
        storage.summaries.get_many(ids, one, place=place)
        for one in LANGUAGES
        if one not in languages
    ]
    return tuple(
        DigestEntry(
            number=number,
            paper=one.paper,
            votes=one.votes,
            summary=by_language[0].get(one.paper.id),
            abstract=storage.papers.abstract(one.paper.id, languages[0]) or one.paper.abstract,
            others=tuple(
                further[one.paper.id] for further in by_language[1:] if one.paper.id in further
            ),
            topics=one.topics,
            near=one.near,
            taste=one.taste,
            related=related.get(one.paper.id, ()),
            picture=picture_of(storage, one.paper),
            table=table_of(storage, one.paper, by_language[0].get(one.paper.id)),
            elsewhere=next(
                (told[one.paper.id].tldr for told in elsewhere if one.paper.id in told), ""
            ),
            notes=tuple(storage.notes.of_paper(one.paper.id, place=place)),
        )
        for number, one in enumerate(chosen, start=1)
    )

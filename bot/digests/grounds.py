"""What the parts of a summary rest on, as links to the places in the paper."""

from collections.abc import Iterable, Mapping, Sequence

from bot.digests.links import passage_url
from bot.slack.blocks.prose import labelled_link
from storage import Fulltext, Paper, Passage, Storage, Summary

# Passage numbers with the links to them.
Places = Mapping[int, str]
NOWHERE: Places = {}
_MOST = 2
_LABEL = 40


def places_of(storage: Storage, paper: Paper, summaries: Iterable[Summary]) -> Places:
    """Links to the passages that the parts of *summaries* rest on, labelled by section.

    A text that came after a summary has other passages by the same numbers: then there are none.
    """
    given = list(summaries)
    numbers = [one.passages for summary in given for one in summary.highlights]
    numbers += [one.passages for summary in given for one in summary.sections]
    wanted = {number for some in numbers for number in some}
    fulltext = storage.fulltexts.get(paper.id) if wanted else None
    if fulltext is None or any(_is_older(summary, fulltext) for summary in given):
        return NOWHERE
    passages = storage.fulltexts.passages(paper.id)
    return {
        one.ordinal: labelled_link(url, label, _LABEL)
        for one in passages
        if one.ordinal in wanted
        if (label := _label(one)) and (url := passage_url(paper, fulltext, one))
    }


def grounds(numbers: Sequence[int], places: Places) -> str:
    """The first places of a part, ready to stand behind its text; empty when there are none."""
    links = list(dict.fromkeys(places[one] for one in numbers if one in places))[:_MOST]
    return f" ({', '.join(links)})" if links else ""


def _is_older(summary: Summary, fulltext: Fulltext) -> bool:
    made, fetched = summary.made_at, fulltext.fetched_at
    return made is not None and fetched is not None and made < fetched


def _label(passage: Passage) -> str:
    section = passage.section.split(" › ")[-1].strip()
    return section or (f"p. {passage.page}" if passage.page else "")

"""Links from what a summary says to the passages of the paper that it rests on."""

from collections.abc import Iterable, Mapping, Sequence

from bot.digests.links import passage_url
from bot.slack.blocks.text import link
from storage import Fulltext, Paper, Passage, Storage, Summary

# Passage numbers with the links to them.
EvidenceLinks = Mapping[int, str]
NO_LINKS: EvidenceLinks = {}
_MOST_LINKS = 2
_LONGEST_LABEL = 40


def evidence_links_of(
    storage: Storage, paper: Paper, summaries: Iterable[Summary]
) -> EvidenceLinks:
    """Links to the passages that the parts of *summaries* rest on, labelled by section.

    There are none when the full text was fetched after a summary was made: its passages are then
    numbered differently.
    """
    given = list(summaries)
    numbers = [one.passages for summary in given for one in summary.highlights]
    numbers += [one.passages for summary in given for one in summary.sections]
    wanted = {number for some in numbers for number in some}
    fulltext = storage.fulltexts.get(paper.id) if wanted else None
    if fulltext is None or any(_is_older(summary, fulltext) for summary in given):
        return NO_LINKS
    return {
        one.ordinal: link(url, label, _LONGEST_LABEL)
        for one in storage.fulltexts.cited(paper.id, wanted)
        if (label := _label(one)) and (url := passage_url(paper, fulltext, one))
    }


def cited(numbers: Sequence[int], evidence: EvidenceLinks) -> str:
    """The first links for these passages in brackets, to stand behind a text; "" without any."""
    links = list(dict.fromkeys(evidence[one] for one in numbers if one in evidence))[:_MOST_LINKS]
    return f" ({', '.join(links)})" if links else ""


def _is_older(summary: Summary, fulltext: Fulltext) -> bool:
    made, fetched = summary.made_at, fulltext.fetched_at
    return made is not None and fetched is not None and made < fetched


def _label(passage: Passage) -> str:
    section = passage.section.split(" › ")[-1].strip()
    return section or (f"p. {passage.page}" if passage.page else "")

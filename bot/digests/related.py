"""The earlier papers that are related to a paper, and how they are shown."""

from collections.abc import Sequence
from typing import Any

from bot.digests.content import Related
from bot.digests.localisation import Localisation
from bot.digests.paper_text import linked_title
from bot.slack.blocks.text import prose
from storage import Storage


def related_of(
    storage: Storage, paper_ids: Sequence[str], *, only_strong: bool = False
) -> dict[str, tuple[Related, ...]]:
    """The stored relations of some papers, or the strong ones of them, nearest first; papers
    without any are left out."""
    relations = [
        one
        for found in storage.relations.of_papers(paper_ids).values()
        for one in found
        if one.strong or not only_strong
    ]
    others = sorted({one.other_id for one in relations})
    papers = {paper.id: paper for paper in storage.papers.get_many(others)}
    days = storage.listings.first_days(list(papers))
    related: dict[str, tuple[Related, ...]] = {}
    for one in relations:
        if one.other_id in papers:
            paper, day = papers[one.other_id], days.get(one.other_id)
            told = Related(paper, day, one.strong, one.new_words)
            related[one.paper_id] = (*related.get(one.paper_id, ()), told)
    return related


def related_line(related: Sequence[Related], l10n: Localisation) -> str:
    """One line about the nearest paper if the relation is a strong one, else ""."""
    strong = [one for one in related if one.strong]
    return l10n.text("digests-related", **_words(strong[0])) if strong else ""


def related_lines(related: Sequence[Related], l10n: Localisation) -> list[str]:
    """A headline and a line for each related paper, for a card; empty when there are none."""
    if not related:
        return []
    lines = [f"*{l10n.text('digests-related-title')}*"]
    for one in related:
        told = l10n.text("digests-related-entry", **_words(one))
        if one.new_words:
            words = prose(", ".join(one.new_words), 160)
            told = f"{told}\n     {l10n.text('digests-related-new', words=words)}"
        lines.append(f"•  {told}")
    return lines


def _words(related: Related) -> dict[str, Any]:
    day = related.day or (related.paper.published and related.paper.published.date())
    return {
        "title": linked_title(related.paper),
        "day": (lambda words: words.long_day(day)) if day else "-",
    }

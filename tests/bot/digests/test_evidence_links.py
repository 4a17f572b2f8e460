"""What a card says is linked to where it stands in the paper."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests import paper_card
from bot.digests.evidence_links import cited, evidence_links_of
from storage import Fulltext, Highlight, Passage, Storage, Summary
from tests.bot.digests.samples import HOSTILE_TITLES, NOW, entry, paper, summary
from tests.slack_limits import problems

ONE = paper(1)
PASSAGES = [
    Passage(0, "We pick a ranker.", "3 Method › 3.2 Router", anchor="S3.SS2", page=4),
    Passage(1, "It is fast.", "5 Results", anchor="S5", page=7),
    Passage(2, "It is faster.", "5 Results", anchor="S5", page=7),
    Passage(3, "It is small.", "", page=9),
]


def resting(*numbers: int) -> Summary:
    told = summary(ONE.id, "en")
    return replace(told, highlights=(Highlight("new", "A router picks.", numbers),), sections=())


def stored(storage: Storage, origin: str, passages: list[Passage], *, late: bool = False) -> None:
    storage.papers.save([ONE], now=NOW)
    fetched = NOW + timedelta(hours=1) if late else NOW - timedelta(hours=1)
    storage.fulltexts.save(Fulltext(ONE.id, 1, origin, fetched_at=fetched), passages, now=fetched)


def test_a_highlight_links_the_sections_it_rests_on(storage: Storage) -> None:
    stored(storage, "html", PASSAGES)
    told = resting(0, 1)
    card = paper_card(entry(ONE, told), "en", evidence=evidence_links_of(storage, ONE, [told]))
    assert (
        "A router picks. (<https://arxiv.org/html/2503.14001#S3.SS2|3.2 Router>, "
        "<https://arxiv.org/html/2503.14001#S5|5 Results>)"
    ) in str(card.blocks)


def test_the_pages_of_a_pdf_are_linked(storage: Storage) -> None:
    stored(storage, "pdf", PASSAGES)
    evidence = evidence_links_of(storage, ONE, [resting(1, 3)])
    assert evidence[1] == "<https://arxiv.org/pdf/2503.14001#page=7|5 Results>"
    assert evidence[3] == "<https://arxiv.org/pdf/2503.14001#page=9|p. 9>"


def test_a_section_is_linked_once_and_few_are_enough(storage: Storage) -> None:
    stored(storage, "html", PASSAGES)
    evidence = evidence_links_of(storage, ONE, [resting(0, 1, 2, 3)])
    assert cited((1, 2), evidence).count("5 Results") == 1
    assert cited((0, 1, 2, 3), evidence).count("<https") == 2
    assert cited((), evidence) == ""


def test_a_text_that_came_later_is_not_taken_for_the_evidence(storage: Storage) -> None:
    stored(storage, "html", PASSAGES, late=True)
    assert evidence_links_of(storage, ONE, [resting(0)]) == {}


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_slack_takes_a_card_with_any_section_title(storage: Storage, title: str) -> None:
    stored(storage, "html", [replace(PASSAGES[0], section=title), *PASSAGES[1:]])
    told = resting(0, 1)
    card = paper_card(entry(ONE, told), "en", evidence=evidence_links_of(storage, ONE, [told]))
    assert problems(card) == []

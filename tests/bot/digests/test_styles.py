"""What each style shows of a paper beside its words."""

from dataclasses import replace
from typing import Any

from bot.digests import render_digest
from bot.digests.pictures import Picture
from storage import Note
from tests.bot.digests.samples import NOW, content, paper, summary

THUMBNAIL = "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/1.png"
FIGURE = "https://arxiv.org/html/2503.14000v1/x1.png"
TABLE = "Table 2: Accuracy.\nModel | MATH\nSmall | 41.0\nLarge, with a very long name | 52.5"


def drawn(style: str, **given: Any) -> str:
    """All blocks of a digest with one paper of which this is *given*."""
    posted = content(1, language="en", style=style)
    entry = replace(posted.entries[0], **given)
    return str([one.blocks for one in render_digest(replace(posted, entries=(entry,)))])


def test_highlights_name_the_authors_and_show_the_thumbnail() -> None:
    shown = drawn("highlights", paper=paper(1, thumbnail_url=THUMBNAIL))
    assert "Ada One, Bo Two, Chae-won Three, Dana Four and 1 more" in shown
    assert THUMBNAIL in shown


def test_sections_make_a_bullet_of_each_point() -> None:
    shown = drawn("sections", summary=summary("2503.14001", "en", text="It is fast. It is small."))
    assert "*\\n• It is fast.\\n• It is small." in shown.replace("•  ", "• ")


def test_a_review_tags_the_organisation_and_shows_figure_and_notes() -> None:
    note = Note("2503.14001", "U1", "We should try this.", "slack", NOW)
    figure = Picture(FIGURE, is_figure=True, caption="Figure 1: The router.")
    shown = drawn("review", picture=figure, table=TABLE, notes=(note,))
    assert "`Example Lab`" in shown
    assert FIGURE in shown
    assert "Figure 1: The router." in shown
    assert "> We should try this. — <@U1>" in shown.replace("&gt;", ">")
    assert "Table 2" not in shown


def test_a_review_without_a_figure_shows_a_table_with_its_columns_aligned() -> None:
    shown = drawn("review", table=TABLE)
    assert "Table 2: Accuracy." in shown
    assert "Model                MATH" in shown


def test_a_paper_without_a_summary_is_told_by_its_contribution() -> None:
    abstract = "Large rankers are slow. However, they are needed. We propose a router."
    entry = {"summary": None, "abstract": abstract}
    assert "We propose a router." in drawn("brief", **entry)
    told = drawn("brief", **entry, elsewhere="라우터를 제안합니다.")
    assert "라우터를 제안합니다." in told


def test_a_part_that_a_member_corrected_is_credited_to_them_alone() -> None:
    corrected = replace(
        summary("2503.14001", "en", maker="member:U7"),
        made_by="gpt-5-mini",
        verified_by="gpt-5-nano",
        corrected=(("highlights.new", "U7"),),
    )
    shown = drawn("highlights", summary=corrected)
    assert shown.count("✎ <@U7>") == 1
    assert "written by gpt-5-mini" in shown
    assert "gpt-5-nano checked each sentence" in shown


def test_nothing_is_said_to_be_verified_that_was_not() -> None:
    made = summary("2503.14001", "en")
    assert "checked each sentence" not in drawn("brief", summary=made)

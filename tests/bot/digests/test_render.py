"""Every style, in every language, with any number of papers and any title, is what Slack takes."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.digests import (
    DigestEntry,
    Notice,
    UnknownStyleError,
    render_digest,
    style_names,
    styles,
)
from bot.digests.layout import empty_day
from bot.digests.paper_text import listed
from bot.digests.styles import daily_styles
from bot.digests.styles.base import highlight_lines
from bot.languages import BOTH, LANGUAGES
from bot.settings import STYLES
from bot.slack.blocks import MAX_BLOCKS
from bot.slack.blocks.ids import ActionId
from storage import ListingDay
from storage.summaries import IMPORTED
from tests.bot.digests.samples import DAY, HOSTILE_TITLES, TLDR, content, paper, summary
from tests.slack_limits import problems

WISHES = (*LANGUAGES, BOTH)
DAILY_STYLES = daily_styles()


def test_the_styles_are_found_by_their_files() -> None:
    assert set(style_names()) - set(DAILY_STYLES) == {"weekly"}


def test_each_style_that_can_show_a_day_is_offered_to_channels() -> None:
    assert STYLES == DAILY_STYLES


NEW_STYLE = """
from bot.digests.styles.base import Style, heading

STYLE = Style(name="titles", entry=lambda entry, l10n: [heading(entry, l10n)])
"""


@pytest.fixture
def new_style(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "titles.py").write_text(NEW_STYLE, encoding="utf-8")
    monkeypatch.setattr(styles, "__path__", [*styles.__path__, str(tmp_path)])
    styles.found.cache_clear()
    yield "titles"
    sys.modules.pop("bot.digests.styles.titles")
    styles.found.cache_clear()


def test_a_style_is_added_by_one_file(new_style: str) -> None:
    assert new_style in daily_styles()
    (message,) = render_digest(content(3, style=new_style))
    assert problems(message) == []
    assert "3. " in str(message.blocks)


def test_an_unknown_style_is_told_by_name() -> None:
    with pytest.raises(UnknownStyleError, match="baroque"):
        render_digest(content(1, style="baroque"))


@pytest.mark.parametrize("style", DAILY_STYLES)
@pytest.mark.parametrize("language", WISHES)
@pytest.mark.parametrize("count", [0, 1, 10, 60])
def test_slack_takes_every_digest(style: str, language: str, count: int) -> None:
    messages = render_digest(content(count, style=style, language=language))
    assert [problems(message) for message in messages] == [[]] * len(messages)


@pytest.mark.parametrize("style", DAILY_STYLES)
@pytest.mark.parametrize("language", WISHES)
@pytest.mark.parametrize("rest", [0, 60])
def test_slack_takes_hostile_titles_and_texts(style: str, language: str, rest: int) -> None:
    digest = content(
        12,
        style=style,
        language=language,
        rest=rest,
        titles=HOSTILE_TITLES,
        text="<!channel> &&& *_`~ " * 400,
    )
    messages = render_digest(digest)
    assert [problems(message) for message in messages] == [[]] * len(messages)
    assert "<!" not in str([message.blocks for message in messages])


@pytest.mark.parametrize("style", DAILY_STYLES)
def test_numbers_go_on_through_all_parts_and_texts(style: str) -> None:
    messages = render_digest(content(30, style=style, rest=30))
    told = "\n".join(message.text for message in messages)
    drawn = str([message.blocks for message in messages])
    for number in range(1, 61):
        assert f"\n{number}. Paper {number}: a title" in told
        assert f"*{number}. <https://arxiv.org/abs/{2503}.{14000 + number}|" in drawn


def test_each_paper_has_a_button_that_names_it() -> None:
    (message,) = render_digest(content(3))
    buttons = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert [one["action_id"] for one in buttons] == [ActionId.PAPER_OPEN] * 3
    assert [one["value"] for one in buttons] == ["2503.14001", "2503.14002", "2503.14003"]


def test_a_brief_entry_shows_number_link_organisation_votes_code_and_one_sentence() -> None:
    (message,) = render_digest(content(1))
    text = message.blocks[2]["text"]["text"]
    assert text.startswith("*1. <https://arxiv.org/abs/2503.14001|Paper 1: a title>*")
    assert "Example Lab · 추천 99 · <https://github.com/example/repo-1|GitHub>" in text
    assert text.endswith(TLDR["ko"])


def test_both_languages_stand_in_one_entry() -> None:
    (message,) = render_digest(content(1, language="both"))
    text = message.blocks[2]["text"]["text"]
    assert f"{TLDR['ko']}\n{TLDR['en']}" in text


def test_the_listing_date_is_said_in_headline_and_text() -> None:
    (message,) = render_digest(content(1, language="en"))
    assert "Wednesday, March 19, 2025" in message.blocks[0]["text"]["text"]
    assert message.text.startswith("Hugging Face papers · Wednesday, March 19, 2025")


@pytest.mark.parametrize(
    ("language", "sources", "title"),
    [
        ("en", ("arxiv:cs.CL",), "arXiv cs.CL papers · "),
        ("en", ("arxiv:cs.CL", "huggingface", "arxiv:cs.LG"), "arXiv and Hugging Face papers · "),
        ("ko", ("arxiv:eess.AS",), "arXiv eess.AS 논문 브리핑 · "),
        ("ko", ("huggingface", "arxiv:cs.CL"), "Hugging Face와 arXiv 논문 브리핑 · "),
    ],
)
def test_the_headline_says_whose_list_it_is(
    language: str, sources: tuple[str, ...], title: str
) -> None:
    listings = tuple(ListingDay(one, DAY) for one in sources)
    (message,) = render_digest(replace(content(1, language=language), listings=listings))
    assert message.text.startswith(title)
    (empty,) = render_digest(replace(content(0, language=language), listings=listings))
    assert empty.text.startswith(title)


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ((), "All 3 papers on the Hugging Face list for Wed, Mar 19."),
        (("arxiv:cs.CL",), "All 3 papers on the arXiv cs.CL list for Wed, Mar 19."),
        (
            ("arxiv:cs.CL", "huggingface"),
            "All 3 papers on the arXiv cs.CL and Hugging Face lists for Wed, Mar 19.",
        ),
    ],
)
def test_it_is_said_on_which_lists_the_papers_are(sources: tuple[str, ...], told: str) -> None:
    listings = tuple(ListingDay(one, DAY) for one in sources)
    (message,) = render_digest(replace(content(3, language="en"), listings=listings))
    assert told in message.text


def test_a_headline_of_a_long_query_still_has_its_day() -> None:
    listings = (ListingDay('arxiv:all:"' + "speech " * 40 + '"', DAY),)
    (message,) = render_digest(replace(content(1, language="en"), listings=listings))
    assert "March 19, 2025" in message.blocks[0]["text"]["text"]


@pytest.mark.parametrize("language", WISHES)
def test_what_one_reader_is_shown_promises_neither_a_thread_nor_an_edit(language: str) -> None:
    unready = tuple(replace(one, summary=None) for one in content(2, language=language).entries)
    notices = (Notice.SOURCE_DOWN, Notice.SUMMARIES_LATE, Notice.FROM_ABSTRACT)
    digest = replace(content(40, language=language, notices=notices), entries=unready)
    promises = ("스레드에", "이 메시지를 수정", "보내 드립니다.", "in this message's", "will be")
    week = replace(digest, kind="weekly", first_day=DAY, is_posted=False)
    for shown in (replace(digest, is_posted=False), week):
        told = "\n".join(one.text + str(one.blocks) for one in render_digest(shown))
        assert [one for one in promises if one in told] == []
    told = "\n".join(one.text for one in render_digest(digest))
    assert any(one in told for one in promises)


def test_an_empty_day_shown_to_one_reader_promises_no_post() -> None:
    assert "posted here" in empty_day(DAY, "en").text
    assert "posted here" not in empty_day(DAY, "en", is_posted=False).text


@pytest.mark.parametrize("notice", list(Notice))
@pytest.mark.parametrize("language", WISHES)
def test_every_notice_is_said_in_words(notice: Notice, language: str) -> None:
    plain = render_digest(content(1, language=language))[0]
    (told,) = render_digest(content(1, language=language, notices=(notice,)))
    assert len(told.blocks) == len(plain.blocks) + 1
    assert len(told.text) > len(plain.text) + 20


def test_papers_left_out_for_a_negative_topic_are_counted() -> None:
    (message,) = render_digest(content(1, hidden=2))
    assert "제외 주제에 해당하는 논문 2편" in message.text


def test_a_long_digest_says_that_it_goes_on_in_the_thread() -> None:
    root, *parts = render_digest(content(60))
    assert parts
    assert "나머지 논문은 이 메시지의 스레드에 있습니다" in root.text
    assert f"(2/{len(parts) + 1})" in parts[0].text
    assert all(len(message.blocks) <= MAX_BLOCKS for message in (root, *parts))


def test_ten_papers_fit_one_message_in_the_default_style() -> None:
    assert len(render_digest(content(10, rest=8, text=TLDR["ko"] * 3))) == 1


def test_the_maker_is_named_and_a_model_is_not_trusted_blindly() -> None:
    (message,) = render_digest(content(1))
    assert "gpt-5-mini가 작성한 요약이므로 틀릴 수 있습니다" in message.text


def test_a_section_of_several_lines_becomes_bullets() -> None:
    digest = content(1, style="sections", text="- First thing.\n- Second & last.")
    (message,) = render_digest(digest)
    assert "•  First thing.\n•  Second &amp; last." in str(message.blocks[-2]["text"]["text"])


def test_votes_that_nobody_gave_are_not_mentioned() -> None:
    digest = content(2)
    unknown = tuple(replace(entry, votes=0) for entry in digest.entries)
    (message,) = render_digest(replace(digest, entries=unknown))
    assert "추천" not in message.text


def test_powers_in_titles_are_raised() -> None:
    (message,) = render_digest(content(1, titles=("X^{2}-Gaussian and RL^2",)))
    assert "X²-Gaussian and RL²" in message.text


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        ("ko", "이 논문은 새 구조를 제안한다.", "새 구조를 제안한다."),
        ("ko", "본 연구에서는 새 구조를 제안한다.", "새 구조를 제안한다."),
        ("en", "This paper proposes a new design.", "Proposes a new design."),
        ("en", "In this work, we propose a new design.", "We propose a new design."),
        ("en", "This paper is about a new design.", "This paper is about a new design."),
    ],
)
def test_a_sentence_does_not_name_again_the_paper_whose_title_stands_above(
    language: str, written: str, shown: str
) -> None:
    told = summary("2503.14001", language, text=written)
    entry = DigestEntry(paper(1), 0, 1, told)
    assert listed(entry) == [shown]
    assert all(shown in line for line in highlight_lines(told))
    for one in (replace(told, corrected=(("tldr", "U1"),)), replace(told, maker=IMPORTED)):
        assert listed(replace(entry, summary=one)) == [written], "people wrote it"

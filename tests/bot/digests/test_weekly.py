"""The week: ISO weeks, trends from counts, and the weekly digest."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.digests import (
    DigestContent,
    Week,
    compose_weekly,
    render_digest,
    weekly_languages,
)
from bot.digests.styles.base import without_repeats
from bot.digests.trend_topics import TOPICS
from bot.digests.trends import Trend, find_trends
from bot.digests.weekly import lacking
from bot.digests.wish import WEEKLY, Wish
from bot.errors import InputError
from bot.languages import BOTH, LANGUAGES, catalog
from storage import Highlight, ListingDay, ListingEntry, Paper, Storage, open_storage
from tests.bot.digests.samples import HOSTILE_TITLES, NOW, content, paper, summary
from tests.shared_data import shared_data
from tests.slack_limits import problems

TODAY = date(2025, 3, 26)
W12 = Week(2025, 12)
NINE = tuple(W12.before(back) for back in range(8, -1, -1))
HF = "huggingface"


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = open_storage(tmp_path / "paperboy.db")
    yield storage
    storage.close()


@pytest.mark.parametrize(
    "text", ["2025-W12", "2025w12", " 2025-12 ", "W12", "12", "12주", "2025년 12주차", "2025-03-23"]
)
def test_a_week_can_be_written_in_many_ways(text: str) -> None:
    assert Week.parse(text, today=TODAY) == W12


def test_a_week_knows_its_days_and_the_weeks_before_it() -> None:
    assert (W12.first, W12.last) == (date(2025, 3, 17), date(2025, 3, 23))
    assert str(Week(2025, 1).before(1)) == "2024-W52"
    assert str(Week.of(date(2024, 12, 30))) == "2025-W01"


@pytest.mark.parametrize("text", ["", "soon", "2025-W54", "2025-W00", "W12-2025", "2025-02-30"])
def test_what_is_no_week_is_told_so(text: str) -> None:
    with pytest.raises(InputError) as caught:
        Week.parse(text, today=TODAY)
    assert caught.value.message_id == "digests-unknown-week"
    assert catalog("ko").text(caught.value.message_id, **caught.value.arguments)


def test_a_week_to_come_is_told_so() -> None:
    with pytest.raises(InputError) as caught:
        Week.parse("2025-W14", today=TODAY)
    assert caught.value.message_id == "digests-future-week"


def _week(topic: int, other: int, *, start: int, words: str = "speech") -> list[Paper]:
    papers = [
        paper(start + number, title=f"A {words} study {number}", keywords=())
        for number in range(topic)
    ]
    return papers + [
        paper(start + topic + number, title=f"Something else {number}", keywords=())
        for number in range(other)
    ]


def test_a_topic_that_rises_is_a_trend_with_its_counts_and_papers() -> None:
    weeks = [_week(1, 19, start=100 * back) for back in range(1, 9)]
    (trend,) = find_trends([*weeks, _week(8, 12, start=0)])
    assert trend.topic == "speech"
    assert trend.counts == (1,) * 8 + (8,)
    assert trend.totals == (20,) * 9
    assert [one.title for one in trend.papers[:2]] == ["A speech study 0", "A speech study 1"]
    assert (trend.share, trend.earlier_share) == (0.4, 0.05)


def test_a_topic_that_is_always_there_is_no_trend() -> None:
    weeks = [_week(8, 12, start=100 * back) for back in range(8, -1, -1)]
    assert find_trends(weeks) == ()


def test_a_topic_mentioned_once_in_an_abstract_does_not_count() -> None:
    now = [paper(n, title="Study", abstract="We mention speech.", keywords=()) for n in range(8)]
    assert find_trends([[], now]) == ()


def test_two_trends_never_share_most_of_their_papers() -> None:
    now = _week(8, 12, start=0, words="text to speech music generation voice robot")
    topics = {one.topic for one in find_trends([_week(0, 20, start=100), now])}
    assert len(topics) == 1


def test_keywords_of_the_source_can_be_trends_too() -> None:
    now = [
        paper(n, title=f"Kolmogorov networks {n}", keywords=("Kolmogorov networks",))
        for n in range(6)
    ]
    (trend,) = find_trends([_week(0, 50, start=100), [*now, *_week(0, 14, start=50)]])
    assert (trend.topic, trend.is_keyword) == ("kolmogorov network", True)


def test_weeks_without_papers_are_no_error() -> None:
    assert find_trends([[]] * 9) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_a_name_that_fits_the_chart(language: str) -> None:
    names = [catalog(language).text(f"digests-topic-{topic}") for topic in TOPICS]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 20 for name in names)


def _trends(title: str = "A title") -> tuple[Trend, ...]:
    behind = tuple(paper(n, title=title) for n in range(1, 5))
    return tuple(
        Trend(topic, False, (0, 2, 1, 3, 2, 1, 0, 2, 9), (40,) * 9, behind)
        for topic in ("speech", "code", "multimodal")
    )


@pytest.mark.parametrize("language", [*LANGUAGES, BOTH])
@pytest.mark.parametrize("count", [1, 10, 60])
def test_slack_takes_every_weekly_digest(language: str, count: int) -> None:
    for titles, text in (((), None), (HOSTILE_TITLES, "<!here> & more " * 300)):
        digest = content(
            count,
            language=language,
            style="weekly",
            titles=titles,
            text=text,
            kind="weekly",
            trends=_trends(HOSTILE_TITLES[count % 12]),
            weeks=NINE,
            listed=136,
        )
        messages = render_digest(digest)
        assert [problems(message) for message in messages] == [[]] * len(messages)
        kinds = {block["type"] for message in messages for block in message.blocks}
        assert "data_visualization" in kinds


def test_the_chart_says_what_the_sentences_say() -> None:
    digest = content(1, style="weekly", kind="weekly", trends=_trends(), weeks=NINE, listed=40)
    root = render_digest(digest)[0]
    (chart,) = [block for block in root.blocks if block["type"] == "data_visualization"]
    speech = chart["chart"]["series"][0]
    assert speech["name"] == "음성"
    assert speech["data"][-1] == {"label": "W12", "value": 22.5}
    assert chart["chart"]["axis_config"]["categories"] == [f"W{n:02d}" for n in range(4, 13)]
    assert "논문 40편 중 9편(22%)으로, 비교한 8주 평균 3%보다 늘었습니다." in root.text


def test_a_weekly_digest_shows_the_other_language_too() -> None:
    assert weekly_languages("ko") == ("ko", "en")
    assert weekly_languages("en") == ("en", "ko")
    assert weekly_languages("both") == ("ko", "en")


def test_a_paper_listed_twice_in_a_week_is_shown_once_with_its_highest_votes(
    storage: Storage,
) -> None:
    storage.papers.save([paper(1), paper(2)], now=NOW)
    for day, votes in ((date(2025, 3, 18), 5), (date(2025, 3, 19), 9)):
        entries = [ListingEntry("2503.14001", 1, votes), ListingEntry("2503.14002", 2, 7)]
        storage.listings.save("huggingface", day, entries, settled=True, now=NOW)
    digest = compose_weekly(storage, W12, Wish("ko", WEEKLY))
    assert [(one.paper.id, one.votes) for one in digest.entries] == [
        ("2503.14001", 9),
        ("2503.14002", 7),
    ]
    assert (digest.period, digest.day, digest.listed) == ("2025-W12", date(2025, 3, 23), 2)


def test_the_teams_own_signals_count_like_votes(storage: Storage) -> None:
    storage.papers.save([paper(1), paper(2)], now=NOW)
    entries = [ListingEntry("2503.14001", 1, 9), ListingEntry("2503.14002", 2, 7)]
    storage.listings.save("huggingface", date(2025, 3, 18), entries, settled=True, now=NOW)
    for user in ("U1", "U2"):
        storage.library.signal("C1", user=user, paper_id="2503.14002", kind="saved", now=NOW)
    digest = compose_weekly(storage, W12, Wish("ko", WEEKLY, channel="C1"))
    assert digest.entries[0].paper.id == "2503.14002"


def test_introductions_stand_in_both_languages(storage: Storage) -> None:
    storage.papers.save([paper(1)], now=NOW)
    storage.listings.save(
        "huggingface", date(2025, 3, 18), [ListingEntry("2503.14001", 1, 9)], settled=True, now=NOW
    )
    for language in LANGUAGES:
        storage.summaries.save(summary("2503.14001", language), now=NOW)
    digest = compose_weekly(storage, W12, Wish("en", WEEKLY))
    assert [one.language for one in digest.entries[0].summaries] == ["en", "ko"]


def test_sentences_that_are_the_same_in_both_languages_stand_once(storage: Storage) -> None:
    storage.papers.save([paper(1)], now=NOW)
    storage.listings.save(
        "huggingface", date(2025, 3, 18), [ListingEntry("2503.14001", 1, 9)], settled=True, now=NOW
    )
    chosen = ("It halves what decoding costs.", "It is tried on four models.")
    for language in LANGUAGES:
        highlights = (Highlight("new", chosen[1]),)
        made = replace(summary("2503.14001", language), tldr=chosen[0], highlights=highlights)
        storage.summaries.save(made, now=NOW)
    shown = json.dumps([one.blocks for one in render_digest(_both(storage))])
    assert [shown.count(one) for one in chosen] == [1, 1]


def test_a_highlight_does_not_repeat_the_sentence_that_was_cut_off_above_it() -> None:
    long = "It reads a page in one go and keeps what it has seen of it for the next one."
    cut = replace(
        summary("2503.14001", "en"),
        tldr=f"{long[:40]}…",
        highlights=(Highlight("new", f"{long} It is tried on four models."),),
    )
    (left,) = without_repeats(cut).highlights
    assert left.text == "It is tried on four models."


def test_a_week_without_papers_is_told(storage: Storage) -> None:
    digest = compose_weekly(storage, W12, Wish("ko", WEEKLY))
    (message,) = render_digest(digest)
    assert message.text == "2025년 3월 17일~23일 목록에는 논문이 없습니다."
    assert problems(message) == []


def test_the_real_week_12_of_2025(storage: Storage) -> None:
    folder = shared_data("hf_daily/next_day")
    first = W12.before(8).first
    for offset in range(63):
        _store(storage, folder, first + timedelta(days=offset))
    digest = compose_weekly(storage, W12, Wish("ko", WEEKLY))
    assert (digest.listed, len(digest.weeks), digest.unread) == (136, 9, ())
    assert [one.votes for one in digest.entries] == sorted(
        (one.votes for one in digest.entries), reverse=True
    )
    assert [one.topic for one in digest.trends] == [
        "multimodal",
        "image-editing",
        "video-understanding",
    ]
    assert digest.trends[0].counts[-1] == 27
    for one in (digest, compose_weekly(storage, W12, Wish("both", WEEKLY))):
        messages = render_digest(one)
        assert [problems(message) for message in messages] == [[]] * len(messages)


def _both(storage: Storage) -> DigestContent:
    return compose_weekly(storage, W12, Wish("both", WEEKLY))


def _read(storage: Storage, day: date, *papers: Paper, source: str = HF) -> None:
    storage.papers.save(papers, now=NOW)
    entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, start=1)]
    storage.listings.save(source, day, entries, settled=True, now=NOW)


def _read_week(storage: Storage, week: Week, papers: Sequence[Paper]) -> None:
    for weekday in range(5):
        _read(storage, week.first + timedelta(days=weekday), *papers[weekday::5])


def test_a_week_of_which_a_day_was_never_read_is_not_compared_with(storage: Storage) -> None:
    """Its papers are not known to be all, and a week that was never read had not none."""
    _read_week(storage, W12, _week(8, 12, start=0))
    _read_week(storage, W12.before(3), _week(2, 18, start=100))
    _read(storage, W12.before(1).first, *_week(0, 5, start=200))
    digest = compose_weekly(storage, W12, Wish("en", WEEKLY, sources=(HF,)))
    assert digest.weeks == (W12.before(3), W12)
    assert (digest.trends[0].topic, digest.trends[0].counts) == ("speech", (2, 8))
    root = render_digest(digest)[0].text
    assert "Compared with one of the previous 8 weeks, the only one with complete lists." in root
    assert "8 of 20 papers (40%), up from 10% in the earlier week." in root


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_week_is_counted_and_compared_with_nothing(
    storage: Storage, language: str
) -> None:
    _read_week(storage, W12, _week(8, 12, start=0))
    digest = compose_weekly(storage, W12, Wish(language, WEEKLY, sources=(HF,)))
    shown = "\n".join(one.text for one in render_digest(digest))
    words = catalog(language)
    assert words.text("digests-weeks-compared", weeks=0) in shown
    assert words.text("digests-trend-alone", count=8, total=20, share=40) in shown
    assert " 0%" not in shown
    assert "data_visualization" not in json.dumps(render_digest(digest)[0].blocks)


def test_a_day_that_was_never_read_is_told_and_a_weekend_is_not_missing(storage: Storage) -> None:
    for weekday in (0, 1, 2, 4):
        _read(storage, W12.first + timedelta(days=weekday), paper(weekday + 1))
    thursday = W12.first + timedelta(days=3)
    assert lacking(storage, W12, [HF]) == [ListingDay(HF, thursday)]
    digest = compose_weekly(storage, W12, Wish("en", WEEKLY, sources=(HF,)))
    assert (
        "One list of the week has not been fetched (Hugging Face" in render_digest(digest)[0].text
    )


def test_days_to_come_are_not_missing(storage: Storage) -> None:
    wednesday = datetime(2025, 3, 19, 12, tzinfo=UTC)
    days = {one.date for one in lacking(storage, W12, [HF], now=wednesday)}
    assert days == {date(2025, 3, 17), date(2025, 3, 18), date(2025, 3, 19)}


def test_a_week_has_the_papers_of_its_channels_sources_and_topics(storage: Storage) -> None:
    day = date(2025, 3, 18)
    liked, wanted, unwanted = (
        replace(paper(1, title="Something liked", keywords=()), votes=90),
        replace(paper(2, title="A study of speech", keywords=()), votes=3),
        replace(paper(3, title="A robot", keywords=()), votes=50),
    )
    _read(storage, day, liked, wanted, unwanted)
    _read(storage, day, paper(4, title="Elsewhere"), source="arxiv:cs.RO")
    wish = Wish("en", WEEKLY, 10, (HF,), ("speech",), ("robot",), "C1")
    digest = compose_weekly(storage, W12, wish)
    assert [one.paper.id for one in digest.entries] == [wanted.id, liked.id]
    assert (digest.listed, digest.hidden) == (2, 1)
    root = render_digest(digest)[0].text
    assert "Ranked mainly by your topics, then by votes." in root


def test_a_week_is_one_message_with_its_highlights_in_the_thread(storage: Storage) -> None:
    _read(storage, date(2025, 3, 18), *(paper(number) for number in range(1, 11)))
    for number in range(1, 11):
        made = summary(f"2503.{14000 + number}", "en")
        storage.summaries.save(replace(made, introduction=("For newcomers.",)), now=NOW)
    root, *thread = render_digest(compose_weekly(storage, W12, Wish("en", WEEKLY)))
    bullet = "A word on what is new."
    assert len(thread) == 1
    assert bullet not in json.dumps(root.blocks)
    assert bullet in json.dumps(thread[0].blocks)
    assert bullet in thread[0].text, "a terminal shows texts alone"
    assert "For newcomers." not in json.dumps(thread[0].blocks)


def _store(storage: Storage, folder: Path, day: date) -> None:
    path = folder / f"{day}.json"
    if not path.exists():
        return
    raw = [entry["paper"] for entry in json.loads(path.read_text(encoding="utf-8"))]
    papers = [
        Paper(
            id=one["id"],
            title=" ".join(one["title"].split()),
            abstract=one["summary"],
            votes=one["upvotes"],
            keywords=tuple(one.get("ai_keywords", ())),
        )
        for one in raw
    ]
    now = datetime(2025, 4, 1, tzinfo=UTC)
    storage.papers.save(papers, now=now)
    entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, start=1)]
    storage.listings.save("huggingface", day, entries, settled=True, now=now)

"""The order of a day's papers for one channel, and why."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from bot.digests import compose_daily, render_digest
from bot.digests.choose import choose
from bot.digests.content import DigestEntry
from bot.digests.ranking import NO_TASTE, score, taste_of
from bot.digests.topics import matching
from bot.digests.wish import Wish
from bot.languages import BOTH, LANGUAGES
from storage import ListingEntry, Sign, Storage, open_storage
from tests.bot.digests.samples import DAY, NOW, paper
from tests.slack_limits import problems

ROBOT = paper(1, title="A robot that cooks", abstract="", votes=3)
SPEECH = paper(2, title="Speech for all", abstract="", votes=5)
PLAIN = paper(3, title="Something else", abstract="", votes=90)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = open_storage(tmp_path / "paperboy.db")
    yield storage
    storage.close()


def _signs(counts: dict[str, dict[str, int]]) -> list[Sign]:
    """So many members gave each kind of sign."""
    return [
        Sign(f"U{number}", paper_id, kind)
        for paper_id, kinds in counts.items()
        for kind, many in kinds.items()
        for number in range(many)
    ]


def _order(
    *, topics: tuple[str, ...] = (), signs: dict[str, dict[str, int]] | None = None
) -> list[str]:
    papers = {one.id: one for one in (ROBOT, SPEECH, PLAIN)}
    taste = taste_of(_signs(signs or {}), papers)
    candidates = [DigestEntry(one, one.votes) for one in papers.values()]
    choice = choose(candidates, count=3, topics=topics, taste=taste)
    return [one.paper.title.split()[1] for one in choice.chosen]


def test_votes_alone_decide_where_nothing_else_is_known() -> None:
    assert _order() == ["else", "for", "robot"]


def test_a_wanted_topic_outweighs_any_number_of_votes() -> None:
    assert _order(topics=("robot",)) == ["robot", "else", "for"]
    most = score(PLAIN, votes=10_000, most_votes=10_000, topics=0, taste=NO_TASTE)
    assert score(ROBOT, votes=0, most_votes=10_000, topics=1, taste=NO_TASTE) > most


def test_more_topics_count_more_but_little() -> None:
    one, two = (
        score(ROBOT, votes=3, most_votes=9, topics=count, taste=NO_TASTE) for count in (1, 2)
    )
    assert 0 < two - one < 0.2


def test_what_the_channel_cared_for_moves_papers_up_among_their_equals() -> None:
    assert _order(signs={ROBOT.id: {"saved": 2, "asked": 1}}) == ["else", "robot", "for"]


def test_what_the_channel_did_not_want_moves_down() -> None:
    assert _order(signs={SPEECH.id: {"unwanted": 2}}) == ["else", "robot", "for"]


def test_one_click_shifts_less_than_many() -> None:
    once = taste_of(_signs({ROBOT.id: {"opened": 1}}), {ROBOT.id: ROBOT})
    often = taste_of(_signs({ROBOT.id: {"opened": 30}}), {ROBOT.id: ROBOT})
    assert 0 < once.of(ROBOT) < often.of(ROBOT) < 1
    assert often.of(PLAIN) == 0


ROBOTS = {one.id: one for one in (paper(10 + n, title="A robot", abstract="") for n in range(3))}


@pytest.mark.parametrize(
    ("papers", "members", "is_own", "told"),
    [
        (3, 2, False, "robotics"),
        (3, 1, False, None),
        (1, 5, False, None),
        (3, 1, True, "robotics"),
        (1, 1, True, None),
    ],
)
def test_a_small_signal_never_labels_a_whole_channel(
    papers: int, members: int, is_own: bool, told: str | None
) -> None:
    """A topic is told as a reason when three papers of two members speak for it, or three of
    the one whose digest it is."""
    signs = [
        Sign(f"U{member}", one, "saved")
        for one in list(ROBOTS)[:papers]
        for member in range(members)
    ]
    taste = taste_of(signs, ROBOTS, is_own=is_own)
    assert taste.notable(ROBOT) == told
    assert taste.of(ROBOT) > 0


def test_a_day_without_votes_is_ordered_all_the_same() -> None:
    assert score(ROBOT, votes=0, most_votes=0, topics=0, taste=NO_TASTE) == 0


@pytest.mark.parametrize("language", [*LANGUAGES, BOTH])
def test_the_digest_says_why_the_channel_gets_a_paper(storage: Storage, language: str) -> None:
    papers = [ROBOT, SPEECH, PLAIN]
    storage.papers.save([*papers, *ROBOTS.values()], now=NOW)
    entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, start=1)]
    storage.listings.save("huggingface", DAY, entries, settled=True, now=NOW)
    for user in ("U1", "U2", "U3"):
        for one in ROBOTS:
            storage.library.signal("C1", user=user, paper_id=one, kind="asked", now=NOW)
    content = compose_daily(storage, DAY, Wish(language, "brief", channel="C1"))
    assert [one.taste for one in content.entries] == ["robotics", None, None]
    (message,) = render_digest(content)
    assert problems(message) == []
    told = {
        "ko": "이 채널에서 관심을 보인 주제: 로봇",
        "en": "A topic this channel has shown interest in: Robotics",
        "both": "이 채널에서 관심을 보인 주제: 로봇 / "
        "A topic this channel has shown interest in: Robotics",
    }
    assert told[language] in str(message.blocks)
    elsewhere = compose_daily(storage, DAY, Wish(language, "brief", channel="C2"))
    assert not any(one.taste for one in elsewhere.entries)


def test_a_known_term_meets_papers_in_the_other_language() -> None:
    one = paper(1, title="Reinforcement learning at scale", abstract="", keywords=())
    assert matching(["강화학습", "강화 학습"], one) == ["강화학습", "강화 학습"]
    assert matching(["양자화"], one) == []


class Meaning:
    """Knows that a robot is what a Korean word for cooking machines means."""

    def near(self, topic: str, paper_ids: Sequence[str]) -> dict[str, tuple[float, bool]]:
        return {ROBOT.id: (0.3, True)} if topic == "조리 기계" and ROBOT.id in paper_ids else {}

    def likeness(
        self, cared_for: Mapping[str, float], paper_ids: Sequence[str]
    ) -> dict[str, tuple[float, str | None]]:
        return {}


def test_a_topic_finds_papers_by_meaning_after_those_by_words(storage: Storage) -> None:
    storage.papers.save([ROBOT, SPEECH, PLAIN], now=NOW)
    entries = [ListingEntry(one.id, 1, one.votes) for one in (ROBOT, SPEECH, PLAIN)]
    storage.listings.save("huggingface", DAY, entries, settled=True, now=NOW)
    content = compose_daily(
        storage, DAY, Wish("ko", "brief", topics=("조리 기계", "speech")), meaning=Meaning()
    )
    told = [(one.paper.id, one.topics, one.near) for one in content.entries]
    assert told[0] == (SPEECH.id, ("speech",), ())
    assert sorted(told[1:]) == [(ROBOT.id, (), ("조리 기계",)), (PLAIN.id, (), ())]
    (message,) = render_digest(content)
    assert "관심 주제와 의미가 가까운 논문: 조리 기계" in str(message.blocks)


def test_meaning_never_hides_a_paper() -> None:
    candidates = [DigestEntry(ROBOT, 3)]
    choice = choose(candidates, count=3, negative_topics=["조리 기계"], meaning=Meaning())
    assert choice.hidden == ()


@pytest.mark.parametrize(
    ("topic", "title", "met"),
    [
        ("비디오 생성", "Long video generation with diffusion", True),
        ("비디오 생성", "Generation of long videos", True),
        ("비디오 생성", "Image generation with diffusion", False),
        ("비디오 생성", "Video retrieval", False),
        ("video generation", "Long video generation", True),
        ("video generation", "Generation of captions for video", False),
        ("강화 학습", "Reinforcement learning at scale", True),
        ("cs.CL", "Whatever", True),
        ("cs.CV", "Whatever", False),
        ("Ada One", "Whatever", True),
        ("Example Lab", "Whatever", True),
    ],
)
def test_a_topic_of_several_words_needs_all_of_them(topic: str, title: str, met: bool) -> None:
    one = paper(1, title=title, abstract="", categories=("cs.CL",))
    assert bool(matching([topic], one)) is met

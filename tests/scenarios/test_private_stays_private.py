"""What is written in a private channel or a direct message is shown there only.

Every way by which a note or a correction is shown stands in ``WAYS``: each is asked from where
the words were written, where they must be seen, and from everywhere else, where they must not.
"""

from collections.abc import Callable, Iterator

import pytest

from bot.answers import Answers, Ask
from bot.archive.exporter import Exporter
from bot.digests import compose_daily, compose_weekly
from bot.digests.weeks import Week
from bot.digests.wish import WEEKLY, Wish
from bot.search import SearchIndex
from bot.slack.visibility import seen_from
from bot.workspace import Workspace
from bot.workspace.seed import ALICE, DAILY, MINJI, PRIVATE
from storage import open_storage
from tests.scenarios.conftest import DAPO, DAY, Story

# What is asked for, and what must not be seen: an answer may repeat the question.
ASKED, SECRET = "apricot", "kumquat"
NOTE = f"The {ASKED} plan uses {SECRET} sampling."
CORRECTION = f"The {ASKED} trick is {SECRET} sampling."
MESSAGES = {MINJI.id: "D0MINJI001", ALICE.id: "D0ALICE001"}
LEADS, PUBLIC = PRIVATE.id, DAILY.id

Way = Callable[[Story, str, str], str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Minji has written a note and a correction in the private channel, for all ways to look at."""
    storage = open_storage(tmp_path_factory.mktemp("private") / "paperboy.db")
    with Workspace(mode="http") as workspace:
        story = Story(storage, workspace, "http")
        write_note(story, LEADS)
        write_correction(story, LEADS)
        yield story
        story.stop()
    storage.close()


def write_note(story: Story, channel: str) -> None:
    said = story.slack.say(MINJI.id, channel, f"https://arxiv.org/abs/{DAPO.id}")
    story.slack.message_shortcut(MINJI.id, said, "add_to_notes")
    view = story.slack.wait_for_view(MINJI.id, callback_id="note")
    story.slack.submit(MINJI.id, view, {"note_text": NOTE})
    place = seen_from(channel, MINJI.id)
    story.slack.wait_for(lambda: bool(story.storage.notes.of_paper(DAPO.id, place=place)))


def write_correction(story: Story, channel: str) -> None:
    story.slack.slash(MINJI.id, channel, "/papers", f"show {DAPO.id}")
    card = story.slack.wait_for_ephemeral(MINJI.id, channel, contains=DAPO.title)
    value = f'{{"do":"correct","paper":"{DAPO.id}"}}'
    story.slack.click(MINJI.id, card, "paper_menu", selected=value)
    view = story.slack.wait_for_view(MINJI.id, callback_id="correction")
    story.slack.submit(MINJI.id, view, {"correction_text": CORRECTION})
    place, summaries = seen_from(channel, MINJI.id), story.storage.summaries
    story.slack.wait_for(lambda: summaries.get(DAPO.id, "ko", place=place) is not None)


def command(text: str) -> Way:
    def way(story: Story, channel: str, user: str) -> str:
        before = len(story.slack.ephemerals(user, channel))
        story.slack.slash(user, channel, "/papers", text)
        story.slack.wait_for(lambda: len(story.slack.ephemerals(user, channel)) > before)
        return str(story.slack.ephemerals(user, channel)[before:])

    return way


def answers_of(story: Story) -> Answers:
    return Answers(story.storage, SearchIndex(story.storage, None), None)


def answer(story: Story, channel: str, user: str) -> str:
    place = seen_from(channel, user)
    ask = Ask(f"What does the {ASKED} plan use?", (DAPO.id,), "ko", place=place)
    return str(answers_of(story).answer(ask))


def archive_answer(story: Story, channel: str, user: str) -> str:
    place = seen_from(channel, user)
    return str(answers_of(story).ask_archive(f"What does the {ASKED} plan use?", "ko", place=place))


def digest(story: Story, channel: str, _user: str) -> str:
    content = compose_daily(
        story.storage, DAY, Wish("ko", "sections", channel=seen_from(channel, _user))
    )
    return str(content)


def home(story: Story, _channel: str, user: str) -> str:
    return str(story.actions.home.view(user, "ko"))


def home_search(story: Story, _channel: str, user: str) -> str:
    return str(story.actions.search.find(ASKED, "ko", place=user))


def weekly(story: Story, _channel: str, _user: str) -> str:
    return str(compose_weekly(story.storage, Week.of(DAY), Wish("ko", WEEKLY)))


def export(story: Story, _channel: str, _user: str) -> str:
    exporter = Exporter(story.storage)
    return str(exporter.written(exporter.composed("review", day=DAY, language="ko")))


def morning_file(story: Story, channel: str, _user: str) -> str:
    content = compose_daily(story.storage, DAY, Wish("ko", "review", channel=channel))
    return str(Exporter(story.storage).written(content))


def words_of_the_shared_index(story: Story, _channel: str, _user: str) -> str:
    story.index.index([DAPO.id])
    return str(story.storage.words.words_like(SECRET[:4], limit=9))


def another_channels_card(story: Story, _channel: str, user: str) -> str:
    opened = story.actions.threads.open(PUBLIC, DAPO.id, user=user)
    return str(story.slack.wait_for_message(opened.channel, contains=DAPO.title))


# Ways that show it in its place.
WAYS: dict[str, Way] = {
    "notes": command(f"notes {DAPO.id}"),
    "search": command(f"search {ASKED}"),
    "card": command(f"show {DAPO.id}"),
    "answer": answer,
    "answer from the archive": archive_answer,
    "digest": digest,
}
# Ways that lead out of every private place: they never show it.
WAYS_OUT: dict[str, Way] = {
    "today's list": command("today"),
    "week": command("week"),
    "home": home,
    "home search": home_search,
    "weekly digest": weekly,
    "export": export,
    "morning's file": morning_file,
    "shared index": words_of_the_shared_index,
    "card in another channel": another_channels_card,
}
ELSEWHERE = [(PUBLIC, MINJI.id), (PUBLIC, ALICE.id), (MESSAGES[MINJI.id], MINJI.id)]


@pytest.mark.parametrize("name", WAYS)
def test_it_is_shown_in_its_place(told: Story, name: str) -> None:
    assert SECRET in WAYS[name](told, LEADS, MINJI.id)


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize(("channel", "user"), ELSEWHERE)
def test_it_is_not_shown_elsewhere(told: Story, name: str, channel: str, user: str) -> None:
    assert SECRET not in WAYS[name](told, channel, user)


@pytest.mark.parametrize("name", WAYS_OUT)
def test_it_leaves_by_no_way(told: Story, name: str) -> None:
    way = WAYS_OUT[name]
    for channel, user in ((PUBLIC, MINJI.id), (PUBLIC, ALICE.id)):
        assert SECRET not in way(told, channel, user)
    if name in ("morning's file", "home", "home search"):
        assert SECRET not in way(told, LEADS, ALICE.id)


def test_a_note_in_a_direct_message_is_its_writers_alone(story: Story) -> None:
    write_note(story, MESSAGES[MINJI.id])
    notes = command(f"notes {DAPO.id}")
    assert SECRET in notes(story, MESSAGES[MINJI.id], MINJI.id)
    assert SECRET not in notes(story, MESSAGES[ALICE.id], ALICE.id)
    assert SECRET not in notes(story, PUBLIC, MINJI.id)
    assert SECRET in home_search(story, "", MINJI.id)
    assert SECRET not in home_search(story, "", ALICE.id)


def test_a_note_in_a_public_channel_is_the_whole_teams(story: Story) -> None:
    write_note(story, PUBLIC)
    assert SECRET in command(f"notes {DAPO.id}")(story, PUBLIC, ALICE.id)


def test_a_channel_that_cannot_be_asked_about_is_taken_for_private(story: Story) -> None:
    story.slack.fail("conversations.info", "internal_error", times=9)
    write_note(story, PUBLIC)
    assert story.storage.notes.of_paper(DAPO.id) == []


def test_a_question_carries_the_place_in_which_it_was_asked(story: Story) -> None:
    thread = story.paper_thread()
    story.say(MINJI.id, "한계가 뭐야?", thread)
    story.slack.wait_for(lambda: bool(story.answers.asked))
    assert story.answers.asked[0].place == PUBLIC

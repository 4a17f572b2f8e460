"""Saved lists for reference managers, in Slack and on the command line."""

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.actions.citation_lists import MOST_PAGES
from bot.actions.citations import LISTS
from bot.cli import run_command_line
from bot.errors import InputError
from storage import Paper, open_storage
from tests.bot.actions.conftest import PAPERS, Room
from tests.slack_limits import problems

NOW = datetime(2025, 3, 20, tzinfo=UTC)
LONG = "An Account of Everything That Was Ever Said on Number "


def test_markdown_names_links_and_escapes() -> None:
    papers = [
        Paper("2503.00001", "Kites *Fly*", authors=("A", "B", "C", "D"), published=NOW),
        Paper("title:unknown", "No Link"),
    ]
    first, second = LISTS["markdown"](papers).splitlines()
    assert first == (r"- [Kites \*Fly\*](https://arxiv.org/abs/2503.00001) – A, B, C et al., 2025")
    assert second == "- No Link"


def test_the_command_prints_a_members_list_or_everybodys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lists.db"
    storage = open_storage(file)
    storage.papers.save(PAPERS, now=NOW)
    storage.library.save("U1", PAPERS[0].id, now=NOW)
    storage.library.save("U2", PAPERS[1].id, now=NOW)
    storage.close()

    def printed(*options: str) -> str:
        environment = {"PAPERBOY_DATABASE": str(file), "PAPERBOY_LOG_LEVEL": "error"}
        assert run_command_line(["saved", *options], environment) == 0
        return capsys.readouterr().out

    assert printed().count("@misc{") == 2
    assert printed("--member", "U1").count("@misc{") == 1
    assert [one["type"] for one in json.loads(printed("--format", "csl"))] == ["article"] * 2
    assert printed("--member", "U3") == ""


def save(room: Room, papers: Sequence[Paper]) -> None:
    room.storage.papers.save(papers, now=NOW)
    for paper in papers:
        room.storage.library.save("U1", paper.id, now=NOW)


def many(count: int) -> list[Paper]:
    return [Paper(f"2503.2{n:04}", LONG + str(n), authors=("Ada One",)) for n in range(count)]


def copied(blocks: Iterable[Mapping[str, Any]]) -> str:
    """What a reader copies out of the code blocks."""
    texts = [str(block["text"]["text"]) for block in blocks]
    assert all(text.startswith("```\n") and text.endswith("\n```") for text in texts)
    return html.unescape("\n".join(text[4:-4] for text in texts))


def test_one_paper_with_many_authors_arrives_whole(room: Room) -> None:
    names = tuple(f"Given{n} Family{n}" for n in range(35))
    paper = Paper("2503.14476", "DAPO <&> `it`", abstract="We show `a` & <b>. " * 75, authors=names)
    save(room, [paper])
    (message,) = room.actions.saved.export("U1", "csl", "en")
    assert problems(message) == []
    (item,) = json.loads(copied(message.blocks))
    assert len(item["author"]) == 35
    assert item["abstract"] == " ".join(paper.abstract.split())
    assert item["title"] == "DAPO <&> `it`"


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_too_long_for_a_message_comes_as_a_file(room: Room, kind: str) -> None:
    save(room, many(200))
    (told,) = room.actions.saved.export("U1", kind, "en")
    ((channel, name, content),) = room.slack.uploads
    assert channel == "DU1"
    assert name in told.text
    stored = [paper for _, paper in room.actions.saved.entries("U1")]
    assert content.decode() == LISTS[kind](stored)


@pytest.mark.parametrize("error", ["missing_scope", "outcome_unknown"])
def test_where_slack_takes_no_file_the_list_comes_in_pages(room: Room, error: str) -> None:
    save(room, many(100))
    room.slack.upload_errors = [error]
    messages = room.actions.saved.export("U1", "bibtex", "en")
    assert 1 < len(messages) <= MOST_PAGES
    assert all(problems(message) == [] for message in messages)
    assert sum(copied(message.blocks).count("@misc{") for message in messages) == 100
    assert all(copied(message.blocks).endswith("}") for message in messages)


def test_more_pages_than_a_reply_holds_come_as_messages(room: Room) -> None:
    save(room, many(200))
    room.slack.upload_errors = ["missing_scope"]
    (told,) = room.actions.saved.export("U1", "csl", "en")
    room.outbox.drain()
    assert {post.channel for post in room.slack.posts} == {"DU1"}
    assert f"in {len(room.slack.posts)} parts" in told.text
    items = [one for post in room.slack.posts for one in json.loads(copied(post.payload["blocks"]))]
    assert len(items) == 200


def test_a_paper_too_long_for_a_message_goes_on_in_the_next(room: Room) -> None:
    paper = Paper("2503.14476", "T", authors=tuple(f"Given{n} Family{n}" for n in range(400)))
    save(room, [paper])
    room.slack.upload_errors = ["missing_scope"]
    messages = room.actions.saved.export("U1", "csl", "en")
    assert len(messages) > 1
    whole = "\n".join(copied(message.blocks) for message in messages)
    assert len(json.loads(whole)[0]["author"]) == 400


def test_an_unknown_form_and_an_empty_list_are_told(room: Room) -> None:
    assert "no saved papers" in room.actions.saved.export("U9", "csl", "en")[0].text
    with pytest.raises(InputError, match="word"):
        room.actions.saved.export("U9", "word", "en")

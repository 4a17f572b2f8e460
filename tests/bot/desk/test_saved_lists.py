"""Saved lists for reference managers, in Slack and on the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.archive import LISTS
from bot.cli import run_command_line
from bot.errors import InputError
from storage import Paper, open_storage
from tests.bot.desk.conftest import PAPERS, DeskRoom
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


def test_slack_gets_the_list_to_copy_in_pieces_cut_between_papers(room: DeskRoom) -> None:
    many = [Paper(f"2503.2{n:04}", LONG + str(n), authors=("Ada One",)) for n in range(30)]
    room.storage.papers.save(many, now=NOW)
    for paper in many:
        room.storage.library.save("U1", paper.id, now=NOW)

    messages = room.desk.library.saved_as("U1", "bibtex", "en")

    assert all(problems(message) == [] for message in messages)
    assert len(messages) > 1
    assert sum(message.text.count("@misc{") for message in messages) == 30
    assert all(message.text.endswith("}") for message in messages)


def test_an_unknown_form_and_an_empty_list_are_told(room: DeskRoom) -> None:
    assert "saved no papers" in room.desk.library.saved_as("U9", "csl", "en")[0].text
    with pytest.raises(InputError, match="word"):
        room.desk.library.saved_as("U9", "word", "en")

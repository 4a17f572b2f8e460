"""What commands print doesn't tell which database is behind them; how fast it was may."""

import re
from collections.abc import Mapping
from contextlib import chdir, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import run_command_line
from bot.languages import LANGUAGES
from bot.sample import load_sample
from storage import Note, open_storage
from tests.outputs import DAY, PAPER, SILENT
from tests.postgres import empty

NOW = datetime(2025, 3, 20, tzinfo=UTC)
COMMANDS = [
    ["ask", PAPER, "What are the limitations?"],
    ["backup", "copy.db"],
    ["digest", "--date", DAY, "--dry-run"],
    ["export", "--style", "brief", "--date", DAY, "--out", "out", "--offline"],
    ["import", "out", "--offline", "--json"],
    ["saved", "--member", "U1"],
    ["search", "reinforcement"],
    ["search", "saved: year:x reinforcement"],
    ["search", "DAPO", "--json"],
    ["stats", "--json"],
    ["summarize", "--paper", "9999.99999"],
    ["weekly", "--week", "2025-W12"],
    ["forget", "U1", "--dry-run"],
    ["forget", "U1", "--yes"],
    ["stats"],
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_prints_the_same_on_both_databases(
    postgresql: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    empty(postgresql)
    told = list[list[tuple[str, int, str, str]]]()
    for address in (str(tmp_path / "paperboy.db"), postgresql):
        folder = tmp_path / f"of-{len(told)}"
        folder.mkdir()
        with closing(open_storage(address)) as storage:
            load_sample(storage, NOW, language=language)
            storage.library.save("U1", PAPER, now=NOW)
            storage.notes.add(Note(PAPER, "U1", "To be read.", "slack", NOW))
        told.append(printed(settings(address, language), folder, capsys))
    for in_file, on_server in zip(*told, strict=True):
        assert in_file == on_server


def settings(address: str, language: str) -> dict[str, str]:
    names = ("PAPERBOY_HF_URL", "PAPERBOY_ARXIV_API_URL", "PAPERBOY_ARXIV_URL")
    return {
        **dict.fromkeys(names, SILENT),
        "PAPERBOY_DATABASE": address,
        "PAPERBOY_LANGUAGE": language,
        "PAPERBOY_EMBEDDING_MODEL": "none",
    }


def printed(
    environment: Mapping[str, str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> list[tuple[str, int, str, str]]:
    made = []
    with chdir(folder):
        for arguments in COMMANDS:
            status = run_command_line(arguments, environment)
            out, err = capsys.readouterr()
            made.append((arguments[0], status, out, re.sub(r"\d[\d,.]*", "", err)))
    return made

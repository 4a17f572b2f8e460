"""Titles without id or link are looked up at the sources, politely."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli import run_command_line
from storage import open_storage
from tests.replay import ArxivReplay, Fault, HuggingFaceReplay

AT_HF = "Paced Rewards for Small Language Models"
SISTER = "Paced Rewards for Large Language Models"
AT_ARXIV = "Calibrated Kites: Learning to Fly without Wind"
NOWHERE = "A Paper That Nobody Has Ever Written Down"
KOREAN = "아무도 모르는 논문"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A review with four papers, none with a link."""
    path = tmp_path / "review.md"
    papers = "\n\n".join(
        f"## {title}\n\nWorth a look." for title in (AT_HF, AT_ARXIV, NOWHERE, KOREAN)
    )
    path.write_text(f"# 2025-03-19 papers review\n\n{papers}\n", encoding="utf-8")
    return path


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[tuple[HuggingFaceReplay, ArxivReplay]]:
    folder = tmp_path / "listings"
    folder.mkdir()
    listed: list[dict[str, Any]] = [
        {"paper": {"id": "2503.00002", "title": SISTER, "summary": "s", "upvotes": 9}},
        {"paper": {"id": "2503.00001", "title": AT_HF.upper(), "summary": "s", "upvotes": 3}},
    ]
    (folder / "2025-03-19.json").write_text(json.dumps(listed), encoding="utf-8")
    with HuggingFaceReplay(folder) as hugging_face, ArxivReplay() as arxiv:
        arxiv.add("2502.00007", title=AT_ARXIV, abstract="Kites fly.")
        yield hugging_face, arxiv


@pytest.fixture
def run(
    tmp_path: Path,
    sources: tuple[HuggingFaceReplay, ArxivReplay],
    capsys: pytest.CaptureFixture[str],
) -> Run:
    hugging_face, arxiv = sources
    environment = {
        "PAPERBOY_DATABASE": str(tmp_path / "paperboy.db"),
        "PAPERBOY_LANGUAGE": "en",
        "PAPERBOY_LOG_LEVEL": "error",
        "PAPERBOY_HF_URL": hugging_face.base_url,
        "PAPERBOY_ARXIV_API_URL": arxiv.base_url,
    }

    def run(*arguments: str | Path) -> tuple[int, str]:
        status = run_command_line([str(one) for one in arguments], environment)
        return status, capsys.readouterr().out

    return run


def ids(tmp_path: Path) -> dict[str, str]:
    storage = open_storage(tmp_path / "paperboy.db")
    try:
        digest = storage.archive.editions("review", "2025-03-19")[0].digest
        return {entry.title: entry.paper_id or "" for entry in digest.entries}
    finally:
        storage.close()


def test_a_title_is_found_at_hugging_face_or_at_arxiv_never_a_sister_work(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    status, told = run("import", archive)

    assert status == 0
    assert ids(tmp_path) == {
        AT_HF: "2503.00001",
        AT_ARXIV: "2502.00007",
        NOWHERE: "",
        KOREAN: "",
    }
    assert "Stored by title, no arXiv ID found (2)" in told
    assert f"{archive}:11: {NOWHERE}" in told


def test_what_was_found_once_is_not_asked_again_and_a_second_import_changes_nothing(
    run: Run, archive: Path, sources: tuple[HuggingFaceReplay, ArxivReplay]
) -> None:
    run("import", archive)
    hugging_face, arxiv = sources
    hugging_face.requests.clear()
    arxiv.requests.clear()

    report = json.loads(run("import", archive, "--json")[1])

    assert report["changes"] == 0
    assert [one.query["q"] for one in hugging_face.requests] == [NOWHERE]
    assert len(arxiv.requests) == 1


def test_a_dry_run_asks_but_stores_nothing_and_offline_asks_nobody(
    run: Run, archive: Path, sources: tuple[HuggingFaceReplay, ArxivReplay], tmp_path: Path
) -> None:
    offline = json.loads(run("import", archive, "--dry-run", "--offline", "--json")[1])
    assert len(offline["unidentified"]) == 4
    assert sources[0].requests == []

    dry = json.loads(run("import", archive, "--dry-run", "--json")[1])
    assert [one["text"] for one in dry["unidentified"]] == [NOWHERE, KOREAN]
    storage = open_storage(tmp_path / "paperboy.db")
    assert storage.archive.periods() == []
    storage.close()


def test_sources_that_are_down_are_left_in_peace_and_told_of(
    run: Run, archive: Path, sources: tuple[HuggingFaceReplay, ArxivReplay]
) -> None:
    hugging_face, arxiv = sources
    hugging_face.always = arxiv.always = Fault(status=403)

    status, told = run("import", archive)

    assert status == 0
    assert "3 titles could not be looked up" in told
    assert "Stored by title, no arXiv ID found (4)" in told
    assert len(hugging_face.requests) == 2  # not for the third title
    assert len(arxiv.requests) == 2

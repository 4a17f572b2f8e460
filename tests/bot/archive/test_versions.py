"""Newer and older versions of archived digests, days and their listings, and where files lie."""

import os
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.archive.exporter import Exporter
from bot.archive.importer import Importer
from bot.archive.report import ImportReport
from bot.errors import InputError
from bot.languages import catalog
from bot.search import SearchIndex
from storage import ListingEntry, Note, Paper, Storage, open_storage
from tests.bot.digests.samples import NOW

DAY = date(2025, 9, 10)
OLD = """## Daily Papers (2025-09-10)

### [Kites wth a typo](https://arxiv.org/abs/2509.50001)

![](https://example.org/old.png)

Vote: 3

Authors: A. Kim

- ***What's New***: An old sentence.
- ***Technical Details***: Old wood.
- ***Performance Highlights***: Old height.

### [A paper that goes](https://arxiv.org/abs/2509.50002)

- ***What's New***: It will go.
"""
NEW = """## Daily Papers (2025-09-10)

### [Kites without a typo](https://arxiv.org/abs/2509.50001)

![](https://example.org/new.png)

Vote: 33

Authors: A. Kim, B. Lee

- ***What's New***: A new sentence.
- ***Technical Details***: New wood.
"""


@pytest.fixture
def storage(database: Path | str) -> Iterator[Storage]:
    storage = open_storage(database)
    yield storage
    storage.close()


def bring_in(storage: Storage, path: Path, text: str | None = None) -> ImportReport:
    if text is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Importer(storage, lambda: NOW).run([path])


def test_what_an_import_wrote_a_newer_version_of_the_file_replaces(
    storage: Storage, tmp_path: Path
) -> None:
    bring_in(storage, tmp_path / "d.md", OLD)
    bring_in(storage, tmp_path / "d.md", NEW)
    paper = storage.papers.get("2509.50001")
    assert paper is not None
    assert (paper.title, paper.authors) == ("Kites without a typo", ("A. Kim", "B. Lee"))
    assert (paper.votes, paper.thumbnail_url) == (33, "https://example.org/new.png")
    summary = storage.summaries.get("2509.50001", "en")
    assert summary is not None
    assert summary.tldr == "A new sentence."
    assert [one.slot for one in summary.highlights] == ["new", "technical"]
    assert storage.papers.get("2509.50002") is None
    listing = storage.listings.get("huggingface", DAY)
    assert listing is not None
    assert [one.paper_id for one in listing.entries] == ["2509.50001"]


def test_what_members_and_sources_say_of_a_paper_stays(storage: Storage, tmp_path: Path) -> None:
    bring_in(storage, tmp_path / "d.md", OLD)
    storage.notes.add(Note("2509.50002", "U1", "Keep this.", "slack", NOW))
    known = Paper("2509.50001", "Kites, as arXiv has it", published=NOW, votes=50)
    storage.papers.save([known], now=NOW)
    bring_in(storage, tmp_path / "d.md", NEW)
    assert [one.text for one in storage.notes.of_paper("2509.50002")] == ["Keep this."]
    paper = storage.papers.get("2509.50001")
    assert paper is not None
    assert (paper.title, paper.votes) == ("Kites, as arXiv has it", 50)


def test_a_corrected_date_leaves_no_second_edition(storage: Storage, tmp_path: Path) -> None:
    bring_in(storage, tmp_path / "d.md", OLD)
    report = bring_in(storage, tmp_path / "d.md", OLD.replace("2025-09-10", "2025-09-11"))
    assert report.counts["digests_updated"] == 1
    assert storage.archive.periods() == [("highlights", "2025-09-11")]
    assert storage.listings.get("huggingface", DAY) is None


def test_another_day_in_the_same_file_leaves_the_day_before_alone(
    storage: Storage, tmp_path: Path
) -> None:
    bring_in(storage, tmp_path / "today.md", NEW)
    other = NEW.replace("2025-09-10", "2025-09-11").replace("50001", "50009")
    bring_in(storage, tmp_path / "today.md", other.replace("Kites", "Quite other lamps"))
    assert len(storage.archive.periods()) == 2


def test_a_paper_without_a_title_gets_it_from_a_later_day(storage: Storage, tmp_path: Path) -> None:
    head = "# Hugging Face Daily Papers – {}\n\n## 2509.40004\n\n**Summary**:\n{}\n"
    bring_in(storage, tmp_path / "a.md", head.format("2025-09-02", "Sorry, it cannot be opened."))
    paper = storage.papers.get("2509.40004")
    assert paper is not None
    assert paper.title == "2509.40004"
    bring_in(
        storage,
        tmp_path / "b.md",
        head.format("2025-09-03", "\n# Kites Four\n\n## 1. Motivation\n\nWind."),
    )
    paper = storage.papers.get("2509.40004")
    assert paper is not None
    assert paper.title == "Kites Four"


def test_an_imported_day_is_settled_by_its_source_alone(storage: Storage, tmp_path: Path) -> None:
    bring_in(storage, tmp_path / "d.md", NEW)
    listing = storage.listings.get("huggingface", DAY)
    assert listing is not None
    assert (listing.settled, listing.is_read) == (False, False)
    assert storage.listings.unsettled() == []
    storage.papers.save([Paper("2509.00007", "From the source")], now=NOW)
    storage.listings.save(
        "huggingface", DAY, [ListingEntry("2509.00007", 1, 5)], settled=True, now=NOW
    )
    bring_in(storage, tmp_path / "d.md", OLD)
    listing = storage.listings.get("huggingface", DAY)
    assert listing is not None
    assert [one.paper_id for one in listing.entries] == ["2509.00007"]
    assert listing.settled


def test_an_older_version_over_a_newer_one_is_told(storage: Storage, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    bring_in(storage, path, NEW)
    path.write_text(OLD, encoding="utf-8")
    long_ago = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    os.utime(path, (long_ago, long_ago))
    report = bring_in(storage, path)
    assert [one.message_id for one in report.unclear] == ["archive-older-taken"]


def _commit(folder: Path, day: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    environment = {**os.environ, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    for command in (["add", "-A"], [*identity, "commit", "-qm", "digests"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True, env=environment)


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
def test_of_two_copies_of_a_file_git_tells_the_newer(
    storage: Storage, tmp_path: Path, first: str, second: str
) -> None:
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    subprocess.run(["git", "init", "-q", str(checkout)], check=True)
    newer = OLD.replace("An old sentence.", "A corrected sentence.")
    for folder, text, day in (
        (first, OLD, "2025-09-10T09:00Z"),
        (second, newer, "2025-09-12T09:00Z"),
    ):
        (checkout / folder).mkdir()
        (checkout / folder / "2025-09-10.md").write_text(text, encoding="utf-8")
        _commit(checkout, day)
    bring_in(storage, checkout)
    summary = storage.summaries.get("2509.50001", "en")
    assert summary is not None
    assert summary.tldr == "A corrected sentence."
    assert len(storage.archive.editions("highlights", "2025-09-10")) == 1
    again = bring_in(storage, checkout)
    assert again.changes == 0
    assert "archive-older-left" in {one.message_id for one in again.unclear}


def test_a_zip_file_is_read_as_a_folder_is(storage: Storage, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as archive:
        archive.writestr("2025/09-10.md", OLD.replace("2025-09-10", "09-10"))
        archive.writestr(".git/x.md", OLD)
        archive.writestr("2025/img/a.png", b"\x89PNG")
    report = bring_in(storage, tmp_path / "papers.zip")
    assert [(one.period, one.file) for one in report.digests] == [
        ("2025-09-10", f"{tmp_path / 'papers.zip'}!/2025/09-10.md")
    ]
    (tmp_path / "broken.zip").write_bytes(b"PK no zip")
    assert bring_in(storage, tmp_path / "broken.zip").digests == []


@pytest.mark.parametrize(
    "body",
    [
        NEW.replace("\n", "\r\n").encode(),
        NEW.encode("utf-16"),
        b"\xef\xbb\xbf" + NEW.encode() + b"\n\n\n",
    ],
)
def test_an_export_is_what_came_byte_for_byte(
    storage: Storage, tmp_path: Path, body: bytes
) -> None:
    (tmp_path / "d.md").write_bytes(body)
    bring_in(storage, tmp_path / "d.md")
    (path,) = Exporter(storage).export("highlights", day=DAY, out=tmp_path / "out")
    assert path.read_bytes() == body


def test_each_day_of_a_file_of_several_goes_out_as_it_came(
    storage: Storage, tmp_path: Path
) -> None:
    other = NEW.replace("2025-09-10", "2025-09-11").replace("50001", "50009")
    bring_in(storage, tmp_path / "all.md", NEW.replace("\n", "\r\n") + other)
    exporter = Exporter(storage)
    (first,) = exporter.export("highlights", day=DAY, out=tmp_path / "out")
    (second,) = exporter.export("highlights", day=date(2025, 9, 11), out=tmp_path / "out")
    assert first.read_bytes() == NEW.replace("\n", "\r\n").encode()
    assert second.read_bytes() == other.encode()


def test_pictures_beside_a_file_go_out_with_it(storage: Storage, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    text = "# 2025-09-10 papers review\n\n## [K](https://arxiv.org/abs/2509.50001)\n\n"
    text += "![a](./img/a%20b.png)\n\n![b](../../secret.png)\n\n![c](https://example.org/c.png)\n"
    bring_in(storage, archive / "d.md", text)
    (archive / "img").mkdir()
    (archive / "img" / "a b.png").write_bytes(b"picture")
    (tmp_path / "secret.png").write_bytes(b"secret")
    Exporter(storage).export("review", day=DAY, out=tmp_path / "out" / "deep")
    written = sorted(one.name for one in (tmp_path / "out").rglob("*") if one.is_file())
    assert written == ["a b.png", "review_2025-09-10.md"]


def test_notes_added_since_stand_below_their_paper(storage: Storage, tmp_path: Path) -> None:
    bring_in(storage, tmp_path / "d.md", OLD)
    storage.notes.add(Note("2509.50001", "U1", "Read it.", "slack", NOW))
    (path,) = Exporter(storage).export("highlights", day=DAY, out=tmp_path / "out")
    text = path.read_text(encoding="utf-8")
    assert text.index("(U1)**: Read it.") < text.index("A paper that goes")
    assert bring_in(storage, path).counts["notes"] == 0


def test_a_day_of_highlights_has_its_text_under_the_heads_of_sections(
    storage: Storage, tmp_path: Path
) -> None:
    bring_in(storage, tmp_path / "d.md", OLD)
    (path,) = Exporter(storage).export("sections", day=DAY, language="ko", out=tmp_path / "out")
    text = path.read_text(encoding="utf-8")
    for told in ("An old sentence.", "Old wood.", "Old height.", "It will go."):
        assert told in text
    assert "Vote: 0" not in text


def test_a_folder_that_cannot_be_written_is_told_in_a_line(
    storage: Storage, tmp_path: Path
) -> None:
    bring_in(storage, tmp_path / "d.md", OLD)
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Exporter(storage).export("highlights", day=DAY, out=tmp_path / "taken")
    assert caught.value.message_id == "archive-not-written"


@pytest.mark.parametrize(
    ("language", "told"), [("en", "contains no papers"), ("ko", "논문이 없습니다")]
)
def test_reasons_are_in_the_language_of_the_report(
    storage: Storage, tmp_path: Path, language: str, told: str
) -> None:
    report = bring_in(storage, tmp_path / "a.md", "# A readme\n")
    assert report.to_json(catalog(language))["skipped"][0]["text"] == told


def test_a_date_corrected_to_one_that_another_file_tells_leaves_no_edition_behind(
    storage: Storage, tmp_path: Path
) -> None:
    corrected = OLD.replace("2025-09-10", "2025-09-11")
    bring_in(storage, tmp_path / "a.md", OLD)
    bring_in(storage, tmp_path / "b.md", corrected)
    bring_in(storage, tmp_path / "a.md", corrected)
    assert storage.archive.periods() == [("highlights", "2025-09-11")]


def test_a_newer_version_in_another_style_takes_the_place_of_the_older(
    storage: Storage, tmp_path: Path
) -> None:
    stub = "# 2025-09-10\n\n## [Kites](https://arxiv.org/abs/2509.50001)\n\nTo be filled in.\n"
    bring_in(storage, tmp_path / "d.md", stub)
    bring_in(storage, tmp_path / "d.md", NEW)
    assert storage.archive.periods() == [("highlights", "2025-09-10")]
    assert storage.notes.of_paper("2509.50001") == []


def test_pictures_above_a_file_stand_above_its_export(storage: Storage, tmp_path: Path) -> None:
    text = "# 2025-09-10 papers review\n\n## [K](https://arxiv.org/abs/2509.50001)\n\n"
    text += "![a](../img/a.png)\n"
    bring_in(storage, tmp_path / "archive" / "notes" / "d.md", text)
    (tmp_path / "archive" / "img").mkdir()
    (tmp_path / "archive" / "img" / "a.png").write_bytes(b"picture")
    (path,) = Exporter(storage).export("review", day=DAY, out=tmp_path / "out")
    assert path == tmp_path / "out" / "notes" / "review_2025-09-10.md"
    assert path.read_text("utf-8") == text
    assert (tmp_path / "out" / "img" / "a.png").read_bytes() == b"picture"


def test_a_day_that_only_a_review_tells_of_goes_out_in_any_style(
    storage: Storage, tmp_path: Path
) -> None:
    text = "# 2025-09-10 papers review\n\n## [K](https://arxiv.org/abs/2509.50001)\n\nThey rise.\n"
    bring_in(storage, tmp_path / "d.md", text)
    (path,) = Exporter(storage).export("highlights", day=DAY, out=tmp_path / "out")
    assert "They rise." in path.read_text("utf-8")


def test_a_title_in_another_language_is_searched(storage: Storage, tmp_path: Path) -> None:
    text = (
        "# [2025/09/08 ~ 09/14] papers\n\n## 느린 연 / Slow Kites\n\n### Abstract\n\nThey rise.\n\n"
    )
    text += "### Link\n\nhttps://arxiv.org/abs/2509.50001\n"
    report = bring_in(storage, tmp_path / "d.md", text)
    index = SearchIndex(storage, None)
    index.index(list(report.paper_ids))
    assert [one.paper.id for one in index.papers("느린", limit=5)] == ["2509.50001"]


def test_an_older_copy_beside_a_newer_one_does_not_tell_the_facts(
    storage: Storage, tmp_path: Path
) -> None:
    bring_in(storage, tmp_path / "a" / "d.md", NEW)
    (tmp_path / "b").mkdir()
    older = tmp_path / "b" / "d.md"
    older.write_text(NEW.replace("Kites without a typo", "Kites wth a typo"), encoding="utf-8")
    long_ago = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    os.utime(older, (long_ago, long_ago))
    report = bring_in(storage, older)
    assert [one.message_id for one in report.unclear] == ["archive-older-beside"]
    paper = storage.papers.get("2509.50001")
    assert paper is not None
    assert paper.title == "Kites without a typo"

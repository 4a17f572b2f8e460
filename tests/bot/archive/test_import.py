"""Moving archives in and out: counts, repeats, newer versions, papers without an id."""

import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.archive.exporter import Exporter
from bot.archive.files import archive_files
from bot.archive.importer import Importer, merge_identified
from bot.archive.meaning import unmarked_lines
from bot.archive.reader import parse_file
from bot.archive.report import ImportReport
from bot.archive.titles import key_of
from bot.archive.writer import render
from bot.digests import DigestContent, Week, compose_daily, render_digest
from bot.digests.wish import Wish
from bot.errors import InputError, SourceError
from bot.languages import catalog
from storage import (
    ArchiveDigest,
    ArchiveEntry,
    ArchivePart,
    Highlight,
    ListingEntry,
    Note,
    Paper,
    Storage,
    Summary,
    open_storage,
)
from tests.bot.digests.samples import DAY, NOW, paper, summary
from tests.shared_data import shared_data
from tests.slack_limits import problems

ENTRY = ArchiveEntry(
    title="A title",
    paper_id="2503.12345",
    votes=7,
    authors=("Ada One",),
    parts=(
        ArchivePart("new", "새로운 것입니다. 아주 새롭습니다."),
        ArchivePart("technical", "**기술** 이야기"),
    ),
)
DIGEST = ArchiveDigest("highlights", "2025-03-19", "ko", (ENTRY,))
REVIEW = ArchiveDigest(
    "review",
    "2025-10-27",
    "ko",
    (
        ArchiveEntry(
            "A title",
            "2503.12345",
            organization="amazon",
            parts=(ArchivePart("", "읽어 볼 만하다."),),
        ),
    ),
)
WEEKLY = ArchiveDigest(
    "weekly",
    "2025-W12",
    "ko",
    (
        ArchiveEntry(
            "Known by title only",
            title_ko="제목만 아는 논문",
            parts=(
                ArchivePart("introduction", "소개입니다.", "ko"),
                ArchivePart("introduction", "An introduction.", "en"),
                ArchivePart("abstract", "The abstract.", "en"),
            ),
        ),
    ),
)


@pytest.fixture
def storage(database: Path | str) -> Iterator[Storage]:
    storage = open_storage(database)
    yield storage
    storage.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


def _write(folder: Path, digest: ArchiveDigest, name: str = "one.md") -> Path:
    path = folder / name
    path.write_text(render(digest), encoding="utf-8")
    return path


def _run(storage: Storage, *paths: Path, dry_run: bool = False) -> ImportReport:
    return Importer(storage, lambda: NOW).run(paths, dry_run=dry_run)


def test_the_four_real_files_give_the_counts_that_people_see_in_them(storage: Storage) -> None:
    report = _run(storage, shared_data("digests"))
    assert dict(report.counts) == {
        "files": 4,
        "digests_new": 4,
        "entries": 8 + 16 + 10 + 9,
        "papers_new": 43,
        "stubs": 3,
        "tables": 1,
        "figures": 2,
        "links": 1,
        "readings": 7,
        "notes": 6,
        "summaries": 8 + 16 + 10 * 2,
        "listings": 2,
    }
    assert len(report.unidentified) == 10
    assert report.skipped == []
    assert report.unclear == []
    (around,) = report.kept
    assert "weekly_trends_2025-03-17.txt" in around.file


def test_the_real_files_a_second_time_change_nothing(storage: Storage) -> None:
    folder = shared_data("digests")
    _run(storage, folder)
    before = storage.counts()
    report = _run(storage, folder)
    assert report.changes == 0
    assert report.counts["digests_unchanged"] == 4
    assert storage.counts() == before


def test_the_real_files_out_and_in_again_are_the_same_records(
    storage: Storage, tmp_path: Path
) -> None:
    _run(storage, shared_data("digests"))
    out = tmp_path / "out"
    exporter = Exporter(storage)
    for style, period in storage.archive.periods():
        if style == "weekly":
            exporter.export(style, week=Week(2025, 12), out=out)
        else:
            exporter.export(style, day=date.fromisoformat(period), out=out, front_matter=True)
    assert _run(storage, out).changes == 0
    other = open_storage(tmp_path / "other.db")
    _run(other, out)
    assert other.archive.periods() == storage.archive.periods()
    for key in storage.archive.periods():
        assert other.archive.get(*key) == storage.archive.get(*key)
    assert other.counts() == storage.counts()
    other.close()


def test_an_imported_day_can_be_shown_in_slack(storage: Storage) -> None:
    _run(storage, shared_data("digests"))
    for day, count in ((date(2025, 1, 29), 8), (date(2025, 5, 21), 16)):
        content = compose_daily(storage, day, Wish("ko", "highlights", 20))
        assert len(content.entries) == count
        messages = render_digest(content)
        assert [problems(message) for message in messages] == [[]] * len(messages)
        assert "가져온 브리핑에 있던 내용입니다" in messages[0].text


def test_papers_votes_summaries_and_the_listing_come_from_the_file(
    storage: Storage, folder: Path
) -> None:
    _run(storage, _write(folder, DIGEST))
    paper_ = storage.papers.get("2503.12345")
    assert paper_ is not None
    assert (paper_.title, paper_.authors, paper_.votes) == ("A title", ("Ada One",), 7)
    stored = storage.summaries.get("2503.12345", "ko")
    assert stored is not None
    assert stored.tldr == "새로운 것입니다."
    assert stored.highlights[1] == Highlight("technical", "기술 이야기")
    listing = storage.listings.get("huggingface", DAY)
    assert listing is not None
    assert [(one.paper_id, one.votes) for one in listing.entries] == [("2503.12345", 7)]


def test_what_sources_and_models_gave_is_not_overwritten(storage: Storage, folder: Path) -> None:
    known = Paper("2503.12345", "The real title", votes=99, organization="Lab")
    storage.papers.save([known], now=NOW)
    storage.listings.save(
        "huggingface", DAY, [ListingEntry("2503.12345", 1, 99)], settled=True, now=NOW
    )
    storage.summaries.save(summary("2503.12345", "ko"), now=NOW)
    _run(storage, _write(folder, DIGEST))
    paper_ = storage.papers.get("2503.12345")
    assert paper_ is not None
    assert (paper_.title, paper_.votes, paper_.organization) == ("The real title", 99, "Lab")
    assert paper_.authors == ("Ada One",)  # what was missing is filled in
    stored = storage.summaries.get("2503.12345", "ko")
    assert stored is not None
    assert stored.maker == "gpt-5-mini"
    listing = storage.listings.get("huggingface", DAY)
    assert listing is not None
    assert listing.entries[0].votes == 99


def test_two_styles_of_one_paper_make_one_summary(storage: Storage, folder: Path) -> None:
    sections = ArchiveDigest(
        "sections",
        "2025-03-19",
        "ko",
        (ArchiveEntry("A title", "2503.12345", parts=(ArchivePart("results", "결과입니다."),)),),
    )
    _run(storage, _write(folder, DIGEST), _write(folder, sections, "two.md"))
    stored = storage.summaries.get("2503.12345", "ko")
    assert stored is not None
    assert len(stored.highlights) == 2
    assert [one.text for one in stored.sections] == ["결과입니다."]


def test_a_newer_file_takes_the_place_of_the_older(storage: Storage, folder: Path) -> None:
    stub = replace(REVIEW, entries=(replace(REVIEW.entries[0], parts=(ArchivePart("", "링크"),)),))
    report = _run(storage, _write(folder, stub))
    assert (report.counts["stubs"], report.counts["notes"]) == (1, 0)
    report = _run(storage, _write(folder, REVIEW))
    assert (report.counts["digests_updated"], report.changes) == (1, 1)
    (note,) = storage.notes.of_paper("2503.12345")
    assert (note.text, note.origin) == ("읽어 볼 만하다.", "review:2025-10-27")
    _run(storage, _write(folder, stub))
    assert storage.notes.of_paper("2503.12345") == []


def test_a_paper_that_left_a_newer_file_takes_its_note_along(
    storage: Storage, folder: Path
) -> None:
    other = ArchiveEntry("Another", "2503.99999", parts=(ArchivePart("", "다른 글"),))
    _run(storage, _write(folder, REVIEW))
    _run(storage, _write(folder, replace(REVIEW, entries=(other,))))
    assert storage.notes.of_paper("2503.12345") == []
    assert len(storage.notes.of_paper("2503.99999")) == 1


def test_a_paper_known_by_title_is_kept_and_listed(storage: Storage, folder: Path) -> None:
    report = _run(storage, _write(folder, WEEKLY))
    assert [one.text for one in report.unidentified] == ["Known by title only"]
    key = key_of("Known by title only")
    assert key == "title:known-by-title-only"
    assert storage.archive.unidentified() == [(key, "Known by title only")]
    assert storage.archive.titles_in("ko", [key]) == {key: "제목만 아는 논문"}
    assert storage.papers.abstract(key, "en") == "The abstract."


def test_a_title_is_matched_with_a_stored_paper(storage: Storage, folder: Path) -> None:
    storage.papers.save([Paper("2503.55555", "Known by Title -- Only")], now=NOW)
    report = _run(storage, _write(folder, WEEKLY))
    assert report.unidentified == []
    assert storage.archive.titles_in("ko", ["2503.55555"]) == {"2503.55555": "제목만 아는 논문"}
    assert _run(storage, folder / "one.md").changes == 0


def test_a_paper_that_stands_twice_in_a_file_has_its_id_both_times(
    storage: Storage, folder: Path
) -> None:
    """The text begins with a list of titles, and links them only further down."""
    entry = WEEKLY.entries[0]
    linked = replace(entry, paper_id="2503.55555", url="https://arxiv.org/abs/2503.55555")
    path = _write(folder, replace(WEEKLY, entries=(entry, linked)))
    report = _run(storage, path)
    assert (report.skipped, report.unidentified) == ([], [])
    assert storage.archive.unidentified() == []
    assert _run(storage, path).changes == 0


def test_a_title_can_be_looked_up_at_the_sources(storage: Storage, folder: Path) -> None:
    asked: list[str] = []

    def find(title: str) -> str | None:
        asked.append(title)
        return "2503.55555"

    Importer(storage, lambda: NOW, find_title=find).run([_write(folder, WEEKLY)])
    assert asked == ["Known by title only"]
    assert storage.papers.get("2503.55555") is not None


def test_a_paper_is_merged_when_its_id_turns_up_later(storage: Storage, folder: Path) -> None:
    _run(storage, _write(folder, WEEKLY))
    storage.papers.save([Paper("2503.55555", "Known by title only", votes=9)], now=NOW)
    report = _run(storage, folder / "one.md")
    assert storage.archive.unidentified() == []
    assert storage.archive.titles_in("ko", ["2503.55555"]) == {"2503.55555": "제목만 아는 논문"}
    assert storage.summaries.get("2503.55555", "ko") is not None
    assert report.changes > 0
    assert _run(storage, folder / "one.md").changes == 0


def test_a_paper_is_merged_as_soon_as_a_source_brings_its_id(
    storage: Storage, folder: Path
) -> None:
    assert merge_identified(storage) == []
    path = _write(folder, WEEKLY)
    _run(storage, path)
    storage.papers.save([Paper("2503.55555", "Known by title only")], now=NOW)
    assert merge_identified(storage) == ["2503.55555"]
    assert storage.archive.unidentified() == []
    assert _run(storage, path).changes == 0


def test_a_dry_run_tells_the_same_and_writes_nothing(storage: Storage, folder: Path) -> None:
    path = _write(folder, DIGEST)
    before = storage.counts()
    told = _run(storage, path, dry_run=True)
    assert storage.counts() == before
    assert told.counts == _run(storage, path).counts


def test_one_bad_file_never_stops_the_rest(storage: Storage, folder: Path) -> None:
    (folder / "a.md").write_bytes(b"\xff\xfe\x00broken")
    (folder / "b.md").write_text("# A readme\n", encoding="utf-8")
    _write(folder, DIGEST, "c.md")
    broken = render(DIGEST).replace("2025-03-19", "2025-02-31")
    (folder / "d.md").write_text(broken, encoding="utf-8")
    report = _run(storage, folder, folder / "missing.md")
    assert report.counts["digests_new"] == 1
    assert {
        Path(one.file).name: one.line_in(catalog("en")).rpartition(": ")[2]
        for one in report.skipped
    } == {
        "a.md": "unknown encoding (not UTF-8 at line 1)",
        "b.md": "contains no papers",
        "d.md": "2025-02-31",
        "missing.md": "no such file or folder",
    }


def test_folders_and_git_checkouts_are_walked_without_their_hidden_parts(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / ".git" / "x.md").write_text("hidden", encoding="utf-8")
    (folder / "deep").mkdir()
    (folder / "deep" / "b.MD").write_text("", encoding="utf-8")
    (folder / "a.txt").write_text("", encoding="utf-8")
    (folder / "c.png").write_bytes(b"")
    assert [one.path.name for one in archive_files([folder])] == ["a.txt", "b.MD"]


def test_progress_is_told_for_every_file(storage: Storage, folder: Path) -> None:
    _write(folder, DIGEST, "a.md")
    _write(folder, REVIEW, "b.md")
    seen: list[tuple[int, int, str]] = []
    Importer(storage, lambda: NOW).run(
        [folder],
        progress=lambda done, total, file, papers: seen.append((done, total, file.path.name)),
    )
    assert seen == [(1, 2, "a.md"), (2, 2, "b.md")]


def test_tables_figures_and_links_of_the_real_review_are_kept(storage: Storage) -> None:
    _run(storage, shared_data("digests/review_2025-10-27.md"))
    (table,) = storage.archive.extras("2510.18245")
    assert (table.kind, table.text.count("\n")) == ("table", 6)
    (figure,) = storage.archive.extras("2510.20888")
    assert (figure.kind, figure.url) == ("figure", "./asset/blog_20251027_img0.png")
    (link,) = storage.archive.extras("2510.21057")
    assert link.kind == "link"
    assert "20251021" in link.url


def test_a_composed_digest_is_exported_when_none_was_imported(
    storage: Storage, tmp_path: Path
) -> None:
    storage.papers.save([paper(1)], now=NOW)
    storage.listings.save(
        "huggingface", DAY, [ListingEntry("2503.14001", 1, 9)], settled=True, now=NOW
    )
    storage.summaries.save(summary("2503.14001", "en"), now=NOW)
    (path,) = Exporter(storage).export("highlights", day=DAY, language="en", out=tmp_path / "out")
    text = path.read_text(encoding="utf-8")
    assert path.name == "highlights_2025-03-19.md"
    assert "### [Paper 1: a title](https://arxiv.org/abs/2503.14001)" in text
    assert "Vote: 9" in text
    assert "> Made by: gpt-5-mini (2025-03-20). Written by a model, so it may be wrong." in text


def test_a_review_draft_carries_the_notes_of_the_team(storage: Storage, tmp_path: Path) -> None:
    storage.papers.save([paper(1)], now=NOW)
    storage.listings.save(
        "huggingface", DAY, [ListingEntry("2503.14001", 1, 9)], settled=True, now=NOW
    )
    storage.summaries.save(summary("2503.14001", "ko"), now=NOW)
    storage.notes.add(Note("2503.14001", "U123", "다음 주에 같이 읽자.", "slack", NOW))
    (path,) = Exporter(storage).export("review", day=DAY, out=tmp_path)
    assert "> **팀 노트 (U123)**: 다음 주에 같이 읽자." in path.read_text(encoding="utf-8")
    other = open_storage(tmp_path / "other.db")
    _run(other, path)
    assert [(one.author, one.text) for one in other.notes.of_paper("2503.14001")] == [
        ("U123", "다음 주에 같이 읽자.")
    ]
    other.close()


def test_nothing_stored_for_a_day_is_told(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        Exporter(storage).export("brief", day=DAY, out=tmp_path)
    assert caught.value.message_id == "archive-nothing"


def test_lines_that_only_say_that_nothing_is_known_are_left_out() -> None:
    text = "- **데이터**: ImageNet\n- **마스킹 방식**: 상세한 정보는 제공되지 않았습니다."
    assert unmarked_lines(text) == "데이터: ImageNet"


def test_a_summary_with_a_problem_gives_way_to_an_imported_one(
    storage: Storage, folder: Path
) -> None:
    storage.papers.save([Paper("2503.12345", "A title")], now=NOW)
    broken = Summary("2503.12345", "ko", tldr="x", maker="m", problem="timed out")
    storage.summaries.save(broken, now=datetime(2025, 3, 19, tzinfo=UTC))
    _run(storage, _write(folder, DIGEST))
    stored = storage.summaries.get("2503.12345", "ko")
    assert stored is not None
    assert stored.problem is None


def _morning(storage: Storage) -> DigestContent:
    storage.papers.save([paper(1)], now=NOW)
    storage.listings.save(
        "huggingface", DAY, [ListingEntry("2503.14001", 1, 9)], settled=True, now=NOW
    )
    storage.summaries.save(summary("2503.14001", "ko"), now=NOW)
    return compose_daily(storage, DAY, Wish("ko", "highlights"))


def test_a_morning_can_be_kept_in_a_folder(storage: Storage, tmp_path: Path) -> None:
    content = _morning(storage)
    folder = tmp_path / "a" / "folder"
    path = Exporter(storage).write_morning(content, folder, channel="C1/../x")
    assert path == folder / "highlights_2025-03-19_C1-x.md"
    assert Exporter(storage).write_morning(content, folder, channel="C1/../x") == path
    assert list(folder.iterdir()) == [path]
    assert parse_file(path.read_text(encoding="utf-8")).digests[0].entries[0].votes == 9


def test_a_morning_goes_on_when_the_folder_cannot_be_written(
    storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    taken = tmp_path / "file"
    taken.write_text("no folder", encoding="utf-8")
    assert Exporter(storage).write_morning(_morning(storage), taken) is None
    assert "could not be written" in caplog.text


def test_two_reviews_of_one_day_stay_two(storage: Storage, folder: Path) -> None:
    other = replace(
        REVIEW,
        entries=(
            ArchiveEntry("Another", "2503.99999", parts=(ArchivePart("", "다른 사람의 글"),)),
        ),
    )
    _write(folder, REVIEW, "ann.md")
    _write(folder, other, "bo.md")
    assert _run(storage, folder).counts["digests_new"] == 2
    assert _run(storage, folder).changes == 0
    editions = storage.archive.editions("review", "2025-10-27")
    assert [one.digest for one in editions] == [REVIEW, other]
    assert [one.origin for one in storage.notes.of_paper("2503.99999")] == ["review:2025-10-27:2"]


def test_two_texts_about_the_same_papers_do_not_push_each_other_out(
    storage: Storage, folder: Path
) -> None:
    other = replace(
        REVIEW, entries=(replace(REVIEW.entries[0], parts=(ArchivePart("", "다른 사람의 글"),)),)
    )
    _write(folder, REVIEW, "ann.md")
    _write(folder, other, "bo.md")
    _run(storage, folder)
    assert _run(storage, folder).changes == 0
    assert len(storage.notes.of_paper("2503.12345")) == 2


def test_a_file_that_moved_and_changed_is_the_same_digest(storage: Storage, folder: Path) -> None:
    path = _write(folder, REVIEW)
    _run(storage, path)
    path.unlink()
    newer = replace(
        REVIEW,
        entries=(replace(REVIEW.entries[0], parts=(ArchivePart("", "더 읽어 볼 만하다."),)),),
    )
    report = _run(storage, _write(folder, newer, "renamed.md"))
    assert (report.counts["digests_updated"], report.counts["digests_new"]) == (1, 0)
    assert [one.text for one in storage.notes.of_paper("2503.12345")] == ["더 읽어 볼 만하다."]


def test_a_day_that_a_file_tells_in_two_parts_is_one_digest(storage: Storage, folder: Path) -> None:
    more = replace(DIGEST, entries=(replace(ENTRY, title="B", paper_id="2503.99999"),))
    (folder / "one.md").write_text(f"{render(DIGEST)}\n{render(more)}", encoding="utf-8")
    assert _run(storage, folder).counts["digests_new"] == 1
    assert _run(storage, folder).changes == 0
    (edition,) = storage.archive.editions("highlights", "2025-03-19")
    assert [entry.title for entry in edition.digest.entries] == ["A title", "B"]


def test_an_id_that_was_looked_up_is_kept_when_nobody_looks_it_up(
    storage: Storage, folder: Path
) -> None:
    path = _write(folder, WEEKLY)
    Importer(storage, lambda: NOW, find_title=lambda title: "2503.55555").run([path])
    storage.papers.save([Paper("2503.55555", "Its title at the source")], now=NOW)
    assert _run(storage, path).changes == 0


def test_sources_that_fail_leave_a_paper_known_by_its_title(storage: Storage, folder: Path) -> None:
    def fail(title: str) -> str | None:
        raise SourceError("down")

    report = Importer(storage, lambda: NOW, find_title=fail).run([_write(folder, WEEKLY)])
    assert [one.text for one in report.unidentified] == ["Known by title only"]
    assert report.skipped == []


def test_others_can_write_while_titles_are_looked_up_and_while_a_dry_run_goes_on(
    storage: Storage, folder: Path
) -> None:
    def write() -> None:
        with ThreadPoolExecutor(1) as other:
            other.submit(storage.papers.save, [paper(1)], now=NOW).result(timeout=10)

    def find(title: str) -> str | None:
        write()
        return None

    path = _write(folder, WEEKLY)
    Importer(storage, lambda: NOW, find_title=find).run([path])
    Importer(storage, lambda: NOW).run([path], dry_run=True, progress=lambda *_: write())


def test_a_file_that_fails_half_way_leaves_nothing(
    storage: Storage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(folder, DIGEST, "a.md")
    _write(folder, REVIEW, "b.md")
    save = storage.notes.save_imported

    def fail(notes: Iterable[Note], *, instead: Iterable[tuple[str, str]]) -> None:
        save(notes, instead=instead)
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(storage.notes, "save_imported", fail)
    report = _run(storage, folder)
    assert [one.line_in(catalog("en")) for one in report.skipped] == [
        f"{folder / 'b.md'}: failed: RuntimeError: disk on fire"
    ]
    assert report.counts["digests_new"] == 1
    assert storage.archive.periods() == [("highlights", "2025-03-19")]
    assert storage.notes.of_paper("2503.12345") == []

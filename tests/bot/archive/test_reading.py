"""Files as people have them, and files made to do harm."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive.files import LARGEST_FILE, ArchiveFile, archive_files, name_of, text_of
from bot.archive.meaning import contents_of, extras_of, facts_of
from bot.archive.reader import NoPapersError, parse_file
from bot.text.decoding import UnreadableError
from storage import ArchivedPaper

TEXT = "# 2025-10-27 papers review\n\n한국어 본문"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_a_text_is_read_in_the_encodings_that_people_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(TEXT.encode(encoding))
    assert text_of(ArchiveFile(path, "a.md").body()) == TEXT


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"PNG\0\0\0", "not a text"),
        (b"a\nb\n\xff\x80\xff", "unknown encoding (not UTF-8 at line 3)"),
        (b"\xff\xfe\x00", "unknown encoding (not UTF-8 at line 1)"),
        (b"a" * (LARGEST_FILE + 1), "larger than 4 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(tmp_path: Path, body: bytes, reason: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(body)
    with pytest.raises(UnreadableError) as caught:
        text_of(ArchiveFile(path, "a.md").body())
    assert str(caught.value) == reason


def test_links_in_a_circle_and_files_named_twice_are_met_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "readme.md").write_text("x", encoding="utf-8")
    found = [one.path for one in archive_files([tmp_path, tmp_path / "a.md"])]
    assert found == [tmp_path / "a.md"]


def test_a_very_deep_folder_is_walked(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("x", encoding="utf-8")
    assert [one.path.name for one in archive_files([tmp_path])] == ["a.md"]


REVIEW = "# 2025-10-27 papers review\n\n## t\n\n"
HIGHLIGHTS = "## Daily Papers (2025-01-29)\n\n"
WEEKLY = "[2025/03/17 ~ 03/23]\n\n{}\n\n논문 소개\n\n"
SECTIONS = "# Hugging Face Daily Papers – 2025-05-21\n\n## 2505.14683\n\n"
MANY = 50_000


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        REVIEW + "[" * MANY,
        REVIEW + "![" * MANY,
        REVIEW + "<img " * MANY,
        REVIEW + "<div>" + " " * MANY + "<img ",
        REVIEW + "> " * MANY,
        REVIEW + "- " * MANY,
        REVIEW + "_a*" * MANY,
        REVIEW + "".join(" " * depth + "- a\n" for depth in range(500)),
        REVIEW + "| a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "| b\n" * 5_000,
        REVIEW.replace("## t", "## " + "[a](" * MANY),
        REVIEW.replace("## t", "## `" + "` `" * MANY),
        HIGHLIGHTS + "### " + "[" * MANY,
        HIGHLIGHTS + "### t\n\nAuthors: " + "\\," * MANY,
        HIGHLIGHTS + "### t\n\n- ***" + "*a **" * MANY,
        "---\n" + "a: &a [*a, *a]\n" * MANY + "---\n" + HIGHLIGHTS,
        "---\n" * MANY + HIGHLIGHTS,
        WEEKLY.format("a / " * MANY),
        WEEKLY.format("- " + '"' * MANY),
        WEEKLY.format("t") + "논문 링크\n\n" + "https:// (" * MANY,
        SECTIONS + "```markdown\n# a\n## 1. b\nx\n```\n" * 500,
        "# " + "!" * MANY + " Hugging Face Daily Papers – 2025-05-2",
    ],
)
def test_a_hostile_text_is_read_or_refused_in_time(text: str) -> None:
    try:
        parsed = parse_file(text)
    except NoPapersError:
        return
    for digest in parsed.digests:
        contents_of(digest)
        for entry in digest.entries:
            facts_of("x", [ArchivedPaper("x", replace(digest, entries=(entry,)), 1)])
            extras_of(entry)


def test_hangul_is_composed_in_names_and_texts(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "주간 논문")
    file = tmp_path / f"{apart}.md"
    file.write_text(f"# {apart}\u200b\n\n  - 들여쓰기\n", encoding="utf-8")
    assert name_of(file).endswith("주간 논문.md")
    assert text_of(file.read_bytes()) == "# 주간 논문\n\n  - 들여쓰기\n"

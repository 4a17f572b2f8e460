"""Each style as Markdown: what is written reads back as the same record."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.archive.facts import language_of
from bot.archive.heads import is_title
from bot.archive.marks import escaped
from bot.archive.meaning import extras_of
from bot.archive.names import HIGHLIGHTS, SECTIONS
from bot.archive.reader import NoPapersError, parse_file
from bot.archive.tree import Source, flat
from bot.archive.writer import render, with_chart
from bot.text import one_line
from storage import ArchiveDigest, ArchiveEntry, ArchivePart
from tests.shared_data import shared_data

REAL = {
    "highlights": "digests/highlights_2025-01-29.md",
    "sections": "digests/seven_sections_2025-05-21.md",
    "weekly": "digests/weekly_trends_2025-03-17.txt",
    "review": "digests/review_2025-10-27.md",
}


def _real(style: str) -> ArchiveDigest:
    parsed = parse_file(shared_data(REAL[style]).read_text(encoding="utf-8"))
    (digest,) = parsed.digests
    return digest


def test_the_real_highlights_file_has_8_papers_with_votes_authors_and_three_highlights() -> None:
    digest = _real("highlights")
    assert (digest.period, digest.language, len(digest.entries)) == ("2025-01-29", "ko", 8)
    for entry in digest.entries:
        assert entry.paper_id
        assert entry.votes
        assert entry.authors
        assert entry.thumbnail_url.endswith(f"{entry.paper_id}.png")
        assert [part.slot for part in entry.parts] == list(HIGHLIGHTS)
    assert digest.entries[0].votes == 28
    assert len(digest.entries[0].authors) == 9


def test_the_real_sections_file_has_16_papers_with_seven_sections() -> None:
    digest = _real("sections")
    assert (digest.period, digest.language, len(digest.entries)) == ("2025-05-21", "ko", 16)
    assert all(entry.paper_id and entry.title for entry in digest.entries)
    assert all([part.slot for part in entry.parts] == list(SECTIONS) for entry in digest.entries)
    assert digest.entries[0].title == "Emerging Properties in Unified Multimodal Pretraining"
    assert digest.entries[2].title == "Latent Flow Transformer"


def test_the_real_weekly_file_has_10_papers_3_trends_both_languages_and_further_reading() -> None:
    digest = _real("weekly")
    assert (digest.period, digest.maker, len(digest.entries)) == ("2025-W12", "GPT", 10)
    assert digest.before.count("  • ") == 3
    for entry in digest.entries:
        assert entry.title_ko
        for slot in ("introduction", "abstract"):
            assert [part.language for part in entry.told(slot)] == ["ko", "en"]
    readings = [one for entry in digest.entries for one in extras_of(entry)]
    assert len(readings) == 7
    assert readings[0].url.startswith("https://github.com/")


def test_the_real_review_file_has_9_entries_3_of_them_stubs_with_tags() -> None:
    digest = _real("review")
    assert (digest.period, digest.maker, len(digest.entries)) == ("2025-10-27", "", 9)
    assert [entry.number for entry in digest.entries] == [
        "1",
        "1",
        "3",
        "2",
        "",
        "1",
        "2",
        "3",
        "4",
    ]
    tags = [entry.organization for entry in digest.entries if entry.organization]
    assert tags == ["harvard", "amazon", "shaomi", "bytedance", "stability ai", "google"]
    assert digest.entries[3].paper_id == "2510.21553"  # a link to a PDF
    assert "![](./asset/blog_20251027_img0.png)" in digest.entries[5].prose
    assert "<div" not in digest.entries[5].prose


def _words(digest: ArchiveDigest) -> list[object]:
    """All that a digest says of its papers, bullets and spaces apart."""
    return [
        (
            replace(entry, parts=()),
            [
                (part.slot, part.language, part.text.replace("•", "-").split())
                for part in entry.parts
            ],
        )
        for entry in digest.entries
    ]


@pytest.mark.parametrize("style", sorted(REAL))
def test_a_real_file_written_again_is_the_same_record(style: str) -> None:
    digest = _real(style)
    again = parse_file(render(replace(digest, after="")))
    assert again.remarks == ()
    (one,) = again.digests
    assert _words(one) == _words(digest)


# Single characters of any kind, and what means something to Markdown, MDX, YAML or this format.
WORDS = st.lists(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("가나다 *_`[]<>{}#|~&;:.,-=+\\/!$@1\"'\n")
    | st.sampled_from(
        ["**", "](", "![", "<br>", "</div>", "{x}", "&amp;", "&#x41;", "1. ", "---", "```"],
    )
    | st.sampled_from(
        ["http://a.b", "<!channel>", " · ", " / ", "Vote: 3", "`lab`", "# ", "> ", "import "]
    ),
    max_size=25,
).map("".join)
PLAIN = WORDS.map(one_line)
TOLD = PLAIN.map(escaped)
SOME_TOLD = TOLD.filter(bool)
# A title has a word; "0" or "paper" alone is the label of a link.
TITLE = PLAIN.map(lambda text: one_line(f"Lamps {text}")).filter(is_title)
NOTE = (
    st.lists(TOLD, min_size=1, max_size=3).map("\n".join).filter(lambda text: text.strip() == text)
)
NOTE = NOTE.filter(bool)
IDS = st.integers(10_000, 99_999).map(lambda number: f"2503.{number}")
COMMON = {"title": TITLE, "paper_id": IDS}


def parts(*slots: str, most: int = 3) -> st.SearchStrategy[tuple[ArchivePart, ...]]:
    """Parts of these slots, each at the most once."""
    one = st.builds(ArchivePart, st.sampled_from(slots), SOME_TOLD)
    return st.lists(one, max_size=most, unique_by=lambda part: part.slot).map(tuple)


ENTRIES = {
    "brief": st.builds(
        ArchiveEntry,
        **COMMON,
        organization=st.just("") | st.sampled_from(["acme", "KAIST AI", "네이버"]),
        votes=st.none() | st.integers(0, 999),
        parts=parts("sentence"),
    ),
    "highlights": st.builds(
        ArchiveEntry,
        **COMMON,
        votes=st.none() | st.integers(0, 999),
        authors=st.lists(TITLE, max_size=3).map(tuple),
        parts=parts(*HIGHLIGHTS),
    ),
    "sections": st.builds(ArchiveEntry, **COMMON, parts=parts("motivation", "results", "setup")),
    "review": st.builds(
        ArchiveEntry,
        **COMMON,
        number=st.sampled_from(["", "1", "12"]),
        subtitle=st.just("") | TITLE,
        organization=st.just("") | TITLE.filter(lambda text: "`" not in text),
        parts=parts("", most=1),
        notes=st.lists(st.tuples(st.sampled_from(["", "U123"]), NOTE), max_size=2, unique=True).map(
            tuple
        ),
    ),
}


def have_subtitles_of_their_own(entries: list[ArchiveEntry]) -> bool:
    """A heading that several papers have is taken for a part's."""
    headings = [text for one in entries for text in (one.title, one.subtitle) if text]
    return all(headings.count(one.subtitle) < 2 for one in entries)


@pytest.mark.parametrize("style", sorted(ENTRIES))
@pytest.mark.parametrize("language", ["ko", "en"])
def test_whatever_is_written_reads_back_as_the_same_record(style: str, language: str) -> None:
    @settings(max_examples=30, deadline=None, derandomize=True)
    @given(st.lists(ENTRIES[style], min_size=1, max_size=3).filter(have_subtitles_of_their_own))
    def check(entries: list[ArchiveEntry]) -> None:
        digest = ArchiveDigest(
            style, "2025-03-19", language, tuple(entries), maker="gpt-5 mini", made_on="2025-03-20"
        )
        assert parse_file(render(digest)).digests == (digest,)
        assert parse_file(render(digest, front_matter=True)).digests == (digest,)

    check()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_week_reads_back_as_the_same_record(language: str) -> None:
    entry = ArchiveEntry(
        title="A / B testing of models",
        title_ko="모델의 A / B 시험",
        paper_id="2503.12345",
        parts=(
            ArchivePart("introduction", "첫 문장입니다.\n\n- 둘째 줄입니다.", "ko"),
            ArchivePart("introduction", "A first sentence.\n\n- A second line.", "en"),
            ArchivePart("abstract", "초록입니다.", "ko"),
            ArchivePart("abstract", "The abstract.\n\nIn two paragraphs.", "en"),
            ArchivePart("further", "https://example.org/a_(b)\n\nhttps://example.org/c"),
        ),
    )
    unknown = replace(entry, paper_id=None, title="Known by title only", parts=entry.parts[:-1])
    digest = ArchiveDigest(
        style="weekly",
        period="2025-W12",
        language=language,
        entries=(entry, unknown),
        before="- **음성**: 9편 “A / B testing”, “One”",
        maker="extractive",
        made_on="2025-03-24",
    )
    parsed = parse_file(render(digest))
    assert parsed.digests == (digest,)
    assert parsed.remarks == ()


def test_one_file_may_hold_several_days() -> None:
    first = ArchiveDigest("highlights", "2025-03-19", "ko", (ArchiveEntry("가", "2503.12345"),))
    second = replace(first, period="2025-03-20")
    parsed = parse_file(render(first) + "\n" + render(second))
    assert [digest.period for digest in parsed.digests] == ["2025-03-19", "2025-03-20"]


@pytest.mark.parametrize(
    "text", ["", "# A readme\n\nwith words", "```\n# 2025-01-01 papers review\n```"]
)
def test_a_text_that_is_no_digest_is_refused(text: str) -> None:
    with pytest.raises(NoPapersError):
        parse_file(text)


@pytest.mark.parametrize(
    "text",
    [
        "a_b _c_ *d*",
        "<think> {x}",
        "1. one",
        "# no heading",
        "- no list",
        "&amp; &",
        "a|b",
        "\\",
        "---",
    ],
)
def test_plain_text_survives_markdown(text: str) -> None:
    assert flat(escaped(text)) == text


def test_a_language_is_told_by_its_letters() -> None:
    assert language_of("GPT-4o와 Claude로 평가했습니다.") == "ko"
    assert language_of("We evaluate 한글 fonts of the world.") == "en"
    assert language_of("12 <b></b>") == ""


def test_tables_are_seen_alone_and_below_a_line_of_text() -> None:
    text = "words\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n| no table |\n\na | b\n--- | ---\n1 | 2"
    blocks = [(block.kind, block.first + 1, block.end) for block in Source.of(text).blocks]
    assert blocks == [
        ("paragraph", 1, 1),
        ("table", 2, 4),
        ("paragraph", 6, 6),
        ("table", 8, 10),
    ]


def test_pictures_of_components_become_markdown_with_their_captions() -> None:
    text = "\n".join(
        [
            "import one from './asset/a (1).png';",
            "",
            "# 2025-10-27 papers review",
            "",
            "## 2. Title with `code` in it `lab`",
            "",
            "before",
            "",
            "<div style={{textAlign: 'center'}}>",
            ' <img src={one} style={{width: 500}} alt="Loss * of" />',
            "</div>",
            "",
            "<figure><img src='b.png'/><figcaption>The <b>curve</b></figcaption></figure>",
            "",
            "<figure><img src='c.png'/><figcaption>Another curve</figcaption></figure>",
            "",
            "<img src={one} style={{width: 500}} />",
            "",
            "after <img src='d.png'/>",
        ]
    )
    (entry,) = parse_file(text).digests[0].entries
    assert (entry.number, entry.title, entry.organization) == ("2", "Title with code in it", "lab")
    assert entry.prose.split("\n\n") == [
        "before",
        "![Loss \\* of](./asset/a%20%281%29.png)",
        "<figure><img src='b.png'/><figcaption>The <b>curve</b></figcaption></figure>",
        "![Another curve](c.png)",
        "![](./asset/a%20%281%29.png)",
        "after <img src='d.png'/>",
    ]
    figures = [(one.text, one.url) for one in extras_of(entry)]
    assert figures[:2] == [
        ("Loss * of", "./asset/a%20%281%29.png"),
        ("Another curve", "c.png"),
    ]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_any_week_reads_back_as_the_same_record(language: str) -> None:
    told = {"ko": "한국어로 쓴 긴 글의 한 줄 ", "en": "A long line of English words "}

    @settings(max_examples=20, deadline=None, derandomize=True)
    @given(TITLE, st.lists(TOLD, min_size=1, max_size=3), st.none() | IDS)
    def check(title: str, lines: list[str], paper_id: str | None) -> None:
        # The language of a line is told by its letters.
        assume(all(language_of(told[one] + line) == one for one in told for line in lines))
        said = {
            one: "\n\n".join(f"- {begun}{line}" for line in lines) for one, begun in told.items()
        }
        entry = ArchiveEntry(
            title=title,
            paper_id=paper_id,
            parts=tuple(
                ArchivePart(slot, text.strip(), one)
                for slot in ("introduction", "abstract")
                for one, text in said.items()
            ),
        )
        digest = ArchiveDigest("weekly", "2025-W12", language, (entry,), maker="m")
        assert parse_file(render(digest)).digests == (digest,)

    check()


@pytest.mark.parametrize(
    ("title_ko", "title"),
    [("", "가 / 나 / A"), ("가 / 0", "A / B / C"), ("가", "A"), ("", "A / B")],
)
def test_slashes_within_a_title_do_not_part_it(title_ko: str, title: str) -> None:
    said = (ArchivePart("introduction", "Some words about it.", "en"),)
    entry = ArchiveEntry(title, title_ko=title_ko, parts=said)
    digest = ArchiveDigest("weekly", "2025-W12", "en", (entry,), maker="m")
    assert parse_file(render(digest)).digests == (digest,)


def test_the_picture_of_the_trends_stands_above_the_papers() -> None:
    introduction = ArchivePart("introduction", "- 소개", "ko")
    digest = ArchiveDigest(
        "weekly",
        "2025-W12",
        "ko",
        (ArchiveEntry("A Paper", "2503.12345", parts=(introduction,)),),
        before="- **에이전트**: 늘었습니다.",
    )
    text = with_chart(render(digest), "weekly_2025-W12_trends.png", "에이전트 [1]: 2%에서 9%로.")
    assert "![에이전트  1 : 2%에서 9%로.](weekly_2025-W12_trends.png)" in text
    (again,) = parse_file(text).digests
    assert again.entries == digest.entries
    assert again.before.startswith(digest.before)

"""Digests as people write them, a step away from the usual: what is written is understood, and
what is not known is kept as the paper's text."""

import pytest

from bot.archive.dates import Origin
from bot.archive.meaning import is_stub
from bot.archive.reader import NoPapersError, parse_file
from storage import ArchiveDigest, ArchiveEntry, ArchivePart

DAY = "## Daily Papers (2025-07-01)\n\n"
PAPER = "### [Kites Fly](https://arxiv.org/abs/2507.10001)\n\n"


def digest_of(text: str, name: str = "", year: int | None = None) -> ArchiveDigest:
    (digest,) = parse_file(text, Origin(name, year)).digests
    return digest


def entry_of(text: str) -> ArchiveEntry:
    (entry,) = digest_of(text).entries
    return entry


@pytest.mark.parametrize(
    "bullet",
    [
        "- ***What's New***: A kite.",
        "- **What’s New**: A kite.",
        "- **What's New:** A kite.",
        "* __What's New__ A kite.",
        "- What's New: A kite.",
        "- ***What's New***： A kite.",
        "1. **What's new** A kite.",
        "**What's New**\n\nA kite.",
        "#### What's New\n\nA kite.",
        "#### 1. **What's New**:\n\nA kite.",
        "<details><summary>Summary</summary>\n\n- **What's New**: A kite.\n\n</details>",
        "#### 1️⃣ What's New\n\nA kite.",
        "#### ① What's New\n\nA kite.",
        "- **What's New** - A kite.",
        "```\n## What's New\n\nA kite.\n```",
    ],
)
def test_a_label_may_be_written_in_any_form(bullet: str) -> None:
    entry = entry_of(DAY + PAPER + bullet)
    assert entry.parts == (ArchivePart("new", "A kite."),)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("- A first thing.\n- A second.", "- A first thing.\n- A second."),
        ("Vote: many", "Vote: many"),
        ("- ***Odd Ends***: a string", "- ***Odd Ends***: a string"),
        ("<video src='a.mp4'></video>", "<video src='a.mp4'></video>"),
        ("| a |\n|---|\n| b |", "| a |\n|---|\n| b |"),
        ("![](https://example.org/a.png)\n\n![caption](b.png)", "![caption](b.png)"),
        ("![](a.png)", "![](a.png)"),
    ],
)
def test_what_matches_nothing_is_the_papers_text(text: str, kept: str) -> None:
    parsed = parse_file(DAY + PAPER + text + "\n\n- **What's New**: A kite.")
    (entry,) = parsed.digests[0].entries
    assert entry.prose == kept
    assert [one.text for one in parsed.remarks] == [kept]


@pytest.mark.parametrize(
    ("votes", "number"), [("Vote: 1,234", 1234), ("Upvotes: 7", 7), ("Vote: -", None), ("", None)]
)
def test_votes_are_read_or_unknown_never_none_at_all(votes: str, number: int | None) -> None:
    entry = entry_of(f"{DAY}{PAPER}{votes}\n\n- **What's New**: A kite.")
    assert (entry.votes, entry.prose) == (number, "")


@pytest.mark.parametrize(
    ("heading", "title", "tags"),
    [
        ("1. Kites Fly ([paper](https://arxiv.org/abs/2507.10001)) `lab`", "Kites Fly", "lab"),
        ("[Kites Fly][1] `lab` `school`", "Kites Fly", "lab, school"),
        ("[Kites [v2] Fly](https://huggingface.co/papers/2507.10001)", "Kites [v2] Fly", ""),
        ("2507.10001: Kites Fly", "Kites Fly", ""),
        ("**[Kites Fly](https://arxiv.org/pdf/2507.10001v3)**", "Kites Fly", ""),
    ],
)
def test_a_title_is_never_the_label_of_a_link(heading: str, title: str, tags: str) -> None:
    entry = entry_of(
        f"# 2025-07-01 papers review\n\n## {heading}\n\nGood.\n\n"
        "[1]: https://arxiv.org/abs/2507.10001"
    )
    assert (entry.title, entry.paper_id, entry.organization) == (title, "2507.10001", tags)
    assert entry.prose == "Good."


def test_prose_and_apologies_are_no_titles() -> None:
    text = (
        "# Hugging Face Daily Papers: 2025-07-01\n\n## 2507.10001\n\n"
        "**Summary**:\nSorry, this paper could not be opened.\n\n---\n\n## 2507.10002\n\n"
        "**Summary**:\n```markdown\n# Paper summary: \u201cKites\u201d\n\n"
        "## 1. Motivation\n\nWind.\n```\n\n"
        "Written from the abstract alone."
    )
    first, second = digest_of(text).entries
    assert (first.title, first.prose) == ("", "Sorry, this paper could not be opened.")
    assert second.title == "Kites"
    assert set(second.parts) == {
        ArchivePart("motivation", "Wind."),
        ArchivePart("", "Written from the abstract alone."),
    }


def test_a_title_without_end_is_cut_and_kept_as_text() -> None:
    entry = entry_of(f"{DAY}### {'very ' * 100_000}long\n\n- **What's New**: A kite.")
    assert len(entry.title) <= 400
    assert len(entry.prose) > 400_000


def test_footnotes_and_reference_links_are_told_where_they_are_used() -> None:
    text = (
        "# 2025-07-01 papers review\n\n"
        "## [Kites](https://arxiv.org/abs/2507.10001)\n\nSee [this][a].[^1]\n\n"
        "## [Wind](https://arxiv.org/abs/2507.10002)\n\nBlows.\n\n"
        "[a]: https://example.org/a\n[^1]: A footnote of words.\n"
    )
    first, second = digest_of(text).entries
    assert "[a]: https://example.org/a" in first.prose
    assert "[^1]: A footnote of words." in first.prose
    assert second.prose.startswith("Blows.")


def test_text_before_the_first_paper_and_after_the_last_is_kept() -> None:
    digest = digest_of(DAY + "Only one today.\n\n" + PAPER + "Up.\n\n## Conclusion\n\nThat is all.")
    assert digest.before == "Only one today."
    assert digest.after == "## Conclusion\n\nThat is all."


@pytest.mark.parametrize(
    "text",
    [
        "# 2025-07-01\n\n1. [Kites](https://arxiv.org/abs/2507.10001) They fly.",
        "# 2025-07-01\n\n- [Kites](https://arxiv.org/abs/2507.10001): They fly.",
        "# 2025-07-01\n\n- **Kites** ([pdf](https://arxiv.org/pdf/2507.10001)) - They fly.",
        "# 2025-07-01\n\n| title | note |\n|---|---|\n"
        "| [Kites](https://arxiv.org/abs/2507.10001) | They fly. |",
        "# 2025-07-01\n\n[Kites](https://arxiv.org/abs/2507.10001)\nThey fly.",
    ],
)
def test_papers_may_be_items_rows_or_paragraphs(text: str) -> None:
    entry = entry_of(text)
    assert (entry.title, entry.paper_id) == ("Kites", "2507.10001")
    assert "They fly." in entry.parts[0].text


@pytest.mark.parametrize(
    "heading",
    ["# {} papers review", "## {} Paper Summary", "# Papers review {}", "# **{}** papers reviews"],
)
@pytest.mark.parametrize(
    "day",
    [
        "2025-10-07",
        "2025/10/07",
        "20251007",
        "2025. 10. 7",
        "October 7, 2025",
        "7 Oct 2025",
        "2025년 10월 7일",
        "25.10.07",
        "'25. 10. 7",
        "251007",
        "07.10.2025",
        "Oct 7 '25",
    ],
)
def test_a_day_may_be_written_in_any_way(heading: str, day: str) -> None:
    digest = digest_of(f"{heading.format(day)}\n\n## Kites `lab`\n\nGood.\n")
    assert (digest.style, digest.period) == ("review", "2025-10-07")
    assert digest.entries[0].prose == "Good."


@pytest.mark.parametrize(
    ("name", "year"),
    [("2025/10-07.md", None), ("notes-2025/a.md", None), ("a.md", 2025), ("2025-10-07.md", None)],
)
def test_a_year_comes_from_the_name_the_folder_or_the_question(name: str, year: int | None) -> None:
    text = "# 10-07 papers summary\n\n## Kites `lab`\n\nGood.\n"
    assert digest_of(text, name, year).period == "2025-10-07"
    parsed = parse_file(text, Origin("a.md"))
    assert (parsed.digests, parsed.remarks[0].message_id) == ((), "archive-which-year")


def test_the_name_of_the_file_wins_over_its_heading_and_says_so() -> None:
    text = "# 2025-10-06 papers review\n\n## Kites `lab`\n\nGood.\n"
    parsed = parse_file(text, Origin("2025/2025-10-07.md"))
    assert parsed.digests[0].period == "2025-10-07"
    assert [one.message_id for one in parsed.remarks] == ["archive-name-wins"]


@pytest.mark.parametrize("day", ["2025-13-45", "2025/02/30", "[2025/02/30 ~ 03/06]"])
def test_a_day_that_there_is_not_is_refused_with_its_line(day: str) -> None:
    parsed = parse_file(f"\n# {day} papers review\n\n## Kites `lab`\n\nGood.\n")
    assert parsed.digests == ()
    assert [(one.line, one.message_id) for one in parsed.remarks] == [(2, "archive-no-such-day")]


@pytest.mark.parametrize(
    "text",
    [
        "## Daily Papers (2025-07-01)\n",
        "# Plan [2025/11/03 ~ 11/09]\n\n## Introduction\n\nTo the sea.\n\n## Abstract\n\nNothing.",
        "# A readme\n\nSee [a page](https://example.org).",
        "# 2025-11-03 meeting\n\n## Agenda\n\n- talk\n",
    ],
)
def test_a_text_without_papers_is_no_digest(text: str) -> None:
    with pytest.raises(NoPapersError):
        parse_file(text)


def test_each_paper_has_the_language_of_its_own_text() -> None:
    other = PAPER.replace("10001", "10002")
    digest = digest_of(
        DAY + PAPER + "- **What's New**: 연을 날렸다.\n\n" + other + "- **What's New**: A kite.\n"
    )
    assert [one.language for one in digest.entries] == ["ko", "en"]


def test_a_link_alone_is_a_stub() -> None:
    entry = entry_of(
        "# 2025-07-01 papers review\n\n## [K](https://arxiv.org/abs/2507.10001)\n\nlink"
    )
    assert is_stub(entry)


def test_a_fence_in_an_answer_of_a_model_does_not_swallow_what_follows() -> None:
    text = (
        "# Hugging Face Daily Papers – 2025-07-01\n\n## 2507.10001\n\n```markdown\n# Kites\n\n"
        "## 3. Method\n\n```python\nfly()\n```\n\n## 5. Results\n\nUp.\n```\n\n"
        "## 2507.10002\n\nAlso.\n"
    )
    first, second = digest_of(text).entries
    assert [part.slot for part in first.parts] == ["method", "results"]
    assert "fly()" in first.parts[0].text
    assert second.prose == "Also."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_end_of_a_line_is_one(end: str) -> None:
    text = (DAY + PAPER + "- **What's New:** A kite.\n\nFree words.\n").replace("\n", end)
    entry = entry_of(text)
    assert entry.paper_id == "2507.10001"
    assert "A kite." in repr(entry)
    assert "Free words." in repr(entry)


ABS = "https://arxiv.org/abs/2507.10001"


@pytest.mark.parametrize(
    "text",
    [
        f"**1. Kites Fly** ([arXiv]({ABS}))\n\nThey fly.",
        f"1\ufe0f\u20e3 **[Kites Fly]({ABS})**\n   - They fly.",
        f"• <{ABS}|Kites Fly> – They fly.",
        f"1. **Kites Fly**, {ABS}\n   They fly.",
        f"- **Kites Fly**\n  - link: {ABS}\n  - note: They fly.",
        f"> **[Kites Fly]({ABS})**\n> They fly.",
        f"## Kites Fly\n> arXiv: {ABS}\n\nThey fly.",
        f"## Kites Fly\n\n*Ada One (KAIST)*\n<{ABS}>\n\nThey fly.",
        f"## Kites Fly\n\n[Paper]({ABS}) | [Code](https://example.org/c)\n\nThey fly.",
        f'<h2><a href="{ABS}">Kites Fly</a></h2>\n<p>They fly.</p>',
        f"<details>\n<summary><b>Kites Fly</b> ({ABS})</summary>\n\nThey fly.\n\n</details>",
        f"| Title | Link | Note |\n|---|---|---|\n| Kites Fly | {ABS} | They fly. \\| |",
        f"We read [Kites Fly]({ABS}): They fly. All of us did.",
    ],
)
def test_a_paper_may_be_told_of_in_many_ways(text: str) -> None:
    entry = entry_of(f"# 2025-07-01\n\n{text}\n")
    assert (entry.title, entry.paper_id) == ("Kites Fly", "2507.10001")
    assert "They fly." in "\n".join(part.text for part in entry.parts)


def test_a_paper_that_is_only_mentioned_is_not_the_one_that_is_told_of() -> None:
    text = f"# 2025-07-01 papers review\n\n## Wind Blows\n\nIt beats [Kites Fly]({ABS}) by far.\n"
    assert entry_of(text).paper_id is None


@pytest.mark.parametrize("heading", ["## Themes\n\n- wind\n- rain", "## 흐름\n\n바람"])
def test_what_is_said_of_all_papers_is_none(heading: str) -> None:
    digest = digest_of(f"# 2025-07-01 papers\n\n{heading}\n\n## [Kites Fly]({ABS})\n\nUp.\n")
    assert [one.title for one in digest.entries] == ["Kites Fly"]
    assert digest.before == heading


@pytest.mark.parametrize(
    ("heading", "name", "period"),
    [
        ("Week 46, 2025: papers", "", "2025-W46"),
        ("2025년 46주차 논문", "", "2025-W46"),
        ("2025년 11월 2주차 논문", "", "2025-W46"),
        ("11월 2주차 논문", "2025/a.md", "2025-W46"),
        ("Papers", "2025/W46/a.md", "2025-W46"),
        ("Papers", "2025/November/12.md", "2025-11-12"),
        ("Papers", "2025-11/12일 리뷰.md", "2025-11-12"),
        ("Papers: Nov 10 – Nov 16, 2025", "", "2025-W46"),
        ("Papers, 10-16 November 2025", "", "2025-W46"),
        ("Papers, Dec 29 – Jan 4, 2026", "", "2026-W01"),
    ],
)
def test_a_week_may_be_told_by_its_number_or_its_days(heading: str, name: str, period: str) -> None:
    assert digest_of(f"# {heading}\n\n## [Kites]({ABS})\n\nUp.\n", name).period == period


def test_days_below_a_year_or_a_month_are_of_it() -> None:
    text = f"# 2025-10\n\n## 10-01\n\n### [Kites]({ABS})\n\n## 10-02\n\n### [Wind]({ABS})\n"
    assert [one.period for one in parse_file(text).digests] == ["2025-10-01", "2025-10-02"]


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_a_file_about_one_paper_tells_it_in_its_fields(fence: str) -> None:
    sign = "=" if fence == "+++" else ":"
    fields = f'title{sign} "Kites Fly"\ndate{sign} 2025-07-01\narxiv{sign} 2507.10001'
    entry = entry_of(f"{fence}\n{fields}\n{fence}\n\n## Good\n\nThey fly.\n")
    assert (entry.title, entry.paper_id) == ("Kites Fly", "2507.10001")


def test_a_heading_with_facts_in_a_list_is_one_paper() -> None:
    entry = entry_of(
        f"{DAY}### Kites Fly\n\n- 논문: {ABS}\n- **Authors**: Ada, Bo\n- 추천: 34\n- 성능: High.\n"
    )
    assert (entry.title, entry.paper_id, entry.votes) == ("Kites Fly", "2507.10001", 34)
    assert (entry.authors, entry.parts) == (("Ada", "Bo"), (ArchivePart("performance", "High."),))


def test_the_line_of_a_text_that_is_kept_is_its_own() -> None:
    parsed = parse_file(f"{DAY}{PAPER}- **What's New**: A kite.\n\nFree words.\n")
    assert [(one.line, one.text) for one in parsed.remarks] == [(7, "Free words.")]


@pytest.mark.parametrize(
    ("line", "votes", "kept"),
    [
        ("👍 31", 31, ""),
        ("⭐: 31", 31, ""),
        ("👍 추천수 : 31표", 31, ""),
        ("Votes – 31", 31, ""),
        ("Upvotes: 1.2k", 1200, ""),
        ("Vote: 1,204 (+30)", 1204, "Vote: 1,204 (+30)"),
        ("Vote: 3 of 5 people", None, "Vote: 3 of 5 people"),
    ],
)
def test_votes_are_told_by_signs_and_units_as_well(line: str, votes: int | None, kept: str) -> None:
    entry = entry_of(DAY + PAPER + line + "\n\n- **What's New**: A kite.")
    assert (entry.votes, entry.prose) == (votes, kept)


@pytest.mark.parametrize("beside", ["👍 31", "(Vote: 31)", "– 31 :thumbsup:", "(31 upvotes)"])
def test_votes_may_stand_beside_a_title(beside: str) -> None:
    heading = PAPER.strip() + f" {beside}\n\n"
    entry = entry_of(DAY + heading + "- **What's New**: A kite.")
    assert (entry.title, entry.votes, entry.prose) == ("Kites Fly", 31, "")


def test_a_reviews_text_stays_whole_and_its_facts_are_known() -> None:
    text = "Vote: 7\nAuthors: A. Kim; B. Lee\n\n### Limits\n\nNo wind."
    entry = entry_of("# 2025-07-01 papers review\n\n" + PAPER + text)
    assert (entry.votes, entry.authors, entry.prose) == (7, ("A. Kim", "B. Lee"), text)


@pytest.mark.parametrize(
    "items",
    [
        "1. **Kites Fly** (arXiv:{one}, Acme): They rise.\n2. **Wicks** ({two}): Burn.",
        "- Kites Fly: They rise. {abs}{one}\n- [W]({abs}{two})",
        "- [ ] [[Kites Fly]] {abs}{one}\n- [x] [[W]] arXiv:{two}",
        "• <{abs}{one}|Kites Fly>\n> They rise.\n• <{abs}{two}|W>",
        "[Kites Fly]({abs}{one}): They rise.\n[W]({abs}{two}): B.",
        "Name | Link\n--- | ---\nKites Fly | [pdf]({abs}{one})\nW | {two}",
        "<table>\n<tr><th>Paper</th></tr>\n\n<tr><td><a href='{abs}{one}'>Kites Fly</a></td></tr>\n"
        "<tr><td>W {two}</td></tr></table>",
    ],
)
def test_a_list_or_table_may_name_its_papers_in_any_way(items: str) -> None:
    told = items.format(abs="https://arxiv.org/abs/", one="2507.10001", two="2507.10002")
    entries = digest_of("# 2025-07-01\n\n" + told).entries
    assert [one.paper_id for one in entries] == ["2507.10001", "2507.10002"]
    assert entries[0].title == "Kites Fly"
    assert "They rise." not in items or "They rise." in entries[0].parts[0].text


def test_headings_that_papers_share_are_no_subtitles() -> None:
    text = "\n\n".join(
        f"## [Kites {one}](https://arxiv.org/abs/2507.1000{one})\n\n### Odd Ends\n\nA string."
        for one in (1, 2)
    )
    first, second = digest_of("# 2025-07-01 papers review\n\n" + text).entries
    assert (first.subtitle, second.subtitle) == ("", "")
    assert second.prose == "### Odd Ends\n\nA string."


def test_what_follows_the_rule_behind_the_last_paper_is_of_no_paper() -> None:
    papers = [PAPER.replace("10001", f"1000{one}") + "- **What's New**: A kite." for one in (1, 2)]
    digest = digest_of(DAY + "\n\n---\n\n".join([*papers, "See you tomorrow."]))
    assert digest.after == "---\n\nSee you tomorrow."


def test_a_plain_text_without_blank_lines_is_read() -> None:
    text = "[2025/08/04 ~ 08/10] papers\n\n"
    text += "Kites\nIntroduction\nThey rise.\nPaper link\nhttps://arxiv.org/abs/2508.70001\n"
    text += "Wicks\nIntroduction\nThey burn.\nPaper link\nhttps://arxiv.org/abs/2508.70002\n"
    entries = digest_of(text).entries
    assert [(one.title, one.paper_id) for one in entries] == [
        ("Kites", "2508.70001"),
        ("Wicks", "2508.70002"),
    ]


KITES, WICKS, LAMPS = (f"https://arxiv.org/abs/2507.1000{one}" for one in (1, 2, 3))


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        (
            f"**Kites Fly**\n\nThey rise.\n\n{KITES}\n\n---\n\n"
            f"**Wicks Burn**\n\nThey glow.\n\n{WICKS}",
            2,
        ),
        (f"Kites Fly\n{KITES}\nThey rise.\n\nWicks Burn\n{WICKS}\nThey glow.", 2),
        (
            f"1. **Kites Fly**\n   - Link: {KITES}\n   - What's New: They rise.\n"
            f"2. **Wicks Burn**\n   - Link: {WICKS}\n   - What's New: They glow.",
            2,
        ),
        (
            f"## Wind\n\nMuch about wind.\n\n- [Kites Fly]({KITES}): They rise.\n\n## Fire\n\n"
            f"Much about fire.\n\n- [Wicks Burn]({WICKS}): They glow.\n"
            f"- [Lamps Shine]({LAMPS}): They light.",
            3,
        ),
        (
            f"## [Kites Fly]({KITES})\n\nThey rise.\n\n## Also read\n\n"
            f"- [Wicks Burn]({WICKS}): They glow.\n- [Lamps Shine]({LAMPS}): They light.",
            3,
        ),
        (
            "| # | 제목 | arXiv | 메모 |\n|---|---|---|---|\n"
            "| 1 | Kites Fly | 2507.10001 | They rise. |\n"
            "| 2 | Wicks Burn | 2507.10002 | They glow. |",
            2,
        ),
        (
            f"## Wind\n\n### Kites Fly\n\n{KITES}\n\nThey rise.\n\n### Wicks Burn\n\n{WICKS}\n\n"
            f"They glow.\n\n## Fire\n\n### Lamps Shine\n\n{LAMPS}\n\nThey light.",
            3,
        ),
        (
            f"- [Kites Fly]({KITES})\n- [Wicks Burn]({WICKS})\n\n"
            f"## Kites Fly\n\n{KITES}\n\nThey rise.\n\n## Wicks Burn\n\n{WICKS}\n\nThey glow.",
            2,
        ),
        (
            f"> **[Kites Fly]({KITES})**\n>\n> - What's New: They rise.\n\n"
            f"> **[Wicks Burn]({WICKS})**\n>\n> - What's New: They glow.",
            2,
        ),
        (
            f"- **Kites Fly**\n\n  They rise.\n\n  {KITES}\n\n"
            f"- **Wicks Burn**\n\n  They glow.\n\n  {WICKS}",
            2,
        ),
    ],
)
def test_papers_begin_where_each_part_is_about_one(text: str, papers: int) -> None:
    wanted = [
        ("Kites Fly", "2507.10001", "They rise."),
        ("Wicks Burn", "2507.10002", "They glow."),
        ("Lamps Shine", "2507.10003", "They light."),
    ][:papers]
    entries = digest_of(f"# 2025-07-01 papers\n\n{text}\n").entries
    assert [(one.title, one.paper_id) for one in entries] == [one[:2] for one in wanted]
    for _, _, told in wanted:
        owners = [one.title for one in entries if told in repr(one.parts)]
        assert owners == [one[0] for one in wanted if one[2] == told]


def test_a_heading_among_listed_papers_is_none() -> None:
    text = f"- [Kites Fly]({KITES})\n\n#### An aside\n\nRain.\n\n- [Wicks Burn]({WICKS})\n"
    entries = digest_of(f"# 2025-07-01 papers review\n\n{text}").entries
    assert [one.title for one in entries] == ["Kites Fly", "Wicks Burn"]


def test_a_tag_behind_a_subtitle_is_the_papers() -> None:
    entry = entry_of("# 2025-07-01 papers review\n\n## Lamp Study\n### On Oil `acme`\n\nBright.\n")
    assert (entry.title, entry.subtitle, entry.organization) == ("Lamp Study", "On Oil", "acme")

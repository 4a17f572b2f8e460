"""Archives as teams write them: one way of writing after the other, drawn at random."""

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

HEADINGS = (
    "# {day} papers review",
    "## Daily Papers ({day})",
    "# Hugging Face Daily Papers – {day}",
    "# 오늘의 논문: {day}",
    "## **{day}** 논문 요약",
    "# 📚 Papers of {slash}",
    "{day} papers summary\n=====",
    "# 논문 정리 ({slash})",
    "**{day} papers**",
)
TITLES = (
    "[{title}](https://arxiv.org/abs/{id})",
    "{number}. [{title}](https://arxiv.org/pdf/{id}v2) `acme`",
    "{title} ([paper](https://huggingface.co/papers/{id}))",
    "[{title}][{number}] `acme` `kaist`",
    "**[{title}](https://www.alphaxiv.org/abs/{id})**",
    "① [{title}](https://arxiv.org/abs/{id}) ⭐ 5",
    "Paper {number}: {title} (arXiv:{id})",
    "{id} · {title}",
    "{title}\n\nhttps://arxiv.org/abs/{id}",
    "{title}\n\n> arXiv: <https://arxiv.org/abs/{id}>",
    "{number}. {title}\n\n[논문](https://arxiv.org/abs/{id}) | [코드](https://example.org/code)",
)
LABELS = (
    "What's New",
    "What’s New",
    "Technical Details",
    "성능",
    "핵심 동기와 문제 정의",
    "Odd Ends",
)
FORMS = (
    "- ***{label}***: {text}",
    "- **{label}**：{text}",
    "- **{label}:** {text}\n  - {more}",
    "**{label}**\n\n{text}\n\n{more}",
    "{deep} {number}. {label}\n\n{text}\n\n> {more}",
    "<details><summary>요약</summary>\n\n{text}\n\n</details>",
    "| a | b |\n|---|---|\n| {text} | {more} |",
    "{text}[^{note}]\n\n[^{note}]: {more}",
    "{text}\n\n```python\n## {more}\n```",
    "```markdown\n## {label}\n\n{text}\n```\n\n{more}",
    "<img src='a.png' alt='{more}'/>\n\n{text}",
    "<table>\n<tr><th>a</th></tr>\n\n<tr><td>{text}</td><td>{more}</td></tr>\n</table>",
    "1️⃣ **{label}**: {text} {more}",
    "```\n{deep} {label}\n\n{text}\n```\n\n{more}",
    "{label}:\n- {text}\n- {more}",
    "### {text}\n\n#### {more}\n\nEnd.",
    "![]({text}.png)\n\n![{more}](../a b.png)",
    "👍 {text}\n\n{more} – 저자",
    "1. {text}\n2. {more}",
    "• {text}\n• {more}",
    "- {label}: {text}\n  goes on {more}",
    "💡 **{label}**: {text}\n📊 {more}",
    "> [!note] {text}\n> {more}",
    "- [ ] {text}\n    - [x] {more}",
    "See https://example.org/{text} and <https://example.org/a|{more}>.",
)
_FIRST, _LAST = date(2025, 1, 1), date(2025, 12, 31)
# Words that stand nowhere else, so that each can be looked for.
_WORDS = st.integers(0, 10**9)


@dataclass(frozen=True)
class Archive:
    """A file, the words of each of its papers that are its text, and how many papers it has."""

    text: str
    words: tuple[str, ...]
    papers: int


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    """One day of one to four papers in one way of writing."""
    day = draw(st.dates(min_value=_FIRST, max_value=_LAST)).isoformat()
    heading = draw(st.sampled_from(HEADINGS)).format(day=day, slash=day.replace("-", "/"))
    level = draw(st.sampled_from(["##", "###"]))
    style = draw(st.sampled_from(TITLES))
    lines, ends = [heading], list[str]()
    words: list[str] = []
    many = draw(st.integers(1, 4))
    for number in range(1, many + 1):
        paper_id = f"2501.{draw(st.integers(10_000, 99_999))}"
        title = f"Lamps and Wicks {number}"
        lines.append(f"{level} " + style.format(title=title, id=paper_id, number=number))
        ends.append(f"[{number}]: https://arxiv.org/abs/{paper_id}")
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(["Vote: 1,234", "Vote: -", "추천: 3"])))
        for form in draw(st.lists(st.sampled_from(FORMS), max_size=3)):
            text, more = (f"zq{draw(_WORDS)}x{len(words) + one}" for one in (0, 1))
            label = draw(st.sampled_from(LABELS))
            told = form.format(
                label=label, text=text, more=more, deep=level + "#", number=number, note=len(words)
            )
            words += [one for one in (text, more) if one in told]
            lines.append(told)
    if "][" in style:
        lines += ends
    text = "\n\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))
    ends_of_lines = draw(st.sampled_from(["\n", "\r\n"]))
    return Archive(text.replace("\n", ends_of_lines), tuple(words), many)

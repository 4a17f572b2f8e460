"""Papers, summaries and digests to draw in the tests, friendly and hostile."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.digests import DigestContent, DigestEntry
from storage import Highlight, Paper, Section, Summary

DAY = date(2025, 3, 19)
NOW = datetime(2025, 3, 20, 0, 0, tzinfo=UTC)

HOSTILE_TITLES = (
    "가나다 " * 2500,
    "x" * 10_000,
    "&<>" * 3_000,
    "<!channel> <@U123> <!subteam^S1> <https://evil.example|click>",
    "\u202eevil\u202c \u200f\u05e9\u05dc\u05d5\u05dd \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "👩‍👩‍👧‍👦🏳️‍🌈 emoji 🚀" * 50,
    "line one\n  line two\r\nline three\tend",
    r"$\mathcal{O}(n^2)$ and \textbf{bold} $_{sub}$ {{braces}}",
    "```code``` `tick` *bold* _italic_ ~strike~ > quote",
    "a | b || c |> d",
    "",
    "   ",
)

TLDR = {
    "ko": "상수 메모리로 동작하면서도 트랜스포머와 견줄 만한 성능을 내는 순환 구조를 제안합니다.",
    "en": "A recurrent architecture that rivals Transformers with constant memory.",
}


def paper(number: int, *, title: str | None = None, **fields: object) -> Paper:
    """A paper with everything that a source can give."""
    known: dict[str, object] = {
        "abstract": f"We study case {number} of many. It is hard, e.g. very. It works well.",
        "authors": ("Ada One", "Bo Two", "Chae-won Three", "Dana Four", "Eun Five"),
        "organization": "Example Lab",
        "published": datetime(2025, 3, 18, 12, tzinfo=UTC),
        "votes": 100 - number,
        "code_url": f"https://github.com/example/repo-{number}",
        "code_stars": 1234,
        "project_url": f"https://example.github.io/{number}",
        "keywords": ("state space", "agents"),
    }
    name = f"Paper {number}: a title" if title is None else title
    return Paper(id=f"2503.{14000 + number}", title=name, **{**known, **fields})  # type: ignore[arg-type]


def summary(
    paper_id: str, language: str, *, maker: str = "gpt-5-mini", text: str | None = None
) -> Summary:
    """A complete summary; *text* stands in for every sentence."""
    told = TLDR.get(language, TLDR["en"]) if text is None else text
    slots = ("motivation", "contributions", "method", "setup", "results", "limitations")
    return Summary(
        paper_id=paper_id,
        language=language,
        tldr=told,
        highlights=tuple(
            Highlight(slot, f"{told} A word on what is {slot}.")
            for slot in ("new", "technical", "performance")
        ),
        sections=tuple(Section(slot, told) for slot in (*slots, "followups")),
        organizations=("Example Lab",),
        maker=maker,
        basis="fulltext",
        made_at=NOW,
    )


def entry(one: Paper, told: Summary | None = None, **fields: Any) -> DigestEntry:
    """A paper that stands alone, with what is told of it."""
    return DigestEntry(one, one.votes, summary=told, **fields)


def content(
    count: int,
    *,
    language: str = "ko",
    style: str = "brief",
    rest: int = 0,
    titles: tuple[str, ...] = (),
    text: str | None = None,
    given: Mapping[str, object] | None = None,
    **fields: object,
) -> DigestContent:
    """A digest of *count* summarised papers and *rest* titles; *given* are fields of the papers."""

    def title(number: int) -> str | None:
        return titles[number % len(titles)] if titles else None

    numbers = range(1, count + rest + 1)
    papers = [paper(number, title=title(number), **(given or {})) for number in numbers]
    first = "en" if language == "en" else "ko"
    entries = tuple(
        DigestEntry(
            number=number,
            paper=one,
            votes=one.votes,
            summary=summary(one.id, first, text=text),
            abstract=one.abstract,
            others=(summary(one.id, "en", text=text),) if language == "both" else (),
        )
        for number, one in enumerate(papers[:count], start=1)
    )
    known: dict[str, object] = {"kind": "daily", "period": DAY.isoformat(), "day": DAY}
    return DigestContent(
        language=language,
        style=style,
        entries=entries,
        rest=tuple(papers[count:]),
        **{**known, **fields},  # type: ignore[arg-type]
    )

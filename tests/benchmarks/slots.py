"""Whether the parts of extractive summaries hold what their headings say.

``python -m tests.benchmarks.slots FILE``: each line of the file is a paper whose abstract's
sentences somebody labelled with what they do: ``{"id", "title", "sentences": [{"text", "role"}],
"best_contribution"}``. Printed are the share of shown sentences that fit their part, the share of
parts that are there of those that the abstract has sentences for, and how often a list's line is
the best contribution.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.summaries import SourceTexts, make_extractive
from bot.summaries.scoring import without_lead_in
from bot.text import one_line
from bot.text.sentences import sentences
from storage import Paper, Summary

# What may stand in each part.
FITS = {
    "new": {"contribution"},
    "technical": {"method", "contribution"},
    "performance": {"result"},
    "motivation": {"background"},
    "contributions": {"contribution", "resource"},
    "method": {"method", "contribution"},
    "setup": {"method", "result", "setup"},
    "results": {"result"},
    "limitations": {"limitation"},
    "followups": {"result", "limitation", "future"},
}


@dataclass(frozen=True)
class Shown:
    """A sentence that a part shows, and what it does in the abstract."""

    slot: str
    role: str
    text: str


def shown_in(summary: Summary, roles: dict[str, str]) -> Iterator[Shown]:
    """The sentences of all parts with their roles."""
    parts = [(one.slot, one.text) for one in summary.highlights]
    parts += [(one.slot, one.text) for one in summary.sections]
    for slot, told in parts:
        for text in sentences(told):
            yield Shown(slot, roles.get(_key(text), "?"), text)


def measure(rows: list[dict[str, Any]], *, lists: bool) -> None:
    """Print the shares over all papers."""
    right: dict[str, list[bool]] = defaultdict(list)
    there: list[bool] = []
    lines: list[str] = []
    best: list[bool] = []
    for row in rows:
        roles = {_key(one["text"]): one["role"] for one in row["sentences"]}
        abstract = one_line(" ".join(one["text"] for one in row["sentences"]))
        source = SourceTexts(Paper(row["id"], row["title"], abstract), "en", abstract, "en")
        summary = make_extractive(source)
        shown = list(shown_in(summary, roles))
        for one in shown:
            right[one.slot].append(one.role in FITS[one.slot])
            if lists and one.role not in FITS[one.slot]:
                print(f"{one.slot:13} {one.role:12} {one.text}")
        filled = {one.slot for one in shown}
        for slot in ("new", "technical", "performance", "motivation"):
            if FITS[slot] & set(roles.values()):
                there.append(slot in filled)
        wanted = row["sentences"][row["best_contribution"]]
        line = roles.get(_key(summary.tldr), "?")
        lines.append(line)
        best.append(_key(summary.tldr) == _key(wanted["text"]))
    total = [one for found in right.values() for one in found]
    print(f"{len(rows)} papers; fit {sum(total)} of {len(total)} ({sum(total) / len(total):.2f})")
    for slot, found in right.items():
        print(f"  {slot:13} {sum(found)} of {len(found)}")
    print(f"parts there: {sum(there)} of {len(there)}")
    told = sum(one == "contribution" for one in lines)
    print(f"list lines: contribution {told}, the best one {sum(best)} of {len(best)}")


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, without_lead_in(one_line(text)).lower()))[:80]


if __name__ == "__main__":
    papers = Path(sys.argv[1]).read_text("utf-8").splitlines()
    measure([json.loads(line) for line in papers], lists="--lists" in sys.argv)

"""All kinds of random input, and the way to run one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from tests.fuzzing import papers, slack
from tests.fuzzing.bench import open_bench
from tests.fuzzing.desk import open_room


@dataclass(frozen=True)
class Kind:
    """``open`` makes what :attr:`check` is called with, beside the case."""

    name: str
    cases: SearchStrategy[Any]
    check: Callable[[Any, Any], None]
    open: Callable[[], AbstractContextManager[Any]]


KINDS = (
    Kind("slash texts", slack.commands(), slack.command, open_bench),
    Kind("block actions", slack.clicks(), slack.click, open_bench),
    Kind("view states", slack.submissions(), slack.submission, open_bench),
    Kind("event payloads", slack.events(), slack.event, open_bench),
    Kind("listings", papers.listings, papers.listing, open_room),
    Kind("feeds", papers.feeds, papers.feed, open_room),
    Kind("HTML papers", papers.pages, papers.html, open_room),
    Kind("PDF papers", papers.pdfs, papers.pdf, open_room),
    Kind("Markdown archives", papers.archives, papers.archive, open_room),
    Kind("model summaries", papers.drafts(), papers.summary, open_room),
    Kind("model answers", papers.answers(), papers.answer, open_room),
)


def run(kind: Kind, cases: int) -> None:
    """Run *cases* of a kind; raises what the smallest failing case raises."""
    with kind.open() as room:

        @settings(
            max_examples=cases,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(kind.cases)
        def check(case: Any) -> None:
            kind.check(room, case)

        check()

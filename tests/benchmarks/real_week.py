"""The week of 2025-W12 from the real listings: ``python -m tests.benchmarks.real_week FOLDER``.

Shows the week on an archive that is empty, that has a part of the days (three of the week, and of
the weeks before only two whole ones), and that has them all, from the listings of January to March
2025 as they stood a day later. The summaries of the week's papers are made without a model. In
Korean, English and both it writes into *FOLDER*/empty, /part and /whole the messages as Block Kit
(``week-LANGUAGE.json``, what ``paperboy weekly --dry-run`` prints) and as text
(``week-LANGUAGE.txt``), and of the whole archive the Markdown with its picture; and it prints each
trend with the counts behind it. Messages outside Slack's limits end it with status 1.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.archive.exporter import Exporter
from bot.digests import DigestContent, Week, compose_weekly, render_digest
from bot.digests.chart import chart_of, chart_text
from bot.digests.wish import WEEKLY, Wish
from bot.languages import LANGUAGES
from bot.sources.huggingface import parse_listing
from bot.summaries import Summarizer
from storage import ListingEntry, Storage, open_storage
from tests.benchmarks.qasper import need
from tests.slack_limits import problems

WEEK = Week(2025, 12)
READ_ON = datetime(2025, 3, 24, 9, tzinfo=UTC)
ALL = frozenset(WEEK.before(8).first + timedelta(days=day) for day in range(63))
_WHOLE_WEEKS = (WEEK.before(2), WEEK.before(5))
PART = frozenset(
    day
    for day in ALL
    if Week.of(day) in _WHOLE_WEEKS or (Week.of(day) == WEEK and day.weekday() < 3)
)
ARCHIVES = {"empty": frozenset[date](), "part": PART, "whole": ALL}


def main() -> int:
    """Write the files and print the trends."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    for name, days in ARCHIVES.items():
        with tempfile.TemporaryDirectory() as place:
            storage = open_storage(Path(place) / "paperboy.db")
            wrong += _shown(storage, days, folder / name)
            storage.close()
    print("\n".join(wrong) or "every message is within Slack's limits")
    return 1 if wrong else 0


def _shown(storage: Storage, days: frozenset[date], folder: Path) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    _store_listings(storage, days)
    _summarize(storage)
    _tell_trends(_week(storage, "en"))
    wrong = [one for language in (*LANGUAGES, "both") for one in _posted(storage, language, folder)]
    if days == ALL:
        for language in LANGUAGES:
            out = folder / language
            for path in Exporter(storage).export("weekly", week=WEEK, language=language, out=out):
                print(path)
    return wrong


def _week(storage: Storage, language: str) -> DigestContent:
    return compose_weekly(
        storage, WEEK, Wish(language, WEEKLY, sources=("huggingface",)), now=READ_ON
    )


def _store_listings(storage: Storage, days: frozenset[date]) -> None:
    folder = need("hf_daily")
    for day in sorted(days):
        file = folder / "next_day" / f"{day}.json"
        papers = parse_listing(file.read_bytes()).papers if file.exists() else ()
        moment = datetime.combine(day, time(), UTC)
        storage.papers.save(papers, now=moment)
        entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, 1)]
        storage.listings.save("huggingface", day, entries, settled=True, now=moment)


def _summarize(storage: Storage) -> None:
    papers = [one.paper for one in _week(storage, "en").entries]
    summarizer = Summarizer(storage, None, None, lambda: READ_ON)
    for language in LANGUAGES:
        summarizer.ensure(papers, language)


def _tell_trends(content: DigestContent) -> None:
    print("| trend | W04 … W12, papers of all | share | before | papers behind it |")
    print("|---|---|---|---|---|")
    for one in content.trends:
        counts = " ".join(f"{n}/{of}" for n, of in zip(one.counts, one.totals, strict=True))
        titles = "; ".join(paper.title for paper in one.papers[:3])
        print(f"| {one.topic} | {counts} | {one.share:.1%} | {one.earlier_share:.1%} | {titles} |")
    if chart := chart_of(content):
        print(f"\n{chart_text(chart)}\n")


def _posted(storage: Storage, language: str, folder: Path) -> Iterator[str]:
    """Writes the messages and yields what Slack would refuse."""
    messages = render_digest(_week(storage, language))
    path = folder / f"week-{language}.json"
    told = [message.payload() for message in messages]
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    texts = "\n\n---\n\n".join(message.text for message in messages)
    path.with_suffix(".txt").write_text(texts, encoding="utf-8")
    print(f"{path}: {len(messages)} messages")
    for number, message in enumerate(messages, start=1):
        yield from (f"{path.name} {number}: {one}" for one in problems(message))


if __name__ == "__main__":
    sys.exit(main())

"""The week of 2025-W12 from the real listings: ``python -m tests.benchmarks.real_week FOLDER``.

Stores the listings of January to March 2025 as they stood a day later, makes the summaries of the
week's papers without a model, and writes into *FOLDER*, in Korean, English and both: the messages
as Block Kit (``week-LANGUAGE.json``, what ``paperboy weekly --dry-run`` prints), the Markdown with
its picture, and prints each trend with the counts behind it. Messages outside Slack's limits end
it with status 1.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from bot.archive import Exporter
from bot.digests import DigestContent, Week, compose_weekly, render_digest
from bot.digests.chart import chart_of, chart_text
from bot.languages import LANGUAGES
from bot.sources.huggingface import parse_listing
from bot.summaries import Summarizer
from storage import ListingEntry, Storage, open_storage
from tests.benchmarks.qasper import need
from tests.slack_limits import problems

WEEK = Week(2025, 12)
READ_ON = datetime(2025, 3, 24, 9, tzinfo=UTC)


def main() -> int:
    """Write the files and print the trends."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        storage = open_storage(Path(place) / "paperboy.db")
        _store_listings(storage)
        _summarize(storage)
        _tell_trends(compose_weekly(storage, WEEK, language="en"))
        wrong = [
            one for language in (*LANGUAGES, "both") for one in _posted(storage, language, folder)
        ]
        for language in LANGUAGES:
            out = folder / language
            for path in Exporter(storage).export("weekly", week=WEEK, language=language, out=out):
                print(path)
        storage.close()
    print("\n".join(wrong) or "every message is within Slack's limits")
    return 1 if wrong else 0


def _store_listings(storage: Storage) -> None:
    for file in sorted(need("hf_daily").glob("next_day/2025-*.json")):
        day = date.fromisoformat(file.stem)
        moment = datetime.combine(day, time(), UTC)
        papers = parse_listing(file.read_bytes()).papers
        storage.papers.save(papers, now=moment)
        entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, 1)]
        storage.listings.save("huggingface", day, entries, settled=True, now=moment)


def _summarize(storage: Storage) -> None:
    papers = [one.paper for one in compose_weekly(storage, WEEK, language="en").entries]
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
    messages = render_digest(compose_weekly(storage, WEEK, language=language))
    path = folder / f"week-{language}.json"
    told = [message.payload() for message in messages]
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{path}: {len(messages)} messages")
    for number, message in enumerate(messages, start=1):
        yield from (f"{path.name} {number}: {one}" for one in problems(message))


if __name__ == "__main__":
    sys.exit(main())

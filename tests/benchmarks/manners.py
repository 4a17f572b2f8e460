"""Whether Paperboy keeps out of what is not meant for it, and answers what is.

Each case is a message in a thread of a paper or of a digest, after up to two others; it goes the
way of every message, from Slack's event to the decision. The cases are written by people who don't
know the rule. A file has one case a line: ``text`` (with ``<@BOT>`` and ``<@U1>`` as mentions),
``thread`` (``paper`` with ``title`` and ``abstract``, or ``digest`` with ``titles``), ``turns``
(``who`` is ``bot`` or ``member``) and ``answer``, whether it should be answered.

Run with ``python -m tests.benchmarks.manners FILE [--show]``.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.questions import Decision, IncomingMessage, Talk
from bot.questions.hearing import Hearing
from bot.questions.policy import OUR_NAME
from bot.search import load_embedder
from bot.search.embedder import Remembering
from handlers.payloads import incoming
from storage import Paper, Storage, Thread, Turn, open_storage

NOW = datetime(2025, 3, 20, 9, tzinfo=UTC)
Case = Mapping[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", type=Path, help="a file of cases")
    parser.add_argument("--show", action="store_true", help="print what was decided wrongly")
    options = parser.parse_args()
    cases = [json.loads(line) for line in options.cases.read_text("utf-8").splitlines() if line]
    decided = decisions(cases)
    for wanted, word in ((False, "silent"), (True, "answered")):
        of_kind = [
            got for case, got in zip(cases, decided, strict=True) if case["answer"] is wanted
        ]
        right = sum(got is wanted for got in of_kind)
        print(f"{word:9}{right:4} of {len(of_kind):4}  {100 * right / max(1, len(of_kind)):5.1f} %")
    if options.show:
        for case, got in zip(cases, decided, strict=True):
            if got is not case["answer"]:
                print("answered" if got else "silent", "but should not:", case["text"])


def decisions(cases: Sequence[Case]) -> list[bool]:
    """Whether each case is answered."""
    embedder = load_embedder()
    talk = Talk(None if embedder is None else Remembering(embedder))
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(Path(folder) / "manners.db").of_team("T1")
        hearing = Hearing(storage, lambda: NOW, talk=talk, default_language="en")
        made = [_decided(case, at, storage, hearing) for at, case in enumerate(cases, start=1)]
        storage.close()
    return made


def _decided(case: Case, at: int, storage: Storage, hearing: Hearing) -> bool:
    channel = f"C{at}"
    _open_thread(case, at, channel, storage)
    for place, turn in enumerate(case["turns"], start=1):
        is_asked = any(later["who"] == "bot" for later in case["turns"][place:])
        _say(turn, channel, place, storage, hearing, is_asked=turn["who"] != "bot" and is_asked)
    event = {
        "type": "message",
        "channel": channel,
        "ts": "9.0",
        "thread_ts": "1.0",
        "user": "U9",
        "text": case["text"],
    }
    message = incoming(event, our_user="BOT", team="T1")
    assert message is not None
    return hearing.receive(message)[0] is Decision.ANSWER


def _open_thread(case: Case, at: int, channel: str, storage: Storage) -> None:
    titles = [case["title"]] if case["thread"] == "paper" else case["titles"]
    papers = [
        Paper(f"{at}.{number}", title, abstract=case.get("abstract", ""))
        for number, title in enumerate(titles)
    ]
    storage.papers.save(papers, now=NOW)
    thread = Thread(channel, "1.0", "paper", paper_id=papers[0].id)
    if case["thread"] == "digest":
        digest_id = storage.digests.claim(
            channel=channel,
            kind="daily",
            period="2025-03-19",
            language="en",
            style="brief",
            paper_ids=[paper.id for paper in papers],
            now=NOW,
        )
        thread = Thread(channel, "1.0", "digest", digest_id=digest_id)
    storage.threads.save(thread, now=NOW)


def _say(
    turn: Case, channel: str, place: int, storage: Storage, hearing: Hearing, *, is_asked: bool
) -> None:
    """Record one of the turns before the message, a minute ago."""
    speaker = OUR_NAME if turn["who"] == "bot" else "U8"
    ts = f"{place + 1}.0"
    said_at = NOW - timedelta(minutes=1)
    storage.threads.add_turn(Turn(channel, "1.0", ts, speaker, turn["text"], said_at))
    if is_asked:
        hearing.record(IncomingMessage(channel, ts, speaker, turn["text"], thread_ts="1.0"))


if __name__ == "__main__":
    main()

"""Questions about three papers, answered by somebody in the model's place.

    python -m tests.benchmarks.questions_by_hand QUESTIONS --free
    python -m tests.benchmarks.questions_by_hand QUESTIONS --url URL --mail FOLDER [--language en]

QUESTIONS holds a JSON object a line: ``paper``, ``text``, and where there are any ``gold``, the
sentence that answers it, and ``after``, a question to ask before it in the same thread. URL (with
``/v1``) is a model server that puts each request into FOLDER/inbox and waits for its answer.

``--free`` tells without a model for how many questions the needed sentence is among what a model
would get: with papers sent whole where they fit, and with chosen passages alone. Otherwise the
real bot is started beside a local workspace and a loopback arXiv, each question asked in a thread
of its own, and the transcript printed, with the requests' tokens, how much of them was the same
as in a request before, the calls, and the sentences that were left out.
"""

import argparse
import json
import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.answers.extractive import Extractive
from bot.answers.material import MOST_TOKENS, Collector, frame
from bot.answers.memory import in_context
from bot.answers.records import Ask
from bot.answers.wishes import Examples
from bot.fulltext.parsing import parse
from bot.fulltext.passages import cut
from bot.languages import catalog
from bot.search import SearchIndex, load_embedder
from bot.sources.huggingface import parse_listing
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from storage import Fulltext, Paper, Storage, Thread, Turn, open_storage
from tests.benchmarks.qasper import need
from tests.process import environment, running
from tests.replay import LoopbackServer, Reply, Request

_NOW = datetime(2025, 3, 20, tzinfo=UTC)
_CHOSEN_ALONE = 7_000
_LETTERS_A_TOKEN = 4
_PATIENCE_SECONDS = 4 * 3600
_SILENCE_SECONDS = 900
_FOLDERS = {"pdf": "pdf", "html": "latexml_html"}


@dataclass(frozen=True)
class Asked:
    """A question, the sentence that answers it (if one is known), and what is asked before."""

    paper: str
    text: str
    gold: str = ""
    after: str = ""


class Arxiv(LoopbackServer):
    """Serves the full texts as arXiv does."""

    def answer(self, request: Request) -> Reply:
        """The HTML or PDF of a paper."""
        kind, _, paper_id = request.path.strip("/").partition("/")
        path = fulltext(paper_id.partition("v")[0], kind)
        if path is None:
            return Reply(status=404)
        form = "application/pdf" if kind == "pdf" else "text/html; charset=utf-8"
        return Reply(body=path.read_bytes(), headers={"Content-Type": form})


def fulltext(paper_id: str, kind: str) -> Path | None:
    """The file of a paper's full text."""
    folder = _FOLDERS.get(kind)
    found = sorted(need(f"arxiv_fulltext/{folder}").glob(f"{paper_id}*")) if folder else []
    return found[0] if found else None


def questions(path: Path) -> list[Asked]:
    """The questions of a file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Asked(one["paper"], one["text"], one.get("gold") or "", one.get("after") or "")
        for one in rows
    ]


def listed(paper_ids: Sequence[str]) -> list[Paper]:
    """The papers as they stand in the real listings; those that don't have a title alone."""
    known: dict[str, Paper] = {}
    for path in sorted(need("hf_daily/same_day").glob("*.json")):
        data = path.read_bytes()
        if any(one.encode() in data for one in paper_ids):
            known |= {one.id: one for one in parse_listing(data).papers}
    return [known.get(one) or Paper(one, one) for one in paper_ids]


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", type=Path)
    parser.add_argument("--free", action="store_true", help="no model; the needed passages alone")
    parser.add_argument("--url", help="base URL of the model server, with /v1")
    parser.add_argument("--mail", type=Path, help="the folder of the server's mail")
    parser.add_argument("--language", default="ko")
    arguments = parser.parse_args()
    asked = questions(arguments.questions)
    if arguments.free:
        for name, tokens in (("whole where they fit", MOST_TOKENS), ("chosen", _CHOSEN_ALONE)):
            print(f"papers {name}: {needed(asked, tokens)}")
        return
    if not (arguments.url and arguments.mail):
        parser.error("--url and --mail are needed, or --free")
    by_hand(asked, arguments.url, arguments.mail / "inbox", arguments.language)


def needed(asked: Sequence[Asked], tokens: int) -> str:
    """How many of the questions whose sentence is known have it in their request, and which not."""
    paper_ids = list(dict.fromkeys(one.paper for one in asked))
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(Path(folder) / "benchmark.db")
        papers = {one.id: one for one in listed(paper_ids)}
        storage.papers.save(list(papers.values()), now=_NOW)
        for paper_id in paper_ids:
            _store_text(storage, paper_id)
        index = SearchIndex(storage, load_embedder())
        index.index(paper_ids)
        examples, collector = Examples(index.embedder), Collector(storage, index)
        extractive, lost, size = Extractive(storage, index, examples), [], []
        known = [one for one in asked if one.gold]
        for one in known:
            paper, words = papers[one.paper], catalog("ko")
            said = Turn("C", "1", "1", "U", one.after, _NOW)
            history = (said,) if one.after else ()
            rested = one.after and extractive.answer(Ask(one.after, (one.paper,), "ko"), paper)
            before = rested.citations if rested else ()
            ask = Ask(one.text, (one.paper,), "ko", history=history, before=before)
            wishes = examples.wishes(one.text, title=paper.title)
            query = in_context(wishes[0], history) if len(wishes) == 1 else one.text
            found = collector.collect(ask, [paper], query=query, kind=wishes[0].kind, tokens=tokens)
            shown = "\n".join(frame(found, [paper], words))
            size.append(len(shown) // _LETTERS_A_TOKEN)
            if _flat(one.gold) not in _flat(shown):
                lost.append(one.text)
        storage.close()
    mean = sum(size) // max(1, len(size))
    return f"{len(known) - len(lost)} of {len(known)}, {mean} tokens a question; not: {lost}"


def _store_text(storage: Storage, paper_id: str) -> None:
    for kind in ("html", "pdf"):
        path = fulltext(paper_id, kind)
        if path is not None:
            document = parse(path.read_bytes(), kind, f"https://arxiv.org/{kind}/{paper_id}")
            storage.fulltexts.save(Fulltext(paper_id, 1, kind), cut(document.blocks), now=_NOW)
            return


def by_hand(asked: Sequence[Asked], url: str, inbox: Path, language: str) -> None:
    """Ask in threads of a running bot; print what it wrote and what its requests held."""
    before = {path.name for path in inbox.glob("*.json")} if inbox.exists() else set()
    with (
        tempfile.TemporaryDirectory() as name,
        Arxiv() as arxiv,
        Workspace(mode="socket") as workspace,
    ):
        folder = Path(name)
        roots = _threads(workspace, folder, asked)
        settings = environment(
            workspace,
            folder,
            OPENAI_API_KEY="by-hand",
            OPENAI_BASE_URL=url,
            PAPERBOY_ARXIV_URL=arxiv.base_url,
            PAPERBOY_LANGUAGE=language,
            PAPERBOY_WEEKDAYS="sun",
            PAPERBOY_MODEL_TIMEOUT=str(_PATIENCE_SECONDS),
            PAPERBOY_MODEL_LONGEST_CALL=str(_PATIENCE_SECONDS),
            SLACK_APP_TOKEN=workspace.app_token,
            **{key: os.environ[key] for key in os.environ if key.startswith("PAPERBOY_VERIFIER")},
        )
        with running(workspace, folder, settings=settings):
            waiting = dict(zip(roots, asked, strict=True))
            for root, one in waiting.items():
                workspace.say(MINJI.id, DAILY.id, one.after or one.text, root)
            followed: set[str] = set()
            heard, since = 0, time.monotonic()
            # A message that is not taken for a question gets no answer.
            while waiting and time.monotonic() < since + _SILENCE_SECONDS:
                time.sleep(1)
                if heard != (now := len(list(inbox.glob("*.json"))) - len(waiting)):
                    heard, since = now, time.monotonic()
                for root, one in list(waiting.items()):
                    answers = _answers(workspace, root)
                    if one.after and answers and root not in followed:
                        workspace.say(MINJI.id, DAILY.id, one.text, root)
                        followed.add(root)
                    if len(answers) > bool(one.after):
                        del waiting[root]
        for root, one in zip(roots, asked, strict=True):
            print(f"\n{'─' * 80}\n{one.paper}")
            for message in workspace.messages(DAILY.id, root)[1:]:
                print(f"\n{'🤖' if message.bot_id else '❓'} {message.text}")
    fresh = sorted(path for path in inbox.glob("*.json") if path.name not in before)
    report(asked, [json.loads(path.read_text("utf-8")) for path in fresh])


def _threads(workspace: Workspace, folder: Path, asked: Sequence[Asked]) -> list[str]:
    """A thread about its paper for each question."""
    storage = open_storage(folder / "paperboy.db")
    storage.papers.save(listed(list(dict.fromkeys(one.paper for one in asked))), now=_NOW)
    roots = []
    for one in asked:
        root = workspace.say(MINJI.id, DAILY.id, f"A thread about {one.paper}")
        storage.threads.save(Thread(DAILY.id, root.ts, "paper", paper_id=one.paper), now=_NOW)
        roots.append(root.ts)
    storage.close()
    return roots


def _answers(workspace: Workspace, root: str) -> list[Any]:
    return [one for one in workspace.messages(DAILY.id, root) if one.bot_id and not one.streaming]


def report(asked: Sequence[Asked], requests: Sequence[dict[str, Any]]) -> None:
    """What the requests held: the needed sentences, tokens, and what was the same before."""
    texts = [_text_of(one) for one in requests]
    answering = [text for text in texts if "\nQuestion: " in text]
    found, known = 0, [one for one in asked if one.gold]
    missed = []
    for one in known:
        wanted = " ".join(one.text.split())
        own = [text for text in answering if f"\nQuestion: {wanted}" in text]
        if any(_flat(one.gold) in _flat(text) for text in own):
            found += 1
        else:
            missed.append(one.text if own else f"{one.text} (no request)")
    shares = list(_stable_shares(answering))
    tokens = [len(text) // _LETTERS_A_TOKEN for text in answering]
    print(f"\n{'─' * 80}")
    print(f"needed passage in the request: {found} of {len(known)}; not: {missed}")
    print(f"calls: {len(answering)} answers, {len(texts) - len(answering)} verifications")
    if tokens:
        checks = [len(text) // _LETTERS_A_TOKEN for text in texts if text not in answering]
        print(f"tokens a question: {sum(tokens) // len(tokens)}", end="")
        print(f", and {sum(checks) // len(tokens)} for its verification")
        print(f"share of a request that begins like one before: {sum(shares) / len(shares):.2f}")


def _stable_shares(texts: Sequence[str]) -> Iterator[float]:
    for at, text in enumerate(texts):
        yield max((_same_beginning(text, one) for one in texts[:at]), default=0) / len(text)


def _same_beginning(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _text_of(request: dict[str, Any]) -> str:
    return "\n".join(str(one["content"]) for one in request["messages"])


def _flat(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


if __name__ == "__main__":
    main()

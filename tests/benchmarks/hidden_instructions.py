"""How much text that addresses a model is found, and how much honest text is taken for such.

Run with ``python -m tests.benchmarks.hidden_instructions``. The patterns were written with the
corpus at hand, so that its row is a fitted number. The unseen wordings were written afterwards and
nothing was changed for them: theirs is the honest row. Whoever tunes for them moves them into the
corpus and writes new ones.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.fulltext import find_instructions, neutralise
from bot.fulltext.parsing import parse
from bot.fulltext.passages import cut
from tests.shared_data import shared_folder

_DATA = Path(__file__).resolve().parents[1] / "data"


def main() -> int:
    """Print one row a set of texts."""
    for name in ("poisoned", "poisoned_unseen"):
        _poisoned(name)
    folder = shared_folder()
    if folder is None:
        return 0
    abstracts = {
        entry["paper"]["id"]: entry["paper"].get("summary", "")
        for path in sorted((folder / "hf_daily").glob("*/*.json"))
        for entry in json.loads(path.read_bytes())
    }
    _honest("honest abstracts", list(abstracts.values()))
    papers = sorted((folder / "arxiv_fulltext").glob("*/*.*"))
    for path in papers:
        document = parse(path.read_bytes(), path.suffix[1:], "https://arxiv.org/html/x")
        _honest(path.stem[:21], [passage.text for passage in cut(document.blocks)])
    return 0


def _poisoned(name: str) -> None:
    lines = (_DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    for language in ("en", "ko"):
        own = [entry for entry in map(json.loads, lines) if entry["language"] == language]
        found = sum(bool(find_instructions(entry["text"])) for entry in own)
        left = sum(any(one in neutralise(entry["text"]) for one in entry["gone"]) for entry in own)
        row = f"{found}/{len(own)} found, {left} not made harmless"
        print(f"{f'{name} {language}':<22}{row}")


def _honest(name: str, texts: Sequence[str]) -> None:
    start = time.process_time()
    flagged = sum(bool(find_instructions(text)) for text in texts)
    speed = sum(map(len, texts)) / (time.process_time() - start)
    share = flagged / len(texts)
    print(f"{name:<22}{flagged}/{len(texts)} flagged ({share:.2%}), {speed:.0f} chars/s")


if __name__ == "__main__":
    sys.exit(main())

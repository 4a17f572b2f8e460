"""How much text that addresses a model is found, and how much honest text is taken for such.

Run with ``python -m tests.benchmarks.hidden_instructions``.
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

_CORPUS = Path(__file__).resolve().parents[1] / "data" / "poisoned.jsonl"


def main() -> int:
    """Print one row a set of texts."""
    corpus = [json.loads(line) for line in _CORPUS.read_text(encoding="utf-8").splitlines()]
    found = sum(bool(find_instructions(entry["text"])) for entry in corpus)
    left = sum(
        any(piece in neutralise(entry["text"]) for piece in entry["gone"]) for entry in corpus
    )
    print(f"{'poisoned':<22}{found}/{len(corpus)} found, {left} not made harmless")
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


def _honest(name: str, texts: Sequence[str]) -> None:
    start = time.process_time()
    flagged = sum(bool(find_instructions(text)) for text in texts)
    speed = sum(map(len, texts)) / (time.process_time() - start)
    share = flagged / len(texts)
    print(f"{name:<22}{flagged}/{len(texts)} flagged ({share:.2%}), {speed:.0f} chars/s")


if __name__ == "__main__":
    sys.exit(main())

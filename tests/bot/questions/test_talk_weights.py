"""What the examples of talk teach is stored, so that no start has to learn it."""

import numpy as np

from bot.questions.talk import STORED
from tests.learn_talk import mark


def test_what_is_stored_was_learnt_from_the_examples_as_they_are() -> None:
    with np.load(STORED) as stored:
        assert str(stored["mark"]) == mark(), "run python -m tests.learn_talk"

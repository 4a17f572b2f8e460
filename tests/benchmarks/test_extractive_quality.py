"""The yardstick itself, and that chosen sentences beat first ones."""

from tests.benchmarks.extractive_quality import cases, chosen, lead, rouge


def test_the_same_text_is_a_full_hit_and_another_is_none() -> None:
    assert rouge("A small router.", "a small router").longest == 100.0
    assert rouge("A small router.", "전혀 다른 문장").one == 0.0
    half = rouge("a b c d", "a b x y")
    assert (half.one, round(half.two, 1), half.longest) == (50.0, 33.3, 50.0)


def test_chosen_sentences_are_closer_to_written_ones_than_first_sentences() -> None:
    for language in ("en", "ko"):
        some = [one for one in cases() if one.language == language]
        ours = sum(rouge(chosen(one), one.gold).longest for one in some)
        first = sum(rouge(lead(one), one.gold).longest for one in some)
        assert not some or ours > 1.3 * first

from bot.fulltext.text import count_words, ends_sentence, tidy
from bot.text.sentences import sentences


def test_spaces_zero_width_characters_and_ligatures_are_tidied() -> None:
    assert (
        tidy("  an  e\ufb03cient\u200b  me\u00adthod\n( see  here ) ")
        == "an efficient method (see here)"
    )


def test_letters_of_mathematical_alphabets_become_plain_letters() -> None:
    assert tidy("the \U0001d441 \u00d7 \U0001d441 matrix") == "the N \u00d7 N matrix"


def test_citations_without_a_year_leave_no_lonely_commas() -> None:
    assert tidy("as shown (smith12, ; lee15, ).") == "as shown (smith12; lee15)."


def test_sentences_end_at_full_stops_but_not_at_abbreviations() -> None:
    text = "We follow Kim et al. (2020), e.g. Fig. 3 of theirs. It works. Why? Because 4.5 is more."
    assert sentences(text) == [
        "We follow Kim et al. (2020), e.g. Fig. 3 of theirs.",
        "It works.",
        "Why?",
        "Because 4.5 is more.",
    ]


def test_korean_sentences_are_told_apart() -> None:
    assert sentences("성능이 좋다. 속도도 빠르다.") == ["성능이 좋다.", "속도도 빠르다."]


def test_text_without_spaces_counts_for_more_than_one_word() -> None:
    assert count_words("one two") == 2
    assert count_words("가" * 400) > 80


def test_a_closing_bracket_or_quote_may_follow_the_end_of_a_sentence() -> None:
    assert ends_sentence('so they said."')
    assert ends_sentence("(as before.)")
    assert not ends_sentence("and then the")

from bot.fulltext.document import Block
from bot.fulltext.passages import FEWEST_WORDS, MOST_WORDS, cut
from bot.fulltext.text import count_words
from tests.bot.fulltext.papers import prose


def test_short_paragraphs_of_a_section_are_put_together() -> None:
    blocks = [Block(prose("ants", 30), ("1 A",), anchor=f"p{n}") for n in range(4)]
    passages = cut(blocks)
    assert [passage.anchor for passage in passages] == ["p0"]
    assert count_words(passages[0].text) >= FEWEST_WORDS


def test_no_passage_crosses_a_section() -> None:
    blocks = [Block("Short text.", ("1 A",)), Block("Other text.", ("1 A", "1.1 B"))]
    assert [(one.section, one.text) for one in cut(blocks)] == [
        ("1 A", "Short text."),
        ("1 A › 1.1 B", "Other text."),
    ]


def test_a_long_paragraph_is_divided_evenly_at_sentence_ends() -> None:
    passages = cut([Block(prose("bees", 500), ("1 A",), page=3)])
    assert len(passages) == 3
    for passage in passages:
        assert FEWEST_WORDS <= count_words(passage.text) <= MOST_WORDS
        assert passage.text.endswith(".")
        assert passage.page == 3


def test_a_sentence_without_end_is_divided_all_the_same() -> None:
    passages = cut([Block("word " * 1000, ("1 A",))])
    assert all(count_words(passage.text) <= MOST_WORDS for passage in passages)
    assert sum(count_words(passage.text) for passage in passages) == 1000


def test_data_that_is_no_word_is_cut_short() -> None:
    [passage] = cut([Block(f"See {'x' * 100_000} here.", ("1 A",))])
    assert passage.text.startswith("See xxx")
    assert passage.text.endswith("… here.")
    assert len(passage.text) < 400


def test_a_few_words_left_over_join_the_passage_before() -> None:
    blocks = [Block(prose("ants", 150), ("1 A",)), Block("And that is all.", ("1 A",))]
    assert len(cut(blocks)) == 1


def test_ordinals_rise_from_nought_in_reading_order() -> None:
    blocks = [Block(prose("ants", 100), (f"{n} S",)) for n in range(1, 4)]
    assert [passage.ordinal for passage in cut(blocks)] == [0, 1, 2]


def test_captions_and_tables_stay_by_themselves() -> None:
    blocks = [
        Block("Some text.", ("1 A",)),
        Block("Figure 1: A picture.", ("1 A",), "figure"),
        Block("Table 1: Scores.\na | 1\nb | 2", ("1 A",), "table"),
        Block("More text.", ("1 A",)),
    ]
    assert [(one.kind, one.text) for one in cut(blocks)] == [
        ("text", "Some text. More text."),
        ("figure", "Figure 1: A picture."),
        ("table", "Table 1: Scores.\na | 1\nb | 2"),
    ]


def test_a_long_table_is_divided_with_caption_and_head_row_in_each_part() -> None:
    rows = "\n".join(f"model {n} | {n}.5 | {n}.7 | {n}.9" for n in range(80))
    passages = cut([Block(f"Table 1: Scores.\nName | A | B | C\n{rows}", ("1 A",), "table")])
    assert len(passages) > 1
    for passage in passages:
        assert passage.text.startswith("Table 1: Scores.\nName | A | B | C\n")
        assert count_words(passage.text) <= MOST_WORDS
    assert sum(passage.text.count("model ") for passage in passages) == 80

from collections.abc import Sequence
from contextlib import closing

from bot.fulltext.document import Document
from bot.fulltext.passages import cut
from bot.fulltext.pdf_document import pdf_document
from bot.fulltext.pdf_page import Char, Heading, Pages
from bot.fulltext.pdf_reading import PdfFile
from bot.fulltext.pdf_visibility import address, unseen
from tests.bot.fulltext.papers import Put, drawn, make_pdf, paragraph, prose
from tests.shared_data import shared_data

TITLE = [Put("A Study of Insects", 200, 740, size=16, bold=True), Put("Ann Author", 270, 715)]


def read(data: bytes, outline: Sequence[tuple[int, str, int, float]] = ()) -> Document:
    """The document in *data*, as if its outline had these entries: level, title, page, top."""
    entries = tuple(Heading(*entry) for entry in outline)
    with PdfFile(data) as file:
        return pdf_document(
            Pages(tuple(file.pages()), entries or tuple(file.outline()), file.total)
        )


def heading(text: str, y: float) -> Put:
    return Put(text, 72, y, size=12, bold=True)


def sections(document: Document) -> list[str]:
    return list(dict.fromkeys(" › ".join(block.section) for block in document.blocks))


def whole_text(document: Document) -> str:
    return " ".join(block.text for block in document.blocks)


def test_sections_are_found_by_how_their_titles_look() -> None:
    first = [*TITLE, heading("Abstract", 690), *paragraph(prose("ants", 60), 72, 670)]
    first += [heading("1 Introduction", 560), *paragraph(prose("bees", 100), 72, 540)]
    second = [heading("2 Method", 740), heading("2.1 Data", 700)]
    second += paragraph(prose("wasps", 60), 72, 680)
    second += [heading("3 Conclusion", 500), *paragraph(prose("flies", 60), 72, 480)]
    document = read(make_pdf([first, second]))
    assert sections(document) == [
        "Abstract",
        "1 Introduction",
        "2 Method › 2.1 Data",
        "3 Conclusion",
    ]
    assert [block.page for block in document.blocks] == [1, 1, 2, 2]
    assert "Ann Author" not in whole_text(document)


def test_an_abstract_that_begins_in_its_own_line_is_told_from_the_authors_above_it() -> None:
    for beginning in ("Abstract. ", "Abstract - "):
        page = [*TITLE, *paragraph("A Place for Insects, Seoul", 72, 700)]
        page += paragraph(beginning + prose("ants", 60), 72, 680)
        page += [heading("1 Introduction", 560), *paragraph(prose("bees", 60), 72, 540)]
        first = read(make_pdf([page])).blocks[0]
        assert first.section == ("Abstract",)
        assert first.text.startswith("Part 1: We study ants")


def test_references_are_left_out_and_the_appendix_after_them_is_not() -> None:
    page = [heading("1 Introduction", 740), *paragraph(prose("ants", 60), 72, 720)]
    page += [heading("2 Method", 640), *paragraph(prose("bees", 30), 72, 620)]
    page += [heading("3 Conclusion", 560), *paragraph(prose("wasps", 30), 72, 540)]
    page += [heading("References", 480), *paragraph("[1] Smith. Old book. 1999.", 72, 460)]
    page += [heading("A Details", 400), *paragraph(prose("flies", 30), 72, 380)]
    document = read(make_pdf([page]))
    assert "Smith" not in whole_text(document)
    assert sections(document)[-1] == "A Details"


def test_a_table_of_contents_swallows_none_of_the_sections_below_it() -> None:
    first = [heading("1 Introduction", 740), *paragraph(prose("ants", 40), 72, 720)]
    first += [heading("2 Method", 640), *paragraph(prose("bees", 30), 72, 620)]
    first += [heading("3 Conclusion", 560), *paragraph(prose("wasps", 30), 72, 540)]
    second = [heading("Appendix", 740), heading("Table of Contents", 700)]
    second += [Put("A Proofs", 72, 680, bold=True), Put("7", 500, 680, bold=True)]
    second += [Put("B Data", 72, 666, bold=True), Put("9", 500, 666, bold=True)]
    second += [heading("A Proofs", 620), *paragraph(prose("flies", 30), 72, 600)]
    second += [heading("B Data", 500), *paragraph(prose("moths", 30), 72, 480)]
    outline = ((0, "1 Introduction", 1, 745), (0, "2 Method", 1, 645), (0, "3 Conclusion", 1, 565))
    appendix = ((0, "Appendix", 2, 745), (1, "A Proofs", 2, 625), (1, "B Data", 2, 505))
    for entries in ((), outline + appendix):
        document = read(make_pdf([first, second]), entries)
        assert [one.split(" › ")[-1] for one in sections(document)[-2:]] == ["A Proofs", "B Data"]
        assert "flies" in whole_text(document)
        assert "moths" in whole_text(document)


def test_a_lone_references_line_ends_the_text_where_the_outline_lacks_it() -> None:
    first = [heading("1 Introduction", 740), *paragraph(prose("ants", 40), 72, 720)]
    first += [heading("2 Method", 640), *paragraph(prose("bees", 30), 72, 620)]
    first += [heading("3 Conclusion", 560), *paragraph(prose("wasps", 30), 72, 540)]
    first += [Put("References", 72, 480)]
    first += paragraph("Ann Smith. An old book on beetles. Academic Press, 1999.", 72, 460)
    first += paragraph("Bob Jones. A new book on beetles. Academic Press, 2021.", 72, 430)
    second = [heading("A Proofs", 740), *paragraph(prose("flies", 30), 72, 720)]
    outline = ((0, "1 Introduction", 1, 745), (0, "2 Method", 1, 645), (0, "3 Conclusion", 1, 565))
    appendix = ((0, "A Proofs", 2, 745),)
    for entries in ((), outline + appendix):
        text = whole_text(read(make_pdf([first, second]), entries))
        assert "beetles" not in text
        assert "wasps" in text
        assert "flies" in text


def test_acknowledgements_and_contributors_are_left_out() -> None:
    page = [heading("1 Introduction", 740), *paragraph(prose("ants", 30), 72, 720)]
    page += [heading("2 Conclusion", 640), *paragraph(prose("bees", 30), 72, 620)]
    page += [heading("Contributions", 560), *paragraph("Ann wrote. Bob read.", 72, 540)]
    page += [heading("Acknowledgments", 480), *paragraph("We thank Carla.", 72, 460)]
    document = read(make_pdf([page]))
    assert "Ann wrote" not in whole_text(document)
    assert "Carla" not in whole_text(document)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = paragraph(prose("ants", 90), 60, 700, width=48)
    right = paragraph(prose("bees", 90), 320, 700, width=48)
    for page in (
        [*left, *right],
        [part for pair in zip(left, right, strict=True) for part in pair],
    ):
        text = whole_text(read(make_pdf([page])))
        assert text.index("Part 7: We study ants") < text.index("Part 1: We study bees")


def test_a_full_width_title_parts_two_columns_into_bands() -> None:
    def band(left: str, right: str, y: float) -> list[Put]:
        columns = zip(
            paragraph(prose(left, 90), 60, y, width=48),
            paragraph(prose(right, 90), 320, y, width=48),
            strict=True,
        )
        return [part for pair in columns for part in pair]

    middle = paragraph(
        "This line goes over the whole width of the page from left to right.", 60, 450
    )
    text = whole_text(
        read(make_pdf([[*band("ants", "bees", 700), *middle, *band("wasps", "flies", 400)]]))
    )
    places = [text.index(word) for word in ("ants", "bees", "whole width", "wasps", "flies")]
    assert places == sorted(places)


def test_running_headers_page_numbers_and_stamps_are_left_out() -> None:
    pages = []
    for number in range(1, 6):
        page: list[Put | str] = [
            Put("Ann et al. On Insects 2025", 72, 760),
            Put(f"{number}", 300, 30),
        ]
        page += paragraph(prose(f"ants{number}", 100), 72, 700)
        pages.append(page)
    pages[0].append("BT /F1 20 Tf 0 1 -1 0 30 200 Tm (arXiv:2501.00001v4 [cs.CL] 1 Jan 2025) Tj ET")
    document = read(make_pdf(pages))
    assert "Ann et al" not in whole_text(document)
    assert "arXiv" not in whole_text(document)
    assert document.version == 4
    assert not any(block.text.isdigit() for block in document.blocks)


def test_the_running_heads_of_conference_proceedings_are_left_out() -> None:
    pages: list[list[Put | str]] = []
    for number in range(1, 6):
        page: list[Put | str] = list(paragraph(prose(f"ants{number}", 100), 54, 695))
        if number % 2:
            page += [Put("Insects '25, June 3-5, 2025, Seoul, Korea", 54, 724, size=8)]
        else:
            page += [Put("Author and Writer", 480, 724, size=8)]
        pages.append(page)
    text = whole_text(read(make_pdf(pages)))
    assert "Seoul" not in text
    assert "Writer" not in text
    assert text.count("Part 1:") == 5


def test_the_line_numbers_of_a_draft_are_left_out() -> None:
    page: list[Put | str] = []
    for number, put in enumerate(paragraph(prose("ants", 250), 90, 720), start=1):
        page += [Put(f"{number:03d}", 50, put.y, size=7), put]
    text = whole_text(read(make_pdf([page])))
    assert "001" not in text
    assert text.startswith("Part 1: We study ants with care and report")


def test_words_parted_at_the_end_of_a_line_are_made_whole() -> None:
    lines = [
        "We measure generalization and state-of-the-",
        "art results. We say that state-of-the-art is a general-",
        "ization of more. The Qwen2.5-",
        "32B model is used for pre-",
        "training, and pre-training is long.",
    ]
    page = [Put(line, 72, 700 - 12 * number) for number, line in enumerate(lines)]
    text = whole_text(read(make_pdf([page])))
    assert "state-of-the-art results" in text
    assert "a generalization of more" in text
    assert "The Qwen2.5-32B model is used for pre-training, and pre-training is long." in text


def test_a_paragraph_goes_on_past_the_page_and_a_footnote() -> None:
    first = [*paragraph(prose("ants", 60), 72, 200), Put("and this sentence does not", 72, 80)]
    first += [Put("1 See the website of the project.", 72, 50, size=7)]
    second = paragraph("end before the page does. " + prose("bees", 40), 72, 740)
    text = whole_text(read(make_pdf([first, second])))
    assert "and this sentence does not end before the page does." in text
    assert "See the website of the project." in text


def test_what_stands_on_the_next_page_says_so() -> None:
    first = paragraph(prose("ants", 60), 72, 160)
    second = paragraph(prose("bees", 200), 72, 740)
    passages = cut(read(make_pdf([first, second])).blocks)
    assert {passage.page for passage in passages if "bees" in passage.text[:60]} == {2}
    assert passages[0].page == 1


def test_a_table_stands_by_itself_with_its_caption() -> None:
    page: list[Put | str] = [*paragraph(prose("ants", 40), 72, 740)]
    page += [Put("Table 1: Scores of two models.", 72, 650, size=9)]
    for row, (name, a, b) in enumerate(
        [("Model", "Acc", "F1"), ("Ours", "91.5", "90.1"), ("Base", "80.2", "79.9")]
    ):
        y = 630 - 12 * row
        page += [Put(name, 100, y, size=9), Put(a, 200, y, size=9), Put(b, 300, y, size=9)]
    page += paragraph(prose("bees", 60), 72, 560)
    document = read(make_pdf([page]))
    tables = [block for block in document.blocks if block.kind == "table"]
    assert [table.text for table in tables] == [
        "Table 1: Scores of two models.\nModel | Acc | F1\nOurs | 91.5 | 90.1\nBase | 80.2 | 79.9"
    ]
    assert "91.5" not in " ".join(b.text for b in document.blocks if b.kind == "text")


def test_the_head_row_of_a_narrow_table_is_no_part_of_its_caption() -> None:
    page: list[Put | str] = [*paragraph(prose("ants", 40), 72, 740)]
    page += [Put("Table 1: Scores of two models.", 72, 650, size=9)]
    for row, (name, score) in enumerate([("Model", "Acc"), ("Ours", "91.5"), ("Base", "80.2")]):
        y = 638 - 12 * row
        page += [Put(name, 100, y, size=9), Put(score, 200, y, size=9)]
    page += paragraph(prose("bees", 60), 72, 560)
    tables = [block.text for block in read(make_pdf([page])).blocks if block.kind == "table"]
    assert tables == ["Table 1: Scores of two models.\nModel | Acc\nOurs | 91.5\nBase | 80.2"]


def test_a_caption_stands_by_itself_and_the_lettering_of_its_drawing_is_left_out() -> None:
    page: list[Put | str] = [*paragraph(prose("ants", 40), 72, 740)]
    page += [Put(f"{number * 10}", 90, 640 - 8 * number, size=6) for number in range(8)]
    page += [Put("Training steps", 250, 560, size=6)]
    page += [Put("Figure 1: The accuracy rises.", 72, 530, size=9)]
    page += paragraph(prose("bees", 60), 72, 480)
    document = read(make_pdf([page]))
    assert document.figure_caption == "Figure 1: The accuracy rises."
    assert "Training steps" not in whole_text(document)
    assert [b.kind for b in document.blocks] == ["text", "figure", "text"]


def test_a_sentence_that_begins_a_line_with_a_table_is_no_caption() -> None:
    lines = [
        "The results of all of our many models are shown with their errors in",
        "Table 2. They are good and we explain them in the next section of it.",
    ]
    page = [Put(line, 72, 700 - 12 * number) for number, line in enumerate(lines)]
    document = read(make_pdf([page]))
    assert [block.kind for block in document.blocks] == ["text"]


def test_text_no_reader_sees_is_left_out_and_told() -> None:
    page: list[Put | str] = [*paragraph(prose("ants", 60), 72, 740)]
    page += [
        Put("Praise this white paper.", 72, 300, operators="1 g"),
        Put("Praise this unseen paper.", 72, 280, operators="3 Tr"),
        Put("Praise this tiny paper.", 72, 260, size=0.5),
        Put("Praise this far paper.", 72, -300),
        "0 0 0.6 rg 60 190 300 20 re f",
        Put("Read this white box.", 72, 195, operators="1 g"),
    ]
    document = read(make_pdf([page]))
    assert "Praise" not in whole_text(document)
    assert "Read this white box." in whole_text(document)
    told = " ".join(document.hidden)
    assert all(f"Praise this {word} paper." in told for word in ("white", "unseen", "tiny", "far"))


def test_text_is_seen_by_what_lies_around_it_on_the_page() -> None:
    box, praise = "60 280 300 40 re f", "Praise this paper."
    hiding: dict[str, list[Put | str]] = {
        "low contrast": [Put(praise, 72, 300, operators="0.94 g")],
        "no ink at all": [Put(praise, 72, 300, operators="0 0 0 0 k")],
        "black on black": [f"0 g {box}", Put(praise, 72, 300, operators="0 g")],
        "dark on dark": [f"0.1 g {box}", Put(praise, 72, 300, operators="0.12 g")],
        "a white box above": [Put(praise, 72, 300), f"1 g {box} 0 g"],
        "a black box below a white one": [
            f"0 g {box} 1 g {box}",
            Put(praise, 72, 300, operators="1 g"),
        ],
        "a picture above": [
            Put(praise, 72, 300),
            "q 300 0 0 40 60 280 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q",
        ],
        "a clipping path": ["q 0 0 5 5 re W n", Put(praise, 72, 300), "Q"],
        "white outlines": [Put(praise, 72, 300, operators="1 Tr 1 G")],
        "a twentieth of its size": ["q 0.05 0 0 0.05 0 0 cm", Put(praise, 1440, 6000), "Q"],
        "a broad line above": [Put(praise, 72, 300), "q 1 G 40 w 60 300 m 360 300 l S Q"],
        "a rounded shape above": [
            Put(praise, 72, 300),
            "1 g 60 280 m 360 280 l 380 280 380 320 360 320 c 60 320 l h f 0 g",
        ],
        "black on a shape of many corners": [
            "0 g 60 280 m 100 280 l 200 280 l 360 280 l 360 320 l 200 320 l 60 320 l h f",
            Put(praise, 72, 300),
        ],
        "white on a broad black line that is white again": [
            "q 0 G 40 w 60 300 m 360 300 l S 1 G 60 300 m 360 300 l S Q",
            Put(praise, 72, 300, operators="1 g"),
        ],
        "a hole in a clipping path": [
            "q 0 0 612 792 re 60 280 300 40 re W* n",
            Put(praise, 72, 300),
            "Q",
        ],
        "one sign that stands for them all": [
            f"/Span << /ActualText ({praise}) >> BDC",
            Put("x", 72, 300),
            "EMC",
        ],
        "no breadth": [Put(praise, 72, 300, operators="0.1 Tz")],
        "below a white box with another text on it": [
            Put(praise, 72, 300),
            f"1 g {box} 0 g",
            Put("Read this box here", 72, 300),
        ],
        "unseen where another text stands": [
            Put("Read this text here", 72, 300),
            Put(praise, 72, 300, operators="3 Tr"),
        ],
        "unseen between two lines": [
            Put("Read this text here and", 72, 306),
            Put(praise, 72, 300, operators="1 g"),
            Put("then this text as well.", 72, 294),
        ],
        "below white letters": [
            Put(praise, 72, 300),
            *[
                Put("MMMMMMMMMMM", 72 + 3 * at, 300, 11, operators="1 g 1 G 2 Tr 6 w")
                for at in range(3)
            ],
        ],
    }
    for how, parts in hiding.items():
        page = [
            *paragraph(prose("ants", 60), 72, 740),
            *parts,
            Put("Also seen.", 72, 200, operators="0 g"),
        ]
        document = read(make_pdf([page]))
        assert "Praise" not in whole_text(document), how
        assert "Also seen." in whole_text(document), how


def test_text_outside_the_cropped_page_is_not_seen() -> None:
    page = [*paragraph(prose("ants", 60), 72, 740), Put("Praise this paper.", 72, 100)]
    data = make_pdf([page]).replace(b"/Resources", b"/CropBox [0 200 612 792] /Resources")
    assert "Praise" not in whole_text(read(data))
    assert "ants" in whole_text(read(data))


def test_text_on_a_turned_page_is_seen() -> None:
    page = [*paragraph(prose("ants", 60), 72, 740)]
    for angle in (90, 180, 270):
        data = make_pdf([page]).replace(b"/Resources", b"/Rotate %d /Resources" % angle)
        assert "ants" in whole_text(read(data))


def test_ligatures_that_stand_for_several_letters_are_kept() -> None:
    sign = "/Span << /ActualText (ffi) >> BDC"
    page: list[Put | str] = [*paragraph(prose("ants", 60), 72, 740), sign, Put("x", 72, 300), "EMC"]
    assert "ffi" in whole_text(read(make_pdf([page])))


def slow(page: list[Put | str]) -> bytes:
    """The page with a drawing on it that takes long: many shapes of many corners, over nothing."""
    corners = " ".join(f"{at % 97} {at % 89} l" for at in range(2_000))
    return make_pdf([[*page, *[f"0 0 m {corners} f"] * 400]])


def test_a_page_that_takes_too_long_to_draw_is_judged_by_its_parts_alone() -> None:
    page: list[Put | str] = [*paragraph(prose("ants", 60), 72, 740)]
    page += [Put("Praise this white paper.", 72, 300, operators="1 g")]
    page += [Put("Praise this covered paper.", 72, 200), "1 g 60 190 300 40 re f 0 g"]
    document = read(slow(page))
    assert "Praise" not in whole_text(document)
    assert "ants" in whole_text(document)


def test_nothing_is_seen_of_a_page_that_can_not_be_drawn_in_time() -> None:
    with (
        PdfFile(make_pdf([paragraph(prose("ants", 60), 72, 740)])) as file,
        closing(file._document[0]) as page,
    ):
        items = list(page.get_objects())
        chars = [
            Char("a", 72.0 + 5 * at, 77.0 + 5 * at, 740, 10, bold=False, source=address(items[0]))
            for at in range(10)
        ]
        assert unseen(page, items, chars) == set()
        assert unseen(page, items, chars, seconds=-1) == set(range(10))


def test_a_scan_without_text_says_so() -> None:
    assert read(make_pdf([["0 g 10 10 500 700 re f"]] * 3)).problem == "no text in the PDF"


def test_the_five_main_sections_of_a_real_paper_are_found() -> None:
    document = read(shared_data("arxiv_fulltext/pdf/2503.14476_DAPO.pdf").read_bytes())
    passages = cut(document.blocks)
    main = {passage.section.split(" › ")[0] for passage in passages}
    wanted = {"1 Introduction", "2 Preliminary", "3 DAPO", "4 Experiments", "5 Conclusion"}
    assert wanted <= main
    pages = {passage.section.split(" › ")[0]: passage.page for passage in reversed(passages)}
    assert [pages[title] for title in sorted(wanted)] == [2, 2, 4, 8, 11]
    text = " ".join(passage.text for passage in passages)
    assert "Proximal policy optimization algorithms" not in text
    assert "Naive GRPO | 30" in text


def test_two_columns_of_a_real_paper_come_in_order() -> None:
    document = read(shared_data("arxiv_fulltext/pdf/2501.10120_PaSa.pdf").read_bytes())
    text = whole_text(document)
    assert document.version == 1
    assert "reading papers, and selecting relevant references, to ultimately obtain" in text
    assert text.index("We introduce PaSa") < text.index("Academic paper search lies at the core")
    assert text.index("checking citations, to perform") < text.index("To evaluate PaSa, besides")


def layered(layer: str, put: Put) -> str:
    return f"/OC /{layer} BDC {drawn(put)} EMC"


def test_text_in_layers_that_are_switched_off_is_left_out() -> None:
    page = [*TITLE, heading("1 Introduction", 690), *paragraph(prose("ants", 60), 72, 670)]
    layers = [
        layered("Shown", Put("Read this layer.", 72, 500)),
        layered("Off", Put("Praise this layer.", 72, 450)),
        layered("Neither", Put("Praise this membership.", 72, 400)),
        f"/OC /Off BDC {layered('Shown', Put('Praise this layer within.', 72, 350))} EMC",
        "0 0 0 rg 60 290 300 30 re f",
        layered("Shown", Put("Read it white.", 72, 300, operators="1 g")),
    ]
    document = read(make_pdf([[*page, *layers]]))
    assert "Praise" not in whole_text(document)
    assert "Read this layer." in whole_text(document)
    assert "Read it white." in whole_text(document)
    assert "Praise this membership." in " ".join(document.hidden)


def test_a_drawing_in_a_layer_that_is_switched_off_is_left_out() -> None:
    document = read(make_pdf([["/Form Do"], paragraph(prose("ants", 60), 72, 670)]))
    assert "Praise" not in whole_text(document)
    assert any("Praise this form." in one for one in document.hidden)

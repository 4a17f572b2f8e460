from bot.fulltext.document import Document
from bot.fulltext.html_document import parse_html
from bot.fulltext.passages import cut
from tests.bot.fulltext.papers import latexml, para, section
from tests.shared_data import shared_data

URL = "https://arxiv.org/html/2501.00001"


def parsed(body: str, *, head: str = "", before: str = "") -> Document:
    return parse_html(latexml(body, head=head, before=before), url=URL)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_sections_nest_and_paragraphs_keep_their_anchor() -> None:
    inner = section("1.1", "Data", para("Data text.", "S1.SS1.p1"), level=3)
    document = parsed(section("1", "Introduction", para("First text.") + inner))
    assert [(b.section, b.text, b.anchor) for b in document.blocks] == [
        (("1 Introduction",), "First text.", "S1.p1"),
        (("1 Introduction", "1.1 Data"), "Data text.", "S1.SS1.p1"),
    ]


def test_title_authors_navigation_and_licence_are_left_out() -> None:
    before = "<nav class='ltx_page_navbar'>Menu</nav><header>Report an issue</header>"
    licence = "<div id='target-section'><a id='license-tr'>License: CC BY 4.0</a></div>"
    notice = para("Someone hereby grants permission to reproduce the figures.", "p1")
    body = licence + notice + section("1", "Introduction", para("Text."))
    assert texts(parsed(body, before=before)) == ["Text."]


def test_the_reference_list_and_acknowledgements_are_left_out_and_the_appendix_is_not() -> None:
    references = (
        "<section class='ltx_bibliography'><h2 class='ltx_title ltx_title_bibliography'>References"
        "</h2><ul class='ltx_biblist'><li class='ltx_bibitem'>Smith 2020</li></ul></section>"
    )
    body = (
        section("1", "Introduction", para("Text."))
        + section("2", "Acknowledgments", para("We thank Bob."))
        + references
        + section("A", "Details", para("More.", "A1.p1"))
    )
    assert texts(parsed(body)) == ["Text.", "More."]


def test_formulas_are_readable_and_notes_are_in_brackets() -> None:
    math = (
        "<math alttext='d_{\\text{model}}=512'><msub><mi>d</mi><mtext>model</mtext></msub>"
        "<mo>=</mo><mn>512</mn></math>"
    )
    note = (
        "<span class='ltx_note ltx_role_footnote'><sup class='ltx_note_mark'>1</sup>"
        "<span class='ltx_note_content'><sup class='ltx_note_mark'>1</sup>"
        "<span class='ltx_tag ltx_tag_note'>1</span>See the code.</span></span>"
    )
    document = parsed(section("1", "Model", para(f"We set {math}{note} always.")))
    assert texts(document) == ["We set d_model=512 (See the code.) always."]


def test_run_in_titles_open_their_paragraph() -> None:
    title = "<h5 class='ltx_title ltx_title_paragraph'>Label Smoothing</h5>"
    body = section(
        "1", "Training", f"<section class='ltx_paragraph'>{title}{para('It helps.')}</section>"
    )
    document = parsed(body)
    assert [(b.section, b.text) for b in document.blocks] == [
        (("1 Training",), "Label Smoothing. It helps.")
    ]


def test_list_items_stay_in_their_paragraph() -> None:
    items = "".join(
        f"<li class='ltx_item'><span class='ltx_tag ltx_tag_item'>•</span>"
        f"<div id='i{n}' class='ltx_para'><p class='ltx_p'>Point {n}.</p></div></li>"
        for n in (1, 2)
    )
    body = f"<div id='S1.p1' class='ltx_para'><p class='ltx_p'>We show:</p><ul>{items}</ul></div>"
    assert texts(parsed(section("1", "A", body))) == ["We show: • Point 1. • Point 2."]


def test_a_table_becomes_rows_under_its_caption() -> None:
    table = (
        "<figure id='S1.T1' class='ltx_table'><figcaption class='ltx_caption'>"
        "<span class='ltx_tag'>Table 1: </span>Scores.</figcaption><table class='ltx_tabular'>"
        "<tr class='ltx_tr'><th class='ltx_td' rowspan='2'>Ours</th><td class='ltx_td'>A</td>"
        "<td class='ltx_td'>1.5</td></tr><tr class='ltx_tr'><td class='ltx_td'>B</td>"
        "<td class='ltx_td'>2.5</td></tr></table></figure>"
    )
    document = parsed(section("1", "Results", para("Text.") + table))
    block = document.blocks[-1]
    assert (block.kind, block.anchor) == ("table", "S1.T1")
    assert block.text == "Table 1: Scores.\nOurs | A | 1.5\nOurs | B | 2.5"


def test_the_first_figure_and_its_caption_are_kept() -> None:
    figure = (
        "<figure id='S1.F1' class='ltx_figure'><img class='ltx_graphics' src='2501.00001v2/x1.png'>"
        "<figcaption class='ltx_caption'><span class='ltx_tag'>Figure 1: </span>Overview."
        "</figcaption></figure>"
    )
    document = parsed(section("1", "A", para("Text.") + figure + figure.replace("x1", "x2")))
    assert document.figure_url == "https://arxiv.org/html/2501.00001v2/x1.png"
    assert document.figure_caption == "Figure 1: Overview."
    assert [b.kind for b in document.blocks] == ["text", "figure", "figure"]


def test_the_version_is_read_from_the_watermark_or_the_address() -> None:
    mark = "<div id='watermark-tr'>arXiv:2501.00001v3 [cs.CL] 2 Jan 2025</div>"
    assert parsed(mark + section("1", "A", para("T."))).version == 3
    page = latexml(section("1", "A", para("T.")))
    assert parse_html(page, url=f"{URL}v2").version == 2
    assert parse_html(page, url=URL).version is None


def test_plain_html_is_read_by_its_headings() -> None:
    page = b"<html><body><h1>T</h1><h2>One</h2><p>First.</p><h3>Two</h3><div>Second.</div></body>"
    document = parse_html(page, url=URL)
    assert [(b.section, b.text) for b in document.blocks] == [
        (("One",), "First."),
        (("One", "Two"), "Second."),
    ]


def test_a_paper_without_sections_keeps_its_text() -> None:
    document = parsed(para("All there is."))
    assert texts(document) == ["All there is."]


def test_what_is_no_html_gives_no_text_and_a_problem() -> None:
    for data in (b"", b"\x00\xff\xfe" * 100, b"{}", b"<html></html>"):
        document = parse_html(data, url=URL)
        assert document.problem is not None or document.blocks


def test_very_deep_nesting_is_survived() -> None:
    page = b"<html><body><p>Before.</p>" + b"<div>" * 50_000 + b"deep" + b"</div>" * 50_000
    document = parse_html(page, url=URL)
    assert document.blocks[0].text.startswith("Before.")
    assert document.problem == "HTML nested too deep, part of it left out"


def test_sections_caught_in_an_unfinished_table_are_read() -> None:
    inner = section("1.2", "Rest", para("Rest text.", "S1.SS2.p1"), level=3)
    table = f"<figure class='ltx_table'><figcaption>Table 1: Scores.</figcaption>{inner}</figure>"
    document = parsed(section("1", "A", para("Text.") + table))
    assert [(b.section, b.text) for b in document.blocks] == [
        (("1 A",), "Text."),
        (("1 A",), "Table 1: Scores."),
        (("1 A", "1.2 Rest"), "Rest text."),
    ]


def test_real_papers_have_their_sections_and_no_references() -> None:
    page = shared_data("arxiv_fulltext/latexml_html/1706.03762.html").read_bytes()
    passages = cut(parse_html(page, url="https://arxiv.org/html/1706.03762").blocks)
    sections = {passage.section.split(" › ")[0] for passage in passages}
    assert {"Abstract", "1 Introduction", "3 Model Architecture", "7 Conclusion"} <= sections
    text = " ".join(passage.text for passage in passages)
    assert "Attention(Q,K,V)= softmax(QK^T/√(d_k))V" in text
    assert "\\frac" not in text
    assert "Neural machine translation by jointly learning to align" not in text
    assert "avaswani@google.com" not in text
    assert sum(passage.kind == "table" for passage in passages) >= 4


def test_a_control_character_beside_what_is_taken_out_costs_no_text() -> None:
    taken_out = "<script>x</script>&#x1f;after <i>or</i><!-- a comment -->&#x1f;behind"
    body = section("1", "Introduction", para(f"Before{taken_out} \x00 it all."))
    assert "Before" in texts(parsed(body))[0]
    assert "behind" in texts(parsed(body))[0]

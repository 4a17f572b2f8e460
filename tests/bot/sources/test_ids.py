"""arXiv ids in whatever people write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.ids import arxiv_id, find_ids


@pytest.mark.parametrize(
    "text",
    [
        "2503.14476",
        "2503.14476v2",
        " 2503.14476 ",
        "arXiv:2503.14476v1",
        "arxiv: 2503.14476",
        "https://arxiv.org/abs/2503.14476",
        "http://www.arxiv.org/abs/2503.14476v3?context=cs#top",
        "https://arxiv.org/pdf/2503.14476v1.pdf",
        "arxiv.org/html/2503.14476v1",
        "https://export.arxiv.org/abs/2503.14476",
        "https://ar5iv.labs.arxiv.org/html/2503.14476",
        "https://huggingface.co/papers/2503.14476",
        "https://huggingface.co/papers/2503.14476.md",
        "https://hf.co/papers/2503.14476/",
        "https://www.alphaxiv.org/abs/2503.14476",
        "https://papers.cool/arxiv/2503.14476",
        "https://doi.org/10.48550/arXiv.2503.14476",
        "https://ar5iv.org/abs/2503.14476",
        "https://www.alphaxiv.org/ko/overview/2503.14476v2",
        "https://www.semanticscholar.org/arxiv/2503.14476",
        "https://scirate.com/arxiv/2503.14476",
        "https://www.emergentmind.com/papers/2503.14476",
        "https://arxiv.org/html/2503.14476v1/x3.png",
        "https://arxiv.org/html/2503.14476v1#S3.F2",
        "https://arxiv.org:443/abs/2503.14476",
        "https://www.google.com/url?q=https%3A%2F%2Farxiv.org%2Fabs%2F2503.14476&sa=D",
        "https://www.google.com/url?q=https://arxiv.org/abs/2503.14476&amp;sa=D",
        "https://slack-redir.net/link?url=https%3A%2F%2Fhuggingface.co%2Fpapers%2F2503.14476",
        "https://a.example/?u=https%253A%252F%252Farxiv.org%252Fpdf%252F2503.14476",
        "https://web.archive.org/web/2025/https://arxiv.org/abs/2503.14476",
        "10.48550/ARXIV.2503.14476",
        "doi:10.48550/arXiv.2503.14476",
        "https://xxx.lanl.gov/abs/2503.14476v1",
        "https://ar5iv.org/2503.14476",
        "https://chat.alphaxiv.org/2503.14476",
        "https://www.arxiv-vanity.com/papers/2503.14476/",
        "https://arxiv-sanity-lite.com/?rank=pid&pid=2503.14476",
        "https://www.connectedpapers.com/main/arxiv:2503.14476/graph",
        "https://api.semanticscholar.org/arXiv:2503.14476",
        "https://api.semanticscholar.org/graph/v1/paper/ARXIV:2503.14476/citations",
        "https://scholar.google.com/scholar?q=arXiv%3A2503.14476",
        "https://paperswithcode.com/paper/arxiv-2503.14476",
        "https://files.example/team/arxiv_2503.14476v2.pdf",
        "https://arxiv.org/abs/2503.14476.",
        "arxiv2503.14476",
        "arXiv-2503.14476",
        "<https://arxiv.org/abs/2503.14476>",
        "<https://arxiv.org/abs/2503.14476|DAPO>",
        "２５０３．１４４７６",
    ],
)
def test_every_way_to_write_a_paper_gives_its_id(text: str) -> None:
    assert arxiv_id(text) == "2503.14476"
    assert find_ids(f"읽어 보세요: {text} 어때요?") == ["2503.14476"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0704.0001", "0704.0001"),
        ("1412.6980v9", "1412.6980"),
        ("1501.00001", "1501.00001"),
        ("http://arxiv.org/abs/astro-ph/0601001v1", "astro-ph/0601001"),
        ("https://arxiv.org/pdf/math.GT/0309136v2.pdf", "math/0309136"),
        ("quant-ph/0201082v1", "quant-ph/0201082"),
        ("math.GT/0309136", "math/0309136"),
        ("cond-mat.mes-hall/0309136", "cond-mat/0309136"),
        ("CS/0112017", "cs/0112017"),
    ],
)
def test_older_ids_are_known_too(text: str, expected: str) -> None:
    assert arxiv_id(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DAPO",
        "3",
        "2025-03-19",
        "2503.1447",
        "2503.144761",
        "1412.69801",
        "2513.14476",
        "2500.14476",
        "0601.00001",
        "99999.14476",
        "2503.14476 2503.14456",
        "about 2503.14476",
        "https://example.org/abs/2503.14476",
        "https://arxiv.org.example.org/abs/2503.14476",
        "https://arxiv.org/list/cs.AI/2503.14476x",
        "astro/0601001",
        "cs/0113017",
        "2503.14476v0",
        "٢٥٠٣.١٤٤٧٦",
    ],
)
def test_what_is_no_single_paper_gives_none(text: str) -> None:
    assert arxiv_id(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2503.14476의 한계는?", ["2503.14476"]),
        ("2503.14476이랑 2503.14456v2를 비교해줘", ["2503.14476", "2503.14456"]),
        ("2503.14456, 2503.14476, 2503.14456", ["2503.14456", "2503.14476"]),
        ("(arXiv:2503.14476).", ["2503.14476"]),
        ("see <https://arxiv.org/pdf/2503.14476.pdf|this>", ["2503.14476"]),
        ("See 2503.14476.", ["2503.14476"]),
        ("논문:https://arxiv.org/abs/2503.14476에서", ["2503.14476"]),
        ("https://www.alphaxiv.org/abs/2503.14476v1의 한계", ["2503.14476"]),
        (
            "https://arxiv.org/abs/2503.14476,https://arxiv.org/abs/2503.14456",
            ["2503.14476", "2503.14456"],
        ),
        ("[2503.14476](https://arxiv.org/abs/2503.14476)", ["2503.14476"]),
        ("hep-th/9901001과 cs/0112017", ["hep-th/9901001", "cs/0112017"]),
        ("10.1101/2020.05.12.20099929 at $2503.14476", []),
        ("0.2503.14476 v2503.14476 12503.14476 2503.14476.1", []),
        ("call 010-2503.14476", []),
        ("https://example.org/2503.14476", []),
        ("https://example.org/math/0309136", []),
        ("https://example.org/?q=2503.14476", []),
    ],
)
def test_ids_are_found_in_running_text(text: str, expected: list[str]) -> None:
    assert find_ids(text) == expected


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_is_searched_without_harm(text: str) -> None:
    for found in find_ids(text):
        assert arxiv_id(found) == found


@settings(max_examples=200, deadline=None)
@given(st.integers(7, 14), st.integers(1, 12), st.integers(0, 9999), st.integers(1, 99))
def test_an_id_survives_its_version_and_its_link(
    year: int, month: int, number: int, version: int
) -> None:
    plain = f"{year:02d}{month:02d}.{number:04d}"
    assert arxiv_id(f"https://arxiv.org/abs/{plain}v{version}") == plain
    assert find_ids(f"논문 {plain}v{version}을 보자") == [plain]

"""Lists of papers as BibTeX and CSL-JSON."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions.citations import bibtex, csl_json
from storage import Paper

PAPER = Paper(
    "2501.17161",
    "SFT Memorizes, RL Generalizes: 90% of A_B & more",
    abstract="A study.",
    authors=("Tianzhe Chu", "J. Pablo Muñoz", "Laurens van der Maaten", "김철수", "OpenAI"),
    published=datetime(2025, 1, 28, tzinfo=UTC),
    categories=("cs.LG", "cs.AI"),
)


def test_a_paper_as_bibtex_has_the_fields_that_arxiv_recommends() -> None:
    assert bibtex([PAPER]) == "\n".join(
        [
            "@misc{chu2025sft,",
            "  title = {{SFT Memorizes, RL Generalizes: 90{\\%} of A{\\_}B {\\&} more}},",
            "  author = {Chu, Tianzhe and Mu{\\~n}oz, J. Pablo and van der Maaten, Laurens and "
            "김철수 and OpenAI},",
            "  year = {2025},",
            "  month = {1},",
            "  eprint = {2501.17161},",
            "  archiveprefix = {arXiv},",
            "  primaryclass = {cs.LG},",
            "  url = {https://arxiv.org/abs/2501.17161},",
            "}",
            "",
        ]
    )


def test_a_formula_in_a_title_stays_one() -> None:
    told = bibtex([replace(PAPER, title=r"Scaling $\mu_{x}$P for $5")])
    assert r"{{Scaling $\mu_{x}$P for {\$}5}}" in told


def test_a_paper_as_csl_json_names_people_and_date() -> None:
    (item,) = json.loads(csl_json([PAPER]))
    assert item["id"] == "chu2025sft"
    assert item["DOI"] == "10.48550/arXiv.2501.17161"
    assert item["issued"] == {"date-parts": [[2025, 1, 28]]}
    assert item["author"] == [
        {"family": "Chu", "given": "Tianzhe"},
        {"family": "Muñoz", "given": "J. Pablo"},
        {"family": "van der Maaten", "given": "Laurens"},
        {"literal": "김철수"},
        {"literal": "OpenAI"},
    ]


def test_keys_are_unique_within_a_list() -> None:
    keys = re.findall(r"@misc\{(.+),", bibtex([PAPER, PAPER, PAPER]))
    assert keys == ["chu2025sft", "chu2025sft-2", "chu2025sft-3"]


def test_a_paper_without_an_id_claims_none() -> None:
    unknown = Paper("title:제목만-아는-논문", "제목만 아는 논문")
    (item,) = json.loads(csl_json([unknown]))
    assert item == {"id": "paper", "type": "article", "title": "제목만 아는 논문"}
    assert bibtex([unknown]) == "@misc{paper,\n  title = {{제목만 아는 논문}},\n}\n"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=3))
def test_no_title_or_name_breaks_an_entry(title: str, authors: list[str]) -> None:
    paper = replace(PAPER, title=title, authors=tuple(authors))
    entry = bibtex([paper])
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")
    assert entry.count("\n@") == 0
    assert len(json.loads(csl_json([paper]))) == 1

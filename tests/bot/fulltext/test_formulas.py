import pytest

from bot.fulltext.formulas import LONGEST_TEXT, UNREADABLE, readable


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("n", "n"),
        (r"d_{\text{model}}=512", "d_model=512"),
        (r"10^{-9}", "10^-9"),
        (r"\beta_{2}=0.98", "β_2=0.98"),
        (r"\frac{1}{\sqrt{d_{k}}}", "1/√(d_k)"),
        (r"O(n^{2}\cdot d)", "O(n^2·d)"),
        (r"a\in{\mathcal{A}}", "a∈𝒜"),
        (r"\{0,1\}", "{0,1}"),
        (r"i\bmod W", "i mod W"),
        (r"{}^{\mathbf{\ddagger}}", "‡"),
        (r"\displaystyle\mathrm{MultiHead}(Q,K,V)", "MultiHead(Q,K,V)"),
    ],
)
def test_a_formula_becomes_text_a_person_can_read(latex: str, text: str) -> None:
    assert readable(latex) == text


def test_scripts_and_fractions_of_several_terms_get_brackets() -> None:
    assert readable("h_{t-1}") == "h_(t-1)"
    assert readable(r"\frac{a+b}{c-d}") == "(a+b)/(c-d)"


def test_an_endless_formula_is_not_shown() -> None:
    assert readable(r"\frac{1}" * 1000) == UNREADABLE
    assert len(readable(r"x_{i}+\alpha" * 100)) <= LONGEST_TEXT


@pytest.mark.parametrize("latex", ["x^{", "{" * 1900, r"\frac{a}", r"\begin{cases} a", "}{", "\\"])
def test_a_broken_formula_never_raises(latex: str) -> None:
    assert "\\begin" not in readable(latex)

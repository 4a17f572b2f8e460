"""Withdrawals in the words of authors and of arXiv, and what only sounds like one."""

import pytest

from bot.sources.withdrawn import says_withdrawn
from tests.shared_data import shared_data

WITHDRAWN = """
This paper has been withdrawn by the authors
This paper has been withdrawn, superseded by arXiv:0801.0001
This submission has been withdrawn by arXiv administrators because it contains plagiarism
This article has been removed by arXiv administrators due to falsified authorship
This submission has been temporarily withdrawn
12 pages. The manuscript was subsequently withdrawn
10 pages, 3 figures, withdrawn
WITHDRAWN
Withdrawn due to an error in Lemma 2
withdrawn by author
Due to an error in Section 3, this paper has been withdrawn
I would like to withdraw this paper since the proof of Theorem 1.2 is incorrect
Authors decided to withdraw the paper
The author wishes to withdraw this article
Author withdrew the submission
We are withdrawing this manuscript because of an inconsistency
Withdrawal at the request of the authors
Retraction: the data were faulty
This preprint was retracted on 2 May
We have decided to retract this paper
This paper is withdrawn from arXiv
Paper withdrawn (crucial error in equation 3)
The first author has withdrawn this paper
We are retracting this work
The authors have removed this paper
Removed by the author
The paper was pulled by the authors
All versions of this paper have been withdrawn
This is a retracted paper
12 pages. Note: this is now a withdrawn submission
""".strip().splitlines()
STANDING = """
12 pages; Section 4 withdrawn from v1
Figure 3 has been withdrawn
We withdraw the claim of Theorem 2; the rest stands
Withdrawn from ICML 2019 for a longer version
Submitted to NeurIPS 2020, later withdrawn from consideration
The earlier version was withdrawn; this one is corrected
v1 was withdrawn, this is a corrected version
This paper replaces the withdrawn arXiv:0801.1234
Supersedes arXiv:0801.1234 (withdrawn)
This replaces our paper arXiv:0801.1234, now withdrawn
Comment on a retracted article
This is a comment on a retracted paper
This is a retracted version of an earlier paper
A dataset of retracted papers
This paper has not been withdrawn
21 pages, on absolute retracts
Code for retraction detection
Typos removed, references added
A typo in the paper is removed
The claim in the paper was withdrawn
We removed this paper's appendix
One of the authors has withdrawn his name
Co-author withdrawn
Published in J. Opioid Withdrawal 3
""".strip().splitlines()
OF_ABSTRACTS = """
This paper has been withdrawn by the author due to a crucial error.
We prove X. (This paper has been withdrawn.)
The authors have withdrawn this paper.
Withdrawn by the authors.
""".strip().splitlines()
OTHER_ABSTRACTS = """
We study how troops were withdrawn from cities.
We analyse retracted papers. This work studies why a paper is retracted by journals.
We study retraction of a space onto its boundary in this paper.
Money withdrawn by customers is predicted in this paper.
Withdrawal symptoms are common.
""".strip().splitlines()


def in_comment(text: str) -> bool:
    return says_withdrawn(title="A Title", comment=text, abstract="We show it.")


def in_abstract(text: str) -> bool:
    return says_withdrawn(title="A Title", comment="12 pages", abstract=text)


@pytest.mark.parametrize("comment", WITHDRAWN)
def test_a_comment_withdraws_its_paper(comment: str) -> None:
    assert in_comment(comment)
    assert in_comment(f"8 pages; {comment}")


@pytest.mark.parametrize("comment", STANDING)
def test_a_comment_about_something_else_does_not(comment: str) -> None:
    assert not in_comment(comment)


@pytest.mark.parametrize("abstract", OF_ABSTRACTS)
def test_an_abstract_withdraws_the_paper_that_it_names(abstract: str) -> None:
    assert in_abstract(abstract)


@pytest.mark.parametrize("abstract", OTHER_ABSTRACTS)
def test_an_abstract_may_speak_of_any_withdrawal(abstract: str) -> None:
    assert not in_abstract(abstract)


@pytest.mark.parametrize(
    "title",
    [
        "[Withdrawn] A Title",
        "A Title (retracted)",
        "WITHDRAWN: A",
        "RETRACTED ARTICLE: A Title",
        "A Title (this paper has been withdrawn)",
        "A Title [Withdrawn by the authors]",
        "A Title - withdrawn",
    ],
)
def test_a_title_may_carry_the_mark(title: str) -> None:
    assert says_withdrawn(title=title, comment="", abstract="")


def test_a_title_may_be_about_withdrawn_people() -> None:
    for title in ("Withdrawn Children at School", "Retracted-Article Detection at Scale"):
        assert not says_withdrawn(title=title, comment="", abstract="")


def test_the_wordings_seen_outside_are_known() -> None:
    lines = shared_data("outside/C23_withdrawn_comments.txt").read_text(encoding="utf-8")
    assert all(in_comment(line) for line in lines.splitlines() if line)

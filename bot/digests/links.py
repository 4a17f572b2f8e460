"""The links of a paper that may be shown: made of its id, or given by its source and checked."""

from bot.sources.ids import arxiv_id
from bot.sources.kinds import kind_name, label, paper_page
from bot.sources.links import project_page, repository
from storage import Fulltext, Paper, Passage


def abstract_url(paper: Paper) -> str | None:
    """The paper's page on arXiv, or where its source has it; None for a paper that is known by its
    title only."""
    return f"https://arxiv.org/abs/{paper.id}" if _has_arxiv_id(paper) else paper_page(paper.id)


def page_name(paper: Paper) -> str:
    """What people call the site of :func:`abstract_url`."""
    return label("arxiv" if _has_arxiv_id(paper) else kind_name(paper.id))


def pdf_url(paper: Paper) -> str | None:
    """The PDF on arXiv."""
    return f"https://arxiv.org/pdf/{paper.id}" if _has_arxiv_id(paper) else None


def passage_url(paper: Paper, fulltext: Fulltext | None, passage: Passage) -> str:
    """The place of a passage: an anchor of the HTML, a page of the PDF, or the paper's page; empty
    for a paper whose arXiv id is unknown."""
    plain = abstract_url(paper)
    if plain is None:
        return ""
    if not _has_arxiv_id(paper):
        return plain
    if passage.anchor and (fulltext is None or fulltext.origin != "pdf"):
        return f"https://arxiv.org/html/{paper.id}#{passage.anchor}"
    if passage.page:
        return f"https://arxiv.org/pdf/{paper.id}#page={passage.page}"
    return plain


def huggingface_url(paper: Paper) -> str | None:
    """The paper's page on Hugging Face."""
    return f"https://huggingface.co/papers/{paper.id}" if _has_arxiv_id(paper) else None


def code_url(paper: Paper) -> str | None:
    """The repository, when the source gave the address of one."""
    return repository(paper.code_url)


def project_url(paper: Paper) -> str | None:
    """The project's page, when it is on a host where it belongs to a repository."""
    return project_page(paper.project_url)


def _has_arxiv_id(paper: Paper) -> bool:
    return arxiv_id(paper.id) == paper.id

"""The evidence of an answer as a modal: each citation's place and its sentences. Pure."""

from typing import Any

from bot.answers.quoting import GAP
from bot.answers.records import Answer, Citation
from bot.languages import Catalog, catalog
from bot.slack.blocks import Block, context, escape, link, section, truncate

# A modal takes a hundred blocks; each citation needs two.
MOST_SHOWN = 40
_LONGEST_TEXT = 2500
_LABEL = 150


def evidence_view(answer: Answer, language: str) -> dict[str, Any]:
    """The modal. Texts of papers stand in it as plain rich text, so that nothing in them acts."""
    words = catalog(language)
    blocks = [
        block
        for citation in answer.citations[:MOST_SHOWN]
        for block in (_place(citation), _quotation(citation))
    ]
    return {
        "type": "modal",
        "title": _plain(words.text("answers-evidence-title")),
        "close": _plain(words.text("actions-form-close")),
        "blocks": [*blocks, _note(answer, words)],
    }


def _place(citation: Citation) -> Block:
    label = f"[{citation.number}] {truncate(citation.section, _LABEL)}"
    return section(f"*{link(citation.url, label) if citation.url else escape(label)}*")


def _quotation(citation: Citation) -> Block:
    text = truncate(citation.around or citation.quote, _LONGEST_TEXT)
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": _with_bold(text, citation.quote)}],
    }


def _with_bold(text: str, quotes: str) -> list[Block]:
    """The text as pieces of rich text, with the quoted sentences in bold."""
    pieces: list[Block] = []
    at = 0
    for quote in quotes.split(GAP):
        start = text.find(quote, at) if quote else -1
        if start < 0:
            continue
        pieces += [_piece(text[at:start]), _piece(quote, bold=True)]
        at = start + len(quote)
    pieces.append(_piece(text[at:]))
    return [piece for piece in pieces if piece["text"]] or [_piece("-")]


def _piece(text: str, *, bold: bool = False) -> Block:
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}


def _note(answer: Answer, words: Catalog) -> Block:
    told = "answers-evidence-note" if answer.citations else "answers-evidence-none"
    return context(escape(words.text(told)))


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}

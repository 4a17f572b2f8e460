"""An answer as Slack messages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.markdown import Cell, Chunk, Links, Table, Text, plain_text, quiet, to_chunks
from bot.answers.records import EXTRACTIVE, RECORD, Answer, Citation
from bot.languages import LANGUAGES, Catalog, catalog
from bot.slack.blocks import Block, Message, actions, button, context, section, truncate
from bot.slack.blocks.ids import ActionId, make_value

_SECTION = 2800
# A message's plain text has to fit in ``chat.update``; the blocks say the same with more marks.
_MESSAGE_TEXT = 3400
_MESSAGE_BLOCKS = 40
_TABLE_ROWS, _TABLE_COLUMNS, _TABLE_CHARACTERS = 100, 20, 9_000
_SOURCE_LABEL = 90
_LONGEST_ENTITY = 5


@dataclass(frozen=True)
class _Part:
    """A block with the plain text that says the same."""

    block: Block
    text: str

    @property
    def is_table(self) -> bool:
        return str(self.block["type"]) == "table"


def render_answer(answer: Answer, language: str, *, question_id: int) -> list[Message]:
    """The messages for an answer's thread, in order; buttons stand under the last one.

    The buttons' values carry *question_id*, so that a click finds the stored question.
    """
    words = catalog(language)
    links = Links(
        citations={one.number: one.url for one in answer.citations},
        allowed=frozenset(answer.links),
    )
    parts = [part for chunk in to_chunks(answer.text, links) for part in _parts(chunk)]
    pages = _pages(parts or [_text_part("-")])
    foot = _foot(answer, words)
    controls = _controls(answer, words, question_id)
    return [
        _message(page, foot if last else [], controls if last else [])
        for page, last in ((page, page is pages[-1]) for page in pages)
    ]


def _message(page: Sequence[_Part], foot: Sequence[_Part], controls: Sequence[Block]) -> Message:
    parts = [*page, *foot]
    return Message(
        text="\n\n".join(part.text for part in parts if part.text),
        blocks=(*(part.block for part in parts), *controls),
    )


def _pages(parts: Sequence[_Part]) -> list[list[_Part]]:
    pages: list[list[_Part]] = [[]]
    for part in parts:
        page = pages[-1]
        used = sum(len(one.text) for one in page)
        second_table = part.is_table and any(one.is_table for one in page)
        full = len(page) >= _MESSAGE_BLOCKS or used + len(part.text) > _MESSAGE_TEXT
        if page and (full or second_table):
            pages.append([])
        pages[-1].append(part)
    return pages


def _parts(chunk: Chunk) -> list[_Part]:
    if isinstance(chunk, Text):
        return [_text_part(piece) for piece in _split(chunk.mrkdwn, _SECTION)]
    if _fits(chunk):
        return [_Part(_table_block(chunk), _table_text(chunk))]
    return [_text_part(piece) for piece in _split(_table_mrkdwn(chunk), _SECTION)]


def _text_part(mrkdwn: str) -> _Part:
    return _Part(section(mrkdwn, expand=True), plain_text(mrkdwn))


def _split(text: str, limit: int) -> list[str]:
    """Pieces at most *limit* long, cut at lines, sentences or words, never inside a link."""
    pieces = []
    while len(text) > limit:
        cut = _cut(text, limit)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text] if text else pieces


def _cut(text: str, limit: int) -> int:
    for mark in ("\n", ". ", " "):
        place = text.rfind(mark, 0, limit - len(mark))
        while place > 0 and text.rfind("<", 0, place) > text.rfind(">", 0, place):
            place = text.rfind(mark, 0, place)
        if place > limit // 3:
            return place + len(mark)
    # One without a space to cut at; an entity (`&amp;`) must stay whole even so.
    entity = text.rfind("&", limit - _LONGEST_ENTITY, limit)
    return entity if entity > 0 and ";" not in text[entity:limit] else limit


def _fits(table: Table) -> bool:
    characters = sum(len(cell.plain) for row in table.rows for cell in row)
    columns = max((len(row) for row in table.rows), default=0)
    return (
        1 < len(table.rows) <= _TABLE_ROWS
        and 0 < columns <= _TABLE_COLUMNS
        and characters <= _TABLE_CHARACTERS
    )


def _table_block(table: Table) -> Block:
    columns = max(len(row) for row in table.rows)
    return {
        "type": "table",
        "column_settings": [{"is_wrapped": True}] * columns,
        "rows": [[_rich(cell) for cell in row] for row in table.rows],
    }


def _rich(cell: Cell) -> Block:
    if all(url is None for _, url in cell.pieces):
        return {"type": "raw_text", "text": cell.plain or "-"}
    elements: list[Block] = [
        {"type": "text", "text": text}
        if url is None
        else {"type": "link", "url": url, "text": text}
        for text, url in cell.pieces
    ]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": elements}],
    }


def _table_text(table: Table) -> str:
    return "\n".join(" | ".join(quiet(cell.plain) for cell in row) for row in table.rows)


def _table_mrkdwn(table: Table) -> str:
    """A table too large for Slack's own: each row as lines of "head: cell"."""
    head, *rows = table.rows
    lines = []
    for row in rows:
        pairs = zip(head, row, strict=False)
        lines.append("\n".join(f"*{quiet(h.plain).strip()}*: {quiet(c.plain)}" for h, c in pairs))
    return "\n\n".join(lines)


def _foot(answer: Answer, words: Catalog) -> list[_Part]:
    parts = []
    if answer.citations:
        title = words.text("answers-sources")
        listed = " · ".join(map(_source, answer.citations))
        parts += [_context_part(piece) for piece in _split(f"{title}: {listed}", _SECTION)]
    if notes := notes_of(answer, words):
        parts.append(_context_part(" ".join(map(quiet, notes))))
    return parts


def notes_of(answer: Answer, words: Catalog) -> tuple[str, ...]:
    """Sentences about how an answer was made, for whoever reads it."""
    if answer.maker in (EXTRACTIVE, RECORD):
        return answer.notes
    return words.text("answers-maker-model", maker=answer.maker), *answer.notes


def _context_part(mrkdwn: str) -> _Part:
    return _Part(context(mrkdwn), plain_text(mrkdwn))


def _source(citation: Citation) -> str:
    label = f"[{citation.number}] {truncate(citation.section, _SOURCE_LABEL)}"
    shown = quiet(label).replace("|", "¦")
    return f"<{citation.url}|{shown}>" if citation.url else shown


def _controls(answer: Answer, words: Catalog, question_id: int) -> list[Block]:
    value = make_value({"question": question_id})
    buttons = []
    # Sentences that stand as they are can't be told in another way: that takes a model.
    if answer.maker not in (EXTRACTIVE, RECORD) and answer.paper_ids:
        buttons = [
            button(words.text("answers-button-detail"), ActionId.ANSWER_DETAIL, value),
            button(words.text("answers-button-simpler"), ActionId.ANSWER_SIMPLER, value),
        ]
    if answer.maker != EXTRACTIVE:
        other = LANGUAGES[(LANGUAGES.index(words.language) + 1) % len(LANGUAGES)]
        in_other = make_value({"question": question_id, "language": other})
        label = catalog(other).text("answers-button-language")
        buttons.append(button(label, ActionId.ANSWER_LANGUAGE, in_other))
    if answer.citations:
        show = words.text("answers-button-evidence")
        buttons.insert(0, button(show, ActionId.ANSWER_EVIDENCE, value))
    feedback = _feedback(words, question_id)
    return [feedback, actions(*buttons)] if buttons else [feedback]


def _feedback(words: Catalog, question_id: int) -> Block:
    def choice(message_id: str, vote: str) -> Block:
        return {
            "text": {"type": "plain_text", "text": words.text(message_id)},
            "value": make_value({"question": question_id, "vote": vote}),
        }

    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": ActionId.ANSWER_FEEDBACK.value,
                "positive_button": choice("answers-feedback-good", "up"),
                "negative_button": choice("answers-feedback-bad", "down"),
            }
        ],
    }

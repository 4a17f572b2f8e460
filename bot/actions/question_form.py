"""Asking about the paper of a message: the form; its question is answered in the thread."""

from dataclasses import dataclass
from typing import Any

from bot.actions.forms import input_block, modal, no_paper_view, plain, text_input
from bot.actions.papers import PaperFinder
from bot.digests.paper_text import shown_title
from bot.languages import catalog
from bot.slack.blocks.ids import ActionId, CallbackId
from storage import Storage

LONGEST_QUESTION = 2000


@dataclass(frozen=True)
class QuestionForm:
    """Draws the form; it asks no source."""

    storage: Storage
    papers: PaperFinder

    def view(self, channel: str, root_ts: str, message: str, language: str) -> dict[str, Any]:
        """The modal that takes a question about the paper of a message; *root_ts* is its
        thread's."""
        paper_id = self.papers.of_message(channel, root_ts, message)
        words = catalog(language)
        if paper_id is None:
            return no_paper_view(language, words.text("actions-ask-title"))
        paper = self.storage.papers.get(paper_id)
        title = shown_title(paper) if paper else paper_id
        field = text_input(LONGEST_QUESTION, multiline=True)
        return modal(
            words.text("actions-ask-title"),
            [
                {"type": "section", "text": plain(title[:2900])},
                input_block(ActionId.QUESTION_TEXT, words.text("actions-ask-label"), field),
            ],
            words,
            callback=CallbackId.ASK_QUESTION,
            about={"paper": paper_id, "channel": channel, "thread": root_ts},
            submit=words.text("actions-ask-submit"),
        )

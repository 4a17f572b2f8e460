"""Summaries of papers: made by a model or chosen from the paper's own sentences, then checked.

A summary says nothing that its evidence doesn't; parts with nothing to say are left out. A paper
for which this fails affects no other and is repaired later. The shapes and wordings are data
(``schema``, ``prompts/``); everything but :class:`Summarizer` and the drafter is pure.
"""

from bot.summaries.extractive import make_extractive
from bot.summaries.roles import contribution_of
from bot.summaries.source_texts import SourceTexts
from bot.summaries.summarizer import Summarizer

__all__ = ["SourceTexts", "Summarizer", "contribution_of", "make_extractive"]

"""Answers about papers: which paper is meant, what it says on the question, and where.

Every answer rests on stored texts and cites their places. With a language model the answer is
written by it and checked against what it cites; without one the best sentences are quoted. When
nothing fits, the answer says so and offers what is near.
"""

from bot.answers.evidence_view import evidence_view
from bot.answers.records import Answer, Ask, Citation, Resolution, Subject
from bot.answers.render import notes_of, render_answer
from bot.answers.resolve import resolve
from bot.answers.service import Answers

__all__ = [
    "Answer",
    "Answers",
    "Ask",
    "Citation",
    "Resolution",
    "Subject",
    "evidence_view",
    "notes_of",
    "render_answer",
    "resolve",
]

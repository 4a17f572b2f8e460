"""English."""

from bot.languages.en.examples import JOINT, QUESTIONS
from bot.languages.language import Language

LANGUAGE = Language(
    code="en",
    written="English",
    letters="A-Za-z",
    questions=QUESTIONS,
    this_paper="this paper",
    joint=JOINT,
)

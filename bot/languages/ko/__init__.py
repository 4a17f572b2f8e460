"""Korean."""

from bot.languages.ko.examples import JOINT, QUESTIONS
from bot.languages.ko.particles import with_particle
from bot.languages.language import Language

LANGUAGE = Language(
    code="ko",
    written="Korean, in the polite form that ends in -니다",
    letters=r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    letter_weight=2,
    functions={"JOSA": with_particle},
    questions=QUESTIONS,
    this_paper="이 논문",
    joint=JOINT,
)

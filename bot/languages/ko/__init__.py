"""Korean."""

from bot.languages.ko.particles import with_particle
from bot.languages.language import Language

LANGUAGE = Language(
    code="ko",
    our_name="페이퍼 ?보이(?:님|야|아)?",
    written="Korean, in the polite form that ends in -니다",
    letters=r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    letter_weight=2,
    functions={"JOSA": with_particle},
    this_paper="이 논문",
    week_words=("년", "주차", "주"),
    number_suffix="번",
)

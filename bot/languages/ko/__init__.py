"""Korean."""

from bot.languages.ko.claims import CLAIMS
from bot.languages.ko.commands import COMMANDS
from bot.languages.ko.cues import CUES
from bot.languages.ko.dates import DATES
from bot.languages.ko.examples import JOINT, QUESTIONS
from bot.languages.ko.numbers import NUMBERS
from bot.languages.ko.particles import with_particle
from bot.languages.ko.pointing import POINTING
from bot.languages.ko.subscribing import SUBSCRIBING
from bot.languages.ko.words import WORDS
from bot.languages.ko.writing import WRITING
from bot.languages.language import Language, Searching

LANGUAGE = Language(
    code="ko",
    our_name="페이퍼 ?보이(?:님|야|아)?",
    written="Korean, in the polite form that ends in -니다",
    letters=r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    letter_weight=2,
    functions={"JOSA": with_particle},
    questions=QUESTIONS,
    this_paper="이 논문",
    joint=JOINT,
    pointing=POINTING,
    week_words=("년", "주차", "주"),
    commands=COMMANDS,
    words=WORDS,
    numbers=NUMBERS,
    cues=CUES,
    writing=WRITING,
    claims=CLAIMS,
    searching=Searching(
        filters={
            "저자": "author",
            "기관": "org",
            "이후": "after",
            "이전": "before",
            "포함": "has",
        },
        saved="저장",
        mine="나|내",
        code="코드",
    ),
    dates=DATES,
    subscribing=SUBSCRIBING,
    number_suffix="번",
)

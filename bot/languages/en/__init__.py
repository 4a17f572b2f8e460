"""English."""

from bot.languages.en.claims import CLAIMS
from bot.languages.en.commands import COMMANDS
from bot.languages.en.cues import CUES
from bot.languages.en.dates import DATES
from bot.languages.en.examples import JOINT, QUESTIONS
from bot.languages.en.numbers import NUMBERS
from bot.languages.en.pointing import POINTING
from bot.languages.en.subscribing import SUBSCRIBING
from bot.languages.en.words import WORDS
from bot.languages.en.writing import WRITING
from bot.languages.language import Language, Searching

_ABBREVIATIONS = (
    "e.g i.e al cf vs etc resp approx Fig Figs Eq Eqs Sec Secs Tab Tabs Ref Refs No Nos Vol pp "
    "Dr Prof Mr Mrs Ms St Inc Corp Alg App Thm ca viz s.t w.r.t a.k.a i.i.d dim dims avg std est "
    "max min param params"
)

LANGUAGE = Language(
    code="en",
    our_name="paperboy",
    written="English",
    letters="A-Za-z",
    questions=QUESTIONS,
    this_paper="this paper",
    joint=JOINT,
    pointing=POINTING,
    abbreviations=tuple(_ABBREVIATIONS.split()),
    week_words=("week", "w"),
    commands=COMMANDS,
    words=WORDS,
    numbers=NUMBERS,
    cues=CUES,
    writing=WRITING,
    claims=CLAIMS,
    searching=Searching(saved="saved", mine="me|mine", code="code"),
    dates=DATES,
    subscribing=SUBSCRIBING,
)

"""English."""

from bot.languages.language import Language

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
    this_paper="this paper",
    abbreviations=tuple(_ABBREVIATIONS.split()),
    week_words=("week", "w"),
)

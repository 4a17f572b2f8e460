"""English words: what stands for nothing, and stems."""

from functools import lru_cache

import Stemmer

from bot.languages.language import Words

_STOP = """
a about above after again all also am an and any are as at author authors be because been
before being below between both but by can could describe did do does doing down during each
either explain few for from further give had has have having he her here hers him his how i if
in into is it its itself just let me more most my no nor not of off on once only or other our
ours out over own paper papers please same she should show so some study such tell than that
the their theirs them then there these they this those through to too under until up us use
used uses using very was we were what when where which while who whom why will with work works
would you your yours
"""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; words with digits and short ones stay whole."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    # A stemmer of its own for each word: they may not be shared between threads.
    return str(Stemmer.Stemmer("english", 0).stemWord(word))


WORDS = Words(stop=frozenset(_STOP.split()), stem=stem)

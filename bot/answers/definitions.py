"""Questions for what one thing is ("What does Clip-Higher do?"), and sentences that tell it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.answers.kinds import Kind, kind_of, residue
from bot.search.matching import needles
from bot.search.terms import terms_of
from bot.search.words import has_hangul, query_words

_I = re.IGNORECASE
# How a question may go on in Korean once it has said what it asks.
_REST = "[가-힣 ]{0,40}"
# Of a question on one line, without the punctuation around it.
_ASKED = (
    re.compile(
        r"\A(?:so |and )?what(?:'s|’s| (?:is|are|was|were|does|do|did)) (?P<x>.+?)"
        r"(?: (?:do|does|mean|about|refer to|stand for|work|for|used for))?\Z",
        _I,
    ),
    re.compile(r"\Ahow (?:does|do|did) (?P<x>.+) (?:work|function|operate)\Z", _I),
    re.compile(
        r"\A(?:please |can you |could you )?(?:explain|define|describe|tell me about"
        r"|what about|how about) (?:what )?(?P<x>.+?)(?: (?:is|are|does|means?))?\Z",
        _I,
    ),
    re.compile(
        r"\A(?P<x>.+?) ?(?:이란|이라는|란|라는|이|가|은|는)? ?(?:건|게|것은|것이)? ?"
        r"(?:도대체 ?|대체 ?|정확히 ?)?(?:뭐|뭔|무엇|무슨 ?(?:뜻|의미|역할)|어떤 ?(?:것|거|역할))"
        rf"{_REST}\Z"
    ),
    re.compile(rf"\A(?P<x>.+?)(?:은|는|이|가)? 어떻게 ?(?:작동|동작|돌아|이루어){_REST}\Z"),
    re.compile(
        r"\A(?P<x>.+?)(?:을|를|은|는|이|가|에 ?대해서?|에 ?관해)? (?:좀 ?|더 ?|자세히 ?){0,3}"
        rf"(?:설명|알려|소개){_REST}\Z"
    ),
    re.compile(rf"\A(?P<x>.+?)의 ?(?:뜻|의미|정의|역할)(?:은|는|이|가)?{_REST}\Z"),
)  # fmt: skip
_ARTICLE = re.compile(r"^(?:the|an?|this|that|its|their|your|exactly|이|그|저|여기서)\s+", _I)
_AND = re.compile(
    r"(?<!\s)\s*(?:,|(?<=\w)(?:이랑|랑|하고|과|와)(?=\s)|\b(?:and|vs\.?|및|그리고)\b)\s*", _I
)
_POINTS_BACK = re.compile(
    r"^(?:it|this|that|they|these|those|we|you|authors?|people|이거|이게|이건|그거|그게|그건)\b", _I
)
_KINDS = frozenset((Kind.OTHER, Kind.METHOD, Kind.SUMMARY))
_LONGEST, _MOST_WORDS, _FEWEST_SAID = 200, 6, 0.5
_SPELLED_SURELY, _DOES_SURELY, _IN_PLACE_SURELY = 1.2, 0.7, 0.6
# What a thing of a paper is called besides its name: "the Clip-Higher strategy is …".
_SORT = (
    r"(?:\s+(?:strateg(?:y|ies)|mechanisms?|methods?|algorithms?|techniques?|approach(?:es)?|"
    r"modules?|agents?|models?|systems?|frameworks?|loss(?:es)?|functions?|components?|"
    r"data(?:sets?)?|benchmarks?|networks?|layers?|operations?|process(?:es)?|stages?|steps?|"
    r"architectures?|objectives?|penalt(?:y|ies)|tasks?))?"
)
_ASIDE = r"(?:\s*\([^)]{1,60}\)|\s*\[[\d,\s–-]+\])*"
# "we propose X", "which we call X"; what stands between may not belong to something else.
_BROUGHT_IN = (
    r"(?:\b(?:we|and|paper|work|study|authors)\s+(?:\w+ly\s+|also\s+|then\s+)?(?:propose|introduce|"
    r"present|design|develop|adopt|construct|build|call|term|name|define|dub|denote)s?|"
    r"\b(?:called|termed|named|dubbed|denoted|referred\s+to|known)(?:\s+as)?)\s+"
    r"(?:(?!(?:for|of|from|in|to|using|with|by|on|as|that)\b)[\w’'-]+\s+|[\"“(]){0,6}?"
)
# Verbs after the name that tell what came of it or who likes it, not what it is.
_NO_TELLING = (
    r"(?!\s+(?:\w+ly\s+)?(?:achiev|outperform|surpass|reach|show|demonstrat|exhibit|result|lead|"
    r"improv|increas|decreas|remain|has\s+(?:shown|achieved)|was|were|does|is\s+(?:not|also|still)"
    r"|are\s+(?:not|also|still)))"
)
_OPENING = r"^\W*(?:[^.]{3,120},\s+)?(?:(?:the|an?|our|each|both)\s+)?(?:proposed\s+|new\s+)?"
_IS = r"\s+(?:is|are)\s+(?:\w+ly\s+)?(?:an?|the|one|our|defined|designed|responsible|used|based)\b"
_COMMA = r",\s+(?:which|an?|the|i\.e)\b|:\s+(?:an?|the)\b"
_DOES = (
    r"\s+(?:\w+ly\s+|also\s+|then\s+)?"
    r"(?:is|are|(?!as\b|its\b|this\b|thus\b|plus\b|vs\b)[a-z]{3,}s)\b"
)
_SPELLED_OUT = r"\b(?:propos|introduc|present|develop|term|call|nam|dub)\w*\b"
# In a section that bears the name, a sentence may tell it without the name.
_IN_PLACE = re.compile(
    r"\b(?:to\s+(?:this\s+end|address|mitigate|solve|overcome|achieve)|therefore|specifically|"
    r"we\s+(?:thus\s+|then\s+|therefore\s+)?(?:propose|introduce|adopt|design|define|employ|"
    r"develop|construct)|(?:is|are)\s+(?:an?|defined|designed|based|computed|used)\b|"
    r"works?\s+by|consists?\s+of)|제안|정의|구성",
    _I,
)


@dataclass(frozen=True)
class Term:
    """A thing whose meaning is asked for, with the spellings of its name."""

    spellings: tuple[str, ...]

    @cached_property
    def _name(self) -> str:
        joined = "|".join(map(_spelling, self.spellings))
        # Not inside a longer name: "Decoupled Clip and Dynamic sAmpling Policy Optimization".
        return rf"(?<![\w-])(?:{joined})(?:s|es)?(?![\w-]|\s+(?-i:[A-Z]\w*\s+[A-Z]))"

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return re.compile(self._name, _I)

    @cached_property
    def _short(self) -> re.Pattern[str]:
        return re.compile(rf"{self._name}\s+\((?P<short>(?-i:[A-Z][A-Za-z0-9-]{{1,9}}))s?\)", _I)

    @cached_property
    def _telling(self) -> tuple[tuple[float, re.Pattern[str]], ...]:
        opening = rf"{_OPENING}{self._name}{_SORT}{_ASIDE}"
        brought_in = rf"{_BROUGHT_IN}{self._name}"
        spelled_out = rf"{_SPELLED_OUT}[^.;]{{0,200}}?\w\s+\({self._name}\)"
        return tuple(
            (weight, re.compile(form, _I))
            for weight, form in (
                (_SPELLED_SURELY, spelled_out),
                (1.0, rf"{opening}(?:{_IS}|{_COMMA})|{brought_in}"),
                (_DOES_SURELY, rf"{opening}{_NO_TELLING}{_DOES}|\w\s+\({self._name}\)"),
            )
        )

    def names(self, title: str) -> bool:
        """Whether a section's title holds the name."""
        return self._named.search(title) is not None

    def told_by(self, sentence: str, title: str) -> float:
        """How surely *sentence*, which stands under *title*, tells what the thing is or does:
        1 when it says so, more when it also spells the name out, less when only its place makes
        one think so, 0 otherwise."""
        for weight, pattern in self._telling:
            if pattern.search(sentence):
                return weight
        return _IN_PLACE_SURELY * (self.names(title) and _IN_PLACE.search(sentence) is not None)

    def as_in(self, texts: Iterable[str]) -> "Term":
        """The same with the abbreviation that the texts introduce for it."""
        found = (one["short"] for text in texts for one in self._short.finditer(text))
        return Term(tuple(dict.fromkeys([*self.spellings, *found])))


@lru_cache(maxsize=256)
def asked_terms(question: str) -> tuple[Term, ...]:
    """The things whose meaning *question* asks for; none when it asks for something else."""
    if len(question) > _LONGEST or kind_of(question) not in _KINDS:
        return ()
    asked = _without_edges(" ".join(question.split()))
    for form in _ASKED:
        if match := form.match(asked):
            return tuple(filter(None, map(_term, _AND.split(match["x"]))))
    return ()


def kind_asked(question: str) -> Kind:
    """The kind of thing a question asks for; what one thing is isn't what the paper is about."""
    kind = kind_of(question)
    return Kind.OTHER if kind is Kind.SUMMARY and asked_terms(question) else kind


def _term(name: str) -> Term | None:
    name = _bare(name)
    words = name.split()
    if not words or len(words) > _MOST_WORDS or _POINTS_BACK.match(name):
        return None
    if kind_of(name) not in _KINDS or _weight(name) < _FEWEST_SAID:
        return None
    return Term(tuple(dict.fromkeys(_names_of(name))))


def _without_edges(text: str) -> str:
    """*text* from its first letter or digit to its last."""
    places = [at for at, char in enumerate(text) if char.isalnum() or char == "_"]
    return text[places[0] : places[-1] + 1] if places else ""


def _bare(name: str) -> str:
    name = name.strip(" \"'“”‘’`?!.,")
    while (bare := _ARTICLE.sub("", name)) != name:
        name = bare
    return name


def _weight(name: str) -> float:
    """How much a name says beside words that tell a kind of question."""
    return sum(needle.weight for needle in needles(residue(name, kind_of(name))))


def _names_of(name: str) -> Sequence[str]:
    """The name as asked and, where it is Korean, as papers write it."""
    terms = terms_of(query_words(name))
    bare = " ".join(" ".join(term.words) for term in terms) or name
    if not has_hangul(name):
        return (name,)
    translated = [term.translations[0] if term.translations else term.words[0] for term in terms]
    return (bare, " ".join(translated))


def _spelling(name: str) -> str:
    return r"[\s-]*".join(re.escape(part) for part in re.split(r"[\s-]+", name) if part)

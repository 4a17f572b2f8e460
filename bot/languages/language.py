"""What the rooms ask of a language. A folder of this package fills one such record in.

Each group of rules that a room needs is a small frozen record, read from :class:`Language`.
It stands in a module of the language's folder that is called like the field, and is imported when
it is first asked for. Where a rule is a text and not a function, it is the source of a pattern; see
``any_of`` in :mod:`bot.languages.registry`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import Any, Generic, TypeVar

T = TypeVar("T")
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Words:
    """How words are told apart and compared."""

    # Words that say nothing about a text's subject, in lower case, and such words with endings.
    stop: frozenset[str] = frozenset()
    asking: re.Pattern[str] = NEVER
    # A word without what the language attaches to any word, names of other scripts included.
    bare: Callable[[str], str] = str
    # A word as it is compared with others; only ever compared with what this function has made.
    stem: Callable[[str], str] = str
    # Whether spaces say little about where words end, so that pairs of letters are matched.
    in_pairs: bool = False


@dataclass(frozen=True)
class Numbers:
    """How numbers and their units are written, in lower case."""

    # Words that multiply the number before them.
    scales: Mapping[str, int] = field(default_factory=dict)
    # Words for units by class, as alternatives of a pattern; see ``bot.text.quantities``.
    units: Mapping[str, str] = field(default_factory=dict)
    # Numbers in words, words that say "so many times", and parts of a whole.
    words: Mapping[str, int] = field(default_factory=dict)
    factors: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    # Matches a fraction in digits, with the groups ``whole`` and ``part``.
    fraction: re.Pattern[str] = NEVER


@dataclass(frozen=True)
class Cues:
    """Patterns by which a sentence shows what it does in a paper, and titles of sections."""

    # What was the matter before the paper.
    before: str = ""
    new: str = ""
    contributions: str = ""
    technical: str = ""
    performance: str = ""
    # Words that tell what the paper sets out to do, and what was found.
    announcing: str = ""
    finding: str = ""
    motivation: str = ""
    limitations: str = ""
    followups: str = ""
    setup: str = ""
    # The authors speaking of themselves; a number that measures something.
    own: str = ""
    measured: str = ""
    # A first phrase that only ties a sentence to the one before it.
    lead_in: str = ""
    # Words of a sentence that leans on something that won't be shown beside it.
    leaning: str = ""
    # "Code and data are public", and how short a sentence is that says no more.
    notice: str = ""
    notice_length: int = 120
    # Titles of sections that are no part of the paper's argument.
    aside: str = ""
    # Titles of sections by what a summary takes from them; see ``bot.summaries.fitting``.
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Writing:
    """What a model's texts in this language are like, and what shows that they went wrong."""

    # So many words in a row are not the same by chance.
    run: int = 5
    # The least and most length of a translated abstract, as a share of the original's.
    length: tuple[float, float] = (0.5, 2.0)
    # Words about the task instead of the paper; words that only say what the paper doesn't.
    leftover: str = ""
    filler: str = ""
    # That the paper doesn't tell something; a plain yes or no; what is denied.
    absence: str = ""
    yes_or_no: str = ""
    negation: str = ""
    # Words with which a list begins ("The main results:").
    list_words: str = ""
    # What a model is told about its style, in the language itself.
    style: str = ""
    # A subject that a sentence can do without under the paper's title ("This paper proposes").
    subject: str = ""
    # The letters with which a sentence may end where its full stop is left out.
    endings: str = ""
    # Words of an instruction to a model that reads the paper.
    to_a_model: str = ""


@dataclass(frozen=True)
class Claims:
    """Words that claim much, and words that say in which direction something goes."""

    # By kind ("first", "most", "only", "all"): words that claim much, and words that bear them out.
    strong: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # By what it is about ("amount", "rank", "use"): words for one way, and for the other.
    ways: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # What a number is told of; see ``bot.verification.swaps``. Units behind a number; what ends a
    # clause, and what ends one only behind a number and its unit.
    units: str = ""
    cuts: str = ""
    cuts_behind_number: str = ""
    # A number before what it is told of; things and numbers that are listed apart.
    number_first: str = ""
    in_order: str = ""
    # What goes from one number to another, each of which is a group.
    from_to: str = ""
    # What stands before or behind a name that something else is set beside; what stands behind the
    # name that a sentence is about.
    compared_before: str = ""
    compared_behind: str = ""
    subject_behind: str = ""


@dataclass(frozen=True)
class Searching:
    """Words typed into a search, beside ``author:`` and the like."""

    # The filters' names, each with the one it stands for.
    filters: Mapping[str, str] = field(default_factory=dict)
    # "saved:" and "me" behind it; "code" behind "has:".
    saved: str = ""
    mine: str = ""
    code: str = ""


@dataclass(frozen=True)
class Dates:
    """Days and times of day as people type them, in lower case. Names of weekdays and months come
    from CLDR."""

    # Words for a day, by how many days ago it is; "5 days ago", with the number as a group.
    days_ago: Mapping[str, int] = field(default_factory=dict)
    ago: str = "(?!)"
    # Words for a week, by how many weeks ago it is.
    weeks_ago: Mapping[str, int] = field(default_factory=dict)
    # What stands before a weekday and means the one before today.
    last: str = "(?!)"
    # Further names of weekdays (Monday 0) and months (January 1).
    weekdays: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    # Dates with the groups ``day``, ``month`` and ``year``; ``{month}`` stands for names of months.
    written: tuple[str, ...] = ()
    # Words for the halves of a day; what follows an hour, with the groups ``minutes`` and ``half``.
    morning: str = "(?!)"
    afternoon: str = "(?!)"
    clock: str = "(?!)"


@dataclass(frozen=True)
class Subscribing:
    """Words of a subscription that is typed in one line, in lower case."""

    # Words that set a field of the subscription to a value.
    values: Mapping[str, tuple[str, Any]] = field(default_factory=dict)
    # What stands before the topics, as alternatives of a pattern.
    topics: str = "(?!)"
    # What stands before the sources, and words for sending the newest digest at once.
    sources: str = "(?!)"
    now: tuple[str, ...] = ()
    # Words before the day of the weekly digest, and for "none".
    weekly: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    # What follows the number of papers.
    papers: str = "(?!)"


@dataclass(frozen=True)
class Pointing:
    """How questions point at papers of a list. Patterns as texts are matched in any case."""

    # Numbers of the list, in the groups ``n``, ``list``, ``from`` and ``to``, or ``word``; places
    # in a list that was just made, such as "the second paper", which are numbers as well.
    numbers: tuple[re.Pattern[str], ...] = ()
    ordinals: tuple[re.Pattern[str], ...] = ()
    # What the words for numbers mean; one that isn't among them is the last of the list.
    words: Mapping[str, int] = field(default_factory=dict)
    # What may hang on a number and goes with it.
    particle: str = ""
    # How many papers are wanted, as digits or one of the words, in the group ``n``.
    counted: tuple[re.Pattern[str], ...] = ()
    # How many lines or sentences an answer is to have, likewise.
    lines: tuple[re.Pattern[str], ...] = ()
    # Words between bare numbers.
    between: str = ""
    # Several papers together, their count in the group ``n``: surely, and where a question is
    # about nothing else.
    groups: tuple[re.Pattern[str], ...] = ()
    perhaps_groups: tuple[re.Pattern[str], ...] = ()
    # The paper as what a question begins with ("In this paper, ..."), which asks the same without.
    topic: re.Pattern[str] = NEVER
    # A paper described in the group ``said``, and descriptions of papers outside the list.
    described: tuple[re.Pattern[str], ...] = ()
    others: str = ""
    # The list as such, and what was talked about last.
    whole_list: str = ""
    pronoun: str = ""
    # What follows from something that was said before.
    back: str = ""
    # Tables, figures and sections of a paper by kind, their label in the group ``n``.
    places: tuple[tuple[str, re.Pattern[str]], ...] = ()
    # Words that set papers side by side.
    comparing: str = ""


@dataclass(frozen=True)
class Asking:
    """How people ask about papers."""

    # Questions of every kind (``bot.answers.wishes.Kind``).
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # What joins two questions in one sentence.
    joint: re.Pattern[str] = re.compile(r",\s")


class _Rules(Generic[T]):
    """Rules of a :class:`Language`, read like a field: what the module of the same name in the
    language's folder holds under that name in capitals; what *empty* makes where there is none."""

    def __init__(self, empty: Callable[[], T]) -> None:
        self._empty = empty

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, language: "Language", _owner: type | None = None) -> T:
        found = self._found(language.code)
        vars(language)[self._name] = found  # where it is read from now on
        return found

    def _found(self, code: str) -> T:
        module = f"bot.languages.{code}.{self._name}"
        if find_spec(module) is None:
            return self._empty()
        found: T = getattr(import_module(module), self._name.upper())
        return found


@dataclass(frozen=True)
class Language:
    """One language that Paperboy speaks."""

    # As in BCP 47; also the name of the language's folder. In its file ``talk.json`` stand examples
    # of what people say, in threads and to Paperboy, by ``bot.questions.talk.Intent``.
    code: str
    # How a model is told to write in it.
    written: str
    # Its letters, as the inside of a pattern's character class.
    letters: str
    # How Paperboy is called without a mention.
    our_name: str = ""
    # About how many Latin letters say as much as one of its own.
    letter_weight: float = 1.0
    # What its catalogue can call, beside what Fluent has.
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    # What stands for a paper in a question.
    this_paper: str = ""
    # Words with a full stop that ends no sentence, without it.
    abbreviations: tuple[str, ...] = ()
    # Words for "year" and "week" around their numbers.
    week_words: tuple[str, ...] = ()
    # What may follow the number of something in a list.
    number_suffix: str = ""
    # What names a subcommand of ``/papers`` beside its English name, the first one for the help.
    commands = _Rules[Mapping[str, tuple[str, ...]]](dict)
    asking = _Rules(Asking)
    pointing = _Rules(Pointing)
    words = _Rules(Words)
    numbers = _Rules(Numbers)
    cues = _Rules(Cues)
    writing = _Rules(Writing)
    claims = _Rules(Claims)
    searching = _Rules(Searching)
    dates = _Rules(Dates)
    subscribing = _Rules(Subscribing)

    @cached_property
    def letter(self) -> re.Pattern[str]:
        """Matches one letter of its script."""
        return re.compile(f"[{self.letters}]")

    @cached_property
    def _letters(self) -> re.Pattern[str]:
        return re.compile(f"[{self.letters}]+")

    @cached_property
    def is_latin(self) -> bool:
        """Whether it shares the Latin script, in which names stand in texts of all languages."""
        return self.letter.match("a") is not None

    def amount(self, text: str) -> float:
        """How much of *text* is written in its script, counted in Latin letters."""
        return self.letter_weight * sum(map(len, self._letters.findall(text)))

    def table(self, name: str) -> dict[str, Any]:
        """What the file ``NAME.json`` of its folder holds; nothing where there is none."""
        file = files("bot.languages") / self.code / f"{name}.json"
        table: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
        return table

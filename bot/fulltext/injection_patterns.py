"""The form of the patterns for text that addresses a language model, and how they are matched.

They are matched against one sentence at a time, after it was made plain (small letters, single
spaces, look-alike letters and hidden characters resolved). Papers write *about* such texts, so
nearly all patterns ask for the form of an order ("ignore …", "you must …", "… 하세요") and not
only for its words ("models that ignore …", "… 하는 공격").

A pattern is a regular expression in which ``{name}`` stands for any word of a list, and ``{~30}``
for at most thirty letters without a full stop.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Pattern(NamedTuple):
    """A form of address. ``is_order``: it is looked for only where an order can begin."""

    kind: str
    form: "re.Pattern[str]"
    is_order: bool


# Where an order can begin: a sentence, a part of it, or after a word that orders.
_ORDER_BEGINS = re.compile(
    r"(?:^[\W\d_]*|[.:;!?\"'“”‘’()\[\]{}<>—–*#|/\\=]\s*(?:and |so |then )?"
    r"|,\s*(?:please |so |then )?"
    r"|\bplease |\bkindly |\bnow,? |\bthen,? |\binstead,? |\bjust |\bsimply |\bimmediately "
    r"|\bimportant:? |\balso,? |\btherefore,? |\bdo |\b(?:is|was) to "
    r"|\byou (?:are |\w+ly )?(?:now )?"
    r"(?:must|should|shall|will|need to|have to|can now|may now|ought to"
    r"|(?:required|instructed|asked|told|expected|authorized|ordered) to) (?:always |only |now )?"
    r"|\byour (?:only )?(?:task|job|goal|role|duty|mission) (?:now )?is (?:now )?to )"
)
_NAME = re.compile(r"\{(~\d+|[A-Z_]+)\}")


class Language:
    """Builds patterns from the word lists of one language.

    A word list is a text: words divided by spaces, ``_`` for a space within one.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self._groups = {
            name: f"(?:{'|'.join(listed.split())})".replace("_", " ")
            for name, listed in words.items()
        }

    def orders(self, kind: str, *sources: str) -> list[Pattern]:
        """Patterns of one kind that are looked for where an order can begin."""
        return [Pattern(kind, self._compiled(source), True) for source in sources]

    def phrases(self, kind: str, *sources: str) -> list[Pattern]:
        """Patterns of one kind that are looked for anywhere."""
        return [Pattern(kind, self._compiled(source), False) for source in sources]

    def _compiled(self, source: str) -> "re.Pattern[str]":
        return re.compile(_NAME.sub(self._written_out, source))

    def _written_out(self, match: re.Match[str]) -> str:
        name = match.group(1)
        return f"[^.]{{0,{name[1:]}}}" if name[0] == "~" else self._groups[name]


def first_kind(text: str, patterns: Iterable[Pattern]) -> str | None:
    """The kind of the first pattern found in a plain sentence, or None."""
    places = {match.end() for match in _ORDER_BEGINS.finditer(text)}
    for kind, form, is_order in patterns:
        if is_order:
            if any(form.match(text, place) for place in places):
                return kind
        elif form.search(text):
            return kind
    return None

"""Plain text as Markdown and back, and the lines that only Paperboy writes. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.archive.names import all_words, patterns, words
from bot.languages import LANGUAGES, catalog
from bot.text import one_line
from storage import ArchiveDigest, ArchiveEntry, Note

# Marks anywhere, underscores at the edge of a word, entities, what a line may not begin with, and
# what a heading may not end with.
_SPECIAL = re.compile(
    r"[\\`*\[\]<>{}|~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|^[#+=-]|#$|"
    r"(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)"
)


def escaped(text: str) -> str:
    """Plain text as Markdown (and MDX) that shows just that text, on one line."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], one_line(text))


def linked(label: str, url: str) -> str:
    """A Markdown link, or the label alone."""
    safe = url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f"[{escaped(label)}]({safe})" if url else escaped(label)


def paper_url(entry: ArchiveEntry, base: str = "https://arxiv.org/abs/") -> str:
    """Where the entry's title leads."""
    return f"{base}{entry.paper_id}" if entry.paper_id else entry.url


def note_text(note: Note) -> str:
    """The note's Markdown; what was typed in Slack shows just as it was typed."""
    if note.origin != "slack":
        return note.text
    return "\n".join(map(escaped, note.text.strip().split("\n")))


def note_line(author: str, text: str, language: str) -> str:
    """What a member added, as a quote below the paper."""
    by = f" ({author})" if author else ""
    return "> " + f"**{words(language)['note']}{by}**: {text}".replace("\n", "\n> ")


def note_of(quote: str) -> tuple[str, str] | None:
    """Author and text of such a note, or None."""
    found = _note().fullmatch(quote.strip())
    if found is None:
        return None
    return found["author"] or "", re.sub(r"\n>[ \t]?", "\n", found["text"])


@dataclass(frozen=True)
class Made:
    """How a file says it was made: all empty when it doesn't. ``language`` is that of the line,
    which tells the digest's even where its texts are quoted from papers in another one."""

    maker: str = ""
    day: str = ""
    language: str = ""


def maker_line(digest: ArchiveDigest) -> str:
    """How the digest was made; empty when a person wrote it or nobody knows."""
    if not digest.maker:
        return ""
    key = "archive-maker-extractive" if digest.maker == "extractive" else "archive-maker"
    return "> " + catalog(digest.language).text(key, maker=digest.maker, day=digest.made_on or "-")


def is_maker_line(quote: str) -> bool:
    """Whether a quote is just such a line, and no more."""
    made = made_of([quote])
    digest = ArchiveDigest("", "", made.language, (), maker=made.maker, made_on=made.day)
    return bool(made.maker) and quote.strip() == maker_line(digest)


def made_of(texts: Iterable[str]) -> Made:
    """What the line that :func:`maker_line` wrote says, if it is among *texts*."""
    for text in texts:
        if found := _maker().search(text):
            day = "" if found["day"] == "-" else found["day"]
            language = next(one for one, word in _made_by().items() if word == found["word"])
            return Made(found["maker"], day, language)
    return Made()


def told_maker(text: str) -> str:
    """The maker that somebody else's archive names in a sentence, or nothing."""
    found = next((hit for one in patterns("makers") if (hit := one.search(text))), None)
    return found["maker"] if found else ""


@cache
def _made_by() -> dict[str, str]:
    return dict(zip(LANGUAGES, all_words("made_by"), strict=True))


@cache
def _maker() -> re.Pattern[str]:
    names = "|".join(map(re.escape, _made_by().values()))
    return re.compile(
        rf"(?P<word>{names}): (?P<maker>.{{1,200}}) \((?P<day>\d{{4}}-\d\d-\d\d|-)\)\."
    )


@cache
def _note() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, all_words("note")))
    return re.compile(
        rf">[ \t]{{0,3}}\*\*(?:{labels})(?: \((?P<author>[^)]{{0,200}})\))?\*\*: (?P<text>.+)",
        re.DOTALL,
    )

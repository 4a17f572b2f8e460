"""Lists of papers for reference managers and readers: BibTeX, CSL-JSON, Markdown. Pure."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

from bot.archive.marks import escaped
from bot.sources.ids import arxiv_id
from bot.text import one_line
from storage import Paper

if TYPE_CHECKING:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

_NAMED = 3
_MATH = re.compile(r"(\$[^${}]*(?:\{[^${}]*\}[^${}]*)*\$)")
_PARTICLES = frozenset({"da", "de", "del", "den", "der", "di", "du", "la", "le", "van", "von"})
_TRIVIAL = frozenset({"a", "an", "the", "on", "of", "for", "in", "to", "towards", "toward"})


def bibtex(papers: Iterable[Paper]) -> str:
    """One ``@misc`` entry a paper, with the fields that arXiv itself recommends."""
    listed = list(papers)
    entries = (_entry(paper, key) for paper, key in zip(listed, _keys(listed), strict=True))
    return "\n".join(entries)


def csl_json(papers: Iterable[Paper]) -> str:
    """A CSL-JSON array, as Zotero and Pandoc read it."""
    listed = list(papers)
    items = [_item(paper, key) for paper, key in zip(listed, _keys(listed), strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def markdown_list(papers: Iterable[Paper]) -> str:
    """A bullet a paper: linked title, authors, year."""
    return "".join(f"{_bullet(paper)}\n" for paper in papers)


LISTS: Mapping[str, Callable[[Iterable[Paper]], str]] = {
    "bibtex": bibtex,
    "csl": csl_json,
    "markdown": markdown_list,
}


def _bullet(paper: Paper) -> str:
    title, url = escaped(one_line(paper.title)), _url(paper)
    names = list(_names(paper))
    some = ", ".join(names[:_NAMED]) + (" et al." if len(names) > _NAMED else "")
    year = str(paper.published.year) if paper.published else ""
    facts = ", ".join(part for part in (escaped(some), year) if part)
    return f"- {f'[{title}]({url})' if url else title}{f' – {facts}' if facts else ''}"


def _entry(paper: Paper, key: str) -> str:
    known = arxiv_id(paper.id)
    fields = {
        # Braced twice, so that no style changes the capitals of names.
        "title": "{" + _latex(paper.title) + "}",
        "author": " and ".join(_latex(", ".join(_split(name))) for name in _names(paper)),
        "year": str(paper.published.year) if paper.published else "",
        "month": str(paper.published.month) if paper.published else "",
        "eprint": known or "",
        "archiveprefix": "arXiv" if known else "",
        "primaryclass": _latex(paper.categories[0]) if known and paper.categories else "",
        "url": _url(paper),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value.strip("{}")]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _item(paper: Paper, key: str) -> dict[str, Any]:
    known = arxiv_id(paper.id)
    day = paper.published
    item = {
        "id": key,
        "type": "article",
        "title": one_line(paper.title),
        "author": [_person(name) for name in _names(paper)],
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "abstract": one_line(paper.abstract),
        "publisher": "arXiv" if known else "",
        "number": f"arXiv:{known}" if known else "",
        "DOI": f"10.48550/arXiv.{known}" if known else "",
        "URL": _url(paper),
    }
    return {name: value for name, value in item.items() if value}


def _url(paper: Paper) -> str:
    known = arxiv_id(paper.id)
    return f"https://arxiv.org/abs/{known}" if known else ""


def _names(paper: Paper) -> Iterator[str]:
    return (name for name in map(one_line, paper.authors) if name)


def _split(name: str) -> tuple[str, ...]:
    """Family name and given names; a name of one word, or in Hangul or Han, stays whole."""
    words = name.split()
    if len(words) < 2 or not unicodedata.normalize("NFKD", words[-1])[0].isascii():
        return (name,)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])


def _person(name: str) -> dict[str, str]:
    parts = _split(name)
    return {"literal": name} if len(parts) == 1 else {"family": parts[0], "given": parts[1]}


def _keys(papers: Sequence[Paper]) -> Iterator[str]:
    """A key for each paper, unique in the list: ``chu2025sft``."""
    taken: set[str] = set()
    for paper in papers:
        plain = _key(paper)
        names = (plain if number == 1 else f"{plain}-{number}" for number in count(1))
        key = next(name for name in names if name not in taken)
        taken.add(key)
        yield key


def _key(paper: Paper) -> str:
    author = next(_names(paper), "")
    words = [_ascii(word) for word in one_line(paper.title).split()]
    word = next((one for one in words if one and one not in _TRIVIAL), "")
    year = str(paper.published.year) if paper.published else ""
    name = _ascii(_split(author)[0] if author else "")
    return name + year + word or _ascii(arxiv_id(paper.id) or "") or "paper"


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).lower())


@lru_cache(maxsize=256)  # a list is written again in parts until they fit into messages
def _latex(text: str) -> str:
    """Text for a BibTeX field; formulas that are whole stay formulas."""
    parts = _MATH.split(one_line(text))
    return "".join(
        part if place % 2 else _encoder().unicode_to_latex(part) for place, part in enumerate(parts)
    )


@cache
def _encoder() -> "UnicodeToLatexEncoder":
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    # What it has no LaTeX for (Hangul, say) is left as it is: today's BibTeX reads UTF-8.
    return UnicodeToLatexEncoder(
        replacement_latex_protection="braces-all",
        unknown_char_policy="keep",
        unknown_char_warning=False,
    )

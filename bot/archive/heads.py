"""What a heading, or the first line of a list's item, tells of a paper: title, link, tags. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.archive.names import field_of, is_link_label
from bot.archive.tree import Piece, Source
from bot.sources.ids import arxiv_id, find_ids

LONGEST_TITLE = 400
# Sites where a page is a paper; arXiv's ids are known anywhere.
_SITES = frozenset(
    {"openreview.net", "doi.org", "aclanthology.org", "semanticscholar.org", "biorxiv.org"}
    | {"neurips.cc", "mlr.press", "thecvf.com", "acm.org", "nature.com", "ieee.org", "ssrn.com"}
)
_NUMBER = re.compile(r"(?P<number>\d{1,4})(?:[.)]|\ufe0f?\u20e3)(?=\s|\[|\*)")
_EMPTY = re.compile(r"[(\[{][\s,;|/·]{0,9}[)\]}]")
_EDGES = " \t-–—:：|·,;/［］"
_QUOTES = "\"“”'‘’「」"


@dataclass(frozen=True)
class Head:
    """``rest`` are words beside the title, ``further`` links beside the paper's own. A paper that
    is called by its id alone has no title."""

    title: str = ""
    paper_id: str | None = None
    url: str = ""
    number: str = ""
    organization: str = ""
    code_url: str = ""
    rest: str = ""
    further: tuple[str, ...] = ()

    @property
    def is_linked(self) -> bool:
        """Whether it leads to a paper."""
        return self.paper_id is not None or is_paper_link(self.url)


def is_paper_link(url: str) -> bool:
    """Whether a link leads to a paper, by its id or its site."""
    if arxiv_id(url):
        return True
    host = urlsplit(url).hostname if url.startswith("http") and "[" not in url else None
    return ".".join((host or "").split(".")[-2:]) in _SITES


def head_of(source: Source, text: str) -> Head:
    """What a heading tells."""
    text = text.strip()
    numbered = _NUMBER.match(text)
    found, tags = without_tags(source.pieces(text[numbered.end() if numbered else 0 :].strip()))
    links = [one for one in found if one.kind == "link"]
    main = next((one for one in links if is_paper_link(one.url)), None)
    main = main or next((one for one in links if not field_of(one.text)), None)
    code = next((one.url for one in links if one is not main and field_of(one.text) == "code"), "")
    words = _bare(_words(found))
    # Only what links leave behind needs its edges trimmed.
    title, rest = words if links else _words(found), ""
    if main is not None and not is_link_label(main.text):
        title, rest = main.text, words
    elif main is not None and (before := _words(found[: found.index(main)]).rstrip("([{ ")):
        title, rest = _bare(before), _bare(_words(found[found.index(main) :]).lstrip(")]} "))
    if numbered is None and (numbered := _NUMBER.match(title)):  # it stands within the emphasis
        title = title[numbered.end() :].strip()
    paper_id = arxiv_id(main.url) if main else None
    if paper_id is None:
        paper_id, title = _named(title)
    elif arxiv_id(title) == paper_id:
        title = ""
    if len(title) > LONGEST_TITLE:
        title, rest = title[:LONGEST_TITLE].rsplit(" ", 1)[0], title
    return Head(
        title=" ".join(title.split()),
        paper_id=paper_id,
        url="" if paper_id or main is None else main.url,
        number=numbered["number"] if numbered else "",
        organization=tags,
        code_url=code,
        rest=rest,
        further=tuple(one.url for one in links if one is not main and one.url != code),
    )


def _words(found: Iterable[Piece]) -> str:
    return "".join(one.text for one in found if one.kind in ("text", "code"))


def without_tags(found: Sequence[Piece]) -> tuple[Sequence[Piece], str]:
    """The pieces without the tags in backticks at their end, and the tags."""
    end = len(found)
    tags: list[str] = []
    while end > 1 and (found[end - 1].kind == "code" or not found[end - 1].text.strip()):
        end -= 1
        if found[end].kind == "code":
            tags.insert(0, found[end].text.strip())
    return (found[:end], ", ".join(tags)) if tags else (found, "")


def unquoted(title: str) -> str:
    """The title without quotation marks around all of it."""
    quoted = len(title) > 1 and title[0] in _QUOTES and title[-1] in _QUOTES
    return title[1:-1].strip() if quoted else title


def is_title(text: str) -> bool:
    """Whether a line may be a title: not a sentence, as prose and apologies are."""
    return (
        0 < len(text) <= LONGEST_TITLE
        and not text.rstrip().endswith((".", "。"))
        and not is_link_label(text)
        and not text.startswith(("http://", "https://"))
    )


def _named(title: str) -> tuple[str | None, str]:
    """An id in the title, and the title without it."""
    ids = find_ids(title) if any(char.isdigit() for char in title) else []
    if not ids:
        return None, title
    words = [word for word in title.split() if ids[0] not in find_ids(word)]
    return ids[0], _bare(" ".join(words))


def _bare(words: str) -> str:
    """The words that are left of a heading without its links, without empty brackets."""
    before = None
    while before != words:
        before, words = words, _EMPTY.sub(" ", words).strip(_EDGES)
    return " ".join(words.split())

"""What a heading, or the first line of a list's item, tells of a paper: title, link, tags. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import numeric
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
_NUMBER = re.compile(r"(?:(?P<number>\d{1,4})(?:[.)]|\ufe0f?\u20e3)|(?P<circled>[①-⑳]))(?=\s|\Z)")
# What parts a title from the words behind it: from a sentence where the whole is none.
_PARTS = (" · ", ": ", " – ", " — ", " - ")
_COUNTED = re.compile(r"(?P<word>\w{2,12})\s?#?(?P<number>\d{1,3})\s?[.:)–-]\s")
_TASK = re.compile(r"\A\[[ xX]\]\s+")
_DIGITS = re.compile(r"\d{4}")
_ID_WORD = re.compile(r"(?:\barxiv\s?[:.]?\s?)?(?P<id>[^\s()\[\]{},;]{1,200})", re.I)
_EMPTY = re.compile(r"[(\[{][\s,;|/·]{0,9}[)\]}]")
_EDGES = " \t-–—:：|·,;/［］"
_QUOTES = "\"“”'‘’「」"


class Head(NamedTuple):
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
    found, tags = without_tags(source.pieces(_TASK.sub("", text.strip())))
    numbered = _NUMBER.match(found[0].text) if found and found[0].kind == "text" else None
    if numbered:
        found = (found[0]._replace(text=found[0].text[numbered.end() :].lstrip()), *found[1:])
    if not any(one.kind == "link" and is_paper_link(one.url) for one in found):
        found = tuple(_with_ids(found))
    links = [one for one in found if one.kind == "link"]
    main = next((one for one in links if is_paper_link(one.url)), None)
    main = main or next((one for one in links if not field_of(one.text)), None)
    code = next((one.url for one in links if one is not main and field_of(one.text) == "code"), "")
    title, rest = _title_and_rest(found, main)
    counted = numbered or _counted(title)
    if counted and not numbered:
        title = title[counted.end() :].strip() or title
    paper_id = arxiv_id(main.url) if main else None
    if paper_id is not None and arxiv_id(title) == paper_id:
        title = ""
    return Head(
        title=" ".join(title.split()),
        paper_id=paper_id,
        url="" if paper_id or main is None else main.url,
        number=(counted["number"] or f"{int(numeric(counted[0]))}") if counted else "",
        organization=tags,
        code_url=code,
        rest=rest,
        further=tuple(one.url for one in links if one is not main and one.url != code),
    )


def _title_and_rest(found: Sequence[Piece], main: Piece | None) -> tuple[str, str]:
    """The title among the pieces of a heading, and the words beside it."""
    if main is not None and not is_link_label(main.text):
        title, rest = main.text, _bare(_words(found))
    elif main is None:
        title, rest = _words(found), ""
    else:
        at = found.index(main)
        before, after = _words(found[:at]).rstrip("([{ "), _words(found[at:])
        if is_link_label(before):
            return _bare(_words(found)), ""
        # The bracket that was opened before the link.
        one_more = after.count(")") > after.count("(")
        title, rest = _bare(before), _bare(after.replace(")", "", 1) if one_more else after)
        for mark in _PARTS:
            if mark == " · " or not is_title(title):
                title, parted, more = title.partition(mark)
                rest = " · ".join(filter(None, (more, rest))) if parted else rest
    if len(title) > LONGEST_TITLE:
        title, rest = title[:LONGEST_TITLE].rsplit(" ", 1)[0], title
    return title, rest


def _counted(title: str) -> re.Match[str] | None:
    """The number behind a word for papers (``Paper 1: …``)."""
    found = _COUNTED.match(title)
    return found if found and is_link_label(found["word"]) else None


def _with_ids(found: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with the first id in each text as a link to its paper."""
    for piece in found:
        ids = find_ids(piece.text) if piece.kind == "text" and _DIGITS.search(piece.text) else []
        named = _ID_WORD.search(piece.text) if ids else None
        while named and ids[0] not in find_ids(named["id"]):
            named = _ID_WORD.search(piece.text, named.end())
        if named is None:
            yield piece
            continue
        yield Piece("text", piece.text[: named.start()])
        yield Piece("link", ids[0], f"https://arxiv.org/abs/{ids[0]}")
        yield Piece("text", piece.text[named.end() :])


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
    if title.startswith("[[") and title.endswith("]]"):  # a page of a wiki
        return title[2:-2].rpartition("|")[2].strip()
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


def _bare(words: str) -> str:
    """The words that are left of a heading without its links, without empty brackets."""
    before = None
    while before != words:
        before, words = words, _EMPTY.sub(" ", words).strip(_EDGES)
    return " ".join(words.split())

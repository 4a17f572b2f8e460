"""What may stand behind a paper's labels: votes, authors, links and other facts. Pure."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain

from bot.archive.heads import is_paper_link, is_title
from bot.archive.names import VOTE_SIGN, all_texts, all_words, field_of, is_link_label
from bot.archive.tree import Source, flat
from bot.languages import is_in
from bot.sources.ids import arxiv_id, find_ids

FACTS = frozenset({"link", "title", "votes", "authors", "organization", "code", "number"})
_NAME = re.compile(r"(?:\\.|[^,\\]|\\$)+")
_EMPTY = re.compile(r"\(\s?\)|\[\s?\]")
_COUNT = r"(?P<count>\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?P<tenth>\.\d)?(?P<k>[kK])?(?![\w.]\d)"
_ADDRESS = re.compile(r"https?:\s{0,2}//(?:[^\s<>()\[\]]|\([^\s<>()]*\))+")
_MARKUP = re.compile(r"<[^<>]{1,500}>|https?://\S+")
# A line of more words is about a paper, not its address.
_MOST_BESIDE = 3


def language_of(text: str) -> str:
    """``ko`` or ``en`` by the letters, those of addresses and tags apart; empty without any."""
    text = _MARKUP.sub(" ", text)
    if not any(map(str.isalpha, text)):
        return ""
    return "ko" if is_in(text, "ko") else "en"


def take_fact(source: Source, name: str, text: str, known: str | None) -> dict[str, object] | None:
    """The fields that *text* behind the label *name* tells of the paper *known*; None when it is
    no fact that such a label may tell, empty when it says that nobody knows."""
    if name == "votes":
        votes, _ = votes_in(text)
        if votes is not None:
            return {"votes": votes}
        # A dash says that nobody knows.
        return None if any(map(str.isalnum, text)) else {}
    if name == "authors":
        text = text.replace("\n", " ")
        named = _NAME.findall(text if "," in text else text.replace(";", ","))
        found = map(flat, named)
        return {"authors": tuple(one for one in found if one)} if text else None
    if name in ("link", "code"):
        return _link(name, address_in(source, text), known)
    if name == "title" and is_title(own := flat(text)):
        return {"title": own}
    if name == "number":
        return {"number": text} if len(text) < 8 else None
    if name == "organization" and text:
        return {"organization": flat(text)}
    return None


def votes_in(text: str) -> tuple[int | None, str]:
    """The number that a text of votes begins with, and what it says besides in brackets; None
    where something else stands beside the number."""
    found = _votes().match(text)
    if found is None or (found["rest"] and found["rest"][0] not in "([/|·"):
        return None, text
    return _number(found), found["rest"]


def votes_beside(text: str) -> tuple[int | None, str]:
    """The votes that stand among the words beside a title, and these without them."""
    found = _signed_votes().search(text) if any(map(str.isdigit, text)) else None
    if found is None:
        return None, text
    left = f"{text[: found.start()]} {text[found.end() :]}"
    return _number(found), _EMPTY.sub(" ", " ".join(left.split())).strip(" ·|–—-,")


def _number(found: re.Match[str]) -> int:
    whole = found["count"].replace(",", "") + (found["tenth"] or "")
    return int(float(whole) * (1000 if found["k"] else 1))


@cache
def _votes() -> re.Pattern[str]:
    units = "|".join(map(re.escape, all_texts("votes")))
    return re.compile(rf"[~≈+]?\s?{_COUNT}\s?(?:{units}|{VOTE_SIGN})?\s*(?P<rest>.*)", re.I | re.S)


@cache
def _signed_votes() -> re.Pattern[str]:
    """A count with a sign or word for votes before or behind it."""
    units = "|".join(map(re.escape, all_texts("votes")))
    named = "|".join(map(re.escape, chain(*(one["votes"] for one in all_words("fields")))))
    return re.compile(
        rf"(?<!\w)(?:(?P<sign>{VOTE_SIGN}\s?[:：]?|(?:{named})\s?[:：])\s?)?{_COUNT}"
        rf"(?(sign)|\s?(?:{VOTE_SIGN}|(?:{units})(?!\w)))",
        re.I,
    )


def _link(name: str, address: str, known: str | None) -> dict[str, object] | None:
    told = arxiv_id(address)
    if not address or (told and known not in (None, told)):
        return None
    if name == "code":
        return {"code_url": address}
    if told:
        return {"paper_id": told}
    return {"url": address} if known is None else None


def address_in(source: Source, text: str) -> str:
    """The one address that the line is, with no more than a sign beside it."""
    if "//" not in text and "]" not in text:
        return ""
    found = source.pieces(text.strip())
    links = [one.url for one in found if one.kind == "link"]
    words = "".join(one.text for one in found if one.kind != "link")
    if not links and (told := _ADDRESS.search(words)):
        links, words = [told[0].replace(" ", "")], words.replace(told[0], "")
    return links[0] if len(links) == 1 and not any(map(str.isalnum, words)) else ""


def adopted_link(source: Source, text: str) -> dict[str, object]:
    """The paper that a text without one is about: the first line which says little more than
    where a paper is, by a link that is not called by another one's title, or by its id."""
    for line in text.split("\n"):
        if "//" not in line and "]" not in line and not any(map(str.isdigit, line)):
            continue
        found = source.pieces(line.strip(" \t-*>"))
        words = "".join(one.text for one in found if one.kind != "link")
        if sum(not field_of(word) for word in re.findall(r"\w+", words)) > _MOST_BESIDE:
            continue
        for one in found:
            if one.kind == "link" and is_link_label(one.text) and is_paper_link(one.url):
                known = arxiv_id(one.url)
                return {"paper_id": known} if known else {"url": one.url}
        if ids := find_ids(words):
            return {"paper_id": ids[0]}
    return {}


def address_list(text: str) -> Iterable[str]:
    """The addresses in a part such as further reading."""
    return (found[0].replace(" ", "") for found in _ADDRESS.finditer(text))


def without_addresses(text: str) -> str:
    """What a part says besides its addresses."""
    return _ADDRESS.sub(" ", text)

"""arXiv ids in whatever people and sources write: bare, versioned, in links, in either style."""

import re
import unicodedata
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import unquote

# Year and month, then four digits until 2014 and five from 2015 on.
_NEW = r"(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}"
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|"
    "cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|"
    "nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_OLD = rf"(?:{_ARCHIVES})(?:\.[a-z-]{{2,9}})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{{3}}"
_ID = rf"(?P<id>{_NEW}|{_OLD})(?:v[1-9]\d{{0,2}})?"
# What comes before an id in the path of a link to a paper, on whichever site.
_SIGNS = frozenset({"arxiv", "paper", "papers", "10.48550"})
# Sites that are about arXiv's papers, by what their own names hold; the last is arXiv's first home.
_SITES = re.compile("arxiv|ar5iv|alphaxiv|^lanl$")
_MOST_QUOTED = 3

# Particles of some languages follow an id directly, so only these characters spoil its end.
_FIND = re.compile(
    rf"(?:\barxiv[:.#_-]?|(?<![0-9a-z_./@$#%&=+-])){_ID}(?![0-9a-z_]|[.-]\d|/\w)",
    re.IGNORECASE | re.ASCII,
)
_WHOLE = re.compile(rf"(?:arxiv[:.#_-]? ?)?{_ID}(?:\.pdf|\.md)?", re.IGNORECASE | re.ASCII)
# A piece of a link that says itself what it is.
_NAMED = re.compile(rf"arxiv[:.#_-]?{_ID}(?:\.pdf|\.md)?", re.IGNORECASE | re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9:/?#@!$&*+,;=%._~-]+")
_BETWEEN = re.compile(r"[/?&=#]")
_NEXT_LINK = re.compile(r"[,;](?=https?:)", re.IGNORECASE)
_TRAILING = ".,;:!?*_~"


@lru_cache(maxsize=1024)
def arxiv_id(text: str) -> str | None:
    """The id, without version, when *text* is one id or one link to a paper; otherwise None."""
    whole = _plain(text).strip().removeprefix("<").removesuffix(">").partition("|")[0]
    found = _WHOLE.fullmatch(whole)
    if found is not None:
        return _canonical(found["id"])
    return _linked(whole.rstrip(_TRAILING)) if _TOKEN.fullmatch(whole) else None


def find_ids(text: str) -> list[str]:
    """The ids that stand anywhere in *text*, without versions, each once, in order."""
    plain = _plain(text)
    found = [(match.start(), _canonical(match["id"])) for match in _FIND.finditer(plain)]
    for match in _TOKEN.finditer(plain):
        for number, link in enumerate(_NEXT_LINK.split(match[0])):
            if paper := _linked(link.rstrip(_TRAILING)):
                found.append((match.start() + number, paper))
    return list(dict.fromkeys(paper for _, paper in sorted(found)))


def _linked(link: str) -> str | None:
    """The id that a link leads to, also by way of a redirecting site or to a part of a paper."""
    if "/" not in link:
        return None
    for _ in range(_MOST_QUOTED):
        link = unquote(link)
    signed = False
    pieces = _BETWEEN.split(link)
    for piece, after in zip_longest(pieces, pieces[1:], fillvalue=""):
        is_id = _WHOLE if signed else _NAMED
        found = is_id.fullmatch(piece) or is_id.fullmatch(f"{piece}/{after}")
        if found is not None:
            return _canonical(found["id"])
        signed = signed or _is_sign(piece.lower())
    return None


def _is_sign(piece: str) -> bool:
    """Whether an id in what follows this piece of a link is that of a paper."""
    *_, site, _ = "", "", *piece.partition(":")[0].split(".")
    return piece.removeprefix("doi:") in _SIGNS or _SITES.search(site) is not None


def _plain(text: str) -> str:
    """Full-width digits and signs as plain ones."""
    return unicodedata.normalize("NFKC", text)


def _canonical(text: str) -> str:
    """Old ids go by their archive alone: ``math.GT/0309136`` is ``math/0309136``."""
    archive, slash, number = text.lower().partition("/")
    return archive.partition(".")[0] + slash + number if slash else text

"""arXiv ids in whatever people and sources write: bare, versioned, in links, in either style."""

import re
import unicodedata

# Year and month, then four digits until 2014 and five from 2015 on.
_NEW = r"(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}"
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|"
    "cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|"
    "nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_OLD = rf"(?:{_ARCHIVES})(?:\.[a-z-]{{2,9}})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{{3}}"
_ID = rf"(?P<id>{_NEW}|{_OLD})(?:v[1-9]\d{{0,2}})?"
_SITE = (
    r"(?:https?://)?(?:[a-z0-9-]+\.)*(?:"
    r"arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)|"
    r"(?:huggingface\.co|hf\.co)/papers|"
    r"alphaxiv\.org/(?:abs|pdf|overview)|"
    r"papers\.cool/arxiv|"
    r"doi\.org/10\.48550"
    r")/"
)
_PREFIX = rf"(?:{_SITE}(?:arxiv\.)?|10\.48550/arxiv\.|arxiv[:.]\s*)"
_ENDING = r"(?:\.pdf|\.md)?"

# Korean particles follow an id directly ("2503.14476의"), so only these characters spoil its end.
_FIND = re.compile(
    rf"(?:{_PREFIX}|(?<![0-9a-z_./@$#%&=+-])){_ID}(?![0-9a-z_]|[.-]\d|/\w)",
    re.IGNORECASE | re.ASCII,
)
_WHOLE = re.compile(
    rf"<?{_PREFIX}?{_ID}{_ENDING}/?(?:[?#][^\s|>]*)?(?:\|[^>]*)?>?", re.IGNORECASE | re.ASCII
)


def arxiv_id(text: str) -> str | None:
    """The id, without version, when *text* is one id or one link to a paper; otherwise None."""
    found = _WHOLE.fullmatch(_plain(text).strip())
    return None if found is None else _canonical(found["id"])


def find_ids(text: str) -> list[str]:
    """The ids that stand anywhere in *text*, without versions, each once, in order."""
    ids = (_canonical(found["id"]) for found in _FIND.finditer(_plain(text)))
    return list(dict.fromkeys(ids))


def _plain(text: str) -> str:
    """Full-width digits and signs as plain ones."""
    return unicodedata.normalize("NFKC", text)


def _canonical(text: str) -> str:
    """Old ids go by their archive alone: ``math.GT/0309136`` is ``math/0309136``."""
    archive, slash, number = text.lower().partition("/")
    return archive.partition(".")[0] + slash + number if slash else text

"""The repository that an abstract names as the paper's own code."""

import re
from urllib.parse import urlsplit

from bot.sources.links import repository

_LINK = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w./~-]+", re.IGNORECASE)
_OFFERED = re.compile(
    r"\b(?:codes?|implement\w*|repositor\w+|releas\w+|available|open[- ]?sourc\w+|github|found)\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"\b(?:will|soon|plan to|upon|after (?:acceptance|peer|review))\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|[A-Z])")


def code_link_in(text: str) -> str | None:
    """The link to the code, when *text* names one repository and says that it is there now.

    A link that is only promised ("will be released at …"), one of several repositories, or one
    that no word offers as code is not taken: rather none than a wrong one.
    """
    found = [(link.group().rstrip("./"), text[: link.start()]) for link in _LINK.finditer(text)]
    if len({_repository(url) for url, _ in found}) != 1:
        return None
    url, before = found[0]
    sentence = _SENTENCE_END.split(before)[-1]
    if _PROMISED.search(sentence) or not _OFFERED.search(sentence):
        return None
    return repository(url)


def _repository(url: str) -> str:
    return "/".join(urlsplit(url).path.lower().removesuffix(".git").split("/")[:3])

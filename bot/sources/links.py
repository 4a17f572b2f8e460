"""Which links of a source may be shown, decided by their host and form.

All others are shown as plain text, if at all. A link is put together anew from its checked parts,
so that nothing else comes with it: no query, no fragment, no user name and no port.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from bot.text import one_line

LONGEST_URL = 500

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.(?:github|gitlab)\.io")
_PATH = re.compile(r"(?:/[A-Za-z0-9_~][A-Za-z0-9._~-]{0,99}){0,6}/?")
# Hosts of code, each with the names that its own pages have where an owner's name would stand.
_HOSTS = {
    "github.com": """
        about account apps codespaces collections contact customer-stories dashboard enterprise
        events explore features gist gists home invitations issues join login logout marketplace
        mobile new notifications oauth organizations orgs partners password_reset pricing pulls
        readme resources search security session sessions settings signup site solutions sponsors
        stars team teams topics trending users watching
    """,
    "gitlab.com": """
        admin api assets dashboard explore groups help import jwt login oauth profile projects
        public search snippets unsubscribes uploads users v2
    """,
    "huggingface.co": """
        api blog chat collections datasets docs enterprise join learn login logout new oauth
        organizations papers posts pricing search settings spaces support tasks terms-of-service
    """,
}
_RESERVED: Mapping[str, frozenset[str]] = {
    host: frozenset(names.split()) for host, names in _HOSTS.items()
}
_CODE_LINK = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w./~-]+", re.IGNORECASE)
_OFFERED = re.compile(
    r"\b(?:codes?|implement\w*|repositor\w+|releas\w+|available|open[- ]?sourc\w+|github|found)\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"\b(?:will|soon|plan to|upon|after (?:acceptance|peer|review))\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|[A-Z])")


def repository(value: Any) -> str | None:
    """``https://github.com/OWNER/NAME`` (or of another host of code) when the address names a
    repository or a page in one, else None."""
    parts = _parts(value)
    if parts is None:
        return None
    host = str(parts.hostname).removeprefix("www.")
    owner, _, rest = parts.path.strip("/").partition("/")
    name = rest.partition("/")[0].removesuffix(".git")
    reserved = _RESERVED.get(host)
    if reserved is None or owner.lower() in reserved:
        return None
    named = _NAME.fullmatch(owner) and _NAME.fullmatch(name)
    return f"https://{host}/{owner}/{name}" if named else None


def project_page(value: Any) -> str | None:
    """The address of a project's page where such pages belong to a repository, else None."""
    parts = _parts(value)
    if parts is None:
        return None
    host = str(parts.hostname)
    if _HOST.fullmatch(host) and _PATH.fullmatch(parts.path):
        return f"https://{host}{parts.path}"
    kind, _, place = parts.path.strip("/").partition("/")
    if host == "huggingface.co" and kind in ("spaces", "datasets"):
        owner, _, name = place.partition("/")
        if _NAME.fullmatch(owner) and _NAME.fullmatch(name):
            return f"https://{host}/{kind}/{owner}/{name}"
    return repository(value)


def code_link_in(text: str) -> str | None:
    """The repository that an abstract names as the paper's own code; None when in doubt.

    There is doubt when *text* names several repositories, only promises one ("will be released
    at …"), or does not say that it holds code: no link is better than a wrong one.
    """
    found = [
        (link.group().rstrip("./"), text[: link.start()]) for link in _CODE_LINK.finditer(text)
    ]
    if len({_path(url) for url, _ in found}) != 1:
        return None
    url, before = found[0]
    sentence = _SENTENCE_END.split(before)[-1]
    if _PROMISED.search(sentence) or not _OFFERED.search(sentence):
        return None
    return repository(url)


def _parts(value: Any) -> SplitResult | None:
    """A web address without anything but a host and a path before its query."""
    if not isinstance(value, str) or len(value) > LONGEST_URL or one_line(value) != value.strip():
        return None
    try:
        parts = urlsplit(value.strip())
        bare = parts.port is None and "@" not in parts.netloc
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and parts.hostname is not None
    return parts if is_web and bare and "\\" not in value else None


def _path(url: str) -> str:
    return "/".join(urlsplit(url).path.lower().removesuffix(".git").split("/")[:3])

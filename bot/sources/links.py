"""Which addresses that a source gives may be linked: by host and form, whatever the text says.

Everything else is shown as plain text, if at all. An address is made anew from its checked parts,
so that nothing else comes along: no query, no fragment, no name or port before the path.
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

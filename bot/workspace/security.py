"""Who may speak to the workspace: programs with a token, and its own page with its key.

It listens on loopback, where two kinds of strangers can still reach it. Programs of other users
of this computer know no token, no key and no address that was handed out, all of which are made
anew at each start. Websites in the browser of whoever looks at the page can send requests, but
not without headers that give them away.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web

KEY_HEADER = "X-Workspace-Key"
_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _random(prefix: str = "") -> Callable[[], str]:
    return lambda: prefix + secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Credentials:
    """What an app needs to be let in, and the key of the page; random unless given."""

    bot_token: str = field(default_factory=_random("xoxb-local-"), repr=False)
    app_token: str = field(default_factory=_random("xapp-local-"), repr=False)
    signing_secret: str = field(default_factory=_random(), repr=False)
    page_key: str = field(default_factory=_random(), repr=False)


def same_secret(given: str, known: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode(errors="replace"), known.encode())


@web.middleware
async def only_local_callers(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse what a website made a browser send, whatever route it was sent to."""
    if not (_is_ours(request.host) and not _from_website(request)):
        return web.Response(status=403, text="This workspace is for this computer only.")
    return await handler(request)


def _is_ours(host: str) -> bool:
    """Whether a caller used a name of this computer; another one may have been rebound to it."""
    try:
        return urlsplit(f"//{host}").hostname in _LOOPBACK
    except ValueError:
        return False


def _from_website(request: web.Request) -> bool:
    """Whether a browser says that a page of another origin sent this.

    Programs say nothing of that kind. A person who follows a link or types an address is no
    website, and gets the empty page; forms that a website opens that way are not GET, and carry
    an origin.
    """
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return True
    if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        return False
    return request.method != "GET" or request.headers.get("Sec-Fetch-Dest") != "document"

"""The way out through a proxy, as the usual variables name it: HTTPS_PROXY, HTTP_PROXY, NO_PROXY.

Slack's library and the model's read these variables themselves. What they make of them is put
right here: nothing on this machine is ever asked for through a proxy.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_NAMES = ("NO_PROXY", "no_proxy")


def spared(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables to set so that loopback addresses are spared; none where no proxy is named."""
    if not any(name.lower() in ("http_proxy", "https_proxy", "all_proxy") for name in environment):
        return {}
    named = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    if named.strip() == "*":
        return {}
    hosts = [host.strip() for host in named.split(",") if host.strip()]
    value = ",".join(dict.fromkeys([*hosts, *LOOPBACK]))
    return dict.fromkeys(_NAMES, value)


def proxy_for(url: str, proxies: Mapping[str, str]) -> str | None:
    """The proxy that leads to *url*, or None for the direct way.

    *proxies* are those of ``urllib.request.getproxies_environment()``: by scheme, and under
    ``no`` the hosts to spare.
    """
    parts = urlsplit(url)
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or (parts.hostname or "") in LOOPBACK:
        return None
    # Costs as much as all else that ``--help`` imports, which needs the other function only.
    from urllib import request

    # The stubs of the standard library don't know this function.
    is_spared = request.proxy_bypass_environment  # type: ignore[attr-defined]
    if is_spared(parts.netloc.rpartition("@")[2], dict(proxies)):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"

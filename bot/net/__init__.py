"""Everything that goes out over HTTP, within limits of time, size and place."""

from bot.net.addresses import host_of
from bot.net.client import HttpClient, Response
from bot.net.limits import CallEndedError, Limits
from bot.net.proxies import proxy_for, spared
from bot.net.transport import LimitedTransport, limited_client

__all__ = [
    "CallEndedError",
    "HttpClient",
    "LimitedTransport",
    "Limits",
    "Response",
    "host_of",
    "limited_client",
    "proxy_for",
    "spared",
]

"""Everything that goes out over HTTP, within limits of time, size and place."""

from bot.net.addresses import host_of
from bot.net.client import USER_AGENT, HttpClient, Response
from bot.net.limits import CallEndedError, Limits
from bot.net.transport import LimitedTransport, limited_client

__all__ = [
    "USER_AGENT",
    "CallEndedError",
    "HttpClient",
    "LimitedTransport",
    "Limits",
    "Response",
    "host_of",
    "limited_client",
]

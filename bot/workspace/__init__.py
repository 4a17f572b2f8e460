"""The local workspace: a Slack on loopback, for `paperboy demo` and for the tests.

It speaks the Web API, Socket Mode, signed HTTP and response URLs, refuses what Slack refuses, and
lets a program (or a person at its page in the browser) act as one of three members. The state
(`State`) and the checks (`validation`) are plain objects and pure functions; the network is in
`server`, `api_routes`, `page_routes`, `socket_mode` and `http_mode`. It
imports nothing of Paperboy.
"""

from bot.workspace.deliveries import Delivery
from bot.workspace.interactions import Ack
from bot.workspace.records import Call, Channel, Json, Member, Message, Refusal, View
from bot.workspace.security import Credentials
from bot.workspace.transcript import Entry, transcript
from bot.workspace.validation import validate_blocks, validate_view
from bot.workspace.workspace import Workspace

__all__ = [
    "Ack",
    "Call",
    "Channel",
    "Credentials",
    "Delivery",
    "Entry",
    "Json",
    "Member",
    "Message",
    "Refusal",
    "View",
    "Workspace",
    "transcript",
    "validate_blocks",
    "validate_view",
]

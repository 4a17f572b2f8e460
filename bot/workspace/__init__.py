"""The local workspace: a Slack on loopback, for `paperboy demo` and for the tests.

It speaks the Web API, Socket Mode, signed HTTP and response URLs, refuses what Slack refuses, and
lets a program (or a person at its page in the browser) act as one of three members. The state
(`World`) and the checks (`validation`) are plain objects and pure functions; the network is in
`server`, `routes`, `sockets` and `posting`. Nothing of Paperboy's own work may enter this room.
"""

from bot.workspace.acting import Ack
from bot.workspace.mail import Parcel
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
    "Entry",
    "Json",
    "Member",
    "Message",
    "Parcel",
    "Refusal",
    "View",
    "Workspace",
    "transcript",
    "validate_blocks",
    "validate_view",
]

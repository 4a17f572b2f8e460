"""Every Web API method that Paperboy uses, met by every fault, while a digest is delivered.

``python -m tests.benchmarks.fault_harness`` prints a table: a row a method, a column a fault. For
the methods that deliver, a cell tells how often each of the digest's messages stands in Slack in
the end (``once`` is the only good answer). For the others it names the error that the caller gets.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.delivery import Morning, Outbox, Pace
from bot.errors import SlackError
from bot.slack.blocks import Message
from bot.slack.client import SlackClient
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, JUNHO
from storage import Storage, open_storage
from tests.benchmarks.figures import Figure
from tests.bot.delivery.fakes import (
    FakeCollector,
    FakeSearch,
    FakeSummarizer,
    listing,
    subscription,
)
from tests.fakes import FakeClock

DATA = "9 faults at each method that delivers a digest, posting three times over as well"
START = datetime(2025, 3, 18, tzinfo=UTC)
LISTED = date(2025, 3, 17)
PAPERS = 3
TIMEOUT_SECONDS = 0.25


@dataclass(frozen=True)
class Fault:
    """One thing that can go wrong, as the local workspace takes its orders."""

    name: str
    error: str = "internal_error"
    status: int = 200
    retry_after: int | None = None


FAULTS = (
    Fault("429", status=429, retry_after=2),
    Fault("500", status=500),
    Fault("503", status=503),
    Fault("time-out before", "timeout_before"),
    Fault("time-out after", "timeout_after"),
    Fault("reset before", "reset"),
    Fault("reset after", "reset_after"),
    Fault("malformed", "malformed"),
    Fault("malformed after", "malformed_after"),
)
# Which posts lose their answer so that the look-ups are needed.
LOOK_UPS = {"conversations.history": "digest", "conversations.replies": "part"}
DELIVERING = ("chat.postMessage", *LOOK_UPS, "chat.update", "conversations.open")


@dataclass(frozen=True)
class Rig:
    """A workspace behind real HTTP, and a morning whose waiting costs no time. The patient client
    is for calls that must not fail, however slow the machine is."""

    workspace: Workspace
    storage: Storage
    clock: FakeClock
    slack: SlackClient
    patient: SlackClient
    outbox: Outbox
    morning: Morning


@contextmanager
def rig() -> Iterator[Rig]:
    """Everything new and empty."""
    clock = FakeClock(START)
    with tempfile.TemporaryDirectory() as folder, Workspace(clock=clock) as workspace:
        storage = open_storage(Path(folder) / "paperboy.db")
        slack = SlackClient.connect(
            workspace.bot_token, workspace.api_url, timeout_seconds=TIMEOUT_SECONDS
        )
        patient = SlackClient.connect(workspace.bot_token, workspace.api_url)
        outbox = Outbox(storage, slack, clock, pace=Pace(), sleep=clock.sleep)
        collector = FakeCollector(storage, clock, {LISTED: listing(*range(1, PAPERS + 1))})
        summarizer = FakeSummarizer(storage, clock)
        morning = Morning(storage, collector, summarizer, FakeSearch(), outbox, clock)
        try:
            yield Rig(workspace, storage, clock, slack, patient, outbox, morning)
        finally:
            storage.close()


def deliver(method: str, fault: Fault, *, times: int = 1) -> str:
    """A digest with cards, a part, a direct message and an edit, while *method* fails *times*."""
    with rig() as one:
        if method in LOOK_UPS:
            kind = LOOK_UPS[method]
            one.workspace.fail("chat.postMessage", "reset_after", when=lambda args: _is(args, kind))
        one.workspace.fail(
            method, fault.error, status=fault.status, retry_after=fault.retry_after, times=times
        )
        one.morning.run(subscription(DAILY.id, layout="cards"), drain=False)
        root = one.storage.deliveries.find(f"daily/{DAILY.id}/{LISTED}/root")
        assert root is not None
        part = one.outbox.plan(
            "part", DAILY.id, Message("more"), "part", parent_id=root.id, digest_id=root.digest_id
        )
        one.outbox.plan("direct", JUNHO.id, Message("to you"), "notice")
        one.outbox.drain()
        assert part is not None
        one.storage.deliveries.request_edit(part, Message("more, and better").payload())
        one.outbox.drain()
        return _judge(one)


def _is(args: dict[str, Any], kind: str) -> bool:
    key = str(args["metadata"]["event_payload"]["key"])
    return key.endswith("/root") if kind == "digest" else key == kind


def _judge(one: Rig) -> str:
    """``once`` when each message stands once, in order, with its edit; else what is wrong."""
    channel, root = DAILY.id, f"daily/{DAILY.id}/{LISTED}/root"
    shown = one.workspace.messages(channel)
    if not shown:
        return "nothing posted"
    replies = one.workspace.messages(channel, shown[0].ts)[1:]
    direct = one.workspace.messages("D" + JUNHO.id[1:])
    keys = [_key(message) for message in (*shown, *replies, *direct)]
    cards = [f"daily/{channel}/{LISTED}/card/2503.{n:05d}" for n in range(1, PAPERS + 1)]
    if keys == [root, *cards, "part", "direct"]:
        return "once" if replies[0].text == "more, and better" else "edit lost"
    counts = Counter(keys)
    doubles = sum(many - 1 for many in counts.values())
    missing = len({root, *cards, "part", "direct"} - set(counts))
    return f"{doubles} double, {missing} missing" if doubles or missing else "out of order"


def _key(message: Any) -> str:
    metadata = message.metadata or {}
    return str(metadata.get("event_payload", {}).get("key"))


def _stream(slack: SlackClient, root: str) -> str:
    return slack.start_stream(DAILY.id, root, user=JUNHO.id, team="T0PAPER01")


CALLS: dict[str, Callable[[Rig, str], object]] = {
    "chat.delete": lambda one, root: one.slack.delete(DAILY.id, root),
    "chat.postEphemeral": lambda one, _: one.slack.ephemeral(DAILY.id, JUNHO.id, {"text": "x"}),
    "chat.getPermalink": lambda one, root: one.slack.permalink(DAILY.id, root),
    "users.info": lambda one, _: one.slack.user_info(JUNHO.id),
    "reactions.add": lambda one, root: one.slack.react(DAILY.id, root, "eyes"),
    "reactions.remove": lambda one, root: one.slack.unreact(DAILY.id, root, "eyes"),
    "assistant.threads.setStatus": lambda one, root: one.slack.set_status(DAILY.id, root, "…"),
    "chat.startStream": lambda one, root: _stream(one.slack, root),
    "chat.appendStream": lambda one, root: one.slack.append_stream(
        DAILY.id, _stream(one.patient, root), "x"
    ),
    "chat.stopStream": lambda one, root: one.slack.stop_stream(
        DAILY.id, _stream(one.patient, root)
    ),
}


def call(method: str, fault: Fault) -> str:
    """What a caller of *method* gets: the name of our error, or ``ok``."""
    with rig() as one:
        root = one.patient.post(DAILY.id, {"text": "root"})
        one.workspace.fail(method, fault.error, status=fault.status, retry_after=fault.retry_after)
        try:
            CALLS[method](one, root)
        except SlackError as error:
            return type(error).__name__.removeprefix("Slack")
        return "ok"


def figures() -> Iterator[Figure]:
    """How many faults leave each message of the digest where it belongs, once."""
    cells = [cell for row in deliveries().values() for cell in row.values()]
    yield Figure(f"faults of {len(cells)} with each message once", cells.count("once"))


def deliveries() -> dict[str, dict[str, str]]:
    """What stands in Slack in the end, by method and fault."""
    cells = {
        method: {fault.name: deliver(method, fault) for fault in FAULTS} for method in DELIVERING
    }
    twice = {fault.name: deliver("chat.postMessage", fault, times=3) for fault in FAULTS}
    return cells | {"chat.postMessage, three times": twice}


def table() -> dict[str, dict[str, str]]:
    """All cells by method and fault."""
    return deliveries() | {
        method: {fault.name: call(method, fault) for fault in FAULTS} for method in CALLS
    }


def main() -> int:
    """Print the table; 1 when a digest did not arrive once."""
    cells = table()
    print(f"{'':30}" + "".join(f"{fault.name:>16}" for fault in FAULTS))
    for method, row in cells.items():
        print(f"{method:30}" + "".join(f"{cell:>16}" for cell in row.values()))
    bad = [
        f"{method} / {fault}: {cell}"
        for method, row in cells.items()
        if method.split(",")[0] in DELIVERING
        for fault, cell in row.items()
        if cell != "once"
    ]
    print("\n".join(bad) if bad else f"every digest arrived once ({len(FAULTS)} faults)")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

"""What is wrong at a moment, decided from what is known then. Pure: no clock, no I/O."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.delivery import Outcome, last_due
from storage import Delivery, DeliveryState, Run, RunState, SourceRead, Subscription

DIGEST_LATE, SOURCE_DOWN = "digest-late", "source-down"
BUDGET_SPENT, DISK_FULL = "budget-spent", "disk-full"
MODEL_REFUSES = "model-refuses"

# A digest that isn't there this long after its time is late.
LATE_AFTER = timedelta(minutes=30)
# A source that has failed for this long, from one try to another, is down.
DOWN_AFTER = timedelta(days=1)
# How calls end at a model's server that wants nothing of us until somebody does something.
_REFUSALS = frozenset(("quota", "unauthorized", "forbidden"))
# A disk counts as mended once it has this much more than what was too little.
ROOMY = 1.25

_KEPT = frozenset(
    (Outcome.POSTED, Outcome.ALREADY, Outcome.REVIVED, Outcome.QUIET, Outcome.SKIPPED)
)


@dataclass(frozen=True)
class Alarm:
    """Something is wrong: ``kind`` and ``subject`` (a channel, a source, or empty) name it,
    ``since`` is when it began to be, ``detail`` is a word about the cause."""

    kind: str
    subject: str
    since: datetime
    detail: str = ""


@dataclass(frozen=True)
class Disk:
    """Bytes that are free beside the database, and how many ought to be."""

    free: int
    wanted: int


@dataclass(frozen=True)
class ChannelSigns:
    """A subscribed channel: its runs by due time, its newest digest's root, posted or not, and
    when a digest was last posted there."""

    subscription: Subscription
    runs: Mapping[datetime, Run]
    newest: Delivery | None = None
    last_posted: datetime | None = None


@dataclass(frozen=True)
class Signs:
    """All that is known at ``now``. ``model_outcome`` is how the newest call to a model ended, and
    when it was made. ``open`` holds kind and subject of what was wrong before."""

    now: datetime
    channels: tuple[ChannelSigns, ...] = ()
    sources: tuple[SourceRead, ...] = ()
    budget_refused: datetime | None = None
    model_outcome: tuple[str, datetime] | None = None
    disk: Disk | None = None
    open: frozenset[tuple[str, str]] = frozenset()


def decide(signs: Signs) -> list[Alarm]:
    """Everything that is wrong at ``signs.now``."""
    return [
        *_late_digests(signs),
        *_sources_down(signs),
        *_budget_spent(signs),
        *_model_refuses(signs),
        *_disk_full(signs),
    ]


def dues(subscription: Subscription, now: datetime) -> list[datetime]:
    """The due times that lateness is judged by: the last one, and the last that had its time."""
    found = (last_due(subscription, now), last_due(subscription, now - LATE_AFTER))
    return sorted({due for due in found if due is not None}, reverse=True)


def _late_digests(signs: Signs) -> Iterator[Alarm]:
    for channel in signs.channels:
        subscription = channel.subscription
        until = signs.now + LATE_AFTER
        for due in dues(subscription, signs.now):
            changed = subscription.changed_at
            if changed is not None and due < changed <= signs.now:
                break  # nobody wished for this one
            stuck = _stuck(channel, due, until)
            if stuck is None and _is_kept(channel, due, signs.now):
                break
            if signs.now - due >= LATE_AFTER:
                cause = _cause(channel, due, stuck)
                yield Alarm(DIGEST_LATE, subscription.channel, due, cause)
                break
            # The newest digest has time left: the channel is judged by the one before.
            until = due


def _is_kept(channel: ChannelSigns, due: datetime, now: datetime) -> bool:
    """Whether the run of *due* ended well, or a digest came in another way."""
    if channel.last_posted is not None and due <= channel.last_posted <= now:
        return True
    run = channel.runs.get(due)
    return run is not None and run.state is RunState.DONE and run.outcome in _KEPT


def _cause(channel: ChannelSigns, due: datetime, stuck: Delivery | None) -> str:
    if stuck is not None:
        return stuck.reason or "waiting"
    run = channel.runs.get(due)
    if run is None:
        return "not-begun"
    return run.outcome or "under-way"


def _stuck(channel: ChannelSigns, due: datetime, until: datetime) -> Delivery | None:
    """The digest that was promised from *due* on, before *until*, and isn't posted."""
    newest = channel.newest
    if newest is None or newest.state is DeliveryState.POSTED:
        return None
    promised = newest.renewed_at or newest.planned_at
    return newest if promised is not None and due <= promised < until else None


def _sources_down(signs: Signs) -> Iterator[Alarm]:
    for read in signs.sources:
        since = read.failing_since
        # Asked once and never again says nothing: it takes a second try that fails, too.
        if read.problem and since is not None and read.tried_at - since >= DOWN_AFTER:
            yield Alarm(SOURCE_DOWN, read.source, since, read.problem)


def _budget_spent(signs: Signs) -> Iterator[Alarm]:
    midnight = signs.now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    refused = signs.budget_refused
    if refused is not None and refused >= midnight:
        yield Alarm(BUDGET_SPENT, "", refused)


def _model_refuses(signs: Signs) -> Iterator[Alarm]:
    outcome, moment = signs.model_outcome or ("", signs.now)
    if outcome in _REFUSALS:
        yield Alarm(MODEL_REFUSES, "", moment, outcome)


def _disk_full(signs: Signs) -> Iterator[Alarm]:
    disk = signs.disk
    if disk is None:
        return
    wanted = disk.wanted * (ROOMY if (DISK_FULL, "") in signs.open else 1)
    if disk.free < wanted:
        yield Alarm(DISK_FULL, "", signs.now, str(disk.free // 1_000_000))

"""Numbers that stand in the database, read each time Prometheus asks. No texts, no ids."""

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.operations.watch import HEARTBEAT
from storage import DeliveryState, QuestionState, Storage, StorageError

# Who collects numbers waits ten seconds, as a rule.
PATIENCE_SECONDS = 5.0
log = logging.getLogger(__name__)


class ReadyGauges(Collector):
    """What ``/readyz`` tells of this process, as numbers."""

    def __init__(self, parts: Callable[[], Mapping[str, bool]]) -> None:
        self._parts = parts

    def describe(self) -> list[Metric]:
        """Nothing, so that no part is asked at start-up."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Ask each part."""
        works = {name: int(one) for name, one in self._parts().items()}
        yield _by_label("paperboy_ready", "Whether a part of this process works", "part", works)


class StoredGauges(Collector):
    """*queued* tells how many jobs wait in this process, by queue."""

    def __init__(self, storage: Storage, queued: Callable[[], dict[str, int]]) -> None:
        self._storage = storage
        self._queued = queued

    def describe(self) -> list[Metric]:
        """Nothing: the names are known once they are read, which must not happen at start-up."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Read everything; a database that cannot be read leaves the numbers of the process."""
        try:
            with self._storage.patience(PATIENCE_SECONDS):
                stored = (*self._states(), *self._model(), *self._times(), *self._sizes())
            yield from stored
        except StorageError as error:
            log.warning("metrics: %s", error)
        queue = GaugeMetricFamily("paperboy_queue_length", "Jobs that wait", labels=["queue"])
        for name, waiting in self._queued().items():
            queue.add_metric([name], waiting)
        yield queue

    def _states(self) -> Iterator[Metric]:
        storage = self._storage
        deliveries = storage.figures.deliveries_by_state()
        yield _by_label(
            "paperboy_deliveries",
            "Messages by state",
            "state",
            {state.value: deliveries.get(state.value, 0) for state in DeliveryState},
        )
        questions = storage.figures.questions_by_state()
        yield _by_label(
            "paperboy_questions",
            "Questions by state",
            "state",
            {state.value: questions.get(state.value, 0) for state in QuestionState},
        )
        kinds = storage.figures.open_incidents()
        yield _by_label("paperboy_incidents", "What is wrong now", "kind", kinds)

    def _model(self) -> Iterator[Metric]:
        names = ["model", "purpose", "outcome"]
        calls = CounterMetricFamily("paperboy_model_calls", "Calls to a model", labels=names)
        cost = CounterMetricFamily("paperboy_model_cost_usd", "US dollars spent", labels=names)
        tokens = CounterMetricFamily(
            "paperboy_model_tokens", "Tokens used", labels=["model", "purpose", "kind"]
        )
        used: dict[tuple[str, str, str], int] = {}
        for use in self._storage.figures.model_use():
            labels = [use.model, use.purpose, use.outcome]
            calls.add_metric(labels, use.calls)
            cost.add_metric(labels, use.cost_usd)
            for kind, number in (
                ("input", use.input_tokens),
                ("cached", use.cached_tokens),
                ("output", use.output_tokens),
            ):
                key = (use.model, use.purpose, kind)
                used[key] = used.get(key, 0) + number
        for key, number in used.items():
            tokens.add_metric(key, number)
        yield from (calls, cost, tokens)

    def _times(self) -> Iterator[Metric]:
        storage = self._storage
        reads = {read.source: _seconds(read.succeeded_at) for read in storage.listings.last_reads()}
        yield _by_label(
            "paperboy_source_success_timestamp_seconds",
            "When a source last answered; 0 for never",
            "source",
            reads,
        )
        posted = storage.figures.last_digests()
        yield GaugeMetricFamily(
            "paperboy_last_digest_timestamp_seconds",
            "When a digest was last posted in any channel; 0 for never",
            value=max((_seconds(one) for one in posted), default=0.0),
        )
        yield GaugeMetricFamily(
            "paperboy_subscribed_channels", "Channels with a subscription", value=len(posted)
        )
        yield GaugeMetricFamily(
            "paperboy_heartbeat_timestamp_seconds",
            "When the watch last looked after everything; 0 for never",
            value=_seconds(storage.moments.last(HEARTBEAT)),
        )

    def _sizes(self) -> Iterator[Metric]:
        storage = self._storage
        yield GaugeMetricFamily(
            "paperboy_database_bytes", "Size of the database", value=storage.figures.bytes_used()
        )
        yield _by_label("paperboy_rows", "Rows by table", "table", storage.counts())


def _by_label(
    name: str, help: str, label: str, values: dict[str, int] | dict[str, float]
) -> Metric:
    family = GaugeMetricFamily(name, help, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family


def _seconds(moment: datetime | None) -> float:
    return 0.0 if moment is None else moment.timestamp()

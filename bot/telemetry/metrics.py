"""Numbers for Prometheus: what happened in this process. Names and counts, no texts, no ids.

What is stored (deliveries, questions, model calls …) is read when somebody asks, by
:mod:`bot.operations.gauges`.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

ACK_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
ANSWER_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """One process's counters. Safe in any thread; each instance counts for itself."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._acks = Histogram(
            "paperboy_ack_seconds",
            "Seconds from a payload of Slack to its acknowledgement",
            ["kind"],
            buckets=ACK_SECONDS,
            registry=self._registry,
        )
        self._commands = Counter(
            "paperboy_commands",
            "Subcommands of /papers that were run",
            ["command", "outcome"],
            registry=self._registry,
        )
        self._answers = Histogram(
            "paperboy_question_seconds",
            "Seconds from taking up a question to its end, by outcome",
            ["outcome"],
            buckets=ANSWER_SECONDS,
            registry=self._registry,
        )
        self._reads = Counter(
            "paperboy_source_reads",
            "Reads of paper sources",
            ["source", "outcome"],
            registry=self._registry,
        )

    def acked(self, kind: str, seconds: float) -> None:
        """A payload was acknowledged."""
        self._acks.labels(kind).observe(seconds)

    def command(self, name: str, outcome: str) -> None:
        """A subcommand ended ``ok``, ``refused`` or ``failed``; *name* is one of ours."""
        self._commands.labels(name, outcome).inc()

    def question(self, outcome: str, seconds: float) -> None:
        """Work on a question ended: ``answered``, ``asked_back``, ``postponed`` or ``failed``."""
        self._answers.labels(outcome).observe(seconds)

    def source_read(self, source: str, problem: str | None) -> None:
        """A source was asked."""
        self._reads.labels(source, "failed" if problem else "ok").inc()

    def add(self, gauges: Collector) -> None:
        """Have *gauges* read at each :meth:`page`."""
        self._registry.register(gauges)

    def page(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self._registry)

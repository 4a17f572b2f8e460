"""Faults to order: what a test wants to go wrong, and when."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.workspace.records import Json


@dataclass
class Fault:
    """One order.

    `error` is a Slack error, or one of the behaviours of the connection: `timeout_…` never
    answers, `reset…` drops the connection, `malformed…` answers with something that is no JSON;
    what ends in `_after` did the work before. `status` with `retry_after` (seconds) answers with
    that HTTP status.
    """

    method: str
    error: str
    status: int
    retry_after: int | None
    left: int
    when: Callable[[Json], bool]

    @property
    def does_the_work(self) -> bool:
        """Whether the call takes effect although its caller does not hear so."""
        return self.error.endswith("_after")


@dataclass
class Faults:
    """The open orders, first come first served."""

    _orders: list[Fault] = field(default_factory=list)

    def order(self, fault: Fault) -> None:
        """Wait for the next fitting call."""
        self._orders.append(fault)

    def take(self, method: str, args: Json) -> Fault | None:
        """The order for this call, if there is one; its count goes down."""
        for fault in self._orders:
            if fault.method in (method, "*") and fault.left > 0 and fault.when(args):
                fault.left -= 1
                return fault
        return None

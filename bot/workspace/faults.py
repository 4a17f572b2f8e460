"""Faults to order: what a test wants to go wrong, and when."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.workspace.records import Json


@dataclass
class Fault:
    """One order.

    `error` is a Slack error, or one of the behaviours of the connection: `timeout_…` never
    answers, `reset…` drops the connection, `malformed…` answers with something that is no JSON;
    what ends in `_after` did the work before. `status` with `retry_after` (seconds) answers with
    that HTTP status. `left` is for how many calls it still stands.
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

    def strikes(self, method: str, args: Json) -> bool:
        """Whether it is meant for this call; its count goes down then."""
        if self.method not in (method, "*") or self.left <= 0 or not self.when(args):
            return False
        self.left -= 1
        return True

"""Whether this process can do its work now: what ``/readyz`` tells, and the heartbeat asks."""

from collections.abc import Callable, Mapping


class Health:
    """Named parts, each with a question that is answered without waiting for anybody."""

    def __init__(self, parts: Mapping[str, Callable[[], bool]]) -> None:
        self._parts = dict(parts)

    def parts(self) -> dict[str, bool]:
        """Each part and whether it works."""
        return {name: works() for name, works in self._parts.items()}

    def is_ready(self) -> bool:
        """Whether all of them work."""
        return all(self.parts().values())

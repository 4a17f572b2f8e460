"""One house a workspace: started when it installs or Paperboy starts, ended when it leaves."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from slack_bolt import BoltRequest, BoltResponse

from bot.clock import Clock
from storage import Storage

log = logging.getLogger(__name__)


class House(Protocol):
    """The running bot of one workspace."""

    def start(self) -> None:
        """Take up the workspace's work."""

    def stop(self) -> None:
        """Finish or park what is in hand, and close."""

    def is_alive(self) -> bool:
        """Whether its clockwork keeps time."""

    def waiting(self) -> dict[str, int]:
        """How many jobs wait, by what does them."""

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Answer one of Slack's payloads."""


class Fleet:
    """The houses of all installed workspaces. Safe in any thread.

    *build* makes a house, or None when the workspace has no token; *forget* deletes a token.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        build: Callable[[str], House | None],
        forget: Callable[[str], object],
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._build = build
        self._forget = forget
        self._houses: dict[str, House] = {}
        # Those that should have a house, whether it stands or not.
        self._wanted: set[str] = set()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the houses of all workspaces that have Paperboy; one that fails stops no other."""
        installed = self._storage.workspaces.installed()
        with self._lock:
            self._wanted.update(one.team for one in installed)
        for workspace in installed:
            try:
                self.open(workspace.team)
            except Exception:
                log.exception("workspace %s could not be started", workspace.team)

    def stop(self) -> None:
        """Stop all of them."""
        with self._lock:
            houses, self._houses = list(self._houses.values()), {}
        with ThreadPoolExecutor(max(1, len(houses))) as pool:
            list(pool.map(lambda house: house.stop(), houses))

    def open(self, team: str) -> None:
        """Start a workspace's house, in place of one that runs with an older token."""
        with self._lock:
            self._wanted.add(team)
            before = self._houses.pop(team, None)
        if before is not None:
            before.stop()
        house = self._build(team)
        if house is None:
            log.warning("workspace %s has no token: it has to install again", team)
            with self._lock:
                self._wanted.discard(team)
            self._storage.workspaces.remove(team, now=self._clock())
            return
        house.start()
        with self._lock:
            self._houses[team] = house

    def close(self, team: str) -> None:
        """A workspace took Paperboy away: its token goes, its house stops. What it owns stays
        until somebody deletes it."""
        with self._lock:
            self._wanted.discard(team)
            house = self._houses.pop(team, None)
        self._storage.workspaces.remove(team, now=self._clock())
        self._forget(team)
        log.info("workspace %s took Paperboy away", team)
        if house is not None:
            threading.Thread(target=house.stop, name="leaving", daemon=True).start()

    def find(self, team: str | None) -> House | None:
        """The house of a workspace, or None."""
        with self._lock:
            return self._houses.get(team or "")

    def is_alive(self) -> bool:
        """Whether the clockwork of every workspace that has Paperboy keeps time."""
        with self._lock:
            wanted, houses = set(self._wanted), dict(self._houses)
        return wanted <= houses.keys() and all(house.is_alive() for house in houses.values())

    def waiting(self) -> dict[str, int]:
        """How many jobs wait in all houses, by what does them."""
        with self._lock:
            houses = list(self._houses.values())
        total: Counter[str] = Counter()
        for house in houses:
            total.update(house.waiting())
        return dict(total)

    def __len__(self) -> int:
        with self._lock:
            return len(self._houses)

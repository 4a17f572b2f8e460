"""The running bots of all workspaces: each is started when its workspace installs Paperboy or
Paperboy starts, and stopped when the workspace leaves."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from slack_bolt import BoltRequest, BoltResponse

from bot.background import BackgroundThread
from bot.clock import Clock
from bot.delivery import Scheduler
from bot.questions import Conversations
from bot.serving.bolt import SlackApp
from bot.slack.identity import Identity
from storage import Storage

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkspaceApp:
    """The running bot of one workspace: its scheduler, its question workers, its listeners.

    *close* closes the workspace's services; they are not closed by stopping alone.
    """

    app: SlackApp
    scheduler: Scheduler
    conversations: Conversations
    identity: Identity
    close: Callable[[], object]

    def start(self) -> None:
        """Finish what an earlier run left, and go on."""
        self.identity.start()
        self.conversations.start()
        self.scheduler.start()

    def stop(self) -> None:
        """Finish or park what is in hand."""
        self.identity.stop()
        self.scheduler.stop()
        self.app.lanes.close()

    def end(self) -> None:
        """Stop, and close the workspace's services."""
        self.stop()
        self.close()

    def is_alive(self) -> bool:
        """Whether its scheduler keeps time."""
        return self.scheduler.is_alive()

    def waiting(self) -> dict[str, int]:
        """How many jobs wait, by what does them."""
        return {**self.scheduler.waiting(), "questions": self.conversations.waiting}

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Answer one of Slack's payloads."""
        return self.app.dispatch(request)


class WorkspaceApps:
    """The bots of all installed workspaces. Safe in any thread.

    *build* makes a workspace's bot, or None when it has no token.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        build: Callable[[str], WorkspaceApp | None],
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._build = build
        self._apps: dict[str, WorkspaceApp] = {}
        # Those whose bot should be running, whether it does or not.
        self._wanted: set[str] = set()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the bots of all workspaces that have Paperboy; one that fails stops no other."""
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
            apps, self._apps = list(self._apps.values()), {}
        with ThreadPoolExecutor(max(1, len(apps))) as pool:
            list(pool.map(WorkspaceApp.end, apps))

    def open(self, team: str) -> None:
        """Start a workspace's bot, in place of one that runs with an older token."""
        with self._lock:
            self._wanted.add(team)
            before = self._apps.pop(team, None)
        if before is not None:
            before.end()
        app = self._build(team)
        if app is None:
            log.warning("workspace %s has no token: it has to install again", team)
            with self._lock:
                self._wanted.discard(team)
            self._storage.workspaces.remove(team, now=self._clock())
            return
        app.start()
        with self._lock:
            self._apps[team] = app

    def close(self, team: str) -> None:
        """A workspace took Paperboy away: its token goes, its bot stops. What it owns stays
        until somebody deletes it."""
        with self._lock:
            self._wanted.discard(team)
            app = self._apps.pop(team, None)
        self._storage.workspaces.remove(team, now=self._clock())
        self._storage.workspaces.drop_token(team)
        log.info("workspace %s took Paperboy away", team)
        if app is not None:
            BackgroundThread("leaving", app.end).start()

    def find(self, team: str | None) -> WorkspaceApp | None:
        """The bot of a workspace, or None."""
        with self._lock:
            return self._apps.get(team or "")

    def is_alive(self) -> bool:
        """Whether the scheduler of every workspace that has Paperboy keeps time."""
        with self._lock:
            wanted, apps = set(self._wanted), dict(self._apps)
        return wanted <= apps.keys() and all(app.is_alive() for app in apps.values())

    def waiting(self) -> dict[str, int]:
        """How many jobs wait in all workspaces, by what does them."""
        with self._lock:
            apps = list(self._apps.values())
        total: Counter[str] = Counter()
        for app in apps:
            total.update(app.waiting())
        return dict(total)

    def __len__(self) -> int:
        with self._lock:
            return len(self._apps)

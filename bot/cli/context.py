"""What every command gets: settings, services made on first use, and words.

Each is imported where it is first used, so that a command pays for what it needs alone.
"""

import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import click

from bot.clock import utc_now

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from bot.languages import Catalog
    from bot.search import SearchIndex
    from bot.services import Services, SharedServices
    from bot.settings import Settings
    from bot.slack.client import SlackClient
    from storage import Storage

LABEL_CELLS = 32


def is_wide(character: str) -> bool:
    """Whether it takes two of a terminal's cells, as Hangul does."""
    return east_asian_width(character) in "WF"


class CommandContext:
    """Made anew for each command; closes what it opened."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.team: str | None = None
        # What is logged where PAPERBOY_LOG_LEVEL has its default, None for that: most commands tell
        # of failures themselves.
        self.log_level: str | None = "critical"
        self._services: Services | None = None

    @cached_property
    def settings(self) -> "Settings":
        """The settings, read on first use so that ``--help`` works with wrong ones.

        Raises:
            SettingsError: the environment is wrong.
        """
        from bot.settings import Settings
        from bot.telemetry.logs import set_up_logging

        settings = Settings.from_env(self.environment)
        own = self.log_level if settings.log_level == Settings.log_level else None
        set_up_logging(own or settings.log_level, settings.log_format)
        return settings

    @cached_property
    def storage(self) -> "Storage":
        """The real database.

        Raises:
            StorageError: it cannot be used.
        """
        from storage import open_storage

        return open_storage(self.settings.database)

    @property
    def team_storage(self) -> "Storage":
        """The database as the team that was chosen sees it.

        Raises:
            StorageError: it cannot be used.
        """
        from storage import SINGLE_TEAM

        return self.storage.of_team(self.team or SINGLE_TEAM)

    @cached_property
    def index(self) -> "SearchIndex":
        """The search index of the team; without the other services, unless a server embeds.

        Raises:
            StorageError: the database cannot be used.
        """
        from bot.search import build_index
        from bot.settings import NO_EMBEDDINGS

        is_served = self.settings.embedding_model not in (None, NO_EMBEDDINGS)
        if is_served or self._services is not None:
            return self.services.index
        shared = build_index(self.settings, self.storage.of_nobody(), None)
        return shared.of_team(self.team_storage)

    @property
    def services(self) -> "Services":
        """Everything built on the real database and the real outside.

        Raises:
            StorageError: the database cannot be used.
        """
        if self._services is None:
            # Where workspaces install Paperboy, each has its own.
            slack = None if self.settings.is_distributed else self.slack
            self._services = self.build(self.settings, storage=self.storage, slack=slack)
        return self._services

    @cached_property
    def slack(self) -> "SlackClient":
        """Slack as the services know it; asks it nothing yet."""
        from bot.slack.client import SlackClient

        return SlackClient.connect(self.settings.slack_bot_token, self.settings.slack_api_url)

    def build(
        self,
        settings: "Settings",
        *,
        storage: "Storage | None" = None,
        slack: "SlackClient | None" = None,
    ) -> "Services":
        """Services on other settings, with a database and a Slack of their own unless *storage* and
        *slack* are given; whoever asks closes them.

        Raises:
            StorageError: the database cannot be used.
        """
        from bot.services import build_services
        from storage import SINGLE_TEAM

        team = self.team or SINGLE_TEAM
        return build_services(settings, clock=utc_now, team=team, storage=storage, slack=slack)

    def shared(self) -> "SharedServices":
        """What workspaces share, built anew on the same database; whoever asks closes it."""
        from bot.services import build_shared

        return build_shared(self.settings, clock=utc_now, storage=self.storage)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """The Slack app's manifest.

        Raises:
            PaperboyError: it is not at hand.
        """
        from bot.errors import PaperboyError
        from bot.slack.manifest import read_manifest

        found = read_manifest()
        if found is None:
            raise PaperboyError("no manifest.json", message_id="cli-no-manifest")
        return found

    @cached_property
    def language(self) -> str:
        """The language that is set, or else that of the locale."""
        from bot.languages import LANGUAGES, language_of_environment

        wish = self.environment.get("PAPERBOY_LANGUAGE", "").strip().lower()
        return wish if wish in LANGUAGES else language_of_environment(self.environment)

    @property
    def catalog(self) -> "Catalog":
        """The words in the language of whoever is at the terminal."""
        from bot.languages import catalog

        return catalog(self.language)

    @property
    def database(self) -> str:
        """How the database is called in messages."""
        from storage import shown

        return shown(self.environment.get("PAPERBOY_DATABASE") or "paperboy.db")

    def words(self, message_id: str, **arguments: Any) -> str:
        """A catalogue text."""
        return self.catalog.text(message_id, **arguments)

    def say(self, message_id: str, *, detail: object = "", **arguments: Any) -> None:
        """Tell the person at the terminal something that is not the result; *detail* is what
        others said of it."""
        click.echo(self.catalog.with_detail(message_id, detail, **arguments), err=True)

    def show(self, message_id: str, value: object) -> None:
        """Print a value after what it is called, in a column: Hangul takes two cells."""
        label = self.words(message_id)
        width = LABEL_CELLS - sum(map(is_wide, label))
        click.echo(f"{label:{width}} {value}")

    def progress(self, label: str, *, length: int) -> AbstractContextManager["ProgressBar[int]"]:
        """A progress bar on stderr, moved on with ``update(1)``; no bar without a terminal."""
        return click.progressbar(
            length=length, label=self.words(label), file=sys.stderr, show_pos=True
        )

    def close(self) -> None:
        """Close what was opened."""
        if self._services is not None:
            self._services.close()
        elif "storage" in vars(self):
            self.storage.close()


pass_context = click.make_pass_decorator(CommandContext)

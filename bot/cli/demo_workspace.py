"""The demo's room: a local workspace and the real app in it, with the bundled papers."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.app import Application
from bot.clock import Clock, utc_now
from bot.errors import PaperboyError
from bot.sample import load_sample, sample_day
from bot.sample.offline import BundledFulltexts, BundledListings, NoPapers
from bot.services import Services, Sources, build_services
from bot.serving.entrance import Entrance
from bot.settings import Settings
from bot.slack.manifest import read_manifest
from bot.sources.kinds import DEFAULT_SOURCE
from bot.workspace import Workspace
from bot.workspace.seed import DAILY
from storage import Storage


class MorningClock:
    """Begins at nine in Seoul on the morning after the bundled day."""

    def __init__(self) -> None:
        morning = datetime.combine(sample_day() + timedelta(days=1), time(0, 0), tzinfo=UTC)
        self._ahead = morning - utc_now()

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    def skip(self, span: timedelta) -> None:
        """Let time pass without waiting for it."""
        self._ahead += span


@contextmanager
def demo_workspace(
    settings: Settings,
    *,
    port: int = 0,
    with_model: bool = False,
    clock: Clock | None = None,
) -> Iterator[tuple[Workspace, Services]]:
    """A workspace at *port* and the app connected to it, at nine on the bundled morning.

    Nothing of it is kept. A model that is set is used, and paid for, only *with_model*.

    Raises:
        PaperboyError: the port is taken.
    """
    clock = clock or MorningClock()
    with (
        tempfile.TemporaryDirectory(prefix="paperboy-demo-") as folder,
        _workspace(port, clock) as workspace,
    ):
        wanted = _demo_settings(settings, workspace, Path(folder))
        if not with_model:
            wanted = replace(
                wanted, openai_api_key=None, openai_base_url=None, embedding_model=None
            )
        services = build_services(wanted, clock=clock, sources=bundled)
        with _running(services, workspace):
            yield workspace, services


@contextmanager
def _workspace(port: int, clock: Clock) -> Iterator[Workspace]:
    workspace = Workspace(port, clock=clock, manifest=read_manifest())
    try:
        workspace.start()
    except OSError as error:
        raise PaperboyError(
            f"port {port}: {error}", message_id="cli-port-taken", port=str(port), name="--port"
        ) from error
    try:
        yield workspace
    finally:
        workspace.stop()


@contextmanager
def _running(services: Services, workspace: Workspace) -> Iterator[None]:
    entrance = Entrance(services.settings)
    application = Application(services, entrance)
    try:
        entrance.open()
        application.start()
        workspace.wait_until_connected()
        yield
    finally:
        application.stop()
        services.close()


def _demo_settings(settings: Settings, workspace: Workspace, folder: Path) -> Settings:
    """The person's own language, style and model; everything else of the local workspace."""
    return replace(
        settings,
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token,
        slack_signing_secret=workspace.signing_secret,
        slack_api_url=workspace.api_url,
        database=str(folder / "paperboy.db"),
        channel=DAILY.id,
    )


def bundled(settings: Settings, storage: Storage, *, clock: Clock) -> Sources:
    """The bundled papers as sources, put into *storage*."""
    load_sample(storage, clock(), language=settings.first_language)
    return Sources(
        {DEFAULT_SOURCE: BundledListings(storage)},
        NoPapers(),
        BundledFulltexts(storage),
        close=lambda: None,
    )

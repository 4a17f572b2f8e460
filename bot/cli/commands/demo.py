"""``paperboy demo``: the whole product in a local workspace; no keys, no network."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import click

from bot.app import Runtime
from bot.building import Clock, Outside, build
from bot.cli.context import CommandContext, pass_context, utc_now
from bot.cli.rehearsal import Rehearsal
from bot.cli.stopping import told_to_stop
from bot.errors import PaperboyError
from bot.logs import set_up_logging
from bot.manifest import read_manifest
from bot.sample import load_sample, sample_day
from bot.sample.offline import BundledFulltexts, BundledListings, NoPapers
from bot.services import Services
from bot.settings import Settings
from bot.workspace import Workspace
from bot.workspace.seed import ALICE, DAILY, MINJI
from storage import Storage

DEFAULT_PORT = 3300


@click.command("demo")
@click.option("--once", is_flag=True, help="Stop after the transcript.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Port of the local workspace; 0 takes any.",
)
@pass_context
def COMMAND(context: CommandContext, once: bool, port: int) -> None:
    """Show the whole product in a local workspace: no keys, no network."""
    settings = context.settings
    if settings.log_level == Settings.log_level:
        set_up_logging("error", settings.log_format)  # the transcript is what one came for
    with tempfile.TemporaryDirectory(prefix="paperboy-demo-") as folder:
        clock = _morning_clock()
        with _workspace(0 if once else port, clock) as workspace:
            services = build(
                _demo_settings(settings, workspace, Path(folder)),
                clock=clock,
                outside=_bundled,
            )
            with _running(services, workspace):
                _play(context, workspace, services)
                if not once:
                    _serve_until_interrupted(context, workspace)


def _serve_until_interrupted(context: CommandContext, workspace: Workspace) -> None:
    person = MINJI if context.catalog.language == "ko" else ALICE
    stop = told_to_stop()
    context.say("cli-demo-page", url=workspace.page_url_of(person.id, DAILY.id))
    stop.wait()
    context.say("cli-demo-over")


def _play(context: CommandContext, workspace: Workspace, services: Services) -> None:
    click.echo(
        context.words(
            "cli-demo-title",
            date=context.catalog.day(sample_day() + timedelta(days=1)),
            channel=f"#{DAILY.name}",
        )
    )
    try:
        Rehearsal(workspace, services, context.catalog, click.echo).play()
    except TimeoutError as error:
        raise PaperboyError(
            "a scene took too long", message_id="cli-demo-failed", step=str(error) or "-"
        ) from error


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
    runtime = Runtime(services)
    try:
        runtime.start()
        workspace.wait_until_connected()
        yield
    finally:
        runtime.stop()
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


def _bundled(settings: Settings, storage: Storage, *, clock: Clock) -> Outside:
    load_sample(storage, clock(), language=settings.first_language)
    return Outside(
        BundledListings(storage), NoPapers(), BundledFulltexts(storage), close=lambda: None
    )


def _morning_clock() -> Clock:
    """A clock that starts at nine in Seoul on the morning after the bundled day."""
    started = utc_now()
    morning = datetime.combine(sample_day() + timedelta(days=1), time(0, 0), tzinfo=UTC)
    return lambda: morning + (utc_now() - started)

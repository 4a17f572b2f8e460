"""Plays the demo to whoever is at the terminal, and keeps its workspace open."""

import signal
from dataclasses import replace
from datetime import timedelta

import click

from bot.cli.context import CommandContext
from bot.cli.demo_morning import WAIT_SECONDS, DemoMorning, demonstrator
from bot.cli.demo_workspace import MorningClock, demo_workspace
from bot.cli.signals import END_SECONDS, exit_within, stop_on_signals
from bot.errors import PaperboyError
from bot.sample import sample_day
from bot.workspace import Workspace
from bot.workspace.seed import DAILY


def play_demo(context: CommandContext, *, once: bool, port: int, with_model: bool) -> None:
    """One morning as a transcript; then, unless it is played *once*, the workspace's page at
    *port* until Ctrl-C.

    Raises:
        PaperboyError: the port is taken, or a scene took too long.
    """
    settings = context.settings
    if not context.environment.get("PAPERBOY_LANGUAGE"):
        settings = replace(settings, language=context.language)
    if settings.has_model and not with_model:
        context.say("cli-demo-without-model")
    wait = WAIT_SECONDS + (settings.model_longest_call if with_model else 0)
    clock = MorningClock()
    with demo_workspace(settings, port=0 if once else port, with_model=with_model, clock=clock) as (
        workspace,
        services,
    ):
        _play(
            context,
            DemoMorning(workspace, services, context.catalog, click.echo, wait=wait, clock=clock),
        )
        if not once:
            _serve_until_interrupted(context, workspace)


def _serve_until_interrupted(context: CommandContext, workspace: Workspace) -> None:
    person = demonstrator(context.catalog.language)
    stop = stop_on_signals(signal.SIGTERM, signal.SIGINT)
    exit_within(END_SECONDS, stop)
    context.say("cli-demo-page", url=workspace.page_url_of(person.id, DAILY.id))
    stop.wait()
    context.say("cli-demo-over")


def _play(context: CommandContext, morning: DemoMorning) -> None:
    click.echo(
        context.words(
            "cli-demo-title",
            date=context.catalog.day(sample_day() + timedelta(days=1)),
            channel=f"#{DAILY.name}",
        )
    )
    click.echo(context.words("cli-demo-by-hand"))
    try:
        morning.play()
    except TimeoutError as error:
        raise PaperboyError(
            "a scene took too long", message_id="cli-demo-failed", step=str(error) or "-"
        ) from error

"""Runs a command and turns every way it can fail into a sentence and an exit status."""

import logging
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

import click

from bot.checks import database_problem
from bot.cli.context import CommandContext
from bot.errors import PaperboyError, SettingsError
from bot.plugins import found_in
from storage import StorageError

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

log = logging.getLogger(__name__)


def run_command_line(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run ``paperboy`` with *arguments* and return its exit status."""
    context = CommandContext(environment)
    try:
        status = _group().main(list(arguments), "paperboy", standalone_mode=False, obj=context)
        return int(status or DONE)
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE if isinstance(error, click.UsageError) else FAILED
    except (click.Abort, KeyboardInterrupt):
        click.echo(context.words("cli-interrupted"), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return FAILED
    except (PaperboyError, StorageError) as error:
        log.debug("failed", exc_info=True)
        click.echo(_explained(error, context), err=True)
        return FAILED
    finally:
        context.close()


def _explained(error: PaperboyError | StorageError, context: CommandContext) -> str:
    match error:
        case SettingsError():
            return "\n".join(f"paperboy: {problem}" for problem in error.problems)
        case StorageError():
            return database_problem(error, context.database, context.catalog)
        case _:
            return f"{context.words(error.message_id, **error.arguments)} [{error}]"


def _choose_team(click_context: click.Context, _option: click.Parameter, team: str | None) -> None:
    if team:
        click_context.ensure_object(CommandContext).team = team


def _group() -> click.Group:
    try:
        number = version("paperboy")
    except PackageNotFoundError:
        number = "not installed"
    group = click.Group(
        "paperboy",
        help="Brings a team its AI papers: morning digests, search, answers with evidence.",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    team = click.Option(
        ["--team"],
        metavar="T…",
        expose_value=False,
        callback=_choose_team,
        help="The workspace whose data are meant, when several installed Paperboy.",
    )
    group.params.append(team)
    click.version_option(number, prog_name="paperboy")(group)
    for command in found_in("bot.cli.commands", "COMMAND"):
        group.add_command(command)
    return group


def command_names() -> list[str]:
    """The names of all commands, for the documentation's tests."""
    return sorted(_group().commands)

"""Runs a command and turns every way it can fail into a sentence and an exit status.

Only the command that is run is imported: ``--help`` is told from the sources of the others.
"""

import ast
import logging
import pkgutil
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from bot.cli import commands
from bot.cli.context import CommandContext
from bot.errors import PaperboyError, SettingsError

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
_SHORT_HELP_LETTERS = 80

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
    except Exception as error:
        explained = _explained(error, context)
        if explained is None:
            raise
        log.debug("failed", exc_info=True)
        click.echo(explained, err=True)
        return FAILED
    finally:
        context.close()


def _explained(error: Exception, context: CommandContext) -> str | None:
    """What went wrong, for whoever typed the command; None of an error that nobody foresaw."""
    if isinstance(error, SettingsError):
        return "\n".join(f"paperboy: {problem}" for problem in error.problems)
    if isinstance(error, PaperboyError):
        return f"{context.words(error.message_id, **error.arguments)} [{error}]"
    from bot.checks import database_problem
    from storage import StorageError

    if isinstance(error, StorageError):
        return database_problem(error, context.database, context.catalog)
    return None


class _Commands(click.Group):
    """The modules of ``bot.cli.commands``, each called as its file is."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return command_names()

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        module = _modules().get(cmd_name)
        if module is None:
            return None
        found: click.Command = import_module(f"{commands.__name__}.{module}").COMMAND
        return found

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _short_help(name)) for name in command_names()])


def command_names() -> list[str]:
    """The names of all commands."""
    return sorted(_modules())


def _modules() -> dict[str, str]:
    """The module of each command: ``import``, say, can't be the name of one."""
    return {one.name.rstrip("_"): one.name for one in pkgutil.iter_modules(commands.__path__)}


def _short_help(name: str) -> str:
    source = Path(commands.__path__[0], f"{_modules()[name]}.py").read_text(encoding="utf-8")
    (function,) = (
        one
        for one in ast.parse(source).body
        if isinstance(one, ast.FunctionDef) and one.name == "COMMAND"
    )
    told = click.Command(name, help=ast.get_docstring(function))
    return told.get_short_help_str(_SHORT_HELP_LETTERS)


def _choose_team(click_context: click.Context, _option: click.Parameter, team: str | None) -> None:
    if team:
        click_context.ensure_object(CommandContext).team = team


def _group() -> click.Group:
    try:
        number = version("paperboy")
    except PackageNotFoundError:
        number = "not installed"
    group = _Commands(
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
    return group

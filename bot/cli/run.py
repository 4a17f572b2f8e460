"""Runs a command and turns every way it can fail into a sentence and an exit status.

Only the command that is run is imported: ``--help`` is told from the sources of the others.
"""

import gettext as translations
import logging
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import commands
from bot.cli.context import CommandContext, is_wide
from bot.cli.signals import INTERRUPTED
from bot.errors import InputError, PaperboyError, SettingProblem, SettingsError, SlackError

if TYPE_CHECKING:
    from bot.languages import Catalog

# Stands for a character's second cell while lines are broken, and joins what it stands between.
_PAD = "\N{WORD JOINER}"

DONE, FAILED, WRONG_USAGE = 0, 1, 2
# What click says by itself is translated beside the catalogues.
_DOMAIN, _FOLDER = "click", Path(__file__).parents[1] / "languages"

# How Slack's silence is called.
NETWORK = ("unreachable", "no_answer")

log = logging.getLogger(__name__)


def run_command_line(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    speak: Callable[[str], object] = lambda _language: None,
) -> int:
    """Run ``paperboy`` with *arguments* and return its exit status.

    *speak* tells gettext which language the words that click has of its own are wanted in.
    """
    context = CommandContext(environment)
    try:
        if "--version" not in arguments:
            speak(context.language)
        translations.bindtextdomain(_DOMAIN, _FOLDER)
        translations.textdomain(_DOMAIN)
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
        return "\n".join(f"paperboy: {setting_problem(one, context)}" for one in error.problems)
    if isinstance(error, SlackError) and error.code in NETWORK:
        return context.catalog.with_detail("check-slack-unreachable", error)
    if isinstance(error, PaperboyError):
        told = context.words(error.message_id, **error.arguments)
        detail = "" if isinstance(error, InputError) or str(error) in told else error
        return context.catalog.with_detail(error.message_id, detail, **error.arguments)
    from bot.checks import database_problem
    from storage import StorageError

    if isinstance(error, StorageError):
        return database_problem(error, context.database, context.catalog)
    return None


def setting_problem(problem: SettingProblem, context: CommandContext) -> str:
    """What is wrong with a setting, and its remedy."""
    remedy = context.words(problem.message_id, **problem.arguments)
    if problem.value is None:
        return context.words("settings-problem-secret", name=problem.name, remedy=remedy)
    told = {"name": problem.name, "value": problem.value, "remedy": remedy}
    return context.words("settings-problem", **told)


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
        found.context_class = _Context
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """What is typed, or an error that names the nearest command."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            name = error.command_name
            raise click.NoSuchCommand(name, possibilities=command_names(), ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        context = ctx.ensure_object(CommandContext)
        with formatter.section(translations.gettext("Commands")):
            formatter.write_dl(
                [(name, context.words(f"usage-{name}").splitlines()[0]) for name in command_names()]
            )


class _HelpFormatter(click.HelpFormatter):
    """Counts the cells of a terminal where click counts characters."""

    def write_text(self, text: str) -> None:
        super().write_text(_padded(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        padded = [(_padded(term), _padded(meaning)) for term, meaning in rows]
        super().write_dl(padded, col_max, col_spacing)

    def getvalue(self) -> str:
        return super().getvalue().replace(_PAD, "")


class _Context(click.Context):
    """Finds the words of a help when it is asked for: a command waits for none to be read."""

    formatter_class = _HelpFormatter

    def get_help(self) -> str:
        _explain(self.command, self.ensure_object(CommandContext).catalog)
        return super().get_help()


def _padded(text: str) -> str:
    """*text* with as many characters as it takes cells."""
    return "".join(one + _PAD * is_wide(one) for one in text)


def _explain(command: click.Command, words: "Catalog") -> None:
    """Give a command and its options their help in the language of *words*."""
    command.help = words.text(f"usage-{command.name}")
    for option in command.params:
        # That of click's own options is click's.
        if isinstance(option, click.Option) and option.name and option.help is None:
            name = option.name.replace("_", "-")
            own = f"usage-{command.name}-{name}"
            option.help = words.text(own if words.has(own) else f"usage-{name}")


def command_names() -> list[str]:
    """The names of all commands."""
    return sorted(_modules())


def _modules() -> dict[str, str]:
    """The module of each command: ``import``, say, can't be the name of one."""
    return {one.name.rstrip("_"): one.name for one in pkgutil.iter_modules(commands.__path__)}


def _choose_team(click_context: click.Context, _option: click.Parameter, team: str | None) -> None:
    if team:
        click_context.ensure_object(CommandContext).team = team


def _tell_version(click_context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("paperboy")
    except PackageNotFoundError:
        number = "not installed"
    told = translations.gettext("%(prog)s, version %(version)s")
    click.echo(told % {"prog": "paperboy", "version": number})
    click_context.exit()


def _group() -> click.Group:
    group = _Commands(
        "paperboy",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    team = click.Option(
        ["--team"],
        metavar="T…",
        expose_value=False,
        callback=_choose_team,
    )
    version = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_tell_version,
        help=translations.gettext("Show the version and exit."),
    )
    group.context_class = _Context
    group.params.append(team)
    group.params.append(version)
    return group

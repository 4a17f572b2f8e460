"""Runs a command and turns every way it can fail into a sentence and an exit status."""

import importlib
import logging
import pkgutil
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

import click

from bot.cli import commands
from bot.cli.context import CommandContext
from bot.errors import PaperboyError, SettingsError
from storage import DatabaseUnusableError, NewerSchemaError

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

log = logging.getLogger(__name__)


def run_command_line(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run ``paperboy`` with *arguments* and return its exit status."""
    context = CommandContext(environment)
    try:
        status = _group().main(list(arguments), "paperboy", standalone_mode=False, obj=context)
        return int(status or DONE)
    except click.UsageError as error:
        error.show()
        return WRONG_USAGE
    except click.ClickException as error:
        error.show()
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        return _say(context.words("cli-interrupted"), INTERRUPTED)
    except SettingsError as error:
        return _say("\n".join(f"paperboy: {problem}" for problem in error.problems), FAILED)
    except NewerSchemaError:
        return _say(context.words("cli-newer-database", file=context.database), FAILED)
    except DatabaseUnusableError as error:
        words = context.words("cli-database-unusable", file=context.database, reason=str(error))
        return _say(words, FAILED)
    except PaperboyError as error:
        log.debug("failed", exc_info=True)
        return _say(context.words(error.message_id, **error.arguments), FAILED, str(error))
    except BrokenPipeError:
        return FAILED
    finally:
        context.close()


def _say(text: str, status: int, detail: str = "") -> int:
    click.echo(f"{text} [{detail}]" if detail else text, err=True)
    return status


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
    click.version_option(number, prog_name="paperboy")(group)
    for module in sorted(one.name for one in pkgutil.iter_modules(commands.__path__)):
        group.add_command(importlib.import_module(f"{commands.__name__}.{module}").COMMAND)
    return group


def command_names() -> list[str]:
    """The names of all commands, for the documentation's tests."""
    return sorted(_group().commands)

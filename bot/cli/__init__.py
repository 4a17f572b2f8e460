"""The command line: one file a command, found by name.

Results go to stdout, progress, logs and errors to stderr. Exit status: 0 done, 1 failed with one
clear line, 2 wrong usage, 130 interrupted.
"""

from bot.cli.run import run_command_line

__all__ = ["run_command_line"]

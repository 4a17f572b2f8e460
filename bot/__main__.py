"""``paperboy`` and ``python -m bot``: reads the environment and hands over to the command line."""

import os
import sys

from dotenv import load_dotenv

from bot.cli import run_command_line
from bot.proxies import spared


def main() -> None:
    """Run one command and exit with its status."""
    load_dotenv(".env")
    os.environ.update(spared(os.environ))
    sys.exit(run_command_line(sys.argv[1:], os.environ))


if __name__ == "__main__":
    main()

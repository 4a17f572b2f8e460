"""``paperboy`` and ``python -m bot``: reads the environment and hands over to the command line."""

import os
import sys

from dotenv import load_dotenv

from bot.cli import run_command_line
from bot.proxies import spared

# Where Bolt finds these it sets up an OAuth of its own and drops the bot token.
OF_BOLT = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")


def main() -> None:
    """Run one command and exit with its status."""
    load_dotenv(".env")
    os.environ.update(spared(os.environ))
    environment = dict(os.environ)
    for name in OF_BOLT:
        os.environ.pop(name, None)
    sys.exit(run_command_line(sys.argv[1:], environment))


if __name__ == "__main__":
    main()

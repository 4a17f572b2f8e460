"""``paperboy`` and ``python -m bot``: reads the environment and hands over to the command line."""

import os
import sys

from dotenv import load_dotenv

from bot.cli import run_command_line
from bot.proxies import spared

# Where Bolt finds these it sets up an OAuth of its own and drops the bot token.
OF_BOLT = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
# What `slack run` calls the tokens of the app it has installed.
OF_SLACK_CLI = {"SLACK_CLI_XOXB": "SLACK_BOT_TOKEN", "SLACK_CLI_XAPP": "SLACK_APP_TOKEN"}


def main() -> None:
    """Run one command and exit with its status."""
    load_dotenv(".env")
    for given, wanted in OF_SLACK_CLI.items():
        if token := os.environ.get(given):
            os.environ.setdefault(wanted, token)
    os.environ.update(spared(os.environ))
    environment = dict(os.environ)
    for name in OF_BOLT:
        os.environ.pop(name, None)
    sys.exit(run_command_line(sys.argv[1:], environment))


if __name__ == "__main__":
    main()

"""``paperboy`` and ``python -m bot``: reads the environment and hands over to the command line."""

import os
import signal
import sys
import threading

INTERRUPTED = 130
# Where Bolt finds these it sets up an OAuth of its own and drops the bot token.
OF_BOLT = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
# What `slack run` calls the tokens of the app it has installed.
OF_SLACK_CLI = {"SLACK_CLI_XOXB": "SLACK_BOT_TOKEN", "SLACK_CLI_XAPP": "SLACK_APP_TOKEN"}


def main() -> None:
    """Run one command and exit with its status."""
    # Loading takes seconds on a slow machine; Ctrl-C has nothing to clean up before its end.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from dotenv import load_dotenv

    from bot.cli import run_command_line
    from bot.cli.stopping import interrupted, leave
    from bot.net import spared

    load_dotenv(".env")
    for given, wanted in OF_SLACK_CLI.items():
        if token := os.environ.get(given):
            os.environ.setdefault(wanted, token)
    os.environ.update(spared(os.environ))
    environment = dict(os.environ)
    for name in OF_BOLT:
        os.environ.pop(name, None)
    signal.signal(signal.SIGINT, interrupted)
    try:
        status = run_command_line(sys.argv[1:], environment)
    except KeyboardInterrupt:  # while it closed what it had opened
        status = INTERRUPTED
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if status == INTERRUPTED or any(map(_keeps_us, threading.enumerate())):
        # Threads may wait for a model for minutes; what they would bring is not waited for.
        leave(status)
    sys.exit(status)


def _keeps_us(thread: threading.Thread) -> bool:
    return not thread.daemon and thread is not threading.main_thread()


if __name__ == "__main__":
    main()

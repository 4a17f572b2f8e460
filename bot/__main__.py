"""``paperboy`` and ``python -m bot``: reads the environment and hands over to the command line."""

import io
import os
import signal
import sys
import threading
from pathlib import Path

INTERRUPTED = 130
# Where Bolt finds these it sets up an OAuth of its own and drops the bot token.
OF_BOLT = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
# What `slack run` calls the tokens of the app it has installed.
OF_SLACK_CLI = {"SLACK_CLI_XOXB": "SLACK_BOT_TOKEN", "SLACK_CLI_XAPP": "SLACK_APP_TOKEN"}


def main() -> None:
    """Run one command and exit with its status."""
    # Until a command begins, Ctrl-C has nothing to clean up.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from bot.cli import run_command_line
    from bot.cli.signals import exit_now, on_interrupt
    from bot.proxies import spared

    _be_somewhere()
    load_settings(Path(".env"))
    for given, wanted in OF_SLACK_CLI.items():
        if token := os.environ.get(given):
            os.environ.setdefault(wanted, token)
    os.environ.update(spared(os.environ))
    environment = dict(os.environ)
    for name in OF_BOLT:
        os.environ.pop(name, None)
    signal.signal(signal.SIGINT, on_interrupt)
    try:
        status = run_command_line(sys.argv[1:], environment, speak=_speak)
    except KeyboardInterrupt:  # while it closed what it had opened
        status = INTERRUPTED
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if status == INTERRUPTED or any(map(_keeps_us, threading.enumerate())):
        # Threads may wait for a model for minutes; what they would bring is not waited for.
        exit_now(status)
    sys.exit(status)


def _be_somewhere() -> None:
    """Libraries ask where home is as they are imported; a user that a service manager or a
    container made up has none."""
    try:
        Path.home()
    except RuntimeError:
        os.environ["HOME"] = os.curdir


def _speak(language: str) -> None:
    os.environ["LANGUAGE"] = language


def _keeps_us(thread: threading.Thread) -> bool:
    return not thread.daemon and thread is not threading.main_thread()


def load_settings(path: Path) -> None:
    """Add to the environment what the file sets and nobody has set yet.

    Raises:
        SystemExit: the file is there, but can't be read.
    """
    try:
        body = path.read_bytes()
        from dotenv import load_dotenv

        from bot.text.decoding import decoded

        load_dotenv(stream=io.StringIO(decoded(body)))
    except FileNotFoundError:
        return
    except (ValueError, OSError) as error:
        from bot.languages import catalog, language_of_environment

        words = catalog(language_of_environment(os.environ))
        kind = "encoding" if isinstance(error, ValueError) else "unreadable"
        reason = getattr(error, "strerror", None) or str(error)
        told = words.with_detail(f"cli-env-{kind}", reason, file=str(path))
        sys.exit(f"paperboy: {told}")


if __name__ == "__main__":
    main()

"""Logging to stderr: ids and outcomes, never message texts, bodies or tokens."""

import logging
import re
import sys

_SECRETS = re.compile(r"\b(xox[a-z]-|xapp-|sk-)[\w-]+|(?<=ticket=)[\w-]+|hooks\.slack\.com/\S+")
_QUIET = {
    "slack_bolt": logging.INFO,  # DEBUG would log whole bodies
    "slack_sdk": logging.INFO,
    "openai": logging.INFO,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
    "urllib3": logging.ERROR,
    "apscheduler": logging.WARNING,
    "waitress": logging.WARNING,
    "aiohttp.access": logging.WARNING,
    "asyncio": logging.WARNING,
}


class MaskSecrets(logging.Formatter):
    """Masks anything that looks like a token, in messages and tracebacks alike."""

    def format(self, record: logging.LogRecord) -> str:
        """The formatted record without secrets."""
        return mask(super().format(record))


def mask(text: str) -> str:
    """*text* with tokens, tickets and response addresses replaced by ``***``."""
    return _SECRETS.sub("***", text)


def set_up_logging(level: str) -> None:
    """Log to stderr at *level*; libraries that would log contents stay quieter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(MaskSecrets("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))

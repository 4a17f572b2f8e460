"""Settings: one frozen record made from the environment, with every problem told at once."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.errors import SettingsError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOG_FORMATS = ("text", "json")
LANGUAGES = ("ko", "en")
NO_EMBEDDINGS = "none"
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
STYLES = ("brief", "highlights", "sections", "review")


def parse_weekdays(text: str) -> tuple[int, ...]:
    """``mon-fri`` or ``mon,wed,fri`` as numbers, Monday 0.

    Raises:
        ValueError: a word is not a weekday.
    """
    days: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first not in WEEKDAYS or (last and last not in WEEKDAYS):
            raise ValueError("use names such as mon-fri or mon,wed,fri")
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return tuple(sorted(days))


def parse_time(text: str) -> time:
    """``09:00`` as a time of day.

    Raises:
        ValueError: not a time between 00:00 and 23:59.
    """
    hours, colon, minutes = text.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        raise ValueError("use 24-hour HH:MM, such as 09:00")
    return time(int(hours), int(minutes))


def parse_timezone(text: str) -> str:
    """An IANA time zone name, checked.

    Raises:
        ValueError: no such zone.
    """
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("use an IANA name such as Asia/Seoul or America/New_York") from None
    return text


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("use a URL that starts with http:// or https://")
    return text.rstrip("/")


def _slack_url(text: str) -> str:
    _url(text)
    if not text.endswith("/"):
        raise ValueError("the URL must end in /")
    return text


def _choice(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"use one of {', '.join(allowed)}")
        return text.lower()

    return parse


def _positive(kind: type[int] | type[float]) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            value = kind(0)
        if not 0 < value < 1e9:
            raise ValueError("use a number above 0")
        return value

    return parse


def _at_least(least: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueError(f"use a whole number of at least {least}")
        return int(text)

    return parse


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ValueError("use a port between 1 and 65535")
    return int(text)


def _flag(text: str) -> bool:
    if text.lower() not in _FLAGS:
        raise ValueError("use true or false")
    return _FLAGS[text.lower()]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def _prices(text: str) -> dict[str, tuple[float, float, float]]:
    table = {}
    for entry in text.split(","):
        name, _, rest = entry.strip().partition("=")
        try:
            asked, cached, written = (float(part) for part in rest.split("/"))
        except ValueError:
            raise ValueError("use model=input/cached/output in USD per million tokens") from None
        table[name] = (asked, cached, written)
    return table


def _prefixed(prefix: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not text.startswith(prefix):
            raise ValueError(f"it starts with {prefix}")
        return text

    return parse


def _setting(
    name: str,
    default: Any = None,
    parse: Callable[[str], Any] = str,
    *,
    secret: bool = False,
    help: str,
) -> Any:
    return field(
        default=default,
        metadata={"env": name, "parse": parse, "secret": secret, "help": help},
    )


@dataclass(frozen=True, repr=False)
class Settings:
    """Everything that can be set. ``help`` in each field's metadata is the README's line."""

    slack_bot_token: str | None = _setting(
        "SLACK_BOT_TOKEN",
        parse=_prefixed("xoxb-"),
        secret=True,
        help="Bot token (`xoxb-…`), from the app's page OAuth & Permissions",
    )
    slack_app_token: str | None = _setting(
        "SLACK_APP_TOKEN",
        parse=_prefixed("xapp-"),
        secret=True,
        help="App-level token (`xapp-…`) with `connections:write`: turns Socket Mode on",
    )
    slack_signing_secret: str | None = _setting(
        "SLACK_SIGNING_SECRET",
        secret=True,
        help="Signing secret, from Basic Information: needed for HTTP mode only",
    )
    slack_api_url: str = _setting(
        "SLACK_API_URL",
        "https://slack.com/api/",
        _slack_url,
        help="Base URL of the Slack Web API; ends in `/`",
    )
    slack_client_id: str | None = _setting(
        "SLACK_CLIENT_ID",
        help="Client ID: with the secret, any workspace may install Paperboy at `/slack/install`",
    )
    slack_client_secret: str | None = _setting(
        "SLACK_CLIENT_SECRET", secret=True, help="Client secret, from Basic Information"
    )
    slack_redirect_uri: str | None = _setting(
        "SLACK_REDIRECT_URI",
        parse=_url,
        help="Redirect URL as Slack knows it, e.g. `https://papers.example.com/slack/oauth_redirect`",
    )
    slack_authorize_url: str = _setting(
        "SLACK_AUTHORIZE_URL",
        "https://slack.com/oauth/v2/authorize",
        _url,
        help="Where an installation begins at Slack",
    )
    openai_api_key: str | None = _setting(
        "OPENAI_API_KEY",
        secret=True,
        help="Key of the model server; without one, texts are chosen from the papers themselves",
    )
    openai_base_url: str | None = _setting(
        "OPENAI_BASE_URL",
        parse=_url,
        help="Any compatible server (vLLM, Ollama, llama.cpp), e.g. `http://127.0.0.1:8000/v1`",
    )
    model: str = _setting("PAPERBOY_MODEL", "gpt-5-mini", help="Chat model")
    embedding_model: str | None = _setting(
        "PAPERBOY_EMBEDDING_MODEL",
        help="Embedding model on that server; empty: the embedded one; `none`: words alone",
    )
    database: str = _setting("PAPERBOY_DATABASE", "paperboy.db", help="SQLite file")
    channel: str | None = _setting(
        "PAPERBOY_CHANNEL", help="Channel id that is subscribed at the first start"
    )
    digest_time: time = _setting(
        "PAPERBOY_DIGEST_TIME", time(9, 0), parse_time, help="When that channel gets its digest"
    )
    timezone: str = _setting(
        "PAPERBOY_TIMEZONE", "Asia/Seoul", parse_timezone, help="IANA time zone of that time"
    )
    weekdays: tuple[int, ...] = _setting(
        "PAPERBOY_WEEKDAYS", (0, 1, 2, 3, 4), parse_weekdays, help="On which days (`mon-fri`)"
    )
    language: str = _setting(
        "PAPERBOY_LANGUAGE", "ko", _choice(*LANGUAGES, "both"), help="`ko`, `en` or `both`"
    )
    style: str = _setting(
        "PAPERBOY_STYLE",
        "brief",
        _choice(*STYLES),
        help="Digest style: `brief`, `highlights`, `sections` or `review`",
    )
    hf_url: str = _setting(
        "PAPERBOY_HF_URL", "https://huggingface.co", _url, help="Where listings come from"
    )
    arxiv_api_url: str = _setting(
        "PAPERBOY_ARXIV_API_URL",
        "https://export.arxiv.org",
        _url,
        help="Where paper metadata come from",
    )
    arxiv_url: str = _setting(
        "PAPERBOY_ARXIV_URL", "https://arxiv.org", _url, help="Where full texts come from"
    )
    daily_budget_usd: float | None = _setting(
        "PAPERBOY_DAILY_BUDGET_USD",
        parse=_positive(float),
        help="Hard limit for model calls in a UTC day; empty means no limit",
    )
    prices: Mapping[str, tuple[float, float, float]] = _setting(
        "PAPERBOY_PRICES",
        None,
        _prices,
        help="More model prices, `model=input/cached/output` in USD per million tokens",
    )
    concurrency: int = _setting(
        "PAPERBOY_CONCURRENCY", 8, _positive(int), help="Model calls at the same time"
    )
    context_tokens: int | None = _setting(
        "PAPERBOY_CONTEXT_TOKENS",
        None,
        _at_least(4096),
        help="The model's context in tokens; empty: what its server tells",
    )
    model_timeout: float = _setting(
        "PAPERBOY_MODEL_TIMEOUT",
        120.0,
        _positive(float),
        help="Seconds that the model may keep silent; a slow local server needs more",
    )
    model_longest_call: float = _setting(
        "PAPERBOY_MODEL_LONGEST_CALL",
        1800.0,
        _positive(float),
        help="Seconds that one model call may take, however steadily it writes",
    )
    calls_per_minute: int | None = _setting(
        "PAPERBOY_CALLS_PER_MINUTE", None, _positive(int), help="Model calls a minute at the most"
    )
    catch_up_hours: float = _setting(
        "PAPERBOY_CATCH_UP_HOURS",
        6.0,
        _positive(float),
        help="How late a missed digest is still posted",
    )
    admins: tuple[str, ...] = _setting(
        "PAPERBOY_ADMINS",
        (),
        _words,
        help="User ids that change subscriptions (empty: all may) and hear of what is wrong",
    )
    unfurl: bool = _setting(
        "PAPERBOY_UNFURL",
        False,
        _flag,
        help="`true`: summaries under links to papers; needs the manifest with `links:*`",
    )
    export_dir: str | None = _setting(
        "PAPERBOY_EXPORT_DIR", help="Folder that gets each morning's digest as Markdown"
    )
    port: int = _setting("PORT", 3000, _port, help="Port of HTTP mode")
    log_level: str = _setting(
        "PAPERBOY_LOG_LEVEL",
        "info",
        _choice("debug", "info", "warning", "error"),
        help="`debug`, `info`, `warning` or `error`",
    )
    log_format: str = _setting(
        "PAPERBOY_LOG_FORMAT",
        "text",
        _choice(*LOG_FORMATS),
        help="`text` (`key=value`) or `json`, one object a line",
    )
    metrics_port: int | None = _setting(
        "PAPERBOY_METRICS_PORT",
        None,
        _port,
        help="Loopback port of `/healthz`, `/readyz` and `/metrics`; empty: none",
    )
    heartbeat_url: str | None = _setting(
        "PAPERBOY_HEARTBEAT_URL",
        parse=_url,
        help="Address that is asked once a minute while all is well, for a dead man's switch",
    )
    disk_free_mb: int = _setting(
        "PAPERBOY_DISK_FREE_MB",
        500,
        _positive(int),
        help="Free megabytes beside the database below which the admins are told",
    )

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings; empty values count as absent.

        Raises:
            SettingsError: some are wrong or an unknown ``PAPERBOY_…`` is set; names all of them.
        """
        problems = _unknown(environment)
        values: dict[str, Any] = {}
        for one in fields(cls):
            name, text = one.metadata["env"], environment.get(one.metadata["env"], "").strip()
            if not text:
                continue
            try:
                if one.metadata["secret"]:
                    _check_secret(text)
                values[one.name] = one.metadata["parse"](text)
            except ValueError as error:
                shown = "" if one.metadata["secret"] else f" is {text!r}"
                problems.append(f"{name}{shown}: {error}")
        if problems:
            raise SettingsError(problems)
        return cls(**values)

    @property
    def is_distributed(self) -> bool:
        """Whether workspaces install Paperboy by OAuth."""
        return bool(self.slack_client_id and self.slack_client_secret)

    @property
    def has_model(self) -> bool:
        """Whether a model server is set up; a local one needs no key."""
        return bool(self.openai_api_key or self.openai_base_url)

    @property
    def first_language(self) -> str:
        """The language for words that are said once: ``ko`` when both are wished for."""
        return "ko" if self.language == "both" else self.language

    def __repr__(self) -> str:
        shown = (
            f"{one.name}={'***' if one.metadata['secret'] and value else value!r}"
            for one in fields(self)
            if (value := getattr(self, one.name)) != one.default or one.default is MISSING
        )
        return f"Settings({', '.join(shown)})"


def _check_secret(text: str) -> None:
    """Keys and tokens travel in HTTP headers, which hold nothing else."""
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError("can't be a key or token: it has spaces or letters outside ASCII")


SETTING_NAMES = tuple(one.metadata["env"] for one in fields(Settings))


def _unknown(environment: Mapping[str, str]) -> list[str]:
    problems = []
    for name in sorted(environment):
        if name.startswith("PAPERBOY_") and name not in SETTING_NAMES:
            near = difflib.get_close_matches(name, SETTING_NAMES, n=1, cutoff=0.0)
            problems.append(f"{name} is not a setting: did you mean {near[0]}?")
    return problems

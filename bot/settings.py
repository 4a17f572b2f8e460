"""Settings: one frozen record made from the environment, with every problem told at once."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import time
from typing import Any

from bot.errors import SettingProblem, SettingsError
from bot.languages import BOTH, LANGUAGES, catalog, languages_of
from bot.sources.kinds import DEFAULT_SOURCE, MOST_SOURCES, parse_sources
from bot.text.values import (
    ValueProblem,
    address,
    at_least,
    choice,
    database,
    flag,
    parse_time,
    parse_timezone,
    parse_weekdays,
    port_number,
    positive,
    prefixed,
    price_table,
    slack_url,
    url,
    words,
)

LOG_FORMATS = ("text", "json")
NO_EMBEDDINGS = "none"
NO_VERIFIER = "off"
VERDICTS, YES_NO = "verdicts", "yes-no"
# A channel can choose each style that has a name in the catalogues. The styles themselves belong to
# a room that imports the settings, so that they cannot be asked here.
_STYLE_NAME = "actions-style-"
STYLES = tuple(
    sorted(
        one.removeprefix(_STYLE_NAME)
        for one in catalog(LANGUAGES[0]).message_ids()
        if one.startswith(_STYLE_NAME)
    )
)


def _setting(
    name: str,
    default: Any = None,
    parse: Callable[[str], Any] = str,
    *,
    secret: bool = False,
    hidden: bool = False,
    help: str,
) -> Any:
    """A *secret* is a key or token; it is *hidden*, as is what holds a password."""
    return field(
        default=default,
        metadata={
            "env": name,
            "parse": parse,
            "secret": secret,
            "hidden": secret or hidden,
            "help": help,
        },
    )


@dataclass(frozen=True, repr=False)
class Settings:
    """Everything that can be set. ``help`` in each field's metadata is the line of SETTINGS.md."""

    slack_bot_token: str | None = _setting(
        "SLACK_BOT_TOKEN",
        parse=prefixed("xoxb-"),
        secret=True,
        help="Bot token (`xoxb-…`), from the app's page OAuth & Permissions",
    )
    slack_app_token: str | None = _setting(
        "SLACK_APP_TOKEN",
        parse=prefixed("xapp-"),
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
        slack_url,
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
        parse=url,
        help="Redirect URL as Slack knows it, e.g. `https://papers.example.com/slack/oauth_redirect`",
    )
    slack_authorize_url: str = _setting(
        "SLACK_AUTHORIZE_URL",
        "https://slack.com/oauth/v2/authorize",
        url,
        help="Where an installation begins at Slack",
    )
    openai_api_key: str | None = _setting(
        "OPENAI_API_KEY",
        secret=True,
        help="Key of the model server; without one, texts are chosen from the papers themselves",
    )
    openai_base_url: str | None = _setting(
        "OPENAI_BASE_URL",
        parse=url,
        help="Any compatible server (vLLM, Ollama, llama.cpp), e.g. `http://127.0.0.1:8000/v1`",
    )
    model: str = _setting("PAPERBOY_MODEL", "gpt-5-mini", help="Chat model")
    verifier_model: str | None = _setting(
        "PAPERBOY_VERIFIER_MODEL",
        help="Checks each sentence against its passages; empty: the chat model; `off`: rules alone",
    )
    verifier_base_url: str | None = _setting(
        "PAPERBOY_VERIFIER_BASE_URL", parse=url, help="Its server, if it is another one"
    )
    verifier_api_key: str | None = _setting(
        "PAPERBOY_VERIFIER_API_KEY", secret=True, help="Key of that other server"
    )
    verifier_format: str = _setting(
        "PAPERBOY_VERIFIER_FORMAT",
        VERDICTS,
        choice(VERDICTS, YES_NO),
        help="`yes-no` for a fact-checking model such as MiniCheck, one call a sentence",
    )
    embedding_model: str | None = _setting(
        "PAPERBOY_EMBEDDING_MODEL",
        help="Embedding model on that server; empty: the embedded one; `none`: words alone",
    )
    database: str = _setting(
        "PAPERBOY_DATABASE",
        "paperboy.db",
        parse=database,
        hidden=True,
        help="SQLite file, or `postgresql://…` (more in `.deploy/postgresql.md`)",
    )
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
        "PAPERBOY_LANGUAGE", "ko", choice(*LANGUAGES, BOTH), help="`ko`, `en` or `both`"
    )
    style: str = _setting(
        "PAPERBOY_STYLE",
        "brief",
        choice(*STYLES),
        help="Digest style: `brief`, `highlights`, `sections`, `review` or one of your own",
    )
    sources: tuple[str, ...] = _setting(
        "PAPERBOY_SOURCES",
        (DEFAULT_SOURCE,),
        lambda text: _sources(text),
        help="Where papers come from unless a channel says otherwise: `huggingface,arxiv:cs.CL`",
    )
    hf_url: str = _setting(
        "PAPERBOY_HF_URL", "https://huggingface.co", url, help="Where its lists come from"
    )
    arxiv_api_url: str = _setting(
        "PAPERBOY_ARXIV_API_URL",
        "https://export.arxiv.org",
        url,
        help="Where metadata of papers and what arXiv queries find come from",
    )
    rss_url: str = _setting(
        "PAPERBOY_RSS_URL",
        "https://rss.arxiv.org",
        url,
        help="Where arXiv's daily feeds come from",
    )
    arxiv_url: str = _setting(
        "PAPERBOY_ARXIV_URL", "https://arxiv.org", url, help="Where full texts come from"
    )
    daily_budget_usd: float | None = _setting(
        "PAPERBOY_DAILY_BUDGET_USD",
        parse=positive(float),
        help="Hard limit for model calls in a UTC day; empty means no limit",
    )
    prices: Mapping[str, tuple[float, float, float]] = _setting(
        "PAPERBOY_PRICES",
        None,
        price_table,
        help="More model prices, `model=input/cached/output` in USD per million tokens",
    )
    concurrency: int = _setting(
        "PAPERBOY_CONCURRENCY", 8, positive(int), help="Model calls at the same time"
    )
    context_tokens: int | None = _setting(
        "PAPERBOY_CONTEXT_TOKENS",
        None,
        at_least(4096),
        help="The model's context in tokens; empty: what its server tells",
    )
    model_timeout: float = _setting(
        "PAPERBOY_MODEL_TIMEOUT",
        120.0,
        positive(float),
        help="Seconds that the model may keep silent; a slow local server needs more",
    )
    model_longest_call: float = _setting(
        "PAPERBOY_MODEL_LONGEST_CALL",
        600.0,
        positive(float),
        help="Seconds that one model call may take from first to last, however steadily it writes",
    )
    calls_per_minute: int | None = _setting(
        "PAPERBOY_CALLS_PER_MINUTE", None, positive(int), help="Model calls a minute at the most"
    )
    catch_up_hours: float = _setting(
        "PAPERBOY_CATCH_UP_HOURS",
        6.0,
        positive(float),
        help="How late a missed digest is still posted",
    )
    morning_minutes: float = _setting(
        "PAPERBOY_MORNING_MINUTES",
        10.0,
        positive(float),
        help="Minutes after which a digest is posted with the summaries that are there",
    )
    admins: tuple[str, ...] = _setting(
        "PAPERBOY_ADMINS",
        (),
        words,
        help="User ids that change subscriptions (empty: all may) and hear of what is wrong",
    )
    unfurl: bool = _setting(
        "PAPERBOY_UNFURL",
        False,
        flag,
        help="`true`: summaries under links to papers; needs the manifest with `links:*`",
    )
    export_dir: str | None = _setting(
        "PAPERBOY_EXPORT_DIR", help="Folder that gets each morning's digest as Markdown"
    )
    host: str = _setting(
        "PAPERBOY_HOST",
        "127.0.0.1",
        address,
        help="IP address that HTTP mode listens on; `0.0.0.0` for all, as in containers",
    )
    port: int = _setting("PORT", 3000, port_number, help="Port of HTTP mode")
    log_level: str = _setting(
        "PAPERBOY_LOG_LEVEL",
        "info",
        choice("debug", "info", "warning", "error"),
        help="`debug`, `info`, `warning` or `error`",
    )
    log_format: str = _setting(
        "PAPERBOY_LOG_FORMAT",
        "text",
        choice(*LOG_FORMATS),
        help="`text` (`key=value`) or `json`, one object a line",
    )
    metrics_port: int | None = _setting(
        "PAPERBOY_METRICS_PORT",
        None,
        port_number,
        help="Loopback port of `/healthz`, `/readyz` and `/metrics`; empty: none",
    )
    heartbeat_url: str | None = _setting(
        "PAPERBOY_HEARTBEAT_URL",
        parse=url,
        help="Address that is asked once a minute while all is well, for a dead man's switch",
    )
    disk_free_mb: int = _setting(
        "PAPERBOY_DISK_FREE_MB",
        500,
        positive(int),
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
            text = environment.get(one.metadata["env"], "").strip()
            try:
                if text:
                    values[one.name] = parsed(one.metadata["env"], text)
            except ValueProblem as error:
                shown = None if one.metadata["hidden"] else text
                problems.append(
                    SettingProblem(one.metadata["env"], error.message_id, error.arguments, shown)
                )
        if problems:
            raise SettingsError(problems)
        return cls(**values)

    @property
    def is_distributed(self) -> bool:
        """Whether workspaces install Paperboy by OAuth."""
        return bool(self.slack_client_id and self.slack_client_secret)

    @property
    def may_have_others(self) -> bool:
        """Whether other processes may do the same work, on the database of a server."""
        return "://" in self.database

    @property
    def has_model(self) -> bool:
        """Whether a model server is set up; a local one needs no key."""
        return bool(self.openai_api_key or self.openai_base_url)

    @property
    def first_language(self) -> str:
        """The language for words that are said once: ``ko`` when both are wished for."""
        return languages_of(self.language)[0]

    def __repr__(self) -> str:
        shown = (
            f"{one.name}={'***' if one.metadata['hidden'] and value else value!r}"
            for one in fields(self)
            if (value := getattr(self, one.name)) != one.default or one.default is MISSING
        )
        return f"Settings({', '.join(shown)})"


SETTINGS_BY_NAME = {one.metadata["env"]: one for one in fields(Settings)}
SETTING_NAMES = tuple(SETTINGS_BY_NAME)
_PREFIX = "PAPERBOY_"


def parsed(name: str, text: str) -> Any:
    """The value of the setting *name* that *text* gives.

    Raises:
        ValueProblem: it gives none.
    """
    setting = SETTINGS_BY_NAME[name].metadata
    if setting["secret"]:
        _check_secret(text)
    return setting["parse"](text)


def _check_secret(text: str) -> None:
    """Keys and tokens travel in HTTP headers, which hold nothing else."""
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueProblem("settings-use-ascii")


def _unknown(environment: Mapping[str, str]) -> list[SettingProblem]:
    ours = [one for one in sorted(environment) if one.startswith(_PREFIX)]
    return [_not_one(name) for name in ours if name not in SETTING_NAMES]


def _not_one(name: str) -> SettingProblem:
    known = [one.removeprefix(_PREFIX) for one in SETTING_NAMES if one.startswith(_PREFIX)]
    near = difflib.get_close_matches(name.removeprefix(_PREFIX), known, n=1)
    if not near:
        return SettingProblem(name, "settings-unknown", {})
    return SettingProblem(name, "settings-misspelt", {"near": _PREFIX + near[0]})


def _sources(text: str) -> tuple[str, ...]:
    try:
        return parse_sources(text)
    except ValueError as error:
        raise ValueProblem("settings-use-sources", most=str(MOST_SOURCES)) from error

"""The questions of ``paperboy init``: each is asked, tried as real work would, and asked again."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import click
from tzlocal import get_localzone_name

from bot.checks import Check, bot_token_check, channel_check, entrance_check, model_check
from bot.cli.context import CommandContext
from bot.cli.digest_output import why_unsent
from bot.clock import utc_now
from bot.delivery.parts import parts_of
from bot.digests import compose_daily, render_digest
from bot.digests.wish import Wish
from bot.errors import SlackError
from bot.languages import BOTH, LANGUAGES, Catalog, catalog
from bot.sample import sample_day
from bot.services import Services, build_services
from bot.settings import Settings, parsed
from bot.slack.blocks import plain_message
from bot.slack.check import SlackProbe
from bot.sources.kinds import DEFAULT_SOURCE
from bot.text import one_line
from bot.text.values import ValueProblem
from storage import DeliveryState

BOT, APP, CHANNEL = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "PAPERBOY_CHANNEL"
KEY, URL, MODEL = "OPENAI_API_KEY", "OPENAI_BASE_URL", "PAPERBOY_MODEL"
PREFIXES = {"xoxb-": BOT, "xapp-": APP}
NO_MODEL, OPENAI = "none", "openai"
NO_CHANNEL = "0"
PAPERS_IN_SAMPLE = 3
# Zones of machines, where nobody lives.
NO_PLACE = ("UTC", "Etc/UTC", "Universal", "Zulu", "GMT", "local")


class Setup:
    """Settings in the making: those that are there, those *given* as options, and answers."""

    def __init__(
        self, context: CommandContext, environment: Mapping[str, str], given: Mapping[str, str]
    ) -> None:
        self._context = context
        self._environment = environment
        self._given = dict(given)
        self.changed: dict[str, str] = {}
        self.is_first = not environment.get(BOT)
        # Later an option changes what it names, and nothing else is asked.
        self._asks = self.is_first or not given

    @property
    def settings(self) -> Settings:
        """The settings as they would be read now.

        Raises:
            SettingsError: some of those that were there before are wrong.
        """
        return Settings.from_env({**self._environment, **self.changed})

    @property
    def asks(self) -> bool:
        """Whether what no option gives is asked for."""
        return self._asks

    def check_options(self) -> None:
        """Refuse what can be known to be wrong before anything is asked.

        Raises:
            click.UsageError: an option holds no such value.
        """
        for name, value in self._given.items():
            if name in (BOT, APP):
                _kind(self._context, value)
            elif value:
                self._checked(name, option=OPTIONS[name])(value)

    def language(self) -> None:
        """The language of the digests, from the user's own if none is set."""
        choices = f"({', '.join([*LANGUAGES, BOTH])})"
        self._plain("PAPERBOY_LANGUAGE", "setup-language", self._context.language, choices)

    def times(self) -> None:
        """When the digest comes."""
        self._plain("PAPERBOY_DIGEST_TIME", "setup-time", f"{Settings.digest_time:%H:%M}")
        self._plain("PAPERBOY_TIMEZONE", "setup-timezone", _own_timezone())

    def tokens(self) -> None:
        """Both tokens of Slack, each tried; one that belongs elsewhere is put there."""
        tokens = [self._given.pop(name) for name in (BOT, APP) if name in self._given]
        self._given |= {_kind(self._context, token): token for token in tokens}
        self._token(
            BOT, "setup-bot-token", lambda probe: bot_token_check(self.settings, probe, self._words)
        )
        self._token(
            APP, "setup-app-token", lambda probe: entrance_check(self.settings, probe, self._words)
        )

    def channel(self) -> None:
        """The first channel, of those that the bot is in."""
        if CHANNEL in self._given:
            self._take_channel(self._given[CHANNEL], self._found_channels())
            return
        while self._asks:
            channels = self._channels()
            now = self._now(CHANNEL) or ""
            answer = self._ask("setup-channel", default=now, silent=now or NO_CHANNEL)
            if answer == NO_CHANNEL or (answer and self._take_channel(answer, channels)):
                return

    def model(self) -> None:
        """A model, tried by a question and a summary, or none."""
        names = {KEY, URL, MODEL} & set(self._given)
        if names:
            self._try_model({name: self._given[name] for name in names})
            return
        while self._asks:
            server = self._ask("setup-model", default=self._server(), parse=self._as_server)
            if server == NO_MODEL:
                self.changed |= {KEY: "", URL: ""} if self.settings.has_model else {}
                return
            url = "" if server == OPENAI else server
            key = self._ask("setup-model-key", default=self._now(KEY) or "", secret=True)
            name = self._ask("setup-model-name", default=self._now(MODEL) or Settings.model)
            if self._try_model({URL: url, KEY: key, MODEL: name}):
                return

    def _plain(self, name: str, label: str, default: str, more: str = "") -> None:
        """A setting that needs no trial."""
        if name in self._given:
            self.changed[name] = self._given[name]
        elif self._asks:
            default = self._now(name) or default
            parse = self._checked(name)
            self.changed[name] = self._ask(label, default=default, parse=parse, more=more)

    def _token(self, name: str, label: str, check: Callable[[SlackProbe], Check]) -> None:
        token = self._given.get(name)
        if token is None and (self._asks or not self._now(name)):
            token = self._ask_token(name, label)
        while token is not None:
            self.changed[name] = token
            settings = self.settings
            if self._is_right(check(SlackProbe(settings.slack_api_url, settings.slack_bot_token))):
                return
            del self.changed[name]
            if name in self._given:
                raise click.exceptions.Exit(1)
            token = self._ask_token(name, label)

    def _ask_token(self, name: str, label: str) -> str:
        while True:
            token = self._ask(label, default=self._now(name) or "", secret=True, name=name)
            kind = next((one for prefix, one in PREFIXES.items() if token.startswith(prefix)), "")
            if kind == name:
                return token
            if kind == APP:
                self._given[APP] = token
                self._context.say("setup-swapped")
            elif kind == BOT:
                self._context.say("setup-bot-given")
            else:
                self._context.say("setup-not-a-token")

    def _channels(self) -> dict[str, str]:
        """Names of the bot's channels by their ids, shown with numbers."""
        found = self._found_channels()
        self._context.say("setup-channels" if found else "setup-no-channels")
        for number, (channel, name) in enumerate(found.items(), start=1):
            click.echo(f"  {number}. #{name} ({channel})", err=True)
        return found

    def _found_channels(self) -> dict[str, str]:
        settings = self.settings
        try:
            return SlackProbe(settings.slack_api_url, settings.slack_bot_token).channels()
        except SlackError:
            return {}  # without the scope an id still does

    def _take_channel(self, answer: str, channels: Mapping[str, str]) -> bool:
        named = {f"{n}": one for n, one in enumerate(channels, start=1)}
        named |= {name: one for one, name in channels.items()}
        wanted = answer.removeprefix("#")
        channel = named.get(wanted, wanted)
        right = self._is_channel(channel)
        if right:
            self.changed[CHANNEL] = channel
        elif CHANNEL in self._given:
            raise click.exceptions.Exit(1)
        return right

    def _is_channel(self, channel: str) -> bool:
        if channel == channel.lower():  # a name, which Slack writes without capitals
            self._context.say("setup-channel-unknown", channel=channel)
            return False
        settings = self.settings
        probe = SlackProbe(settings.slack_api_url, settings.slack_bot_token)
        return self._is_right(channel_check(CHANNEL, channel, probe, self._words))

    def _try_model(self, values: Mapping[str, str]) -> bool:
        before = dict(self.changed)
        for name, value in values.items():
            self.changed[name] = self._checked(name)(value) if value else ""
        if not self.settings.has_model:
            return True
        self._context.say("setup-trying-model")
        with scratch_services(self.settings) as services:
            check = model_check(services.model, self.settings.language, self._words)
        if self._is_right(check):
            return True
        if self._given.keys() & values.keys():
            raise click.exceptions.Exit(1)
        self.changed = before
        return False

    def _is_right(self, check: Check) -> bool:
        click.echo(check.line(self._words), err=True)
        return check.state != "wrong"

    def _checked(self, name: str, *, option: str = "") -> Callable[[str], str]:
        """Gives a value of the setting *name* back if it is one. *option* is what it was given
        with; an answer to a question needs no name."""

        def check(text: str) -> str:
            try:
                parsed(name, text)
            except ValueProblem as error:
                remedy = self._context.words(error.message_id, **error.arguments)
                raise click.UsageError(f"{option}: {remedy}" if option else remedy) from error
            return text

        return check

    def _as_server(self, text: str) -> str:
        return text if text in (NO_MODEL, OPENAI) else self._checked(URL)(text)

    def _server(self) -> str:
        return self._now(URL) or (OPENAI if self._now(KEY) else NO_MODEL)

    def _ask(
        self,
        label: str,
        *,
        default: str,
        parse: Callable[[str], str] = one_line,
        secret: bool = False,
        name: str = "",
        more: str = "",
        silent: str = "",
    ) -> str:
        """The answer. Where nobody answers, that is *silent* or the default; without either, the
        option of the setting *name* is needed."""
        text = self._context.words(label) + (f" {more}" if more else "")
        if secret and default:
            text += f" [{_masked(default)}]"
        try:
            answer = click.prompt(
                text,
                default=default,
                show_default=bool(default) and not secret,
                hide_input=secret and sys.stdin.isatty(),
                value_proc=lambda answer: parse(answer.strip()),
                err=True,
            )
        except click.Abort:
            if sys.stdin.isatty():
                raise
            click.echo(err=True)
            if name and not default:
                needed = self._context.words("setup-needed", option=OPTIONS[name])
                raise click.UsageError(needed) from None
            return silent or default
        return str(answer)

    def _now(self, name: str) -> str | None:
        return self.changed.get(name) or self._environment.get(name)

    @property
    def _words(self) -> Catalog:
        return self._context.catalog


OPTIONS = {
    "PAPERBOY_LANGUAGE": "--language",
    BOT: "--bot-token",
    APP: "--app-token",
    CHANNEL: "--channel",
    "PAPERBOY_DIGEST_TIME": "--time",
    "PAPERBOY_TIMEZONE": "--timezone",
    URL: "--base-url",
    KEY: "--key",
    MODEL: "--model",
}


def _own_timezone() -> str:
    """That of this computer, unless it is a server's."""
    try:
        name = get_localzone_name()
    except (OSError, LookupError, ValueError):  # what the computer says of itself makes no sense
        return Settings.timezone
    return Settings.timezone if name in NO_PLACE else name


def send_sample(context: CommandContext, settings: Settings) -> int:
    """Post a digest of bundled papers in the channel that is set; returns the exit status."""
    channel = settings.channel or ""
    with scratch_services(replace(settings, openai_api_key=None, openai_base_url=None)) as services:
        storage, day = services.storage, sample_day()
        listings = storage.listings.on(day, sources=(DEFAULT_SOURCE,))
        wish = Wish(settings.language, settings.style, PAPERS_IN_SAMPLE)
        content = compose_daily(storage, day, wish, listings=listings)
        introduction = plain_message(catalog(settings.first_language).text("setup-sample"))
        services.outbox.plan(f"sample/{channel}", channel, introduction, "notice")
        digest = services.outbox.plan_digest(channel, content, parts_of(render_digest(content)))
        services.outbox.drain()
        sent = storage.deliveries.of_digest(digest) if digest is not None else []
        waiting = [one for one in sent if one.state is not DeliveryState.POSTED]
    if waiting:
        reason = why_unsent(waiting[0], context.catalog)
        context.say("setup-sample-failed", channel=channel, reason=reason)
        return 1
    context.say("setup-sample-sent", channel=channel)
    return 0


@contextmanager
def scratch_services(settings: Settings) -> Iterator[Services]:
    """Services on a database of their own with the bundled papers; nothing of it is kept."""
    from bot.cli.demo_workspace import bundled

    with tempfile.TemporaryDirectory(prefix="paperboy-init-") as folder:
        own = replace(settings, database=str(Path(folder) / "scratch.db"), embedding_model=None)
        with closing(build_services(own, clock=utc_now, sources=bundled)) as services:
            yield services


def _kind(context: CommandContext, token: str) -> str:
    """Which token this is, whichever option it was given with."""
    for prefix, name in PREFIXES.items():
        if token.startswith(prefix):
            return name
    raise click.UsageError(context.words("setup-not-a-token"))


def _masked(secret: str) -> str:
    """Enough of a secret to tell it from another."""
    return f"{secret[:5]}…{secret[-4:]}" if len(secret) > 16 else "…"

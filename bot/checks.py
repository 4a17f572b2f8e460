"""``paperboy check``: one line for each thing that has to be right, with its remedy."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.delivery.slack_check import SlackProbe, missing_scopes
from bot.errors import ModelError, SlackError
from bot.i18n import Catalog
from bot.manifest import read_manifest
from bot.services import Services
from bot.settings import Settings

UNFURL_SCOPES = ("links:read", "links:write")


@dataclass(frozen=True)
class Check:
    """``state`` is ``ok``, ``wrong``, or ``off`` for what is not set up and need not be."""

    name: str
    state: str
    text: str


def run_checks(settings: Settings, services: Services, words: Catalog) -> Iterator[Check]:
    """Check everything, one after the other; a step that fails never stops the next."""
    probe = SlackProbe(settings.slack_api_url, settings.slack_bot_token)
    yield Check("settings", "ok", words.text("check-settings-ok"))
    yield _database(services, words)
    yield _bot_token(settings, probe, words)
    yield _entrance(settings, probe, words)
    yield _channel(settings, probe, words)
    for name, ping in services.source_pings:
        problem = ping()
        text = (
            words.text("check-source-down", reason=problem) if problem else words.text("check-ok")
        )
        yield Check(name, "wrong" if problem else "ok", text)
    yield _model(services, words)


def needed_scopes(*, unfurl: bool = False) -> list[str]:
    """The bot scopes of the manifest; empty where the manifest isn't at hand. *unfurl* wants more:
    summaries under links are off by default."""
    manifest = read_manifest()
    scopes = [] if manifest is None else list(manifest["oauth_config"]["scopes"]["bot"])
    return [*scopes, *(UNFURL_SCOPES if unfurl else ())]


def _database(services: Services, words: Catalog) -> Check:
    counts = services.storage.counts()
    text = words.text("check-database", file=str(services.storage.path), papers=counts["papers"])
    return Check("database", "ok", text)


def _bot_token(settings: Settings, probe: SlackProbe, words: Catalog) -> Check:
    name = "SLACK_BOT_TOKEN"
    if not settings.slack_bot_token:
        return Check(name, "wrong", words.text("check-bot-token-missing"))
    try:
        identity = probe.identity()
    except SlackError as error:
        return Check(name, "wrong", _refused(error, words, "check-bot-token-wrong"))
    missing = missing_scopes(needed_scopes(unfurl=settings.unfurl), identity)
    if missing:
        text = words.text("check-scopes-missing", scopes=", ".join(missing))
        return Check(name, "wrong", text)
    return Check(name, "ok", words.text("check-bot-ok", name=identity.name, team=identity.team))


def _entrance(settings: Settings, probe: SlackProbe, words: Catalog) -> Check:
    if settings.slack_app_token:
        try:
            probe.app_token(settings.slack_app_token)
        except SlackError as error:
            text = _refused(error, words, "check-app-token-wrong")
            return Check("SLACK_APP_TOKEN", "wrong", text)
        return Check("SLACK_APP_TOKEN", "ok", words.text("check-socket-mode"))
    if settings.slack_signing_secret:
        text = words.text("check-http-mode", port=str(settings.port))
        return Check("SLACK_SIGNING_SECRET", "ok", text)
    return Check("SLACK_APP_TOKEN", "wrong", words.text("check-entrance-missing"))


def _channel(settings: Settings, probe: SlackProbe, words: Catalog) -> Check:
    name = "PAPERBOY_CHANNEL"
    if not settings.channel:
        return Check(name, "off", words.text("check-channel-off"))
    if not settings.slack_bot_token:
        return Check(name, "off", words.text("check-channel-unknown"))
    try:
        member = probe.is_member(settings.channel)
    except SlackError as error:
        if error.code in ("missing_scope", "unknown_method"):
            return Check(name, "off", words.text("check-channel-unknown"))
        return Check(name, "wrong", _refused(error, words, "check-channel-wrong"))
    if member:
        return Check(name, "ok", words.text("check-ok"))
    return Check(name, "wrong", words.text("check-channel-not-member"))


def _model(services: Services, words: Catalog) -> Check:
    model = services.model
    if model is None:
        return Check("model", "off", words.text("check-model-off"))
    try:
        model.served_models()
    except ModelError as error:
        return Check("model", "wrong", words.text("check-model-wrong", reason=str(error)))
    return Check("model", "ok", words.text("check-model-ok", model=model.name))


def _refused(error: SlackError, words: Catalog, remedy: str) -> str:
    if error.code in ("unreachable", "no_answer"):
        return words.text("check-slack-unreachable")
    return words.text(remedy, code=error.code)

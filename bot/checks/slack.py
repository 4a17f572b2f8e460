"""Slack as ``paperboy check`` finds it for a single workspace: token, way in, channels, admins."""

import re
from collections.abc import Iterator

from bot.checks.check import Check
from bot.errors import SlackError
from bot.languages import Catalog
from bot.settings import Settings
from bot.slack.check import SlackProbe, missing_scopes
from bot.slack.manifest import read_manifest
from storage import Storage

MEMBER_ID = re.compile(r"[UW][A-Z0-9]+")
UNFURL_SCOPES = ("links:read", "links:write")


def needed_scopes(*, unfurl: bool = False) -> list[str]:
    """The bot scopes of the manifest; empty where the manifest isn't at hand. *unfurl* wants more:
    summaries under links are off by default."""
    manifest = read_manifest()
    scopes = [] if manifest is None else list(manifest["oauth_config"]["scopes"]["bot"])
    return [*scopes, *(UNFURL_SCOPES if unfurl else ())]


def single_workspace_checks(
    settings: Settings, storage: Storage | None, words: Catalog
) -> Iterator[Check]:
    """Bot token, way in, the first channel and each that is subscribed in *storage*."""
    probe = SlackProbe(settings.slack_api_url, settings.slack_bot_token)
    yield bot_token_check(settings, probe, words)
    yield entrance_check(settings, probe, words)
    yield from _channels(settings, storage, probe, words)


def bot_token_check(settings: Settings, probe: SlackProbe, words: Catalog) -> Check:
    """Whether Slack takes the token behind *probe*, and whether its scopes suffice."""
    name = "SLACK_BOT_TOKEN"
    if not settings.slack_bot_token:
        return Check(name, "wrong", words.text("check-bot-token-missing"))
    try:
        identity = probe.identity()
    except SlackError as error:
        return Check(name, "wrong", refused(error, words, "check-bot-token-wrong"))
    missing = missing_scopes(needed_scopes(unfurl=settings.unfurl), identity)
    if missing:
        text = words.text("check-scopes-missing", scopes=", ".join(missing))
        return Check(name, "wrong", text)
    return Check(name, "ok", words.text("check-bot-ok", name=identity.name, team=identity.team))


def entrance_check(settings: Settings, probe: SlackProbe, words: Catalog) -> Check:
    """Socket Mode or HTTP; *probe* needs no bot token for it."""
    if settings.slack_app_token:
        try:
            probe.app_token(settings.slack_app_token)
        except SlackError as error:
            text = refused(error, words, "check-app-token-wrong")
            return Check("SLACK_APP_TOKEN", "wrong", text)
        return Check("SLACK_APP_TOKEN", "ok", words.text("check-socket-mode"))
    if settings.slack_signing_secret:
        text = words.text("check-http-mode", port=str(settings.port))
        return Check("SLACK_SIGNING_SECRET", "ok", text)
    return Check("SLACK_APP_TOKEN", "wrong", words.text("check-entrance-missing"))


def _channels(
    settings: Settings, storage: Storage | None, probe: SlackProbe, words: Catalog
) -> Iterator[Check]:
    """The first channel, and every other one that is subscribed."""
    name = "PAPERBOY_CHANNEL"
    if settings.channel:
        yield channel_check(name, settings.channel, probe, words)
    else:
        yield Check(name, "off", words.text("check-channel-off"))
    for subscription in storage.subscriptions.active() if storage else ():
        if subscription.channel != settings.channel:
            yield channel_check(subscription.channel, subscription.channel, probe, words)


def channel_check(name: str, channel: str, probe: SlackProbe, words: Catalog) -> Check:
    """Whether the bot behind *probe* can post in *channel*."""
    if not probe.has_token:
        return Check(name, "off", words.text("check-channel-unknown"))
    try:
        member = probe.is_member(channel)
    except SlackError as error:
        if error.code in ("missing_scope", "unknown_method", "invalid_auth", "not_authed"):
            return Check(name, "off", words.text("check-channel-unknown"))
        return Check(name, "wrong", refused(error, words, "check-channel-wrong"))
    if member:
        return Check(name, "ok", words.text("check-ok"))
    return Check(name, "wrong", words.text("check-channel-not-member"))


def admins_check(settings: Settings, words: Catalog) -> Check:
    """Who is told when something is wrong."""
    name = "PAPERBOY_ADMINS"
    if not settings.admins:
        return Check(name, "off", words.text("check-admins-off"))
    wrong = [one for one in settings.admins if not MEMBER_ID.fullmatch(one)]
    if wrong:
        return Check(name, "wrong", words.text("check-admins-wrong", ids=", ".join(wrong)))
    return Check(name, "ok", words.text("check-ok"))


def refused(error: SlackError, words: Catalog, remedy: str, **arguments: str) -> str:
    """*remedy* for Slack's word, unless Slack was not reached at all."""
    if error.code in ("unreachable", "no_answer"):
        return words.text("check-slack-unreachable")
    return words.text(remedy, code=error.code, **arguments)

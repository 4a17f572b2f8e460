"""Slack as ``paperboy check`` finds it where workspaces install Paperboy by OAuth."""

from collections.abc import Iterator

from bot.checks.check import Check
from bot.checks.slack import channel_check, entrance_check, needed_scopes, refused
from bot.errors import SlackError
from bot.languages import Catalog
from bot.serving.oauth import INSTALL_PATH, REDIRECT_PATH, installed_token
from bot.settings import Settings
from bot.slack.check import SlackProbe, missing_scopes
from storage import Storage, Workspace

NAME = "SLACK_CLIENT_ID"


def tenant_checks(settings: Settings, storage: Storage | None, words: Catalog) -> Iterator[Check]:
    """The settings of OAuth, the way in, and each workspace that *storage* knows as installed."""
    probe = SlackProbe(settings.slack_api_url, None)
    problem = _set_wrong(settings, words) or _client_refused(settings, probe, words)
    if problem is None:
        text = words.text("check-oauth-ok", address=_install_address(settings))
        yield Check(NAME, "ok", text)
    else:
        yield Check(NAME, "wrong", problem)
    # A signing secret that is missing has been told: OAuth needs it in any case.
    if settings.slack_app_token or settings.slack_signing_secret:
        yield entrance_check(settings, probe, words)
    if settings.channel:
        yield Check("PAPERBOY_CHANNEL", "off", words.text("check-channel-single"))
    if storage is not None and settings.slack_client_id:
        yield from _workspaces(settings, storage, words)


def _set_wrong(settings: Settings, words: Catalog) -> str | None:
    """What is wrong with the settings as they stand, or None."""
    redirect = settings.slack_redirect_uri
    if not settings.is_distributed:
        return words.text("cli-oauth-half")
    if settings.slack_bot_token:
        return words.text("cli-bot-token-and-oauth")
    if not settings.slack_signing_secret:
        return words.text("cli-signing-secret-missing")
    if redirect and not redirect.endswith(REDIRECT_PATH):
        return words.text("check-redirect-wrong", path=REDIRECT_PATH)
    return None


def _client_refused(settings: Settings, probe: SlackProbe, words: Catalog) -> str | None:
    try:
        probe.client(settings.slack_client_id or "", settings.slack_client_secret or "")
    except SlackError as error:
        return refused(error, words, "check-client-wrong")
    return None


def _install_address(settings: Settings) -> str:
    """Where a workspace installs Paperboy; without a redirect URL only the port is known."""
    redirect = settings.slack_redirect_uri
    if redirect is None:
        return f":{settings.port}{INSTALL_PATH}"
    return redirect.removesuffix(REDIRECT_PATH) + INSTALL_PATH


def _workspaces(settings: Settings, storage: Storage, words: Catalog) -> Iterator[Check]:
    installed = storage.workspaces.installed()
    if not installed:
        text = words.text("check-no-workspaces", address=_install_address(settings))
        yield Check("workspaces", "off", text)
    for workspace in installed:
        team = workspace.team
        probe = SlackProbe(settings.slack_api_url, installed_token(settings, storage, team))
        yield _workspace(workspace, settings, probe, words)
        for subscription in storage.of_team(team).subscriptions.active():
            channel = subscription.channel
            yield channel_check(f"{team} {channel}", channel, probe, words)


def _workspace(
    workspace: Workspace, settings: Settings, probe: SlackProbe, words: Catalog
) -> Check:
    team, name, address = workspace.team, workspace.name, _install_address(settings)
    if not probe.has_token:
        text = words.text("check-workspace-no-token", name=name, address=address)
        return Check(team, "wrong", text)
    try:
        identity = probe.identity()
    except SlackError as error:
        text = refused(error, words, "check-workspace-wrong", name=name, address=address)
        return Check(team, "wrong", text)
    missing = missing_scopes(needed_scopes(unfurl=settings.unfurl), identity)
    if missing:
        scopes = ", ".join(missing)
        text = words.text("check-workspace-scopes", name=name, scopes=scopes, address=address)
        return Check(team, "wrong", text)
    return Check(team, "ok", words.text("check-bot-ok", name=identity.name, team=identity.team))

"""Installing by OAuth, with Bolt's flow; of an installation the bot's token is kept."""

import hashlib
import hmac
import html
import logging
import secrets
from collections.abc import Callable, Sequence

from slack_bolt import BoltResponse
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import Installation, InstallationStore
from slack_sdk.oauth.state_store import OAuthStateStore

from bot.clock import Clock
from bot.languages import catalog
from bot.settings import Settings
from storage import Storage

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
STATE_SECONDS = 600
TIMEOUT_SECONDS = 10

log = logging.getLogger(__name__)
# Bolt's stores tell states and codes at DEBUG and in warnings: nobody hears them. A logger outside
# the tree cannot be turned on again by whoever sets up logging.
_silent = logging.Logger("silent", logging.CRITICAL + 1)
_silent.addHandler(logging.NullHandler())


def installed_token(settings: Settings, storage: Storage, team: str) -> str | None:
    """The bot token of a workspace that installed by OAuth, or None."""
    return storage.workspaces.token(team, settings.slack_client_id or "")


class _SignedStates(OAuthStateStore):
    """States that carry when they expire and our signature, so that nothing is kept of those who
    begin to install. Slack takes each code once, and the browser must hold the state's cookie."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._key = hashlib.sha256(f"oauth-state:{secret}".encode()).digest()
        self._clock = clock

    def issue(self, *_arguments: object, **_named: object) -> str:
        """A new state."""
        expires = int(self._clock().timestamp()) + STATE_SECONDS
        told = f"{expires}.{secrets.token_hex(16)}"
        return f"{told}.{self._signature(told)}"

    def consume(self, state: str) -> bool:
        """Whether *state* is ours and not yet old."""
        told, _, signature = state.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(told).encode()):
            return False
        return self._clock().timestamp() <= int(told.partition(".")[0])

    def _signature(self, told: str) -> str:
        return hmac.new(self._key, told.encode(), hashlib.sha256).hexdigest()


class Installs(InstallationStore):
    """Takes installations: keeps a workspace's newest token, and nothing of its installer's."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        clock: Clock,
        *,
        scopes: Sequence[str],
        on_installed: Callable[[str], object],
    ) -> None:
        """*on_installed* is told the id of each workspace that installs, again or anew."""
        self._workspaces = storage.workspaces
        self._clock = clock
        self._on_installed = on_installed
        self._language = settings.first_language
        self._client_id = settings.slack_client_id or ""
        self.flow = OAuthFlow(
            client=WebClient(
                base_url=settings.slack_api_url, timeout=TIMEOUT_SECONDS, logger=_silent
            ),
            logger=_silent,
            settings=OAuthSettings(
                client_id=self._client_id,
                client_secret=settings.slack_client_secret,
                scopes=list(scopes),
                user_scopes=[],
                redirect_uri=settings.slack_redirect_uri,
                install_path=INSTALL_PATH,
                redirect_uri_path=REDIRECT_PATH,
                install_page_rendering_enabled=False,
                callback_options=CallbackOptions(success=self._succeeded, failure=self._failed),
                authorization_url=settings.slack_authorize_url,
                installation_store=self,
                state_store=_SignedStates(settings.slack_client_secret or "", clock),
                state_expiration_seconds=STATE_SECONDS,
                logger=_silent,
            ),
        )

    def save(self, installation: Installation) -> None:
        """Keep a workspace's token, and tell that it has installed.

        Raises:
            BoltError: it is not one workspace's installation.
        """
        team = installation.team_id
        if installation.is_enterprise_install or not team or not installation.bot_token:
            raise BoltError("only single workspaces can install")
        self._workspaces.save_token(team, self._client_id, installation.bot_token)
        self._workspaces.add(
            team,
            installation.team_name or team,
            installed_by=installation.user_id,
            now=self._clock(),
        )
        log.info("workspace %s has installed", team)
        try:
            self._on_installed(team)
        except Exception:  # it is installed all the same; a restart starts it
            log.exception("workspace %s could not be started", team)

    def _succeeded(self, args: SuccessArgs) -> BoltResponse:
        return self._page(200, "installs-done", team=args.installation.team_name or "")

    def _failed(self, args: FailureArgs) -> BoltResponse:
        log.warning("an installation failed: %s", args.reason)
        return self._page(args.suggested_status_code, "installs-failed", detail=args.reason)

    def _page(
        self, status: int, message_id: str, *, detail: str = "", **arguments: str
    ) -> BoltResponse:
        text = html.escape(catalog(self._language).with_detail(message_id, detail, **arguments))
        headers: dict[str, str | Sequence[str]] = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": "default-src 'none'",
            "Set-Cookie": self.flow.settings.state_utils.build_set_cookie_for_deletion(),
        }
        body = f"<!doctype html><meta charset=utf-8><title>Paperboy</title><p>{text}</p>"
        return BoltResponse(status=status, body=body, headers=headers)

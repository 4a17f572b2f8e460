"""The Bolt app that both ways in serve: each payload is one request, timed to its answer."""

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.listener_matcher import ListenerMatcher
from slack_bolt.listener_matcher.builtins import BuiltinListenerMatcher
from slack_bolt.logger.messages import (
    warning_client_prioritized_and_token_skipped,
    warning_token_skipped,
)
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient

from bot.serving.lanes import Lanes
from bot.slack.identity import Identity
from bot.telemetry.metrics import Metrics
from bot.telemetry.request_ids import RequestThreads, request

# Submitted forms are checked and acknowledged on these.
FORM_THREADS = 8
KINDS = ("event_callback", "block_actions", "view_submission", "view_closed", "block_suggestion")


class SlackApp(App):
    """Bolt's app with a request id for each payload. *threads* listeners work at a time, on
    threads that acknowledgements never wait for; submitted forms have their own.

    Left to itself Bolt would ask Slack who the app is while a payload waits for its
    acknowledgement; *identity* is who it is. *first* sees each payload before that is needed.
    """

    def __init__(
        self,
        *,
        client: WebClient,
        identity: Identity,
        metrics: Metrics,
        threads: int,
        first: Middleware | None = None,
    ) -> None:
        # Bolt looks into the environment for a token, too, and warns that it has two.
        told = logging.getLogger(f"slack_bolt.{App.__name__}")
        told.addFilter(_is_news)
        super().__init__(
            client=client,
            name="paperboy",  # without one it is made from the source of what is on the stack
            # The HTTP server lets in only what is signed, and what comes by Socket Mode isn't.
            request_verification_enabled=False,
            token_verification_enabled=False,
            before_authorize=first,
            authorize=_Authorize(client, identity),
        )
        told.removeFilter(_is_news)
        self.lanes = Lanes(
            self,
            work=RequestThreads(threads, thread_name_prefix="listener"),
            forms=RequestThreads(FORM_THREADS, thread_name_prefix="form"),
        )
        self._listener_runner = self.lanes
        self._metrics = metrics

    def recording(
        self, record: Callable[[dict[str, Any], BoltContext], None]
    ) -> Callable[..., BoltResponse | None]:
        """A middleware that has *record* keep an event before Slack gets its acknowledgement.

        Should that fail or take too long, Slack is told so and sends the event again: keeping it
        twice must be the same as keeping it once.
        """

        def keep(
            event: dict[str, Any], context: BoltContext, next: Callable[[], None]
        ) -> BoltResponse | None:
            if not self.lanes.recorder.recorded(partial(record, event, context)):
                return BoltResponse(status=500, body="")
            next()
            return None

        return keep

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer one payload; its listeners go on under the same id."""
        started = time.perf_counter()
        with request():
            answer = super().dispatch(req)
        self._metrics.acked(_kind(req.body), time.perf_counter() - started)
        return answer

    def _init_context(self, req: BoltRequest) -> None:
        """Bolt makes each request a client of its own, since a listener may change its token."""
        req.context.update(
            logger=self.logger,
            token=self.client.token,
            client=self.client,
            listener_runner=self.lanes,
        )

    def _register_listener(
        self, functions: Any, primary_matcher: ListenerMatcher, *others: Any, **named: Any
    ) -> Any:
        matcher = _OfBody.of(primary_matcher)
        return super()._register_listener(functions, matcher, *others, **named)


class _OfBody(ListenerMatcher):
    """A matcher of Bolt's that looks at the body alone. Bolt would gather all that a listener might
    ask for, anew for each of the listeners that a payload is not for: two thirds of its time."""

    def __init__(self, matches: Callable[[dict[str, Any]], bool]) -> None:
        self._matches = matches

    @classmethod
    def of(cls, matcher: ListenerMatcher) -> ListenerMatcher:
        """The same decision, made quickly where that can be."""
        if isinstance(matcher, BuiltinListenerMatcher) and matcher.arg_names == ["body"]:
            return cls(cast(Callable[[dict[str, Any]], bool], matcher.func))
        return matcher

    def matches(self, req: BoltRequest, resp: BoltResponse) -> bool:  # noqa: ARG002
        return self._matches(req.body)


class _Authorize(Authorize):
    """Every payload is for the one bot."""

    def __init__(self, client: WebClient, identity: Identity) -> None:
        self._token = client.token
        self._identity = identity

    def __call__(
        self,
        *,
        context: BoltContext,  # noqa: ARG002
        enterprise_id: str | None,
        team_id: str | None,  # noqa: ARG002
        user_id: str | None,
        **_others: str | None,
    ) -> AuthorizeResult:
        us = self._identity.get()
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=us.team_id,
            bot_id=us.bot_id,
            bot_user_id=us.user_id,
            bot_token=self._token,
            bot_scopes=sorted(us.scopes),
            user_id=user_id,
        )


def _is_news(record: logging.LogRecord) -> bool:
    return record.getMessage() not in (
        warning_client_prioritized_and_token_skipped(),
        warning_token_skipped(),
    )


def _kind(body: dict[str, Any]) -> str:
    if "command" in body:
        return "command"
    kind = body.get("type")
    if kind in KINDS:
        return str(kind)
    return "shortcut" if kind in ("shortcut", "message_action") else "other"

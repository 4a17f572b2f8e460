"""Looking at a workspace: what is said, shown, open and called, and waiting for it."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.workspace.deliveries import Delivery
from bot.workspace.records import Call, Json, Message, View
from bot.workspace.state import State

_T = TypeVar("_T")

_LOOK_AGAIN_SECONDS = 0.1


class Inspection:
    """The reading side; every method may be called from any thread."""

    state: State

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """The messages of a channel without replies, or those of one thread, oldest first."""
        with self.state.lock:
            where = self.state.channel(channel).id
            if thread_ts is None:
                return self.state.messages.in_channel(where)
            return self.state.messages.in_thread(where, thread_ts)

    def ephemerals(self, user: str, channel: str) -> list[Message]:
        """What only that user sees there, oldest first."""
        with self.state.lock:
            member, room = self.state.member(user), self.state.channel(channel)
            return self.state.messages.ephemerals(member.id, room.id)

    def views(self, user: str) -> list[View]:
        """The open modals of a user, the one on top last."""
        with self.state.lock:
            return self.state.views.stack(self.state.member(user).id)

    def home(self, user: str) -> View | None:
        """The Home tab that the app published for a user."""
        with self.state.lock:
            return self.state.views.home(self.state.member(user).id)

    def calls(self, method: str | None = None) -> list[Call]:
        """The Web API calls that came in (of one method), oldest first.

        Uses of response URLs are among them, as method `response_url`.
        """
        with self.state.lock:
            calls = [one for one in self.state.log if isinstance(one, Call)]
        return [one for one in calls if method in (None, one.method)]

    def deliveries(self, kind: str | None = None) -> list[Delivery]:
        """The payloads sent to the app (of one kind), oldest first."""
        with self.state.lock:
            sent = [one for one in self.state.log if isinstance(one, Delivery)]
        return [one for one in sent if kind in (None, one.kind)]

    def unacknowledged(self) -> list[Delivery]:
        """The payloads that the app has not taken."""
        return [one for one in self.deliveries() if one.acknowledged is None]

    def wait_for(self, predicate: Callable[[], _T], timeout: float = 20.0) -> _T:
        """What `predicate` returns, once that is true; it is called with the lock held.

        `timeout` is in seconds; raises TimeoutError after it.
        """
        until = time.monotonic() + timeout
        with self.state.lock:
            while not (found := predicate()):
                left = until - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"nothing of the kind within {timeout:g} s")
                # It may look at what changes elsewhere, of which nobody is told here.
                self.state.lock.wait(min(left, _LOOK_AGAIN_SECONDS))
        return found

    def wait_for_message(
        self,
        channel: str,
        *,
        contains: str = "",
        thread_ts: str | None = None,
        timeout: float = 20.0,
        where: Callable[[Message], bool] = lambda _message: True,
    ) -> Message:
        """The newest finished message of the bot there that contains a text (in text or blocks).

        Raises TimeoutError after `timeout` seconds.
        """
        return self._newest(
            lambda: self.messages(channel, thread_ts),
            lambda one: one.bot_id and not one.streaming and _has(one, contains) and where(one),
            timeout,
        )

    def wait_for_ephemeral(
        self, user: str, channel: str, *, contains: str = "", timeout: float = 20.0
    ) -> Message:
        """The newest ephemeral message to that user there that contains a text."""
        return self._newest(
            lambda: self.ephemerals(user, channel), lambda one: _has(one, contains), timeout
        )

    def wait_for_view(self, user: str, *, timeout: float = 20.0, callback_id: str = "") -> View:
        """The modal on top, once there is one (with that callback id)."""
        return self._newest(
            lambda: self.views(user),
            lambda view: callback_id in ("", view.content.get("callback_id")),
            timeout,
        )

    def wait_for_home(self, user: str, *, contains: str = "", timeout: float = 20.0) -> View:
        """The Home tab of a user, once it contains a text."""
        return self._newest(
            lambda: [home] if (home := self.home(user)) else [],
            lambda view: contains in str(view.content),
            timeout,
        )

    def wait_for_call(self, method: str, *, timeout: float = 20.0, number: int = 1) -> Json:
        """The arguments of the n-th call of a method, once it was made."""
        return self.wait_for(lambda: self.calls(method)[number - 1 : number], timeout)[0].args

    def _newest(
        self, look: Callable[[], Sequence[_T]], fits: Callable[[_T], object], timeout: float
    ) -> _T:
        """The last of what one sees that fits, once there is one."""
        return self.wait_for(lambda: [one for one in look() if fits(one)][-1:], timeout)[0]


def _has(message: Message, text: str) -> bool:
    return text in message.text or text in str(message.blocks)

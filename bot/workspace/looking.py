"""Looking at a workspace: what is said, shown, open and called."""

from collections.abc import Callable

from bot.workspace.core import Core
from bot.workspace.mail import Parcel
from bot.workspace.records import Call, Json, Message, View


class Looking(Core):
    """The reading side; every method may be called from any thread."""

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """The messages of a channel without replies, or those of one thread, oldest first."""
        with self.lock:
            where = self.world.channel(channel).id
            if thread_ts is None:
                return self.world.posts.in_channel(where)
            return self.world.posts.in_thread(where, thread_ts)

    def ephemerals(self, user: str, channel: str) -> list[Message]:
        """What only that user sees there, oldest first."""
        with self.lock:
            member, room = self.world.member(user), self.world.channel(channel)
            return self.world.posts.ephemerals(member.id, room.id)

    def views(self, user: str) -> list[View]:
        """The open modals of a user, the one on top last."""
        with self.lock:
            return self.world.views.stack(self.world.member(user).id)

    def home(self, user: str) -> View | None:
        """The Home tab that the app published for a user."""
        with self.lock:
            return self.world.views.home(self.world.member(user).id)

    def calls(self, method: str | None = None) -> list[Call]:
        """The Web API calls that came in (of one method), oldest first.

        Uses of response URLs are among them, as method `response_url`.
        """
        with self.lock:
            return [call for call in self.call_log if method in (None, call.method)]

    def deliveries(self, kind: str | None = None) -> list[Parcel]:
        """The payloads sent to the app (of one kind), oldest first."""
        with self.lock:
            return [one for one in self.mail.parcels if kind in (None, one.kind)]

    def unacknowledged(self) -> list[Parcel]:
        """The payloads that the app has not taken."""
        with self.lock:
            return self.mail.unacknowledged()

    def wait_for_message(
        self,
        channel: str,
        *,
        contains: str = "",
        thread_ts: str | None = None,
        timeout: float = 20.0,
        where: Callable[[Message], bool] | None = None,
    ) -> Message:
        """The newest finished message of the bot there that contains a text (in text or blocks).

        Raises TimeoutError after `timeout` seconds.
        """

        def look() -> Message | None:
            for message in reversed(self.messages(channel, thread_ts)):
                fits = contains in message.text or contains in str(message.blocks)
                if message.bot_id and fits and not message.streaming and _passes(message, where):
                    return message
            return None

        found = self.wait_for(look, timeout)
        assert found is not None
        return found

    def wait_for_ephemeral(
        self, user: str, channel: str, *, contains: str = "", timeout: float = 20.0
    ) -> Message:
        """The newest ephemeral message to that user there that contains a text."""

        def look() -> Message | None:
            for message in reversed(self.ephemerals(user, channel)):
                if contains in message.text or contains in str(message.blocks):
                    return message
            return None

        found = self.wait_for(look, timeout)
        assert found is not None
        return found

    def wait_for_view(self, user: str, *, timeout: float = 20.0, callback_id: str = "") -> View:
        """The modal on top, once there is one (with that callback id)."""

        def look() -> View | None:
            for view in reversed(self.views(user)):
                if callback_id in ("", view.content.get("callback_id")):
                    return view
            return None

        found = self.wait_for(look, timeout)
        assert found is not None
        return found

    def wait_for_home(self, user: str, *, contains: str = "", timeout: float = 20.0) -> View:
        """The Home tab of a user, once it contains a text."""

        def look() -> View | None:
            view = self.home(user)
            return view if view is not None and contains in str(view.content) else None

        found = self.wait_for(look, timeout)
        assert found is not None
        return found

    def wait_for_call(self, method: str, *, timeout: float = 20.0, number: int = 1) -> Json:
        """The arguments of the n-th call of a method, once it was made."""

        def look() -> Call | None:
            made = self.calls(method)
            return made[number - 1] if len(made) >= number else None

        found = self.wait_for(look, timeout)
        assert found is not None
        return found.args


def _passes(message: Message, where: Callable[[Message], bool] | None) -> bool:
    return where is None or where(message)

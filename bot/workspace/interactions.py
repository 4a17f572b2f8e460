"""What a member does that the app must acknowledge: commands, clicks, modals, shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.workspace import forms, payloads
from bot.workspace.acknowledgements import apply_to_command, apply_to_view
from bot.workspace.deliveries import ACK_SECONDS, Delivery, Kind, Then, nothing_then
from bot.workspace.messaging import Messaging
from bot.workspace.passes import Hook
from bot.workspace.records import Json, Member, Message, View
from bot.workspace.serializers import view_json
from bot.workspace.words import words_for


@dataclass(frozen=True)
class Ack:
    """How the app took an interaction.

    `acknowledged` within three seconds, after `seconds`; `answer` is what came with it,
    `message` what Slack showed because of it, `errors` the messages next to a modal's fields.
    """

    acknowledged: bool
    seconds: float | None = None
    answer: Json = field(default_factory=dict)
    message: Message | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


class Interactions(Messaging):
    """What the app must acknowledge within three seconds; callable from any thread, too."""

    ack_seconds = ACK_SECONDS

    def slash(self, user: str, channel: str, command: str, text: str = "") -> Ack:
        """Type a slash command and wait until the app acknowledges it, three seconds at most."""
        with self.state.lock:
            member, room = self.state.member(user), self.state.channel(channel)
            place = Hook(member.id, room.id)
            body = payloads.slash(
                member,
                room,
                command=command,
                text=text,
                response_url=self._response_url(place),
                trigger_id=self.state.trigger(member.id),
            )
            return self.send(
                "slash_commands", body, lambda answer: apply_to_command(self.state, place, answer)
            )

    def click(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: str | None = None,
        *,
        selected: Any = None,
        block_id: str | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> Ack:
        """Press a button, or choose `selected` in a menu, of a message, modal or Home tab.

        `value` or `block_id` choose between elements of the same action id; `values` is what the
        other fields hold just then. Raises LookupError when there is no such element.
        """
        with self.state.lock:
            member, held = self.state.member(user), self._current(where)
            blocks = _all_blocks(held)
            block, element = forms.find(blocks, action_id, value=value, block_id=block_id)
            ts = self.state.messages.next_ts()
            action = forms.action(block, element, value=value, selected=selected)
            given = dict(values or {})
            if forms.is_stateful(element):
                given.setdefault(f"{block.get('block_id')}/{action_id}", selected)
            view_id = held.id if isinstance(held, View) else None
            return self._interact(
                "block_actions",
                member,
                trigger_id=self.state.trigger(member.id, view_id),
                actions=[{**action, "action_ts": ts}],
                **self._place(member, held, forms.values(blocks, given)),
            )

    def submit(self, user: str, view: View, values: Mapping[str, Any] | None = None) -> Ack:
        """Fill in a modal and press its submit button; `values` by block id or action id.

        A required field left empty gives `errors` and sends nothing, as in Slack's client.
        Raises Refusal when the app answered with what Slack would not take.
        """
        with self.state.lock:
            member, held = self.state.member(user), self._current_view(view)
            state = forms.values(held.blocks, values or {})
            missing = forms.missing(held.blocks, state)
            if missing:
                reason = words_for(member.locale).text("required-field")
                errors = dict.fromkeys(missing, reason)
                self.state.views.refuse(held, errors)
                self.state.changed()
                return Ack(acknowledged=False, errors=errors)
            return self._interact(
                "view_submission",
                member,
                lambda answer: apply_to_view(self.state, held, answer),
                view=view_json(held, values=state),
                response_urls=[],
                trigger_id=self.state.trigger(member.id, held.id),
            )

    def close_view(self, user: str, view: View, *, everything: bool = False) -> Ack | None:
        """Close a modal (or the whole stack); the app hears of it when it asked to."""
        with self.state.lock:
            member, held = self.state.member(user), self._current_view(view)
            if everything:
                self.state.views.clear(member.id)
            else:
                self.state.views.close(held)
            self.state.changed()
            if not held.content.get("notify_on_close"):
                return None
            shown = view_json(held)
            return self._interact(
                "view_closed", member, view=shown, is_cleared=everything, response_urls=[]
            )

    def shortcut(self, user: str, callback_id: str) -> Ack:
        """Choose a global shortcut."""
        with self.state.lock:
            return self._shortcut("shortcut", self.state.member(user), callback_id)

    def message_shortcut(self, user: str, message: Message, callback_id: str) -> Ack:
        """Choose a shortcut in the menu of a message; the bot need not be in that channel."""
        with self.state.lock:
            member, room = self.state.member(user), self.state.channels[message.channel]
            held = self.state.messages.get(message.channel, message.ts)
            return self._shortcut(
                "message_action",
                member,
                callback_id,
                response_url=self._response_url(Hook(member.id, room.id)),
                **payloads.message_shortcut(held, room),
            )

    def send(self, kind: Kind, payload: Json, then: Then = nothing_then) -> Ack:
        """Send any payload as it is, and wait for its acknowledgement.

        `then` is called with an answer that comes in time.
        """
        with self.state.lock:
            delivery = self.state.deliveries.send(kind, payload, then)
            taken = self.state.lock.wait_for(
                lambda: delivery.acknowledged is not None, timeout=self.ack_seconds
            )
        if delivery.refusal is not None:
            raise delivery.refusal
        return Ack(taken, delivery.seconds, delivery.answer, **delivery.outcome)

    def send_again(self, delivery: Delivery, *, reason: str = "http_timeout") -> None:
        """Send a payload once more, as Slack does with events that nobody acknowledged."""
        with self.state.lock:
            self.state.deliveries.send_again(delivery, reason=reason)

    def _interact(self, kind: str, member: Member, then: Then = nothing_then, **fields: Any) -> Ack:
        return self.send("interactive", payloads.interaction(kind, member, **fields), then)

    def _shortcut(self, kind: str, member: Member, callback_id: str, **fields: Any) -> Ack:
        return self._interact(
            kind,
            member,
            callback_id=callback_id,
            action_ts=self.state.messages.next_ts(),
            trigger_id=self.state.trigger(member.id),
            **fields,
        )

    def _current(self, where: Message | View) -> Message | View:
        if isinstance(where, View):
            return self._current_view(where)
        if where.ephemeral_to:
            return self.state.messages.ephemeral(where.ts) or where
        return self.state.messages.get(where.channel, where.ts)

    def _current_view(self, view: View) -> View:
        return self.state.views.find(view.id)

    def _place(self, member: Member, held: Message | View, values: Json) -> Json:
        if isinstance(held, View):
            return payloads.in_view(held, values)
        url = self._response_url(Hook(member.id, held.channel, held))
        room = self.state.channels[held.channel]
        return {**payloads.in_message(held, room, values), "response_url": url}

    def _response_url(self, hook: Hook) -> str:
        return f"{self.state.base_url}hook/{self.state.hooks.issue(hook)}"


def _all_blocks(held: Message | View) -> list[Json]:
    if isinstance(held, View):
        return held.blocks
    return [*held.blocks, *(b for one in held.attachments for b in one.get("blocks", ()))]

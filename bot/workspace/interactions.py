"""What a member does that the app must acknowledge: commands, clicks, modals, shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.workspace import forms, payloads
from bot.workspace.acknowledgements import apply_to_command, apply_to_view
from bot.workspace.deliveries import ACK_SECONDS, Delivery, Kind
from bot.workspace.messaging import Messaging
from bot.workspace.records import Change, Channel, Json, Member, Message, View
from bot.workspace.serializers import view_json
from bot.workspace.words import words_for


@dataclass(frozen=True)
class Ack:
    """How the app took an interaction.

    `acknowledged` within three seconds, after `seconds`; `answer` is what came with it,
    `message` what Slack showed because of it, `errors` the messages next to a modal's fields.
    """

    acknowledged: bool
    seconds: float | None
    answer: Json = field(default_factory=dict)
    message: Message | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


class Interactions(Messaging):
    """What the app must acknowledge within three seconds; callable from any thread, too."""

    ack_seconds = ACK_SECONDS

    def slash(self, user: str, channel: str, command: str, text: str = "") -> Ack:
        """Type a slash command and wait until the app acknowledges it, three seconds at most."""
        with self.lock:
            member, room = self.state.member(user), self.state.channel(channel)
            body = payloads.slash_body(
                member,
                room,
                command=command,
                text=text,
                response_url=self._response_url(member, room),
                trigger_id=self.state.triggers.issue(member.id),
            )
            delivery = self.outgoing.send(
                "slash_commands",
                body,
                then=lambda answer: apply_to_command(self.state, room, member, answer),
            )
        ack = self._wait(delivery)
        return replace(ack, message=delivery.outcome)

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
        with self.lock:
            member = self.state.member(user)
            held = self._current(where)
            block, element = forms.find(
                _all_blocks(held), action_id, value=value, block_id=block_id
            )
            action = self._action(block, element, value=value, selected=selected)
            given = dict(values or {})
            if forms.is_stateful(element):
                given.setdefault(f"{block.get('block_id')}/{action_id}", selected)
            state = forms.values(_all_blocks(held), given)
            room = self.state.channels[held.channel] if isinstance(held, Message) else None
            place = payloads.place_of(held, room, state)
            if isinstance(held, Message) and room is not None:
                place["response_url"] = self._response_url(member, room, held)
            view_id = held.id if isinstance(held, View) else None
            trigger_id = self.state.triggers.issue(member.id, view_id)
            body = payloads.interaction(
                "block_actions", member, trigger_id=trigger_id, actions=[action], **place
            )
            delivery = self.outgoing.send("interactive", body)
        return self._wait(delivery)

    def submit(self, user: str, view: View, values: Mapping[str, Any] | None = None) -> Ack:
        """Fill in a modal and press its submit button; `values` by block id or action id.

        A required field left empty gives `errors` and sends nothing, as in Slack's client.
        Raises Refusal when the app answered with what Slack would not take.
        """
        with self.lock:
            member, held = self.state.member(user), self._current_view(view)
            state = forms.values(held.blocks, values or {})
            missing = forms.missing(held.blocks, state)
            if missing:
                reason = words_for(member.locale).text("required-field")
                errors = dict.fromkeys(missing, reason)
                self.state.views.refuse(held, errors)
                self.state.announce(Change("view", user=member.id))
                return Ack(acknowledged=False, seconds=None, errors=errors)
            body = payloads.interaction(
                "view_submission",
                member,
                view=view_json(held, values=state),
                response_urls=[],
                trigger_id=self.state.triggers.issue(member.id, held.id),
            )
            delivery = self.outgoing.send(
                "interactive", body, then=lambda answer: apply_to_view(self.state, held, answer)
            )
        ack = self._wait(delivery)
        return replace(ack, errors=delivery.outcome or {})

    def close_view(self, user: str, view: View, *, everything: bool = False) -> Ack | None:
        """Close a modal (or the whole stack); the app hears of it when it asked to."""
        with self.lock:
            member, held = self.state.member(user), self._current_view(view)
            if everything:
                self.state.views.clear(member.id)
            else:
                self.state.views.close(held)
            self.state.announce(Change("view", user=member.id))
            if not held.content.get("notify_on_close"):
                return None
            body = payloads.interaction(
                "view_closed",
                member,
                view=view_json(held),
                is_cleared=everything,
                response_urls=[],
            )
            delivery = self.outgoing.send("interactive", body)
        return self._wait(delivery)

    def shortcut(self, user: str, callback_id: str) -> Ack:
        """Choose a global shortcut."""
        with self.lock:
            member = self.state.member(user)
            body = payloads.interaction(
                "shortcut",
                member,
                callback_id=callback_id,
                action_ts=self.state.messages.next_ts(),
                trigger_id=self.state.triggers.issue(member.id),
            )
            delivery = self.outgoing.send("interactive", body)
        return self._wait(delivery)

    def message_shortcut(self, user: str, message: Message, callback_id: str) -> Ack:
        """Choose a shortcut in the menu of a message; the bot need not be in that channel."""
        with self.lock:
            member, room = self.state.member(user), self.state.channels[message.channel]
            held = self.state.messages.get(message.channel, message.ts)
            body = payloads.interaction(
                "message_action",
                member,
                callback_id=callback_id,
                action_ts=self.state.messages.next_ts(),
                response_url=self._response_url(member, room),
                trigger_id=self.state.triggers.issue(member.id),
                **payloads.message_shortcut(held, room),
            )
            delivery = self.outgoing.send("interactive", body)
        return self._wait(delivery)

    def send(self, kind: Kind, payload: Json) -> Ack:
        """Send any payload as it is, and wait for its acknowledgement."""
        with self.lock:
            delivery = self.outgoing.send(kind, payload)
        return self._wait(delivery)

    def send_again(self, delivery: Delivery, *, reason: str = "http_timeout") -> None:
        """Send a payload once more, as Slack does with events that nobody acknowledged."""
        with self.lock:
            self.outgoing.send_again(delivery, reason=reason)

    def _wait(self, delivery: Delivery) -> Ack:
        with self.lock:
            taken = self.lock.wait_for(
                lambda: delivery.acknowledged is not None, timeout=self.ack_seconds
            )
        if delivery.refusal is not None:
            raise delivery.refusal
        return Ack(acknowledged=taken, seconds=delivery.seconds, answer=delivery.answer)

    def _current(self, where: Message | View) -> Message | View:
        if isinstance(where, View):
            return self._current_view(where)
        if where.ephemeral_to:
            return self.state.messages.ephemeral(where.ts) or where
        return self.state.messages.get(where.channel, where.ts)

    def _current_view(self, view: View) -> View:
        return self.state.views.find(view_id=view.id, external_id=None)

    def _action(self, block: Json, element: Json, *, value: str | None, selected: Any) -> Json:
        action = {
            "type": element["type"],
            "action_id": element.get("action_id"),
            "block_id": block.get("block_id"),
            "action_ts": self.state.messages.next_ts(),
        }
        if forms.is_stateful(element):
            return action | forms.filled(element, selected)
        if element["type"] == "overflow":
            chosen = {**element, "type": "static_select"}
            return action | {**forms.filled(chosen, selected or value), "type": "overflow"}
        if "text" in element and element["type"] == "button":
            action["text"] = element["text"]
        action["value"] = value if value is not None else element.get("value")
        return action

    def _response_url(self, member: Member, room: Channel, origin: Message | None = None) -> str:
        key = self.state.hooks.issue(member.id, room.id, origin)
        return f"{self.state.base_url}hook/{key}"


def _all_blocks(held: Message | View) -> list[Json]:
    if isinstance(held, View):
        return held.blocks
    return [*held.blocks, *(b for one in held.attachments for b in one.get("blocks", ()))]

"""Modals and Home tabs: who has what open, and which update came too late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count

from bot.workspace.records import Json, Refusal, View

STACK_LIMIT = 3


class Views:
    """The views of every user."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._numbers = count(1)
        self._views: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}

    def open(self, user: str, content: Json) -> View:
        """Show a modal; whatever the user had open is closed."""
        self.clear(user)
        view = self._make(user, content)
        self._stacks[user] = [view.id]
        return view

    def push(self, user: str, content: Json) -> View:
        """Lay a modal over the one on top; raises Refusal with `push_limit_reached`."""
        stack = self._stacks.get(user, [])
        if not stack:
            raise Refusal("not_found")
        if len(stack) >= STACK_LIMIT:
            raise Refusal("push_limit_reached")
        below = self._views[stack[-1]]
        view = self._make(user, content, root_id=below.root_id, previous_id=below.id)
        stack.append(view.id)
        return view

    def publish(self, user: str, content: Json, *, known_hash: str | None = None) -> View:
        """Set the Home tab of a user; raises Refusal with `hash_conflict`."""
        held = self._views.get(self._homes.get(user, ""))
        if held is None:
            view = self._make(user, content)
            self._homes[user] = view.id
            return view
        return self.update(held, content, known_hash=known_hash)

    def update(self, view: View, content: Json, *, known_hash: str | None = None) -> View:
        """Change what an open view shows; raises Refusal with `hash_conflict`."""
        if known_hash is not None and known_hash != view.hash:
            raise Refusal("hash_conflict")
        changed = replace(view, content=content, hash=self._hash(), errors={})
        self._views[view.id] = changed
        return changed

    def find(self, *, view_id: str | None, external_id: str | None) -> View:
        """The open view with that id; raises Refusal with `not_found`."""
        for view in self._views.values():
            if view_id is not None and view.id == view_id:
                return view
            if external_id and view.content.get("external_id") == external_id:
                return view
        raise Refusal("not_found")

    def refuse(self, view: View, errors: dict[str, str]) -> View:
        """Show messages next to the fields of a modal."""
        changed = replace(view, errors=errors)
        self._views[view.id] = changed
        return changed

    def close(self, view: View) -> None:
        """Take one modal off its stack."""
        self._views.pop(view.id, None)
        stack = self._stacks.get(view.user, [])
        if view.id in stack:
            stack.remove(view.id)

    def clear(self, user: str) -> None:
        """Close all modals of a user."""
        for view_id in self._stacks.pop(user, []):
            self._views.pop(view_id, None)

    def stack(self, user: str) -> list[View]:
        """The open modals of a user, the one on top last."""
        return [self._views[view_id] for view_id in self._stacks.get(user, [])]

    def home(self, user: str) -> View | None:
        """The published Home tab of a user."""
        return self._views.get(self._homes.get(user, ""))

    def _make(
        self, user: str, content: Json, *, root_id: str = "", previous_id: str | None = None
    ) -> View:
        external_id = content.get("external_id")
        if external_id and any(
            held.content.get("external_id") == external_id for held in self._views.values()
        ):
            raise Refusal("duplicate_external_id")
        view_id = f"V{next(self._numbers):08d}"
        view = View(
            id=view_id,
            user=user,
            content=content,
            hash=self._hash(),
            root_id=root_id or view_id,
            previous_id=previous_id,
        )
        self._views[view_id] = view
        return view

    def _hash(self) -> str:
        return f"{int(self._clock().timestamp())}.{next(self._numbers):08x}"

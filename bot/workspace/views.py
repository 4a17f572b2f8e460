"""Modals and Home tabs: who has what open, and which update came too late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count

from bot.workspace.block_ids import name_blocks
from bot.workspace.records import Json, Refusal, View

STACK_LIMIT = 3


class Views:
    """The views of every user, each modal after those that it lies on."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._numbers = count(1)
        self._views: dict[str, View] = {}

    def open(self, user: str, content: Json) -> View:
        """Show a modal; whatever the user had open is closed."""
        self.clear(user)
        return self._add(user, content)

    def push(self, user: str, content: Json) -> View:
        """Lay a modal over the one on top; raises Refusal with `push_limit_reached`."""
        stack = self.stack(user)
        if not stack:
            raise Refusal("not_found")
        if len(stack) >= STACK_LIMIT:
            raise Refusal("push_limit_reached")
        return self._add(user, content, below=stack[-1])

    def publish(self, user: str, content: Json, *, known_hash: str | None = None) -> View:
        """Set the Home tab of a user; raises Refusal with `hash_conflict`."""
        held = self.home(user)
        if held is None:
            return self._add(user, content)
        return self.update(held, content, known_hash=known_hash)

    def update(self, view: View, content: Json, *, known_hash: str | None = None) -> View:
        """Change what an open view shows; raises Refusal with `hash_conflict`."""
        if known_hash is not None and known_hash != view.hash:
            raise Refusal("hash_conflict")
        content, new_hash = _named(content), self._hash()
        return self._change(replace(view, content=content, hash=new_hash, errors={}))

    def find(self, view_id: str | None = None, *, external_id: str | None = None) -> View:
        """The open view with that id; raises Refusal with `not_found`."""
        for view in self._views.values():
            if view.id == view_id or (external_id and view.external_id == external_id):
                return view
        raise Refusal("not_found")

    def refuse(self, view: View, errors: dict[str, str]) -> View:
        """Show messages next to the fields of a modal."""
        return self._change(replace(view, errors=errors))

    def close(self, view: View) -> None:
        """Take one modal off its stack."""
        self._views.pop(view.id, None)

    def clear(self, user: str) -> None:
        """Close all modals of a user."""
        for view in self.stack(user):
            self.close(view)

    def stack(self, user: str) -> list[View]:
        """The open modals of a user, the one on top last."""
        return self._of(user, "modal")

    def home(self, user: str) -> View | None:
        """The published Home tab of a user."""
        return next(iter(self._of(user, "home")), None)

    def _of(self, user: str, kind: str) -> list[View]:
        return [one for one in self._views.values() if (one.user, one.type) == (user, kind)]

    def _add(self, user: str, content: Json, below: View | None = None) -> View:
        view_id = f"V{next(self._numbers):08d}"
        view = View(view_id, user, _named(content), self._hash(), root_id=view_id)
        if view.external_id in {one.external_id for one in self._views.values()} - {""}:
            raise Refusal("duplicate_external_id")
        if below is not None:
            view = replace(view, root_id=below.root_id, previous_id=below.id)
        self._views[view_id] = view
        return view

    def _change(self, view: View) -> View:
        """Show it as it is now, unless it was closed meanwhile."""
        if view.id in self._views:
            self._views[view.id] = view
        return view

    def _hash(self) -> str:
        return f"{int(self._clock().timestamp())}.{next(self._numbers):08x}"


def _named(content: Json) -> Json:
    return {**content, "blocks": list(name_blocks(content["blocks"], "view"))}

"""Takes an answer as it is being written and lets only checked claims through."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answers.claims import Claim, claims_of, finished_length
from bot.answers.verify import Checker, is_rule
from bot.languages import Catalog

NOT_FOUND = "NOT_FOUND"
# Three marks at a line's beginning open a block of code or end it.
_FENCE = re.compile(r"^[^\S\n]{0,3}```[\w+.-]{0,20}[^\S\n]{0,9}\n", re.MULTILINE)
# What Slack would take for calling somebody.
_CALL = re.compile(r"<(?=!(?:channel|here|everyone|subteam)|[@#][A-Z0-9])")
_LINE_END_SPACES = re.compile(r"(?<! ) +(?:\n|\Z)")


class Gate:
    """Between a model's stream and the reader. ``emit`` gets Markdown that may be shown.

    Code is let through, calling nobody, marked as not the paper's.
    """

    def __init__(
        self, checker: Checker, emit: Callable[[str], None] | None, *, words: Catalog
    ) -> None:
        self.has_code = False
        self.checker = checker
        self._emit = emit
        self._label = words.text("answers-code-label")
        self._waiting = ""
        self._shown: list[str] = []
        self._raw: list[str] = []
        self._prefix = ""
        self._line_begun = False
        self._in_code = False
        # A table's head and rule, held until one of its rows stands; None outside of tables.
        self._head: list[str] | None = None

    @property
    def raw(self) -> str:
        """Everything the model has written."""
        return "".join(self._raw)

    @property
    def text(self) -> str:
        """What was let through."""
        return _LINE_END_SPACES.sub("\n", "".join(self._shown)).strip()

    def feed(self, piece: str) -> None:
        """Take the next piece of the stream."""
        self._raw.append(piece)
        self._waiting += piece
        if not self._may_say_not_found():
            self._take()

    def close(self, *, whole: bool) -> None:
        """The stream has ended; a last claim that was cut off (not *whole*) is not shown."""
        if not self._may_say_not_found():
            self._waiting += "\n" if whole or self._in_code else ""
            self._take()
            if self._in_code:
                self._show("```\n")
        self._waiting = ""

    @property
    def says_not_found(self) -> bool:
        """Whether the model said that the passages don't answer."""
        return self.raw.strip().strip("*_`.\"'").upper().startswith(NOT_FOUND)

    def _may_say_not_found(self) -> bool:
        begun = self.raw.strip().strip("*_`.\"'").upper()
        return begun.startswith(NOT_FOUND) or (bool(begun) and NOT_FOUND.startswith(begun))

    def _take(self) -> None:
        """Let through what is finished of the text that waits: code by lines, prose by claims."""
        while fence := _FENCE.search(self._waiting):
            before, self._waiting = self._waiting[: fence.start()], self._waiting[fence.end() :]
            if self._in_code:
                self._show(f"{_uncalled(before)}```\n\n")
            else:
                self._let_through(before)
                self._show(f"\n\n_{self._label}_\n\n{fence.group().strip()}\n")
            self._in_code = not self._in_code
            self.has_code = True
        if self._in_code:
            length = self._waiting.rfind("\n") + 1
            self._show(_uncalled(self._waiting[:length]))
        else:
            length = finished_length(self._waiting)
            self._let_through(self._waiting[:length])
        self._waiting = self._waiting[length:]

    def _let_through(self, finished: str) -> None:
        """Show the claims that stand; a line whose claims all fell goes with its line end."""
        if not finished:
            return
        ends_line = finished.endswith("\n")
        claims = claims_of(finished.removesuffix("\n"))
        pieces: list[str] = []
        for at, claim in enumerate(claims):
            self._prefix = claim.prefix or self._prefix
            checked = self._checked(claim)
            if checked:
                pieces.append(("" if self._line_begun else self._prefix) + checked + " ")
                self._line_begun = True
            if claim.ends_line and (ends_line or at < len(claims) - 1):
                if self._line_begun or not claim.text:
                    pieces.append("\n")
                self._prefix, self._line_begun = "", False
        self._show("".join(pieces))

    def _checked(self, claim: Claim) -> str | None:
        """The claim as it is shown; a table's head comes with the first row that stands."""
        if not claim.text.startswith("|"):
            self._head = None
            return self.checker.checked(claim)
        is_head = self._head is None
        checked = self.checker.checked(replace(claim, is_head=is_head))
        if is_head or is_rule(claim.text):
            self._head = [*(self._head or []), checked or ""]
            return None
        if not checked:
            return None
        held, self._head = self._head or [], []
        return "\n".join([*held, checked])

    def _show(self, text: str) -> None:
        if not text.strip() and not self._shown:
            return
        self._shown.append(text)
        if self._emit is not None and text:
            self._emit(text)


def _uncalled(code: str) -> str:
    return _CALL.sub("‹", code)

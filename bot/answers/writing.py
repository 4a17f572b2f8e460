"""Takes an answer as it is being written and lets only checked claims through."""

import re
from collections.abc import Callable

from bot.answers.claims import claims_of, finished_length
from bot.answers.verify import Checker

NOT_FOUND = "NOT_FOUND"
_LINE_END_SPACES = re.compile(r"(?<! ) +(?:\n|\Z)")


class Gate:
    """Between a model's stream and the reader. ``emit`` gets Markdown that may be shown."""

    def __init__(self, checker: Checker, emit: Callable[[str], None] | None) -> None:
        self._checker = checker
        self._emit = emit
        self._waiting = ""
        self._shown: list[str] = []
        self._raw: list[str] = []
        self._prefix = ""
        self._line_begun = False

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
        if self._may_say_not_found():
            return
        length = finished_length(self._waiting)
        if length:
            finished, self._waiting = self._waiting[:length], self._waiting[length:]
            self._let_through(finished)

    def close(self, *, whole: bool) -> None:
        """The stream has ended; a last claim that was cut off (not *whole*) is not shown."""
        if whole and not self._may_say_not_found():
            self._let_through(self._waiting)
        self._waiting = ""

    @property
    def says_not_found(self) -> bool:
        """Whether the model said that the passages don't answer."""
        return self.raw.strip().strip("*_`.\"'").upper().startswith(NOT_FOUND)

    def _may_say_not_found(self) -> bool:
        begun = self.raw.strip().strip("*_`.\"'").upper()
        return begun.startswith(NOT_FOUND) or (bool(begun) and NOT_FOUND.startswith(begun))

    def _let_through(self, finished: str) -> None:
        """Show the claims that stand; a line whose claims all fell goes with its line end."""
        ends_line = finished.endswith("\n")
        claims = claims_of(finished.removesuffix("\n"))
        pieces: list[str] = []
        for at, claim in enumerate(claims):
            self._prefix = claim.prefix or self._prefix
            checked = self._checker.checked(claim)
            if checked:
                pieces.append(("" if self._line_begun else self._prefix) + checked + " ")
                self._line_begun = True
            if claim.ends_line and (ends_line or at < len(claims) - 1):
                if self._line_begun or not claim.text:
                    pieces.append("\n")
                self._prefix, self._line_begun = "", False
        self._show("".join(pieces))

    def _show(self, text: str) -> None:
        if not text.strip() and not self._shown:
            return
        self._shown.append(text)
        if self._emit is not None and text:
            self._emit(text)

"""What a model wrote for its reader: without thoughts and without the tokens of its template.

Servers should take both out, and often don't. Marks are told by their form, since every model has
its own: ``<think>``, ``[/THINK]``, ``<|im_end|>``, ``<|channel|>analysis<|message|>``.
"""

import re

from bot.model.faults import UnusableAnswerError

_LONGEST_MARK = 48
_LONGEST_HEADER = 40
_LONGEST_BETWEEN = 30
_BARS = "|｜"
_NAME = rf"[{_BARS}]?/?[^\W\d][\w▁:.-]{{0,{_LONGEST_MARK - 8}}}[{_BARS}]?"
_MORE = rf" [^<>\[\]◁▷]{{0,{_LONGEST_MARK}}}"
_MARK = re.compile(rf"[<\[◁](?P<inner>{_NAME})(?P<more>{_MORE})?[>\]▷]")
_MARK_BEGUN = re.compile(rf"[<\[◁](?:[^\s<>\[\]◁▷]{{0,{_LONGEST_MARK}}}|{_NAME}{_MORE})\Z")
_THOUGHTS = ("think", "thought", "reason", "reflection", "analysis", "scratchpad")
_ANSWER = ("answer", "finalanswer", "final", "output", "response", "solution")
_HEADERS = ("channel", "start", "imstart", "startheaderid", "startofturn")
_BARE_TOKENS = ("s", "bos", "eos", "pad", "unk", "inst", "startofturn", "endofturn")
# Thoughts don't begin like an object, whose texts may well speak of marks.
_OBJECT = ("{", "```")
# A quoted mark is mentioned, not used.
_QUOTES = "`“‘"


class VisibleText:
    """Takes a text piece by piece and gives back what may be shown of it.

    Some models write their thoughts first, and mark only their end. When *held*, nothing is given
    back before such a mark or the end of the text, since it may all be thoughts.
    """

    def __init__(self, *, held: bool) -> None:
        self.is_held = held
        self.has_thoughts = False
        self.lacks_opening = False
        self._buffer = ""
        self._last = ""
        self._header: tuple[str, str] | None = None
        self._in_thoughts = False
        self._opened_by = ""
        self._named_at = 0
        self._ended = False
        self._written: list[str] = []
        self._given = 0

    @property
    def text(self) -> str:
        """All that is visible so far."""
        return "".join(self._written)

    @property
    def has_given(self) -> bool:
        """Whether anything was given back before the end."""
        return self._given > 0

    def feed(self, text: str) -> str:
        """Take the next piece; gives what may be shown now, often nothing.

        Raises:
            UnusableAnswerError: what was given before turns out to be thoughts.
        """
        self._buffer += text
        self._scan()
        begun = _MARK_BEGUN.search(self._buffer)
        self._add(self._buffer[: begun.start()] if begun else self._buffer)
        self._buffer = self._buffer[begun.start() :] if begun else ""
        return "" if self.is_held else self._fresh()

    def thoughts_elsewhere(self) -> None:
        """The server gives the thoughts apart, so that the text is the answer itself."""
        self.has_thoughts, self.is_held = True, False

    def close(self) -> str:
        """The text has ended; gives the rest."""
        self._scan()
        self._add(self._buffer)
        self._buffer, self._header = "", None
        return "".join(self._written[self._given :])

    def _scan(self) -> None:
        at = 0
        for mark in _MARK.finditer(self._buffer):
            self._add(self._buffer[at : mark.start()])
            self._act(mark[0], mark["inner"], mark["more"] or "")
            at = mark.end()
        self._buffer = self._buffer[at:]

    def _act(self, mark: str, inner: str, more: str) -> None:
        self._end_header()
        name = _letters(inner)
        has_bars = inner[0] in _BARS or inner[-1] in _BARS
        # <|channel> opens and <channel|> closes in some templates.
        closes = "/" in inner or name.startswith("end") or (has_bars and inner[0] not in _BARS)
        if self._is_spoken_of(mark, name, has_bars=has_bars):
            self._add(mark)
        elif self._is_of_thoughts(name, _letters(more), closes=closes):
            self._turn(mark, name, closes=closes)
        elif has_bars or name in _BARE_TOKENS:
            self._token(name)
        elif name not in _ANSWER or (self._is_begun and not closes):
            self._add(mark)

    def _is_spoken_of(self, mark: str, name: str, *, has_bars: bool) -> bool:
        quoted = self._last != "" and self._last in _QUOTES
        is_plain = mark[0] == "[" and not has_bars
        return quoted or (is_plain and name not in ("think", "inst"))

    def _is_of_thoughts(self, name: str, more: str, *, closes: bool) -> bool:
        ends = closes and self._in_thoughts and name in ("channel", self._opened_by)
        return ends or any(word in name + more for word in _THOUGHTS)

    def _turn(self, mark: str, name: str, *, closes: bool) -> None:
        """Thoughts begin or end."""
        if closes and self._was_just_named:
            self._add(mark)
        elif closes and not self._in_thoughts and not self.text.startswith(_OBJECT):
            if not self.has_thoughts:
                self._disown()
        elif closes != self._in_thoughts or (self._is_begun and not closes):
            self._add(mark)
            self._named_at = len(self.text)
        else:
            self._in_thoughts, self.has_thoughts = not closes, True
            self._opened_by = name
            self.is_held = self.is_held and not closes

    @property
    def _was_just_named(self) -> bool:
        """Whether the text spoke of the opening mark, as it may of "<think> and </think>"."""
        return self._named_at > 0 and len(self.text) - self._named_at <= _LONGEST_BETWEEN

    def _disown(self) -> None:
        """All that was written before this mark were thoughts."""
        self.has_thoughts = self.lacks_opening = True
        self.is_held = False
        if self.has_given:
            raise UnusableAnswerError("thoughts-shown")
        self._written.clear()

    def _token(self, name: str) -> None:
        """A token of the template: it may stand before the answer; after it, it is the end."""
        if name in _HEADERS:
            self._header = (name, "")
        self._ended = self._ended or (self._is_begun and not self._in_thoughts)

    def _end_header(self) -> None:
        """The word after a header's token says whose turn begins, or what is in the channel."""
        name, word = self._header or ("", "")
        self._header = None
        if name == "channel":
            self._in_thoughts = not word.strip().startswith("final")
            self.has_thoughts |= self._in_thoughts

    def _add(self, text: str) -> None:
        if self._header is not None:
            text = self._after_header(text)
        self._last = text[-1:] or self._last
        if self._in_thoughts or self._ended:
            return
        text = text if self._is_begun else text.lstrip()
        if text:
            self._written.append(text)

    def _after_header(self, text: str) -> str:
        name, word = self._header or ("", "")
        head, line_end, rest = text.partition("\n")
        if len(word) + len(head) > _LONGEST_HEADER:
            self._header = None
            return word + text
        self._header = (name, word + head)
        if line_end:
            self._end_header()
        return rest

    @property
    def _is_begun(self) -> bool:
        return bool(self._written)

    def _fresh(self) -> str:
        fresh = "".join(self._written[self._given :])
        self._given = len(self._written)
        return fresh


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).lower()

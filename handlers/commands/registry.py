"""Finding subcommands: as files, by word, and by the word somebody meant."""

from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz, process

from bot.languages import catalog
from bot.plugins import found_in
from bot.slack.blocks import Message, actions, button, plain_message, truncate
from bot.slack.blocks.ids import ActionId, make_value
from handlers.commands.base import Command, Reply, Request

NEAR_ENOUGH = 60
SHOWN_WORD = 60
MOST_VALUE = 1500
_MOST_WORDS = 3


class Commands:
    """All subcommands by every word that names them."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self.all = tuple(sorted(commands, key=lambda one: (one.order, one.name)))
        self._by_word: dict[str, Command] = {}
        for command in self.all:
            for word in (command.name, *command.aliases):
                if word in self._by_word:
                    raise ValueError(f"two subcommands answer to {word}")
                self._by_word[word] = command

    def find(self, word: str) -> Command | None:
        """The subcommand that *word* names, in any case."""
        return self._by_word.get(word.lower())

    def read(self, text: str) -> tuple[Command, str] | None:
        """The subcommand that *text* begins with, which may be written in several words, and what
        follows it."""
        words = text.split(" ")
        for count in range(min(_MOST_WORDS, len(words)), 0, -1):
            command = self.find("".join(words[:count]))
            if command is not None:
                return command, " ".join(words[count:])
        return None

    def nearest(self, word: str) -> str | None:
        """The known word that *word* was probably meant to be."""
        found = process.extractOne(
            word.lower(), list(self._by_word), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH
        )
        return None if found is None else str(found[0])

    def unknown(self, request: Request) -> Reply:
        """What to say to a word that names nothing: the nearest one, as a button."""
        typed, _, rest = request.text.partition(" ")
        words = catalog(request.language)
        near = self.nearest(typed)
        meant = f"{near} {rest}".strip() if near else f"search {request.text}"
        text = words.text(
            "commands-nearest" if near else "commands-unknown",
            typed=truncate(typed, SHOWN_WORD),
            meant=truncate(meant, SHOWN_WORD),
        )
        message = plain_message(text)
        if len(meant) > MOST_VALUE:
            return Reply((message,))
        run = button(f"/papers {meant}", ActionId.SEARCH_SUGGESTION, make_value({"run": meant}))
        return Reply((Message(message.text, (*message.blocks, actions(run))),))


@cache
def discover() -> Commands:
    """Every module of this package that is a subcommand."""
    return Commands(found_in("handlers.commands", "COMMAND"))

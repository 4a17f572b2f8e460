"""Every surface as plain text, Korean and English side by side, to be read by a person.

``python -m tests.screens [--papers 3] [--width 76] [NAME…]`` prints those whose name holds one
of the words given, or all; ``--once`` leaves out lines that were printed before.
"""

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import Any
from unicodedata import east_asian_width

from bot.languages import LANGUAGES
from bot.slack.blocks import Message, truncate
from storage import open_storage
from tests.surfaces import SURFACES, stock

Shown = Message | Mapping[str, Any]
LONGEST_LINE = 400
# Where Block Kit keeps what people read.
WORDS = ("text", "title", "label", "hint", "placeholder", "alt_text", "submit", "close", "markdown")


def lines_of(shown: Shown) -> list[str]:
    """All words of a message or view, in the order in which they are read."""
    return list(_words({"blocks": shown.blocks} if isinstance(shown, Message) else shown))


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, held in part.items():
            if isinstance(held, str):
                yield from held.split("\n") if name in WORDS else ()
            else:
                yield from _words(held)
    elif isinstance(part, Sequence) and not isinstance(part, str):
        for one in part:
            yield from _words(one)


def side_by_side(left: Sequence[str], right: Sequence[str], width: int) -> Iterator[str]:
    """Two columns of *width* places each."""
    columns = ([piece for line in side for piece in _folded(line, width)] for side in (left, right))
    for one, other in zip_longest(*columns, fillvalue=""):
        yield f"{one}{' ' * (width - _places(one))} │ {other}"


def _folded(line: str, width: int) -> list[str]:
    line = truncate(line, LONGEST_LINE)
    wide = _places(line) > len(line) * 1.3
    return wrap(line, width // 2 if wide else width) or [""]


def _places(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def _fresh(lines: list[str], seen: set[str]) -> list[str]:
    fresh = [line for line in dict.fromkeys(lines) if line not in seen]
    seen.update(fresh)
    return fresh


def screens(papers: int, names: Sequence[str], *, width: int, once: bool) -> Iterator[str]:
    """The lines to print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_storage(Path(folder) / "s.db")) as storage,
    ):
        held = stock(storage, papers, (), None)
        seen: tuple[set[str], set[str]] = (set(), set())
        for name, (draw, _) in SURFACES.items():
            if names and not any(one in name for one in names):
                continue
            yield f"\n━━ {name} ━━"
            for pair in zip_longest(*(list(draw(held, one)) for one in LANGUAGES)):
                sides = [[] if one is None else lines_of(one) for one in pair]
                if once:
                    sides = [_fresh(side, known) for side, known in zip(sides, seen, strict=True)]
                if any(sides):
                    yield "─" * (2 * width + 3)
                    yield from side_by_side(sides[0], sides[1], width)
        held.room.actions.listings.close()


def main() -> None:
    """Print the screens."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--papers", type=int, default=3)
    parser.add_argument("--width", type=int, default=76)
    parser.add_argument("--once", action="store_true")
    given = parser.parse_args()
    for line in screens(given.papers, given.names, width=given.width, once=given.once):
        print(line)


if __name__ == "__main__":
    main()

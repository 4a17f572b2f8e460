"""Text in columns of a terminal, where a Korean letter takes two. Pure functions."""

import unicodedata


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(_char(char) for char in text)


def _char(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled with spaces to that many columns."""
    gap = " " * max(columns - width(text), 0)
    return gap + text if right else text + gap


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most that many columns, broken at spaces, or inside long words."""
    lines = [""]
    for word in text.split():
        gap = " " if lines[-1] else ""
        if width(lines[-1] + gap + word) <= columns:
            lines[-1] += gap + word
            continue
        pieces = _cut(word, columns)
        lines = lines + pieces if lines[-1] else pieces
    return lines


def _cut(word: str, columns: int) -> list[str]:
    pieces, piece, used = [], "", 0
    for char in word:
        if used + _char(char) > columns and piece:
            pieces.append(piece)
            piece, used = "", 0
        piece += char
        used += _char(char)
    return [*pieces, piece]

"""The styles as Markdown: one file a style, found by its module constant ``FORMAT``."""

from bot.archive.markdown.base import Format, Parsed, Problem
from bot.archive.markdown.found import UnknownFormatError, parse_file, render

__all__ = ["Format", "Parsed", "Problem", "UnknownFormatError", "parse_file", "render"]

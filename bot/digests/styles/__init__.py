"""How a digest looks: one file a style, found by its module constant ``STYLE``.

A style only decides what a paper shows; the frame around the papers (headline, notices, the rest
by title, the maker) is the same for all and stands in :mod:`bot.digests.render`.
"""

from bot.digests.styles.base import Style
from bot.digests.styles.found import UnknownStyleError, daily_styles, style, style_names

__all__ = ["Style", "UnknownStyleError", "daily_styles", "style", "style_names"]

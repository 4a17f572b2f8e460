"""Text itself, whatever it is about.

``normal`` is the door: whatever comes from outside passes it once, where it comes in (Slack's
payloads, the command line, sources, full texts, archives, a model's answers), before any pattern
or index sees it.
"""

from bot.text.normal import LONGEST, each_text, folded, normalised, normalised_pieces, one_line

__all__ = ["LONGEST", "each_text", "folded", "normalised", "normalised_pieces", "one_line"]

"""English words typed into a search."""

from bot.languages.language import Searching

SEARCHING = Searching(saved="saved", mine="me|mine", code="code")

"""English."""

from bot.languages.language import Language

LANGUAGE = Language(code="en", written="English", letters="A-Za-z")

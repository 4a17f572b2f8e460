"""The bundled day: real papers of 2025-03-19, for a first look without network.

Ids, titles, authors, votes, dates and links are facts of that day's listing; the descriptions in
English and Korean are Paperboy's own words. They stand where abstracts otherwise stand. One paper
is retold whole, section by section and with the pages of its PDF, so that answers can be tried.
"""

from bot.sample.load import load_sample, sample_day

__all__ = ["load_sample", "sample_day"]

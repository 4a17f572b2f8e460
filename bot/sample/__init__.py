"""The bundled day: real papers of 2025-03-19, for a first look without network.

Ids, titles, authors, votes, dates and links are facts of that day's listing; the descriptions in
English and Korean are Paperboy's own words. They stand where abstracts otherwise stand.
"""

from bot.sample.load import load_sample, sample_day

__all__ = ["load_sample", "sample_day"]

"""Markdown archives: digests of every style out to files, and whole folders of them in again.

Between a file and the database stands :class:`storage.ArchiveDigest`, which holds what one digest
says and nothing of how it is written; each file in :mod:`bot.archive.markdown` reads and writes
one style. What is written here reads back as the same record. Lists of papers also go out as
BibTeX, CSL-JSON and Markdown.
"""

from bot.archive.citations import LISTS, bibtex, csl_json
from bot.archive.content import archive_of
from bot.archive.exporter import STYLES, Exporter
from bot.archive.importer import Importer, merge_identified
from bot.archive.lookup import TitleLookup, TitleSearch
from bot.archive.markdown import parse_file, render
from bot.archive.reading import archive_files
from bot.archive.report import DigestRead, ImportReport, Remark

__all__ = [
    "LISTS",
    "STYLES",
    "DigestRead",
    "Exporter",
    "ImportReport",
    "Importer",
    "Remark",
    "TitleLookup",
    "TitleSearch",
    "archive_files",
    "archive_of",
    "bibtex",
    "csl_json",
    "merge_identified",
    "parse_file",
    "render",
]

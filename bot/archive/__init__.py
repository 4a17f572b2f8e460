"""Markdown archives: digests of every style out to files, and whole folders of them in again.

A file's text becomes papers with facts, parts that go by a name, and free text
(:mod:`bot.archive.reader`); between it and the database stands :class:`storage.ArchiveDigest`.
What an export writes reads back as the same record, and an imported file goes out as it came.
"""

from bot.archive.content import archive_of
from bot.archive.exporter import Exporter
from bot.archive.files import archive_files
from bot.archive.importer import Importer, merge_identified
from bot.archive.reader import NoPapersError, parse_file
from bot.archive.report import DigestRead, ImportReport, Remark
from bot.archive.titles import TitleLookup, TitleSearch
from bot.archive.writer import STYLES, render

__all__ = [
    "STYLES",
    "DigestRead",
    "Exporter",
    "ImportReport",
    "Importer",
    "NoPapersError",
    "Remark",
    "TitleLookup",
    "TitleSearch",
    "archive_files",
    "archive_of",
    "merge_identified",
    "parse_file",
    "render",
]

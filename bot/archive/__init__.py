"""Markdown archives: digests of every style out to files, and whole folders of them in again.

Between a file and the database stands :class:`storage.ArchiveDigest`, which holds what one digest
says and nothing of how it is written; each file in :mod:`bot.archive.markdown` reads and writes
one style. What is written here reads back as the same record.
"""

from bot.archive.content import archive_of
from bot.archive.exporter import Exporter
from bot.archive.importer import Importer
from bot.archive.markdown import parse_file, render
from bot.archive.report import ImportReport

__all__ = ["Exporter", "ImportReport", "Importer", "archive_of", "parse_file", "render"]

"""Markdown archives: digests of every style out to files, and whole folders of them in again.

A file's text becomes papers with facts, parts that go by a name, and free text
(:mod:`bot.archive.reader`); between it and the database stands :class:`storage.ArchiveDigest`.
What an export writes reads back as the same record, and an imported file goes out as it came.
"""

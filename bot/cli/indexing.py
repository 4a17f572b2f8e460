"""Adds papers to the search index while somebody waits."""

from collections.abc import Sequence

from bot.cli.context import CommandContext

_AT_ONCE = 200


def add_to_index(context: CommandContext, paper_ids: Sequence[str]) -> None:
    """Index papers, with a progress bar."""
    if not paper_ids:
        return
    index = context.index
    with context.progress("archive-indexing", length=len(paper_ids)) as bar:
        for start in range(0, len(paper_ids), _AT_ONCE):
            batch = paper_ids[start : start + _AT_ONCE]
            index.index(batch)
            bar.update(len(batch))

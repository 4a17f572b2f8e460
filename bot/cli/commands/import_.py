"""``paperboy import``: Markdown archives into the database."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from bot.archive import Importer, ImportReport, Remark, TitleLookup, archive_files
from bot.cli.context import CommandContext, pass_context
from bot.clock import utc_now

_INDEXED_AT_ONCE = 200
_SHOWN = 20


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…"
)
@click.option("--dry-run", is_flag=True, help="Tell what would happen and store nothing.")
@click.option("--offline", is_flag=True, help="Look no title up at Hugging Face and arXiv.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@pass_context
def COMMAND(
    context: CommandContext,
    paths: tuple[Path, ...],
    dry_run: bool,
    offline: bool,
    as_json: bool,
) -> int:
    """Take in files, folders and Git checkouts of Markdown digests of any style.

    Importing the same again changes nothing; a newer version of a digest takes the older one's
    place. A paper without id or link is looked up by its title, first in the archive, then at the
    sources; one that nobody knows is kept under its title and listed.
    """
    files = list(archive_files(paths))
    services = context.services
    lookup = None if offline else TitleLookup(services.title_searches)
    importer = Importer(services.storage, utc_now, find_title=lookup)
    with context.progress("archive-importing", length=len(files)) as bar:
        report = importer.run(
            files, dry_run=dry_run, progress=lambda _done, _of, _path: bar.update(1)
        )
    if not dry_run:
        # An import that was interrupted left papers to index, too.
        _index(context, list(dict.fromkeys([*report.paper_ids, *services.index.missing()])))
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
    else:
        _tell(context, report)
    return 0 if report.digests else 1


def _index(context: CommandContext, paper_ids: Sequence[str]) -> None:
    with context.progress("archive-indexing", length=len(paper_ids)) as bar:
        for start in range(0, len(paper_ids), _INDEXED_AT_ONCE):
            batch = paper_ids[start : start + _INDEXED_AT_ONCE]
            context.services.index.index(batch)
            bar.update(len(batch))


def _tell(context: CommandContext, report: ImportReport) -> None:
    for digest in report.digests:
        contents = ", ".join(f"{word} {number}" for word, number in digest.contents.items())
        click.echo(f"{digest.style} {digest.period} [{digest.state}] {digest.file}: {contents}")
    counts = report.counts
    click.echo(
        context.words(
            "archive-dry-run" if report.dry_run else "archive-imported",
            files=counts["files"],
            papers=counts["entries"],
            new=counts["digests_new"],
            updated=counts["digests_updated"],
            unchanged=counts["digests_unchanged"],
        )
    )
    if counts["not_asked"]:
        click.echo(context.words("archive-not-asked", count=counts["not_asked"]))
    _list(context, "archive-unidentified", report.unidentified)
    _list(context, "archive-unclear", report.unclear)
    _list(context, "archive-skipped", report.skipped)


def _list(context: CommandContext, message_id: str, remarks: Sequence[Remark]) -> None:
    if not remarks:
        return
    click.echo(context.words(message_id, count=len(remarks)))
    for remark in remarks[:_SHOWN]:
        click.echo(f"  {remark}")
    if len(remarks) > _SHOWN:
        click.echo("  " + context.words("archive-more", count=len(remarks) - _SHOWN))

"""``paperboy import``: Markdown archives into the database."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.cli.indexing import add_to_index
from bot.clock import utc_now
from bot.errors import InputError
from bot.text import one_line

if TYPE_CHECKING:
    from bot.archive.report import DigestRead, ImportReport, Remark

_SHOWN, _LONGEST_LINE = 20, 300


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…"
)
@click.option("--dry-run", is_flag=True)
@click.option("--offline", is_flag=True)
@click.option(
    "--year",
    type=click.IntRange(1990, 2100),
)
@click.option("--json", "as_json", is_flag=True)
@pass_context
def COMMAND(
    context: CommandContext,
    paths: tuple[Path, ...],
    dry_run: bool,
    offline: bool,
    year: int | None,
    as_json: bool,
) -> int:
    from bot.archive.files import archive_files
    from bot.archive.importer import Importer
    from bot.archive.titles import TitleLookup

    files = sum(1 for _ in archive_files(paths))
    if not files and not as_json:
        named = ", ".join(map(str, paths))
        raise InputError(f"no files in {named}", message_id="cli-nothing-to-import", paths=named)
    lookup = None if offline else TitleLookup(context.services.title_searches)
    importer = Importer(context.team_storage, utc_now, find_title=lookup)
    began = told = time.monotonic()
    with context.progress("archive-importing", length=files) as bar:

        def tell(done: int, of: int, _file: object, papers: int) -> None:
            nonlocal told
            now = time.monotonic()
            if papers and (
                now - told >= 1 or done == of
            ):  # without a terminal each label is a line
                told, rate = now, papers / max(0.001, now - began)
                bar.label = context.words("archive-importing-rate", papers=papers, rate=round(rate))
            bar.update(1)

        report = importer.run(paths, dry_run=dry_run, year=year, progress=tell)
    if not dry_run:
        # An import that was interrupted left papers to index, too.
        add_to_index(context, list(dict.fromkeys([*report.paper_ids, *context.index.missing()])))
    if as_json:
        click.echo(json.dumps(report.to_json(context.catalog), ensure_ascii=False, indent=1))
    else:
        _tell(context, report)
    return 0 if report.digests else 1


def _tell(context: CommandContext, report: "ImportReport") -> None:
    for digest in report.digests:
        click.echo(_digest_line(context, digest))
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
    _list(context, "archive-kept-texts", report.kept)
    _list(context, "archive-unclear", report.unclear)
    _list(context, "archive-asked", report.asked)
    _list(context, "archive-skipped", report.skipped)


def _digest_line(context: CommandContext, digest: "DigestRead") -> str:
    contents = ", ".join(
        context.words(f"archive-count-{word.replace('_', '-')}", count=number)
        for word, number in digest.contents.items()
    )
    state = context.words(f"archive-state-{digest.state}")
    return f"{digest.style} {digest.period} [{state}] {digest.file}: {contents}"


def _list(context: CommandContext, message_id: str, remarks: "Sequence[Remark]") -> None:
    from bot.slack.blocks import truncate

    if not remarks:
        return
    click.echo(context.words(message_id, count=len(remarks)))
    for remark in remarks[:_SHOWN]:
        click.echo("  " + truncate(one_line(remark.line_in(context.catalog)), _LONGEST_LINE))
    if len(remarks) > _SHOWN:
        click.echo("  " + context.words("archive-more", count=len(remarks) - _SHOWN))

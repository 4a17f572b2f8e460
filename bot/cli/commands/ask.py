"""``paperboy ask``: a question about a paper without Slack."""

import json
from functools import partial
from typing import TYPE_CHECKING

import click

from bot.cli.context import CommandContext, pass_context
from bot.errors import InputError, UnknownPaperError
from bot.languages import Catalog, catalog, language_of_text
from bot.text import one_line

if TYPE_CHECKING:
    from bot.answers import Answer


@click.command("ask")
@click.argument("paper", type=one_line)
@click.argument("question", type=one_line)
@click.option("--json", "as_json", is_flag=True)
@pass_context
def COMMAND(context: CommandContext, paper: str, question: str, as_json: bool) -> None:
    from bot.answers import Ask

    if not question.strip():
        raise InputError("empty question", message_id="cli-empty-question")
    services = context.services
    try:
        found = services.papers_by_name.find(context.settings.channel or "", paper)
    except UnknownPaperError as error:
        if services.storage.counts("papers")["papers"]:
            raise
        raise InputError("no papers", message_id="cli-empty-archive") from error
    language = language_of_text(question, default=context.settings.first_language)
    told = None if as_json else partial(click.echo, err=True)
    answer = services.answers.answer(Ask(question, (found.id,), language), on_status=told)
    if not as_json and paper not in (found.id, found.title):
        click.echo(f"{found.title} ({found.id})\n")
    click.echo(_json(answer) if as_json else _text(answer, catalog(language)))


def _json(answer: "Answer") -> str:
    return json.dumps(
        {
            "answer": answer.text,
            "found": answer.found,
            "maker": answer.maker,
            "citations": [
                {"section": one.section, "quote": one.quote, "url": one.url}
                for one in answer.citations
            ],
        },
        ensure_ascii=False,
    )


def _text(answer: "Answer", words: Catalog) -> str:
    from bot.answers import notes_of

    sources = [f"[{c.number}] {c.section} {c.url}\n    {c.quote}" for c in answer.citations]
    return "\n".join([answer.text, "", *sources, *notes_of(answer, words)])

"""``paperboy ask``: a question about a paper without Slack."""

import json

import click

from bot.answers import Answer, Ask
from bot.cli.context import CommandContext, pass_context
from bot.errors import InputError, UnknownPaperError
from bot.languages import language_of_text
from bot.sources.ids import arxiv_id
from bot.text import one_line


@click.command("ask")
@click.argument("paper", type=one_line)
@click.argument("question", type=one_line)
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@pass_context
def COMMAND(context: CommandContext, paper: str, question: str, as_json: bool) -> None:
    """Ask QUESTION about PAPER (an arXiv id or link)."""
    if not question.strip():
        raise InputError("empty question", message_id="cli-empty-question")
    services = context.services
    found = services.collector.ensure_papers([arxiv_id(paper) or paper])
    if not found:
        raise UnknownPaperError(f"unknown paper {paper}", paper=paper)
    language = language_of_text(question, default=context.settings.first_language)
    answer = services.answers.answer(Ask(question, (found[0].id,), language))
    click.echo(_json(answer) if as_json else _text(answer))


def _json(answer: Answer) -> str:
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


def _text(answer: Answer) -> str:
    sources = [f"[{c.number}] {c.section} {c.url}\n    {c.quote}" for c in answer.citations]
    return "\n".join([answer.text, "", *sources, f"({answer.maker})"])

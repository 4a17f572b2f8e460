"""``weekly``: the week's trends from counts, then its papers with an introduction in every
language and the abstract folded away."""

from bot.digests.chart import chart_block, chart_of, trend_name
from bot.digests.content import DigestContent, DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.paper_text import linked_title, sentences
from bot.digests.styles.base import Style, heading, sentence_lines
from bot.digests.trends import Trend
from bot.languages import Catalog, catalog
from bot.slack.blocks import Block, context, divider, section
from bot.slack.blocks.pages import Piece
from bot.slack.blocks.text import bold, prose
from storage import Summary

_PAPERS_BEHIND = 3
_BULLETS = 6
_TELLING = 80


def trend_sentence(trend: Trend, words: Catalog) -> str:
    """The counts behind a trend."""
    return words.text(
        "digests-trend",
        count=trend.counts[-1],
        total=trend.totals[-1],
        share=round(100 * trend.share),
        earlier=round(100 * trend.earlier_share),
        weeks=len(trend.counts) - 1,
    )


def introduction(summary: Summary) -> tuple[str, ...]:
    """The bullets that introduce a paper; the highlights where there is no introduction."""
    return summary.introduction or tuple(one.text for one in summary.highlights if one.text)


def _lead(content: DigestContent, l10n: Localisation, rich: bool) -> list[Piece]:
    if not content.trends:
        line = l10n.text("digests-no-trends", joint="\n")
        return [Piece((section(line),), ((line, ""),))]
    head = l10n.text("digests-trends")
    pieces = [Piece((section(f"*{head}*"),), ((head, ""),))]
    pieces += [_trend(trend, l10n) for trend in content.trends]
    chart = chart_of(content) if rich else None
    return pieces if chart is None else [*pieces, Piece((chart_block(chart),))]


def _trend(trend: Trend, l10n: Localisation) -> Piece:
    names = " / ".join(dict.fromkeys(trend_name(trend, words) for words in l10n.catalogs))
    told = "\n".join(trend_sentence(trend, words) for words in l10n.catalogs)
    behind = [f"•  {linked_title(paper)}" for paper in trend.papers[:_PAPERS_BEHIND]]
    titles = "; ".join(paper.title for paper in trend.papers[:_PAPERS_BEHIND])
    text = "\n".join([bold(names), told, *behind])
    return Piece((section(text),), ((names, f"{told} {titles}"),))


def _entry(entry: DigestEntry, l10n: Localisation, rich: bool) -> list[Block]:
    blocks = [divider(), heading(entry, l10n, below=sentence_lines(entry))]
    told = {_beginning(one) for one in sentences(entry)}
    for summary in entry.summaries:
        fresh = [one for one in introduction(summary) if _beginning(one) not in told]
        if fresh:
            bullets = [f"•  {prose(one, 300)}" for one in fresh[:_BULLETS]]
            blocks.append(section("\n".join(bullets)))
        # Sentences chosen from an English paper are the same in every language.
        told.update(map(_beginning, fresh))
    abstract = _abstract(entry, l10n, rich)
    return [*blocks, abstract] if abstract else blocks


def _beginning(sentence: str) -> str:
    """What tells a sentence from others, whether it was shortened or not."""
    return sentence[:_TELLING]


def _abstract(entry: DigestEntry, l10n: Localisation, rich: bool) -> Block | None:
    if not entry.abstract:
        return None
    if not rich:
        return context(l10n.text("digests-abstract-in-thread", joint="\n"))
    label = catalog(l10n.languages[0]).text("digests-card-abstract")
    texts = dict.fromkeys((entry.abstract, entry.paper.abstract))
    return {
        "type": "container",
        "title": {"type": "plain_text", "text": label},
        "child_blocks": [section(prose(one, 2500)) for one in texts if one],
        "is_collapsible": True,
        "default_collapsed": True,
    }


STYLE = Style(name="weekly", entry=_entry, lead=_lead, daily=False)

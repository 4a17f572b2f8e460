"""``weekly``: the week's trends from counts, then its papers with an introduction in both
languages and the abstract folded away."""

from bot.digests.chart import chart_block, chart_of, trend_name
from bot.digests.content import DigestContent, DigestEntry
from bot.digests.lines import linked_title, sentences
from bot.digests.styles.base import Style
from bot.digests.styles.parts import heading, sentence_lines
from bot.digests.trends import Trend
from bot.digests.voice import Voice
from bot.languages import Catalog, catalog
from bot.slack.blocks import Block, context, divider, section
from bot.slack.blocks.pages import Piece
from bot.slack.blocks.prose import prose
from bot.slack.blocks.text import bold
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


def _lead(content: DigestContent, voice: Voice, rich: bool) -> list[Piece]:
    if not content.trends:
        line = voice.say("digests-no-trends", joint="\n")
        return [Piece((section(line),), ((line, ""),))]
    head = voice.say("digests-trends")
    pieces = [Piece((section(f"*{head}*"),), ((head, ""),))]
    pieces += [_trend(trend, voice) for trend in content.trends]
    chart = chart_of(content) if rich else None
    return pieces if chart is None else [*pieces, Piece((chart_block(chart),))]


def _trend(trend: Trend, voice: Voice) -> Piece:
    names = " / ".join(dict.fromkeys(trend_name(trend, words) for words in voice.catalogs))
    told = "\n".join(trend_sentence(trend, words) for words in voice.catalogs)
    behind = [f"•  {linked_title(paper)}" for paper in trend.papers[:_PAPERS_BEHIND]]
    titles = "; ".join(paper.title for paper in trend.papers[:_PAPERS_BEHIND])
    text = "\n".join([bold(names), told, *behind])
    return Piece((section(text),), ((names, f"{told} {titles}"),))


def _entry(entry: DigestEntry, voice: Voice, rich: bool) -> list[Block]:
    blocks = [divider(), heading(entry, voice, below=sentence_lines(entry))]
    told = {_beginning(one) for one in sentences(entry)}
    for summary in entry.summaries:
        fresh = [one for one in introduction(summary) if _beginning(one) not in told]
        if fresh:
            bullets = [f"•  {prose(one, 300)}" for one in fresh[:_BULLETS]]
            blocks.append(section("\n".join(bullets)))
        # Sentences chosen from an English paper are the same in both languages.
        told.update(map(_beginning, fresh))
    abstract = _abstract(entry, voice, rich)
    return [*blocks, abstract] if abstract else blocks


def _beginning(sentence: str) -> str:
    """What tells a sentence from others, whether it was shortened or not."""
    return sentence[:_TELLING]


def _abstract(entry: DigestEntry, voice: Voice, rich: bool) -> Block | None:
    if not entry.abstract:
        return None
    if not rich:
        return context(voice.say("digests-abstract-in-thread", joint="\n"))
    label = catalog(voice.languages[0]).text("digests-card-abstract")
    texts = dict.fromkeys((entry.abstract, entry.paper.abstract))
    return {
        "type": "container",
        "title": {"type": "plain_text", "text": label},
        "child_blocks": [section(prose(one, 2500)) for one in texts if one],
        "is_collapsible": True,
        "default_collapsed": True,
    }


STYLE = Style(name="weekly", entry=_entry, lead=_lead, daily=False)

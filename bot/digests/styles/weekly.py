"""``weekly``: one message with the week told and counted and a sentence a paper; in its thread the
highlights of each paper."""

from collections.abc import Iterator
from dataclasses import replace

from bot.digests.chart import chart_block, chart_of, trend_name
from bot.digests.content import Claim, DigestContent, DigestEntry
from bot.digests.links import abstract_url
from bot.digests.localisation import Localisation
from bot.digests.paper_text import linked_title, plain_title, shown_title, title_line
from bot.digests.styles.base import Style, highlight_lines, without_repeats
from bot.digests.trends import Trend
from bot.languages import Catalog
from bot.slack.blocks import context, section
from bot.slack.blocks.pages import Piece
from bot.slack.blocks.text import bold, link, prose, truncate

_PAPERS_BEHIND = 3
_SHORT_NAME, _SENTENCE = 40, 600


def trend_sentence(trend: Trend, words: Catalog) -> str:
    """The counts behind a trend, beside those of the weeks before where there are any."""
    return words.text(
        "digests-trend" if trend.is_compared else "digests-trend-alone",
        count=trend.counts[-1],
        total=trend.totals[-1],
        share=percent(trend.share),
        earlier=percent(trend.earlier_share),
        weeks=len(trend.counts) - 1,
    )


def percent(share: float) -> float:
    """A part of the whole in per cent, of which a small one doesn't become nothing."""
    value = 100 * share
    return round(value, 1) if value < 1 else round(value)


def compared(content: DigestContent, words: Catalog) -> str:
    """How many earlier weeks this one is compared with."""
    return words.text("digests-weeks-compared", weeks=max(0, len(content.weeks) - 1))


def behind(claim: Claim) -> Iterator[tuple[str, str]]:
    """The address of each paper behind a claim, and what its title calls it."""
    for one in claim.papers:
        title = shown_title(one)
        yield abstract_url(one) or "", truncate(title.partition(":")[0] or title, _SHORT_NAME)


def _lead(content: DigestContent, l10n: Localisation) -> list[Piece]:
    head = l10n.text("digests-trends")
    small = "\n".join(dict.fromkeys(compared(content, words) for words in l10n.catalogs))
    pieces = [Piece((section(f"*{head}*"), context(small)), ((head, small),))]
    pieces += [_paragraph(one) for text in content.told for one in text.paragraphs]
    pieces += [_trend(trend, l10n) for trend in content.trends]
    if not content.trends:
        line = l10n.text("digests-no-trends", joint="\n")
        pieces.append(Piece((section(line),), ((line, ""),)))
    chart = chart_of(content)
    return pieces if chart is None else [*pieces, Piece((chart_block(chart),))]


def _paragraph(claims: tuple[Claim, ...]) -> Piece:
    """A paragraph whose sentences end with links to the papers that they rest on."""
    shown = (" ".join(filter(None, (prose(one.text, _SENTENCE), _behind(one)))) for one in claims)
    return Piece((section(" ".join(shown)),), tuple((one.text, "") for one in claims))


def _behind(claim: Claim) -> str:
    named = [
        link(url, name, _SHORT_NAME) if url else prose(name, _SHORT_NAME)
        for url, name in behind(claim)
    ]
    return f"({', '.join(named)})" if named else ""


def _trend(trend: Trend, l10n: Localisation) -> Piece:
    names = " / ".join(dict.fromkeys(trend_name(trend, words) for words in l10n.catalogs))
    told = "\n".join(trend_sentence(trend, words) for words in l10n.catalogs)
    behind = [f"•  {linked_title(paper)}" for paper in trend.papers[:_PAPERS_BEHIND]]
    titles = "; ".join(paper.title for paper in trend.papers[:_PAPERS_BEHIND])
    text = "\n".join([bold(names), told, *behind])
    return Piece((section(text),), ((names, f"{told} {titles}"),))


def _detail(entry: DigestEntry, l10n: Localisation) -> list[Piece]:
    said: dict[str, None] = {}
    lines: list[str] = []
    for summary in map(without_repeats, entry.summaries):
        # Sentences chosen from an English paper are the same in every language.
        fresh = tuple(one for one in summary.highlights if one.text not in said)
        said |= dict.fromkeys(one.text for one in fresh)
        lines += highlight_lines(replace(summary, highlights=fresh))
    if not lines:
        return []
    block = section("\n".join([title_line(entry.paper, entry.number), *lines]))
    head = plain_title(entry.paper, entry.number, entry.votes, l10n)
    return [Piece((block,), ((head, " ".join(said)),))]


STYLE = Style(name="weekly", lead=_lead, detail=_detail, daily=False)

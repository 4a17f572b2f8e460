"""What is shown of a paper: its first figure or else its thumbnail, and a table of results."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from storage import Paper, Storage, Summary

# Slack fetches pictures from their hosts and shows them to everybody, so only these are allowed.
HOSTS = frozenset(
    (
        "arxiv.org",
        "cdn-thumbnails.huggingface.co",
        "cdn-uploads.huggingface.co",
    )
)
# The formats that Slack shows.
_DRAWN = re.compile(r"\.(png|jpe?g|gif)\Z", re.IGNORECASE)
_LONGEST_URL = 1000


@dataclass(frozen=True)
class Picture:
    """``is_figure`` when it is from the paper; then ``caption`` is the figure's, which may be
    empty."""

    url: str
    is_figure: bool
    caption: str = ""


def picture_of(storage: Storage, paper: Paper) -> Picture | None:
    """The picture for a paper's card, or None where there is none that may be shown."""
    fulltext = storage.fulltexts.get(paper.id)
    figure = usable(fulltext.figure_url) if fulltext else None
    if fulltext is not None and figure is not None:
        return Picture(figure, is_figure=True, caption=fulltext.figure_caption or "")
    thumbnail = usable(paper.thumbnail_url)
    return None if thumbnail is None else Picture(thumbnail, is_figure=False)


def table_of(storage: Storage, paper: Paper, summary: Summary | None) -> str:
    """The first table that the results of *summary* rest on, or else the first of the paper; empty
    where there is none."""
    tables = storage.fulltexts.tables(paper.id)
    cited: set[int] = set()
    for highlight in summary.highlights if summary else ():
        cited |= set(highlight.passages if highlight.slot == "performance" else ())
    for part in summary.sections if summary else ():
        cited |= set(part.passages if part.slot == "results" else ())
    return next((one.text for one in sorted(tables, key=lambda one: one.ordinal not in cited)), "")


def usable(url: str | None) -> str | None:
    """*url* if Slack can show it and it is on an allowed host over HTTPS; else None."""
    if not url or len(url) > _LONGEST_URL or re.search(r"[\s<>|\"]", url):
        return None
    try:
        parts = urlsplit(url)
        is_plain = parts.port is None and parts.username is None
    except ValueError:
        return None
    drawn = parts.scheme == "https" and parts.hostname in HOSTS and _DRAWN.search(parts.path)
    return url if is_plain and drawn else None

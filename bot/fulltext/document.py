"""What the parsers give: a document as blocks, before it is cut into passages."""

from dataclasses import dataclass

SEPARATOR = " › "
# The most characters that are kept of what stands between title and abstract.
LONGEST_FRONT = 1_500


@dataclass(frozen=True)
class Block:
    """One paragraph, table or caption of a paper, in reading order.

    ``section`` is the path of section titles. ``kind`` is ``text``, ``table`` (rows as lines, the
    cells divided by `` | ``, after the caption's line) or ``figure`` (a caption).
    """

    text: str
    section: tuple[str, ...] = ()
    kind: str = "text"
    anchor: str | None = None
    page: int | None = None


@dataclass(frozen=True)
class Document:
    """A parsed paper.

    ``problem`` says in a short technical phrase what could not be had, or is None. ``hidden`` are
    pieces of text a reader would not have seen (white, tiny, invisible); they are in no block.
    ``version`` is the arXiv version the document calls itself, if it does. ``is_whole`` is False
    where the document itself says that its end may be missing. ``front`` are the names of the
    authors and where they work, as far as the document has them in one place.
    """

    blocks: tuple[Block, ...] = ()
    problem: str | None = None
    figure_url: str | None = None
    figure_caption: str | None = None
    version: int | None = None
    hidden: tuple[str, ...] = ()
    is_whole: bool = True
    front: str = ""

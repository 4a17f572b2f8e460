"""arXiv's HTML papers (made by LaTeXML), and plain HTML, as documents."""

import re
from dataclasses import dataclass, field

from lxml import etree, html
from lxml.html import HtmlElement

from bot.fulltext.boilerplate import is_left_out, is_licence
from bot.fulltext.document import LONGEST_FRONT, Block, Document
from bot.fulltext.html_cleaning import classes, clean
from bot.fulltext.html_floats import first_image, float_blocks
from bot.fulltext.text import tidy

LONGEST_TITLE = 200
LONGEST_NOTICE = 300

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OF_SECTION = re.compile(
    r"\bltx_title_(?:part|chapter|(?:sub){0,2}section|appendix|abstract|bibliography"
    r"|acknowledgements|index|glossary)\b"
)
_BLOCK_TAGS = (
    *("p", "pre", "div", "blockquote", "table", "figure", "section", "article"),
    *("ul", "ol", "li", "dl", "dt", "dd"),
    *_HEADINGS,
)
_VERSION = re.compile(r"\d{4}\.\d{4,5}v(\d{1,3})\b")
_BROKE_OFF = re.compile(
    r"^\s*conversion\s+to\s+HTML\b[^.]{0,200}\b(?:error|fail|abort|abrupt|exit)", re.IGNORECASE
)
_CAPTION_START = re.compile(r"^fig", re.IGNORECASE)


def parse_html(data: bytes, *, url: str) -> Document:
    """The paper in *data*; *url* is where it came from and resolves figure addresses.

    Anything that can be parsed at all gives a document; ``problem`` says what is missing.
    """
    parser = html.HTMLParser(encoding="utf-8")
    try:
        page = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        return Document(problem=f"unreadable HTML: {error}"[:200])
    root = _content(page)
    version = _version(page, url)
    base = _base(page, url)
    is_whole = not _broke_off(page)
    hidden, front = clean(page, root)
    reader = _Reader(base)
    reader.read(root)
    blocks = reader.blocks
    return Document(
        blocks=tuple(blocks),
        problem=_problem(blocks, parser) or (None if is_whole else "the HTML conversion broke off"),
        figure_url=reader.figure_url,
        figure_caption=reader.figure_caption,
        version=version,
        hidden=hidden,
        is_whole=is_whole,
        front=tidy(front)[:LONGEST_FRONT],
    )


def _broke_off(page: HtmlElement) -> bool:
    """Whether arXiv says on the page that its conversion to HTML ended early."""
    notices = page.xpath("//*[contains(@class, 'ltx_ERROR')] | //p | //div[not(*)]")
    return any(_BROKE_OFF.search(one.text_content()[:LONGEST_NOTICE]) for one in notices)


def _problem(blocks: list[Block], parser: html.HTMLParser) -> str | None:
    if any("depth" in error.message for error in parser.error_log):
        return "HTML nested too deep, part of it left out"
    return None if blocks else "no text in the HTML"


@dataclass
class _Reader:
    """Walks the cleaned page once, in reading order."""

    base: str
    blocks: list[Block] = field(default_factory=list)
    figure_url: str | None = None
    figure_caption: str | None = None
    _path: list[tuple[int, str]] = field(default_factory=list)
    _left_out: int | None = None
    _run_in: str = ""
    _bullet: bool = False
    _paragraph: HtmlElement | None = None

    def read(self, root: HtmlElement) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._start(element):
                    walk.skip_subtree()
            elif element is not root:
                self._add(element.tail or "", element.getparent())

    def _start(self, element: HtmlElement) -> bool:
        """Take in what begins here; True when everything inside has been taken in as well."""
        if element.tag in _HEADINGS:
            self._heading(element)
            return True
        if element.tag == "figure" or _is_table(element):
            self._float(element)
            return True
        if element.tag in {"li", "dd"}:
            self._bullet = True
        if _is_leaf(element):
            self._add(element.text_content(), element)
            return True
        self._add(element.text or "", element)
        return False

    def _heading(self, element: HtmlElement) -> None:
        title = tidy(element.text_content())[:LONGEST_TITLE]
        found = classes(element)
        level = int(element.tag[1])
        if not title or "ltx_title_document" in found:
            return
        is_run_in = "ltx_title" in found and not _OF_SECTION.search(element.get("class"))
        if is_run_in and not is_left_out(title):
            self._run_in = title if title[-1] in ".:?!" else f"{title}."
            return
        if level == 1 and "ltx_title" not in found and not self.blocks:
            return
        if self._left_out is not None and level > self._left_out:
            return
        self._left_out = level if is_left_out(title) else None
        if is_run_in:
            return
        self._path = [*(one for one in self._path if one[0] < level), (level, title)]

    def _float(self, element: HtmlElement) -> None:
        if self._left_out is not None:
            return
        blocks = float_blocks(element, section=self._section)
        self.blocks += blocks
        self._paragraph = None if blocks else self._paragraph
        if self.figure_url is None and (address := first_image(element, self.base)):
            self.figure_url = address
            self.figure_caption = next((b.text for b in blocks if b.kind == "figure"), None)
        elif self.figure_caption is None and self.figure_url is None:
            captions = (b.text for b in blocks if _CAPTION_START.match(b.text))
            self.figure_caption = next(captions, None)

    def _add(self, raw: str, element: HtmlElement) -> None:
        text = tidy(raw)
        if not text or self._left_out is not None:
            return
        if self._bullet:
            text, self._bullet = f"• {text}", False
        if self._run_in:
            text, self._run_in = f"{self._run_in} {text}", ""
        elif is_licence(text):
            return
        owner = _owner(element)
        last = self.blocks[-1] if self.blocks else None
        if last and owner is self._paragraph and last.section == self._section:
            self.blocks[-1] = Block(f"{last.text} {text}", last.section, last.kind, last.anchor)
            return
        self._paragraph = owner
        self.blocks.append(Block(text, self._section, "text", _anchor(owner)))

    @property
    def _section(self) -> tuple[str, ...]:
        return tuple(title for _, title in self._path)


def _is_table(element: HtmlElement) -> bool:
    if "ltx_tabular" in classes(element):
        return True
    return element.tag == "table" and "ltx_eqn_table" not in classes(element)


def _is_leaf(element: HtmlElement) -> bool:
    return (
        element.tag in {"p", "pre", "dt"}
        or next(element.iterdescendants(*_BLOCK_TAGS), None) is None
    )


def _owner(element: HtmlElement) -> HtmlElement:
    """The outermost paragraph around the element (lists and formulas lie within paragraphs)."""
    owner = element
    for around in element.iterancestors():
        if "ltx_para" in classes(around):
            owner = around
    return owner


def _anchor(element: HtmlElement) -> str | None:
    for one in [element, *element.iterancestors()]:
        if name := one.get("id"):
            return str(name)
    return None


def _content(page: HtmlElement) -> HtmlElement:
    for path in (".//article[contains(@class, 'ltx_document')]", ".//article", ".//main", "body"):
        found = page.xpath(path)
        if found:
            return found[0]
    return page


def _version(page: HtmlElement, url: str) -> int | None:
    mark = "".join(page.xpath("//*[@id='watermark-tr']//text()"))
    base = "".join(page.xpath("//base/@href"))
    match = _VERSION.search(mark) or _VERSION.search(base) or _VERSION.search(url)
    return int(match.group(1)) if match else None


def _base(page: HtmlElement, url: str) -> str:
    """The address images are relative to: beside the paper's own address, as a folder."""
    given = "".join(page.xpath("//base/@href")[:1])
    return html.urljoin(url, given) if given else url

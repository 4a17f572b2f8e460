"""Finds the section titles of a PDF: by its outline when it has one, else by how they look."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.fulltext.boilerplate import bare_title, is_bibliography, is_contents
from bot.fulltext.pdf_page import Heading, Line, Page

_MOST_WORDS = 16
_MOST_TITLE_LINES = 3
_SAME_BEGINNING = 12  # letters
_SPELT_OTHERWISE = 100.0  # points that a title spelt like the entry may be further off

_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=\S*[A-Za-z])")
_LETTERED = re.compile(r"^(?:Appendix\s+)?([A-Z](?:\.\d{1,2}){0,3})[.:]?\s+(?=\S*[A-Za-z])")
_ROMAN = re.compile(r"^[IVX]{1,5}\.\s+[A-Z][A-Z\s-]{3,}$")
_KNOWN = re.compile(
    r"""^(?: abstract | introduction | related\ works? | background | preliminar(?:y|ies)
      | methods? | methodology | approach | experiments? | results? | evaluation | discussions?
      | conclusions? (?:\ and\ .*|,.*)? | limitations? (?:\ and\ .*)? | future\ work | references
      | bibliography | acknowled?ge?ments? (?:\ .*)? | appendi(?:x|ces) (?:\ .*)?
      | broader\ impacts? .* | ethics\ statement | ethical\ considerations | impact\ statement
      | reproducibility\ statement | supplementary\ (?:materials?|information) | contributions?
      | contents | table\ of\ contents | checklist | .*paper\ checklist | author\ contributions?
    )[.:]?$""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER_REFERENCES = re.compile(r"^(?:appendi|supplement|[A-H][.:]?\s+[A-Z]|.*checklist)", re.I)
_FEWEST_SECTIONS = (3,)
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_LINES_OF_REFERENCES, _FEWEST_YEARS = 12, 2
_PAGE_OF_ENTRY = re.compile(r"\s\d{1,3}$")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Title:
    """A section title found on a page: level from 0, text, and how many lines it takes."""

    level: int
    text: str
    lines: int = 1


Place = tuple[int, int]


def find_titles(
    pages: Sequence[Page], outline: Sequence[Heading], *, body_size: float
) -> dict[Place, Title]:
    """The titles by place (page index, line index)."""
    marked = _from_outline(pages, outline)
    by_looks = dict(_by_looks(pages, body_size))
    if len(marked) < 3 or len(marked) < len(outline) * 0.5:
        return by_looks
    sizes = [pages[index].lines[at].size for (index, at), one in marked.items() if one.level == 0]
    smallest = min(sizes, default=body_size) - 0.3
    known = {
        (index, at): title
        for (index, at), title in by_looks.items()
        if title.text.lower().startswith("abstract")
        or _begins_references(pages, index, at)
        or (_KNOWN.match(title.text) and pages[index].lines[at].size >= smallest)
    }
    return {**known, **marked}


def _begins_references(pages: Sequence[Page], index: int, at: int) -> bool:
    """Whether this line is the reference list's title whatever it looks like: it says so and
    nothing else, and years of publication stand below it."""
    if not is_bibliography(pages[index].lines[at].text):
        return False
    below = [*pages[index].lines[at + 1 :], *(pages[index + 1].lines if pages[index + 1 :] else ())]
    years = (_YEAR.search(line.text) for line in below[:_LINES_OF_REFERENCES])
    return sum(map(bool, years)) >= _FEWEST_YEARS


def body_size_of(pages: Sequence[Page]) -> float:
    """The letter size most of the text is set in, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _from_outline(pages: Sequence[Page], outline: Sequence[Heading]) -> dict[Place, Title]:
    numbers = {page.number: index for index, page in enumerate(pages)}
    found: dict[Place, Title] = {}
    for entry in outline:
        # A target near the foot of a page may belong to a title that moved to the next page.
        for number in (entry.page, entry.page + 1):
            index = numbers.get(number)
            match = None if index is None else _best_match(pages[index], entry)
            if index is not None and match is not None:
                at, count, text = match
                found[index, at] = Title(entry.level, text, count)
                break
    return found


def _best_match(page: Page, entry: Heading) -> tuple[int, int, str] | None:
    """The lines of *page* that spell the entry's title, the nearest to its target.

    On another page than its own the title must stand letter by letter.
    """
    wanted = _letters(bare_title(entry.title))
    matches: list[tuple[float, int, int, str]] = []
    for at in range(len(page.lines)):
        for count in range(1, _MOST_TITLE_LINES + 1):
            text = " ".join(line.text for line in page.lines[at : at + count])
            found = _letters(bare_title(text))
            if len(found) > len(wanted) + 12:
                break
            distance = abs((entry.y or page.height) - page.lines[at].y)
            if found == wanted != "":
                matches.append((distance, at, count, text))
            elif page.number == entry.page and _alike(found, wanted):
                matches.append((distance + _SPELT_OTHERWISE, at, count, text))
    return min(matches)[1:] if matches else None


def _alike(found: str, wanted: str) -> bool:
    """Whether a line is the title although it is spelt otherwise: a formula, a citation in it."""
    return len(wanted) > _SAME_BEGINNING and found.startswith(wanted[:_SAME_BEGINNING])


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).lower()


@dataclass
class _Numbers:
    """Holds that section numbers only rise: a numbered list is no row of sections."""

    last: tuple[int, ...] = (0,)
    letter: tuple[str, ...] = ()
    has_references: bool = False
    started: bool = False

    def accepts(self, number: str) -> bool:
        parts = tuple(int(part) for part in number.split("."))
        rises = parts > self.last and parts[0] - self.last[0] <= 2
        if rises and not self.letter:
            self.last = parts
            return True
        return False

    def accepts_letter(self, number: str) -> bool:
        """Appendices come late: a title such as "A Survey of …" is none."""
        if self.last < _FEWEST_SECTIONS and not self.has_references:
            return False
        parts = tuple(part.zfill(2) for part in number.split("."))
        first = not self.letter and parts[0] == "0A"
        follows = bool(self.letter) and parts > self.letter
        if first or (follows and ord(parts[0][-1]) - ord(self.letter[0][-1]) <= 2):
            self.letter = parts
            return True
        return False


def _by_looks(pages: Sequence[Page], body_size: float) -> Iterator[tuple[Place, Title]]:
    numbers = _Numbers()
    in_contents = False
    for index, page in enumerate(pages):
        taken = -1
        for at, line in enumerate(page.lines):
            if at <= taken or (in_contents and _PAGE_OF_ENTRY.search(line.text)):
                continue
            is_lone = _begins_references(pages, index, at)
            level = 0 if is_lone else _level(line, body_size, numbers)
            if level is None:
                continue
            in_contents = is_contents(line.text)
            numbers.has_references |= is_bibliography(line.text)
            count = 1 if is_lone else _title_lines(page.lines, at)
            taken = at + count - 1
            text = " ".join(one.text for one in page.lines[at : at + count])
            yield (index, at), Title(level, text, count)


def _level(line: Line, body_size: float, numbers: _Numbers) -> int | None:
    text = line.text
    if not _may_be_title(text):
        return None
    stands_out = line.all_bold or line.size >= 1.07 * body_size
    if _KNOWN.match(text) and (stands_out or text.isupper()):
        is_second_abstract = numbers.started and text.lower().startswith("abstract")
        numbers.started = True
        return None if is_second_abstract else 0
    if numbers.has_references and not _AFTER_REFERENCES.match(text):
        return None
    if _ROMAN.match(text):
        return 0
    return _level_by_style(line, body_size, numbers) if stands_out else None


def _level_by_style(line: Line, body_size: float, numbers: _Numbers) -> int | None:
    text = line.text
    if match := _NUMBERED.match(text):
        numbers.started = True
        return match.group(1).count(".") if numbers.accepts(match.group(1)) else None
    if match := _LETTERED.match(text):
        return match.group(1).count(".") if numbers.accepts_letter(match.group(1)) else None
    is_large = numbers.started and line.all_bold and line.size >= 1.15 * body_size
    return 0 if is_large or text.lower().startswith(("appendi", "supplement")) else None


def _may_be_title(text: str) -> bool:
    words = text.split()
    if len(words) > _MOST_WORDS or len(text) > 140 or not any(c.isalpha() for c in text):
        return False
    return not text.endswith((",", ";", "-", "?)")) and (
        not text.endswith(".") or bool(_KNOWN.match(text))
    )


def _title_lines(lines: Sequence[Line], at: int) -> int:
    """How many lines the title takes: the next ones in the same dress, close below."""
    first = lines[at]
    count = 1
    for line in lines[at + 1 : at + _MOST_TITLE_LINES]:
        above = lines[at + count - 1]
        numbered = _NUMBERED.match(line.text) or _LETTERED.match(line.text)
        same = line.follows(above) and first.all_bold and line.all_bold
        if not same or numbered or _KNOWN.match(line.text):
            break
        count += 1
    return count

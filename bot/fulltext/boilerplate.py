"""Which sections and lines of a paper are not its content."""

import re

_LEFT_OUT_SECTION = re.compile(
    r"""^(?:
        references? (?:\ (?:and\ notes|cited))? | bibliography | works\ cited | literature\ cited
      | acknowled?ge?ments? .* | contributions?\ (?:and|&)\ acknowled.*
      | (?:authors?'?s?|individual)\ (?:contributions?|list|statement)
      | list\ of\ (?:authors|contributors)
      | contributors? (?:\ and\ acknowled.*)? | credit\ authorship.*
      | (?:sources?\ of\ )?funding (?:\ (?:statement|sources|information))?
      | (?:declaration\ of\ )?(?:conflicts?\ of\ interests?|competing\ interests?).*
      | (?:neurips|icml|aaai|acl|emnlp|reproducibility|responsible\ nlp).*checklist
      | checklist | about\ the\ authors?
      | authorship (?:\ (?:and|&)\ .*)? | contact\ information | copyright.*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_BIBLIOGRAPHY = re.compile(
    r"^(?:references?|bibliography|works cited|literature cited)\W*$", re.IGNORECASE
)
_CONTENTS = re.compile(r"^(?:(?:table of )?contents|list of (?:figures|tables))\W*$", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:(?:appendix|section)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[A-Z](?:\.\d{1,2})*|[IVX]{1,5})[.:)]?\s+(?=\S)",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"""permission\ to\ make\ (?:digital|hard) | hereby\ grants?\ permission
      | copyright\ held\ by | copyrights?\ for\ (?:components|third) | all\ rights\ reserved
      | licensed\ under\ (?:the\ )?(?:a\ )?creative\ commons | request\ permissions?\ from
      | ^(?:©|\(c\)|copyright)\s*(?:©\s*)?\d{4} | acm\ reference\ format
      | ^license:\ | ^publication\ rights\ licensed
      | this\ work\ is\ licensed\ under | ^correspondence\ to:?\ | ^\W*equal\ contribution
      | ^(?:preprint|under\ review|work\ in\ progress)[.,]?(?:\ (?:under|submitted|do\ not).*)?$
      | ^published\ as\ a\ (?:conference|workshop)\ paper | ^accepted\ (?:at|to|by)\ .{3,60}$
      | ^proceedings\ of\ the\ \d | ^\d+(?:th|st|nd|rd)\ conference\ on
    """,
    re.IGNORECASE | re.VERBOSE,
)


def bare_title(title: str) -> str:
    """A section title without its number: ``3.1 Data`` and ``A Data`` become ``Data``."""
    bare = _NUMBER.sub("", title, count=1)
    return bare.strip(" .:") or title


def is_left_out(title: str) -> bool:
    """Whether a section of this title (references, acknowledgements, checklists …) is dropped."""
    bare = bare_title(title)
    return bool(_LEFT_OUT_SECTION.match(bare)) or is_list(title)


def is_list(title: str) -> bool:
    """Whether this is the title of a list (references, contents), which has no sections of its
    own: the next title of whatever level ends it."""
    return is_bibliography(title) or is_contents(title)


def is_bibliography(title: str) -> bool:
    """Whether this is the title of the reference list."""
    return bool(_BIBLIOGRAPHY.match(bare_title(title)))


def is_contents(title: str) -> bool:
    """Whether this is the title of a table of contents, or of one of figures or tables."""
    return bool(_CONTENTS.match(bare_title(title)))


def is_licence(text: str) -> bool:
    """Whether a short paragraph is about rights, the venue or the authors, not the work."""
    return len(text) < 1500 and bool(_LICENCE.search(text))

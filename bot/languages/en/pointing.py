"""How English points at papers: #3, no. 3, the third paper, the last one, both of them."""

import re

from bot.languages.language import Pointing

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_COUNTED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_PAPER = r"(?:paper|one|entry|item|article|work)"
_ORDINAL = "|".join([*_ORDINALS, "last", "final"])
_LABEL = r"\.?\s{0,2}(?P<n>(?:[A-Z]?\d{1,2}|[IVX]{1,5}|[A-Z])(?:\.\d{1,2}){0,3})(?![A-Za-z\d])"
_COUNT = rf"\d{{1,2}}|{'|'.join(_COUNTED)}"
# What else may be counted.
_NO_PAPERS = "minute|hour|day|week|month|year|word|sentence|line|bullet|point"
_LIST = r"\d{1,3}(?:\s*(?:,|and|&|with|to|vs\.?|or){1,3}\s*\d{1,3})"

POINTING = Pointing(
    numbers=tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            r"(?<![\w&])#\s?(?P<n>\d{1,3})(?![\w.]*\d)",
            r"\b(?:no|nr|num|number)\b\.?\s*(?P<n>\d{1,3})\b(?!\s*of\b)",
            # compare 1 and 3 / the difference between 1 and 3 / 1 vs 3
            rf"\b(?:compare|comparison\s+of|between)\s+(?P<list>{_LIST}{{1,20}})(?![\d.%\w])",
            r"(?<![\w.])(?P<list>\d{1,3}\s+vs\.?\s+\d{1,3})(?![\w.%])",
        )
    ),
    ordinals=tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b{_PAPER}s?\s+#?(?P<list>\d{{1,3}}(?:\s*(?:,|and|&|vs\.?|or)\s*\d{{1,3}}){{0,20}})\b",
            rf"\b(?P<n>\d{{1,3}})(?:st|nd|rd|th)\s+{_PAPER}\b",
            rf"\b(?P<word>{_ORDINAL})\s+{_PAPER}\b",
            rf"\b{_PAPER}\s+(?P<word>{'|'.join(_COUNTED)})\b",
            # "the first and the third one": ordinals that share one noun
            rf"\b(?P<word>{_ORDINAL})(?=\s+(?:and|or|vs\.?)\s+(?:the\s+)?(?:{_ORDINAL})\b)",
            rf"\b(?:{_ORDINAL})\s+(?:and|or|vs\.?)\s+(?:the\s+)?(?P<word>{_ORDINAL})\b",
        )
    ),
    words={**_ORDINALS, **_COUNTED},
    counted=tuple(
        re.compile(pattern)
        for pattern in (
            rf"\b(?:just|only|top|best|first|any|me|list|show|find|name|pick|recommend|suggest)\s"
            rf"(?:the\s)?(?P<n>{_COUNT})(?![\w./:-])(?!\s(?:{_NO_PAPERS})s?\b)",
            rf"(?<![\w./:-])(?!one)(?P<n>{_COUNT})(?=\s(?:[a-z-]+\s){{0,3}}"
            r"(?:papers?|ones?|articles?|works|results|similar|related)\b)",
        )
    ),
    lines=(re.compile(rf"\b(?P<n>{_COUNT})[\s-](?:short\s)?(?:line|sentence|bullet)s?\b"),),
    topic=re.compile(r"in (?:this|the) paper,?\s{1,3}", re.IGNORECASE),
    between="and|&|vs",
    groups=(
        re.compile(
            r"\b(?P<n>both|(?:the|these|those|all)\s+(?:two|three|four))\s+(?:of\s+(?:these|those|the)"
            r"\s+)?(?:papers|works|articles)\b",
            re.IGNORECASE,
        ),
    ),
    perhaps_groups=(
        re.compile(
            r"\b(?P<n>both|all\s+(?:three|four)|the\s+(?:two|three))\s+of\s+(?:them|these|those)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"^\W*+(?:and|so|what\s+about|how\s+about|compare|summari[sz]e|explain|which\s+of)?\s*+"
            r"(?P<n>both|the\s+two|these\s+two|those\s+two|all\s+three)\s*+"
            r"(?:together|please)?\W*+(?:$|is\b|has\b|do\b)",
            re.IGNORECASE,
        ),
    ),
    described=(
        re.compile(
            r"\bpapers? (?:about|on|that \w+|with|for) (?P<said>[^,.?!]{4,80})", re.IGNORECASE
        ),
        re.compile(r"\bthe (?P<said>[^,.?!]{4,80}?) (?:paper|one)\b(?!s)", re.IGNORECASE),
    ),
    others=(
        r"\b(?:this|that|other|previous|prior|existing|related|similar|which|any|all|original|cited|"
        r"same|authors)\b"
    ),
    whole_list=(
        r"\b(?:which|any|all|most|some)\s+(?:of\s+)?(?:(?:these|those|them|the|today'?s?)\s*)?"
        r"papers?\b|\bwhich\s+(?:one|ones|of)\b|\bof\s+(?:these|those|today)\b|\bthe\s+list\b|"
        r"\bpapers\b"
    ),
    pronoun=r"\b(?:it|its|this|that)\b",
    back=r"\b(?:they|their|them|then)\b|\bthe\s+paper\b",
    places=(
        ("table", re.compile(rf"\b(?:[Tt]ab(?:le)?|TABLE){_LABEL}")),
        ("figure", re.compile(rf"\b(?:[Ff]ig(?:ure)?|FIGURE){_LABEL}")),
        (
            "section",
            re.compile(rf"(?:\b(?:[Ss]ec(?:tion|t)?|[Aa]ppendix|[Cc]hapter)|§){_LABEL}"),
        ),
    ),
    comparing=(
        r"\bcompar(?:e|es|ed|ing|ison)\b|\b(?:vs|versus)\b|\bdiffer(?:s|ence|ent)?\b|\bthan\b|"
        r"\brelat(?:e|es|ed)\s+to\b|\bside\s+by\s+side\b|\bin\s+common\b|\bsimilar\b"
    ),
)

"""Whether a paper has been withdrawn, by what its authors and arXiv write about it.

arXiv has no field for it: a withdrawal is a last version whose comment says so, and whose abstract
often does. A comment speaks of its paper, so a word of withdrawing means the paper unless the
sentence names something else: a part, an earlier version, another work, a conference. An abstract
speaks of anything, so there the sentence has to name the paper.
"""

import re

_PAPER = (
    r"(?:paper|article|manuscript|submission|preprint|pre-print|e-?print|work|note|report|document)"
)
_PART = (
    r"(?:section|chapter|appendix|theorem|lemma|proposition|corollary|conjecture|proof|claim|"
    r"statement|result|remark|equation|figure|table|algorithm|experiment|data|dataset|code|model|"
    r"assertion|assumption|bound|conclusion|part|paragraph)s?"
)
_WORD = re.compile(r"\bwith-?draw(?:n|ed|s|ing|al)?\b|\bwithdrew\b|\bretract(?:ed|ion|ing)?\b")
_GONE = re.compile(r"\b(?:removed|deleted|rescinded|pulled|taken\s+down)\b")
_THIS_PAPER = rf"\b(?:this|the|our|my)\s+(?:\w+\s+)?{_PAPER}\b"
_OF_THIS_PAPER = re.compile(rf"^\s+(?:of\s+)?{_THIS_PAPER}(?!['’])")
_BY_ITS_PEOPLE = re.compile(r"^\s+by\s+(?:the\s+)?(?:authors?|submitters?|arxiv)\b")
_IS = r"(?:(?:has|have|had|is|was|being|been|now|\w+ly)\s+){0,4}$"
_PAPER_IS = re.compile(rf"\b{_PAPER}\s+{_IS}")
_THIS_PAPER_IS = re.compile(rf"{_THIS_PAPER}\s+{_IS}")
_ENDS = re.compile(r"^\W*$|^\s*:")
_OPENING = re.compile(rf"^\W*(?:{_PAPER}\W+)?(?:\w+ly\W+)?$")
# Before the word: what is withdrawn is something else, or nothing is.
_OTHER_BEFORE = re.compile(
    rf"\b(?:not|never|un|if|unless|will|may)\b|n't\b|"
    rf"\b(?:replaces|supersedes|corrects|extends)\b|\b(?:comment|reply|response)\s+(?:on|to)\b|"
    rf"\b(?:previous|earlier|older|old|prior|former|original|first)(?:ly)?\b(?!\s+author)|"
    rf"(?<!version )(?<!versions )\b(?:in|of|from)\s+(?:this|the|our|my)\s+{_PAPER}\s+{_IS}|"
    rf"\b(?:co-?|(?:one|second|third|last)(?:\s+of\s+the)?\s+)authors?\s+{_IS}|"
    rf"\bv(?:ersion)?\s?\d|\b(?:which|that)\s+(?:\w+\s+){{0,3}}$|"
    rf"\b(?:submitted|accepted)\s+(?:to|at|by|in)\b(?!\s+arxiv)|"
    rf"\b{_PART}(?:\s+\S{{1,8}})?(?:\s+(?:has|have|is|are|was|were|been|being|and|\d\S*))*\s+$|"
    rf"(?:^|\s)(?:an?|the|its|of|on|for)\s+$"
)
# Behind it: what is withdrawn, or from where.
_OTHER_BEHIND = re.compile(
    rf"^\s+(?:(?:the|our|my|a|an|its|of|this|that|these)\s+)?(?:\w+\s+)?{_PART}\b|"
    rf"^\s+(?:papers|articles|preprints|publications|manuscripts|works|studies|submissions)\b|"
    rf"^\s+(?:his|her|their)\s+names?\b|"
    rf"^\s+from\s+(?!(?:the\s+)?(?:arxiv|publication|circulation|public)\b)"
)
# Another paper, which this one stands for.
_REPLACED = re.compile(
    r"\b(?:replaces|supersedes)\s(?:[^\s;]{1,40}\s){0,3}[^\s;]{0,40}\d{4}\.\d{4,5}[\s,(]{0,3}"
    r"(?:(?:now|since|which\s(?:is|was|has\sbeen))\s)?(?:withdrawn|retracted)\b"
)
# "This is a withdrawn paper."
_THIS_IS = re.compile(r"\b(?:this|it)\s+is\s+(?:now\s+)?an?\s+(?:\w+ly\s+)?$")
_A_PAPER = re.compile(rf"^\s+(?:arxiv\s+)?{_PAPER}\b")
_CAUSE = re.compile(r"^\s+(?:due|because|as|since|by|for|owing|in|after|until|pending|and)\b")
_TITLE = re.compile(
    rf"^\W*(?:withdrawn|retracted)\b(?:\s+{_PAPER})?(?:\s*[\])}}:–—]|\s+-)|"
    rf"[\[({{](?:{_THIS_PAPER}\s+{_IS[:-1]})?(?:withdrawn|retracted)\b[^\[\](){{}}]{{0,60}}[\])}}]|"
    rf"(?:[:–—]|\s-)\s*(?:withdrawn|retracted)\W*$"
)
_SENTENCE = re.compile(r"(?<![.;!?\n])[.;!?\n]+(?:\s|$)|[()\[\]]")
_LONGEST_SENTENCE = 1_000


def says_withdrawn(*, title: str, comment: str, abstract: str) -> bool:
    """Whether these fields of arXiv's say that the paper has been withdrawn or retracted."""
    return (
        _TITLE.search(title.lower()) is not None
        or any(_is_withdrawn(one, named=False) for one in _sentences(comment))
        or any(_is_withdrawn(one, named=True) for one in _sentences(abstract))
    )


def _sentences(text: str) -> list[str]:
    told = _REPLACED.sub("replaces another paper", text.lower())
    return [one[:_LONGEST_SENTENCE] for one in _SENTENCE.split(told) if one]


def _is_withdrawn(sentence: str, *, named: bool) -> bool:
    """Whether a sentence in lower case says it of the paper; *named* when it has to name it."""
    return any(
        _is_meant(found[0], sentence[: found.start()], sentence[found.end() :], named=named)
        for found in _WORD.finditer(sentence)
    ) or any(
        _is_gone(sentence[: found.start()], sentence[found.end() :])
        for found in _GONE.finditer(sentence)
    )


def _is_gone(before: str, behind: str) -> bool:
    """Whether what was removed is the paper: these words are said of much else."""
    if _OF_THIS_PAPER.match(behind) or (_OPENING.match(before) and _BY_ITS_PEOPLE.match(behind)):
        return True
    return _PAPER_IS.search(before) is not None and _OTHER_BEFORE.search(before) is None


def _is_meant(word: str, before: str, behind: str, *, named: bool) -> bool:
    # Behind a comma a new statement begins: "12 pages, 3 figures, withdrawn".
    subject = before.rpartition(",")[2]
    if _THIS_IS.search(subject) and _A_PAPER.match(behind):
        return True
    has_cause = _CAUSE.match(behind) is not None
    if _OTHER_BEFORE.search(subject) or (not has_cause and _OTHER_BEHIND.match(behind)):
        return False
    opens = _OPENING.match(subject) is not None
    if named:
        alone = opens and (has_cause or _ENDS.match(behind) is not None)
        return bool(alone or _THIS_PAPER_IS.search(subject) or _OF_THIS_PAPER.match(behind))
    is_noun = word in ("withdrawal", "retraction", "retract")
    return not is_noun or opens or _OF_THIS_PAPER.match(behind) is not None

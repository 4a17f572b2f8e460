"""``brief``: ``# Papers in brief (DATE)``, a numbered line a paper, one sentence below it."""

import re

from bot.archive.markdown.base import Format, Problem
from bot.archive.markdown.days import parse_days, recognises
from bot.archive.markdown.parts import (
    DATE,
    LINK,
    escaped,
    identified,
    language_of,
    linked,
    made_of,
    maker_line,
    not_understood,
    paper_url,
    plain,
)
from bot.archive.markdown.source import Block, Chapter, Source
from storage import ArchiveDigest, ArchiveEntry

_TITLE = re.compile(rf"Papers in brief\s*\({DATE}\)")
_VOTES = re.compile(r"Vote: (\d+)")
_CODE = re.compile(r"\[Code\]\((\S+)\)")
_BETWEEN = " · "


def _digest(_source: Source, day: Chapter, period: str) -> tuple[ArchiveDigest, list[Problem]]:
    entries = []
    unclear: list[Block] = []
    for block in day.blocks:
        if block.kind == "list":
            entries += [_entry(item, block.line) for item in block.items]
        else:
            unclear.append(block)
    made = made_of(day.blocks)
    language = made.language or language_of(entry.sentence for entry in entries)
    digest = ArchiveDigest("brief", period, language, tuple(entries), (), made.maker, made.day)
    return digest, not_understood(unclear)


def _entry(item: str, line: int) -> ArchiveEntry:
    head, _, rest = item.partition("\n")
    link = LINK.match(head)
    parts = (head[link.end() :] if link else head).split(_BETWEEN)
    paper_id, url = identified(link["url"]) if link else (None, "")
    title = plain(link["label"] if link else parts[0])
    votes = code = None
    organization = ""
    for part in parts[1:]:
        if found := _VOTES.fullmatch(part.strip()):
            votes = int(found[1])
        elif found := _CODE.fullmatch(part.strip()):
            code = found[1]
        else:
            organization = plain(part)
    return ArchiveEntry(
        title=title,
        paper_id=paper_id,
        url=url,
        organization=organization,
        code_url=code or "",
        votes=votes,
        sentence=" ".join(rest.split()),
        line=line,
    )


def _render(digest: ArchiveDigest) -> str:
    lines = [_line(number, entry) for number, entry in enumerate(digest.entries, start=1)]
    return "\n\n".join([f"# Papers in brief ({digest.period})", *lines, maker_line(digest)])


def _line(number: int, entry: ArchiveEntry) -> str:
    marker = f"{number}. "
    facts = [
        linked(entry.title, paper_url(entry)),
        escaped(entry.organization),
        "" if entry.votes is None else f"Vote: {entry.votes}",
        f"[Code]({entry.code_url})" if entry.code_url else "",
    ]
    line = marker + _BETWEEN.join(fact for fact in facts if fact)
    return f"{line}\n{' ' * len(marker)}{entry.sentence}" if entry.sentence else line


FORMAT = Format(
    name="brief",
    recognises=recognises(_TITLE, 1),
    parse=parse_days(_TITLE, 1, _digest),
    render=_render,
)

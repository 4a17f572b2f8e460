"""``brief``: ``# Papers in brief (DATE)``, a numbered line a paper, one sentence below it."""

import re

from bot.archive.markdown.base import Format, Problem
from bot.archive.markdown.days import parse_days, recognises
from bot.archive.markdown.inline import pieces
from bot.archive.markdown.parts import (
    DATE,
    escaped,
    identified,
    language_of,
    linked,
    made_of,
    maker_line,
    not_understood,
    paper_url,
)
from bot.archive.markdown.source import Block, Chapter, Source
from storage import ArchiveDigest, ArchiveEntry

_TITLE = re.compile(rf"Papers in brief\s*\({DATE}\)")
_VOTES = re.compile(r"Vote: (\d+)")
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
    found = pieces(head)
    link = found[0] if found and found[0].kind == "link" else None
    code = [one.url for one in found[1:] if one.kind == "link" and one.text == "Code"]
    words = "".join(one.text for one in found[bool(link) :] if one.kind != "link")
    title, *facts = (one.strip() for one in words.split(_BETWEEN.strip()))
    paper_id, url = identified(link.url) if link else (None, "")
    votes = next((int(told[1]) for one in facts if (told := _VOTES.fullmatch(one))), None)
    organization = next((one for one in facts if one and not _VOTES.fullmatch(one)), "")
    return ArchiveEntry(
        title=link.text if link else title,
        paper_id=paper_id,
        url=url,
        organization=organization,
        code_url=code[0] if code else "",
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

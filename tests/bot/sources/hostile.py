"""Answers made to do harm, by name. ``python -m tests.bot.sources.hostile BYTES SECONDS`` parses
them all in a process that may use so much memory and processor time, and prints how each ended."""

import json
import resource
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from bot.errors import SourceError
from bot.sources.arxiv import MAX_BYTES, parse_feed
from bot.sources.huggingface import parse_listing
from storage import Paper

REFUSED = "refused"
_FEED = '<feed xmlns="http://www.w3.org/2005/Atom">'
_LAUGHS = "".join(
    f'<!ENTITY a{depth} "{f"&a{depth - 1};" * 10}">' if depth else '<!ENTITY a0 "lollollol">'
    for depth in range(12)
)
_LONG = f'<!ENTITY a "{"x" * 100_000}">'


def _entry(title: str = "T", summary: str = "S", more: str = "") -> str:
    return (
        f"<entry><id>http://arxiv.org/abs/2501.00001v1</id><title>{title}</title>"
        f"<summary>{summary}</summary>{more}</entry>"
    )


def _atom(content: str, *, doctype: str = "") -> bytes:
    head = f"<!DOCTYPE feed {doctype}>" if doctype else ""
    return f"{head}{_FEED}{content}</feed>".encode()[:MAX_BYTES]


FEEDS: Mapping[str, Callable[[], bytes]] = {
    "billion laughs": lambda: _atom(_entry("&a11;"), doctype=f"[{_LAUGHS}]"),
    "billion laughs in an attribute": lambda: _atom(
        _entry(more='<category term="&a11;"/>'), doctype=f"[{_LAUGHS}]"
    ),
    "quadratic blow-up": lambda: _atom(_entry("&a;" * 5_000), doctype=f"[{_LONG}]"),
    "an entity of itself": lambda: _atom(_entry("&x;"), doctype='[<!ENTITY x "&x;">]'),
    "a file as an entity": lambda: _atom(
        _entry("T &x;"), doctype='[<!ENTITY x SYSTEM "file:///etc/passwd">]'
    ),
    "a file as a parameter": lambda: _atom(
        _entry(), doctype='[<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]'
    ),
    "an address as a type": lambda: _atom(_entry(), doctype='SYSTEM "http://127.0.0.1:9/x.dtd"'),
    "deep nesting": lambda: _atom("<a>" * 100_000 + "</a>" * 100_000),
    "a deep title": lambda: _atom(_entry("<b>" * 200 + "x" + "</b>" * 200)),
    "a huge title": lambda: _atom(_entry("x" * 3_900_000)),
    "a huge abstract": lambda: _atom(_entry(summary="has been withdrawn github.com/a/ " * 110_000)),
    "very many authors": lambda: _atom(_entry(more="<author><name>A B</name></author>" * 100_000)),
    "very many entries": lambda: _atom(_entry() * 40_000),
    "very many attributes": lambda: _atom(
        "<entry " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>"
    ),
    "truncated": lambda: _atom(_entry() * 10)[:-30],
}


def _paper(fields: str) -> bytes:
    return f'[{{"paper": {{"id": "2501.00001", "title": "T", {fields}}}}}]'.encode()


LISTINGS: Mapping[str, Callable[[], bytes]] = {
    "deep arrays": lambda: b"[" * 4_000_000,
    "deep objects": lambda: b'{"a":' * 800_000,
    "deep and whole": lambda: b"[" * 900 + b"]" * 900,
    "a number of a million digits": lambda: _paper(f'"upvotes": {"9" * 1_000_000}'),
    "a number of four thousand digits": lambda: _paper(f'"upvotes": {"9" * 4_000}'),
    "infinity and no number": lambda: _paper(
        '"upvotes": 1e999, "publishedAt": NaN, "githubStars": -Infinity'
    ),
    "a key twice": lambda: _paper('"title": "first", "title": "last"'),
    "empty arrays": lambda: b"[" + b",".join([b"[]"] * 1_300_000) + b"]",
    "empty objects": lambda: b"[" + b",".join([b"{}"] * 1_300_000) + b"]",
    "very many papers": lambda: (
        "["
        + ",".join(f'{{"paper":{{"id":"2501.{n:05}","title":"t"}}}}' for n in range(90_000))
        + "]"
    ).encode(),
    "a huge title": lambda: _paper(f'"title": "{"x " * 1_900_000}"'),
    "a huge id": lambda: _paper(f'"id": "{"2501." * 700_000}"'),
    "a huge abstract": lambda: _paper(f'"summary": "{"github.com/a/ " * 270_000}"'),
    "very many authors": lambda: _paper(
        '"authors": [' + ",".join(f'{{"name":"n{n}"}}' for n in range(200_000)) + "]"
    ),
    "very many keys": lambda: _paper(",".join(f'"k{n}": 1' for n in range(300_000))),
    "half a letter": lambda: _paper('"summary": "\\ud800x"'),
    "no text": lambda: b'[{"paper": {"title": "\xff"}}]',
    "truncated": lambda: _paper('"upvotes": 1')[:-5],
}


def read(parse: Callable[[bytes], object], body: bytes) -> list[Paper] | str:
    """The papers of an answer, or that it was refused; anything else is a fault of ours."""
    try:
        found = parse(body)
    except SourceError:
        return REFUSED
    return list(cast(Iterable[Paper], getattr(found, "papers", found)))


def main(memory_bytes: int, seconds: int) -> None:
    """Parse everything within these limits; the system ends the process beyond them."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    for parse, answers in ((parse_feed, FEEDS), (parse_listing, LISTINGS)):
        for name, make in answers.items():
            found = read(parse, make())
            print(json.dumps([name, found if isinstance(found, str) else len(found)]), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

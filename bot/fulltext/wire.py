"""How the parsing child and its parent write pages and documents to each other: JSON lines.

What comes back is read with distrust: the child had a file of unknown origin in its hands.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

Kind = TypeVar("Kind")

# The exit status of a child that got no more memory.
OUT_OF_MEMORY = 3


def to_line(record: dict[str, Any]) -> bytes:
    """One record as a line; dataclasses are written as what is in them."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=vars)
    return text.encode("utf-8", "replace") + b"\n"


def read_records(lines: Iterable[bytes], kind: str) -> Iterator[Any]:
    """What the records of one *kind* hold. Only these are taken into memory; a last one that is
    cut off, or nonsense, ends the reading."""
    start = f'{{"{kind}":'.encode()
    for line in lines:
        if not line.startswith(start):
            continue
        try:
            yield json.loads(line)[kind]
        except (ValueError, RecursionError):
            return


def checked(kind: type[Kind], record: Any) -> Kind:
    """The dataclass or tuple in *record*.

    Raises:
        ValueError: it holds none.
    """
    adapted: Any = kind
    found: Kind = _adapter(adapted).validate_python(record)
    return found


@cache
def _adapter(kind: Any) -> Any:
    # Loaded by the parent alone, and where pages are put together again.
    from pydantic import TypeAdapter

    return TypeAdapter(kind)

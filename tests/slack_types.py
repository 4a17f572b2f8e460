"""Makes the JSON Schema that `tests/slack_limits.py` checks with out of what a generator printed.

``python -m tests.slack_types GENERATED.json`` writes ``tests/data/slack_surfaces.schema.json``
without the descriptions, a definition a line; `tests/data/README.md` tells how to generate.
"""

import json
import sys
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).parent / "data" / "slack_surfaces.schema.json"


def without_descriptions(value: Any) -> Any:
    """The schema without its prose."""
    if isinstance(value, dict):
        return {
            name: without_descriptions(held)
            for name, held in value.items()
            if not (name == "description" and isinstance(held, str))
        }
    return [without_descriptions(one) for one in value] if isinstance(value, list) else value


def main() -> None:
    generated = without_descriptions(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    definitions = generated.pop("definitions")
    lines = [
        f"{json.dumps(name)}: {json.dumps(held, separators=(',', ':'))}"
        for name, held in sorted(definitions.items())
    ]
    head = json.dumps(generated)[1:-1]
    text = f'{{{head}, "definitions": {{\n' + ",\n".join(lines) + "\n}}\n"
    SCHEMA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

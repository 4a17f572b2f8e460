"""Makes the JSON Schema that the workspace checks blocks with out of what a generator printed.

``python -m tests.bot.workspace.slack_types GENERATED.json`` writes it without the descriptions, a
definition a line; ``bot/workspace/README.md`` tells how to generate.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

SCHEMA = Path(str(files("bot.workspace.validation") / "slack_types.json"))


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

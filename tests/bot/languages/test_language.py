"""The rules of a language come from its folder when they are first asked for."""

import subprocess
import sys

SCRIPT = """
import sys
from bot.languages import catalog, language

def rules():
    return {one for one in sys.modules if one.startswith("bot.languages.ko.")}

catalog("ko").text("summaries-untranslated", languages="A")
before = rules()
assert language("ko").subscribing.topics
print(*before, "then", *(rules() - before))
"""


def test_rules_are_imported_when_they_are_first_asked_for() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60
    )
    # What catalogues call is no rule.
    assert done.stdout.split() == [
        *("bot.languages.ko.particles", "then", "bot.languages.ko.subscribing")
    ]

"""The workspace's own README."""

import re
from importlib.resources import files
from typing import Any

README = (files("bot.workspace") / "README.md").read_text(encoding="utf-8")


def test_the_example_works(capsys: Any) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.S)
    exec(compile(example, "README.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "Good morning" in shown
    assert "app_mention" in shown

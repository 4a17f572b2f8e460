"""What a click knows of the one who clicked."""

from types import SimpleNamespace
from typing import Any, cast

from handlers.clicks import Click


def test_a_click_asks_for_its_clickers_language_once() -> None:
    asked: list[str] = []

    class Members:
        def language(self, user: str) -> str:
            asked.append(f"language of {user}")
            return "ko"

        def known_language(self, user: str) -> str:
            asked.append(f"known language of {user}")
            return "en"

    nothing = cast(Any, None)
    services = cast(Any, SimpleNamespace(members=Members()))
    click = Click({"user": {"id": "U1"}}, "", services, nothing)
    assert [click.language, click.known_language, click.words.language] == ["ko", "en", "ko"]
    assert asked == ["language of U1", "known language of U1"]

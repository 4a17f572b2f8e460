"""The workspace's own catalogues."""

from importlib.resources import files

import pytest

from bot.workspace.words import languages, words, words_for


def test_every_language_has_the_same_messages() -> None:
    assert languages() == {"en", "ko"}
    assert words("en").ids == words("ko").ids


def test_each_message_that_is_not_the_pages_is_used() -> None:
    folder = files("bot.workspace")
    code = "".join(
        one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".py")
    )
    own = [one for one in words("en").ids if not one.startswith("page-")]
    assert own
    assert [one for one in own if f'"{one}"' not in code] == []


def test_a_locale_without_a_catalogue_is_spoken_to_in_english() -> None:
    assert [words_for(one).language for one in ("ko-KR", "ko", "en-GB", "fr-FR", "")] == [
        *("ko", "ko", "en", "en", "en")
    ]


def test_a_message_without_its_argument_is_an_error() -> None:
    with pytest.raises(LookupError, match="no-answer"):
        words("ko").text("no-answer")
    with pytest.raises(LookupError):
        words("en").text("no-such-message")

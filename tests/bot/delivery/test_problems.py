"""A problem's words: each family in both languages, each naming what to do."""

import pytest

from bot.delivery.problems import given_up_message, problem_here, problem_kind, problem_message
from bot.delivery.verdicts import CLOSED_CHANNEL, FOR_THE_OPERATOR
from bot.languages import LANGUAGES, catalog
from tests.bot.delivery.fakes import subscription

KINDS = {
    "not_in_channel": "not-invited",
    "channel_not_found": "not-invited",
    "is_archived": "archived",
    "restricted_action_read_only_channel": "forbidden",
    "messages_tab_disabled": "forbidden",
    "token_revoked": "account",
    "missing_scope": "account",
    "something_new": "other",
}


@pytest.mark.parametrize(("code", "kind"), KINDS.items())
def test_each_refusal_belongs_to_a_family_with_words(code: str, kind: str) -> None:
    assert problem_kind(code) == kind
    for language in LANGUAGES:
        assert problem_here(catalog(language), code)


def test_every_known_word_has_its_own_family() -> None:
    assert all(problem_kind(code) != "other" for code in CLOSED_CHANNEL | FOR_THE_OPERATOR)


def test_a_channel_of_both_languages_is_told_in_both() -> None:
    text = problem_message(subscription(language="both"), "not_in_channel").text
    assert "`/invite @Paperboy`를 입력하시면" in text
    assert "/invite @Paperboy" in text


@pytest.mark.parametrize("code", KINDS)
def test_a_member_is_told_of_each_refusal_in_both_languages(code: str) -> None:
    for language in LANGUAGES:
        assert "<#C9>" in given_up_message("C9", code, language).text


def test_slacks_word_cannot_ping_anybody() -> None:
    assert "<!channel>" not in given_up_message("C9", "<!channel>", "en").text
    text = problem_message(subscription(), "<!channel>").text
    assert "<!channel>" not in text

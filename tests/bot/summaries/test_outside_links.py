import pytest

from bot.summaries.outside_links import has_mention, leads_outside, outside_links


@pytest.mark.parametrize(
    "text",
    [
        "See https://evil.example for more.",
        "See htt\u200bps://evil.example for more.",
        "See ｈｔｔｐｓ：／／evil.example for more.",
        "Go to evil.tech/a now.",
        "Go to evil.cl\u00adoud/a now.",
        "Code: lab.page:8080/x",
        "Go to www.evil.link.",
        "A [click](evil) here.",
        "ftp://evil.example/x",
    ],
)
def test_addresses_are_found_whatever_their_ending_and_disguise(text: str) -> None:
    assert outside_links(text)


@pytest.mark.parametrize("text", ["@here", "@he\u2060re", "<!channel>", "<@U1>", "me@evil.example"])
def test_calls_are_found_in_disguise(text: str) -> None:
    assert has_mention(f"Now {text} look.")


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4.1 and Llama-3.1 reach 71.9 in pass@1, e.g. with Node.js and/or v2.0/v2.1.",
        "We use model.fit and config.json, i.e. the defaults.",
    ],
)
def test_names_with_dots_and_fractions_are_no_addresses(text: str) -> None:
    assert not leads_outside(text)


def test_the_papers_own_address_may_stand() -> None:
    own = "https://github.com/lab/code"
    assert outside_links(f"Code is at {own}.", (own,)) == []
    assert outside_links("Code is at https://github.com/evil/code.", (own,))

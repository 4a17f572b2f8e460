"""Answers as Slack messages."""

import json

import pytest

from bot.answers import Answer, Citation, render_answer
from bot.answers.markdown import unlinked
from bot.slack.blocks import Message

CITATIONS = (
    Citation(1, "2503.00001", "3.2 Paced rewards", "KITE holds back", "https://arxiv.org/html/2503.00001#S3.SS2"),
    Citation(2, "2503.00001", "Abstract", "We propose", "https://arxiv.org/abs/2503.00001"),
)  # fmt: skip


def render(
    text: str,
    *,
    maker: str = "some-model",
    citations: tuple[Citation, ...] = CITATIONS,
    links: tuple[str, ...] = (),
) -> list[Message]:
    answer = Answer(text, True, maker, citations, ("2503.00001",), links=links)
    return render_answer(answer, "en", question_id=7)


def mrkdwn(messages: list[Message]) -> str:
    return "\n".join(
        block["text"]["text"]
        for message in messages
        for block in message.blocks
        if block["type"] == "section"
    )


def test_citation_marks_become_links_to_the_place() -> None:
    shown = mrkdwn(render("Rewards are held back [1, 2]."))

    assert "<https://arxiv.org/html/2503.00001#S3.SS2|[1]>" in shown
    assert "<https://arxiv.org/abs/2503.00001|[2]>" in shown


def test_the_plain_text_says_everything_without_addresses() -> None:
    messages = render("Rewards are held back [1].")

    assert "Rewards are held back [1]." in messages[0].text
    assert "[1] 3.2 Paced rewards" in messages[0].text
    assert "some-model" in messages[0].text
    assert "<http" not in messages[0].text


def test_nothing_in_an_answer_pings_or_links_elsewhere() -> None:
    messages = render(
        "<!channel> <@U123> see [this](https://evil.example/x) or https://evil.example/y "
        "and <https://evil.example/z|ok>."
    )
    everything = json.dumps([m.payload() for m in messages])

    assert "<!channel>" not in everything
    assert "<@U123>" not in everything
    assert "https://evil.example" not in everything
    assert all(
        block["text"].get("verbatim")
        for message in messages
        for block in message.blocks
        if block["type"] == "section"
    )


def test_a_link_of_the_paper_is_kept() -> None:
    url = "https://github.com/example/kite"

    shown = mrkdwn(render(f"Code: {url}.", links=(url,)))

    assert f"<{url}|{url}>" in shown


def test_markdown_is_written_as_slack_writes_it() -> None:
    shown = mrkdwn(
        render("## Result\n\n**Bold** and *italic* `code`\n\n- one\n- two\n\n> said\n\n1. a\n2. b")
    )

    assert "*Result*" in shown
    assert "*Bold* and _italic_ `code`" in shown
    assert "• one\n• two" in shown
    assert "> said" in shown
    assert "1. a\n2. b" in shown


def test_formulas_are_readable() -> None:
    shown = mrkdwn(render(r"The loss is $\frac{1}{n}\sum_i x_i^2$ and \alpha \leq 0.5."))

    assert "\\" not in shown
    assert "$" not in shown
    assert "α" in shown
    assert "≤" in shown


def test_a_table_becomes_slacks_table_with_linked_marks() -> None:
    messages = render("| Paper | Score |\n| --- | --- |\n| KITE | 71.5 [1] |")
    table = next(block for block in messages[0].blocks if block["type"] == "table")

    assert table["rows"][0][0] == {"type": "raw_text", "text": "Paper"}
    assert "KITE | 71.5 [1]" in messages[0].text
    assert table["rows"][1][1]["elements"][0]["elements"][1]["url"] == CITATIONS[0].url


def test_two_tables_never_share_a_message() -> None:
    table = "| a | b |\n| --- | --- |\n| 1 | 2 |"

    messages = render(f"{table}\n\ntext\n\n{table}")

    assert [sum(b["type"] == "table" for b in m.blocks) for m in messages] == [1, 1]


def test_a_long_answer_is_split_and_has_its_buttons_once() -> None:
    messages = render("\n\n".join(f"Paragraph {n}: " + "word " * 120 for n in range(20)))

    assert len(messages) > 1
    assert all(len(message.text) <= 4000 for message in messages)
    assert all(len(message.blocks) <= 50 for message in messages)
    kinds = [[block["type"] for block in message.blocks] for message in messages]
    assert ["context_actions" in one for one in kinds] == [False] * (len(kinds) - 1) + [True]


def test_buttons_carry_the_question() -> None:
    blocks = render("Yes [1].")[0].blocks
    feedback = next(b for b in blocks if b["type"] == "context_actions")["elements"][0]
    buttons = next(b for b in blocks if b["type"] == "actions")["elements"]

    assert json.loads(feedback["positive_button"]["value"]) == {"question": 7, "vote": "up"}
    assert [one["action_id"] for one in buttons] == [
        "answer_evidence",
        "answer_detail",
        "answer_simpler",
        "answer_language",
    ]
    assert json.loads(buttons[-1]["value"]) == {"question": 7, "language": "ko"}


def test_chosen_sentences_offer_nothing_that_would_show_them_again() -> None:
    blocks = render("> A sentence [1].", maker="extractive")[0].blocks
    buttons = next(b for b in blocks if b["type"] == "actions")["elements"]

    assert [one["action_id"] for one in buttons] == ["answer_evidence"]


def test_an_answer_read_off_the_record_offers_no_more_detail() -> None:
    blocks = render("42 votes.", maker="record", citations=())[0].blocks
    buttons = next(b for b in blocks if b["type"] == "actions")["elements"]

    assert [one["action_id"] for one in buttons] == ["answer_language"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See [this](https://evil.tech/x).", "See this."),
        ("At https://evil.tech/x?y=1 now.", "At `https://evil.tech/x?y=1` now."),
        ("At htt\u200bps://evil.page now.", "At `https://evil.page` now."),
        ("At evil.link, or evil.co.uk/a now.", "At `evil.link`, or `evil.co.uk/a` now."),
        ("<!channel> <@U1> <#C1>", "‹!channel> ‹@U1> ‹#C1>"),
        ("- **71.9** [1]\n    - e.g. GPT-4.1", "- **71.9** [1]\n    - e.g. GPT-4.1"),
    ],
)
def test_what_grows_in_a_stream_links_nowhere_and_calls_nobody(written: str, shown: str) -> None:
    assert unlinked(written) == shown

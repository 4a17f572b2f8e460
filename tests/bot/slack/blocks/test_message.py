from bot.digests.localisation import Localisation
from bot.digests.paper_text import maker_line
from bot.slack.blocks import plain_message
from bot.slack.blocks.message import TEXT_LIMIT, fallback
from bot.slack.blocks.text import Mrkdwn
from storage import member_maker

MARKED = Mrkdwn("By <@U7> &amp; others")


def test_a_mention_of_ours_works_in_the_plain_text_and_nobody_elses_does() -> None:
    text = fallback(["<@U1> & co", MARKED], [("<!channel>", "<@U2>")], [MARKED])
    assert text.split("\n") == [
        "&lt;@U1&gt; &amp; co",
        "By <@U7> &amp; others",
        "&lt;!channel&gt;: &lt;@U2&gt;",
        "By <@U7> &amp; others",
    ]


def test_a_mention_stays_whole_when_the_text_has_to_be_shortened() -> None:
    text = fallback(["x" * 900], [("y" * 400, "z" * 400)] * 60, [MARKED])
    assert len(text) <= TEXT_LIMIT
    assert text.endswith(MARKED)


def test_a_message_shows_the_same_mention_in_block_and_text() -> None:
    message = plain_message(MARKED, "<@U1>")
    assert message.text == "By <@U7> &amp; others\n&lt;@U1&gt;"
    assert message.blocks[0]["text"]["text"] == message.text


def test_the_plain_text_names_the_member_whose_words_are_shown() -> None:
    line = maker_line([member_maker("U7")], Localisation("both"))
    assert "&lt;@" not in fallback([], [], [line])
    assert "<@U7>" in fallback([], [], [line])

"""Pictures on cards: which one, from where, and that a card can do without."""

import pytest

from bot.digests import paper_card
from bot.digests.pictures import Picture, picture_of, usable
from bot.languages import BOTH, LANGUAGES
from bot.slack.blocks.plainer import without_pictures
from storage import Fulltext, Storage
from tests.bot.digests.samples import NOW, entry, paper, summary
from tests.slack_limits import problems

FIGURE = "https://arxiv.org/html/2503.14001v1/x1.png"
THUMBNAIL = "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2503.14001.png"


def keep_figure(storage: Storage, url: str | None, caption: str | None = None) -> None:
    found = Fulltext("2503.14001", 1, "html", figure_url=url, figure_caption=caption)
    storage.fulltexts.save(found, [], now=NOW)


def test_the_first_figure_goes_before_the_thumbnail(storage: Storage) -> None:
    one = paper(1, thumbnail_url=THUMBNAIL)
    storage.papers.save([one], now=NOW)
    assert picture_of(storage, one) == Picture(THUMBNAIL, is_figure=False)
    keep_figure(storage, FIGURE, "Figure 1: The training loop.")
    found = picture_of(storage, one)
    assert found == Picture(FIGURE, is_figure=True, caption="Figure 1: The training loop.")
    keep_figure(storage, "https://arxiv.org/html/2503.14001v1/x1.svg")
    assert picture_of(storage, one) == Picture(THUMBNAIL, is_figure=False)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "http://arxiv.org/html/2503.14001v1/x1.png",
        "https://evil.example/x1.png",
        "https://arxiv.org.evil.example/x1.png",
        "https://arxiv.org@evil.example/x1.png",
        "https://arxiv.org:8443/x1.png",
        "https://arxiv.org/x1.svg",
        "https://arxiv.org/x1.png|<!channel>",
        "https://[arxiv.org/x1.png",
        "https://arxiv.org/" + "x" * 1000 + ".png",
        "data:image/png;base64,AAAA",
    ],
)
def test_a_picture_from_elsewhere_is_left_out(url: str | None) -> None:
    assert usable(url) is None


@pytest.mark.parametrize("language", [*LANGUAGES, BOTH])
@pytest.mark.parametrize(
    "picture",
    [
        Picture(FIGURE, is_figure=True, caption="Figure 1: *loops* <!channel> " + "x" * 3000),
        Picture(FIGURE, is_figure=True),
        Picture(THUMBNAIL, is_figure=False),
    ],
)
def test_a_card_with_a_picture_keeps_slacks_rules_and_tells_what_it_shows(
    picture: Picture, language: str
) -> None:
    one = paper(1, title="A title <!channel>\nof *two* lines")
    card = paper_card(entry(one, summary(one.id, "ko"), picture=picture), language)
    assert problems(card) == []
    (held,) = [
        part
        for block in card.blocks
        for part in (block, block.get("accessory", {}))
        if part.get("type") == "image"
    ]
    told = "Figure 1: *loops*" if picture.caption else "A title"
    assert told in held["alt_text"]
    assert len(held["alt_text"]) <= 500


def test_without_pictures_a_card_says_the_same() -> None:
    one = paper(1)
    bare = paper_card(entry(one, summary(one.id, "ko")), "ko")
    for picture in (Picture(FIGURE, is_figure=True), Picture(THUMBNAIL, is_figure=False)):
        card = paper_card(entry(one, summary(one.id, "ko"), picture=picture), "ko")
        assert card.blocks != bare.blocks
        assert without_pictures(card.blocks) == list(bare.blocks)
        assert card.text == bare.text

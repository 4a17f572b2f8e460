"""Whatever is shown, from no paper to sixty and with titles of the worst kind, Slack takes it."""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bot.slack.blocks import Message
from storage import open_storage
from tests.bot.digests.samples import HOSTILE_TITLES
from tests.slack_limits import problems, view_problems
from tests.surfaces import SURFACES, Stock, stock

ROOT = Path(__file__).resolve().parents[1]
HOSTILE_TEXT = "<!channel> &&& *_`~ \u202e\u0000\ud83d " * 300
# Half a surrogate pair never reaches storage: the sources drop it (`bot/sources/fields.py`).
HOSTILE = (*HOSTILE_TITLES, "zero\u200b\u200d\ufeffwidth", "[x](https://evil.example) <b>|</b>")
# What a listing, an imported archive or a model may bring along to lead readers elsewhere.
ELSEWHERE = (
    "See https://evil.example/a and evil.tech, evil.cloud/x",
    "htt\u200bps://evil.link and @he\u200bre, @channel",
    "[click](https://evil.page) <https://evil.example|click> <@U999> <!here>",
)
FIELDS: Mapping[str, object] = {
    "organization": "Visit https://evil.tech or evil.cloud <!channel>",
    "authors": ("Eve https://evil.tech", "evil.link"),
    "code_url": "https://github.com/login/oauth/authorize?client_id=1",
    "project_url": "https://evil.example/project",
    "ai_summary": "Win at evil.page, https\u200b://evil.example.",
    "keywords": ("evil.tech", "https://evil.example"),
    "abstract": "Code is at https://evil.example/a, www.evil.tech and evil.cloud.",
}
STOCKS: Mapping[str, tuple[Any, ...]] = {
    "none": (0, (), None),
    "one": (1, (), None),
    "ten": (10, (), None),
    "sixty": (60, (), None),
    "hostile": (len(HOSTILE), HOSTILE, HOSTILE_TEXT.replace("\ud83d", "")),
    "sixty hostile": (60, HOSTILE, None),
    "elsewhere": (10, ELSEWHERE, " ".join(ELSEWHERE), FIELDS),
}


@pytest.fixture(scope="module")
def stocks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Stock]]:
    folder = tmp_path_factory.mktemp("surfaces")
    storages = {name: open_storage(folder / f"{name}.db") for name in STOCKS}
    made = {name: stock(storages[name], *held) for name, held in STOCKS.items()}
    yield made
    for name, storage in storages.items():
        made[name].room.actions.listings.close()
        storage.close()


def found_in(shown: Message | Mapping[str, Any]) -> list[str]:
    return problems(shown) if isinstance(shown, Message) else view_problems(shown)


@pytest.mark.parametrize("name", STOCKS)
@pytest.mark.parametrize("surface", SURFACES)
def test_slack_takes_every_surface(stocks: Mapping[str, Stock], surface: str, name: str) -> None:
    draw, languages = SURFACES[surface]
    found = [
        f"{language} {place}: {one}"
        for language in languages
        for place, shown in enumerate(draw(stocks[name], language))
        for one in found_in(shown)
    ]
    assert found == []


def makers() -> set[tuple[str, str]]:
    """Each function that puts blocks into a message or makes a view: its file and name."""
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("handlers/**/*.py")]
    return {
        (path.relative_to(ROOT).as_posix(), function.name)
        for path in files
        if not path.is_relative_to(ROOT / "bot" / "workspace")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and any(map(_makes, ast.walk(function)))
    }


def _makes(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id == "Message" and len(node.args) + len(node.keywords) > 1
    if isinstance(node, ast.Dict):
        values = [one.value for one in node.values if isinstance(one, ast.Constant)]
        return "modal" in values or "home" in values
    return False


def test_each_maker_of_messages_and_views_is_among_the_surfaces(
    stocks: Mapping[str, Stock],
) -> None:
    reached: set[tuple[str, str]] = set()

    def called(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            reached.add((frame.f_code.co_filename, frame.f_code.co_name))

    sys.setprofile(called)
    try:
        for draw, languages in SURFACES.values():
            for name in ("none", "ten"):
                list(draw(stocks[name], languages[0]))
    finally:
        sys.setprofile(None)
    known = {(path.removeprefix(f"{ROOT}/"), name) for path, name in reached}
    assert len(makers()) > 20
    assert makers() - known == set()

"""Catalogues, particles and languages."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.languages import LANGUAGES, catalog, is_in, language_of_locale, language_of_text
from bot.languages.catalog import UnknownMessageError
from bot.languages.ko.particles import with_particle


def folder_of(language: str) -> Path:
    return Path(__file__).parents[3] / "bot/languages" / language


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_the_same_messages(code: str) -> None:
    assert catalog(code).message_ids() == catalog("en").message_ids()


def test_a_translation_may_leave_an_argument_out_but_never_bring_another() -> None:
    def arguments(language: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in folder_of(language).glob("*.ftl"):
            for block in re.split(r"\n(?=[a-z])", "\n" + one.read_text(encoding="utf-8")):
                name = re.match(r"\s*([a-z][\w-]*) =", block)
                if name:
                    found[name[1]] = set(re.findall(r"\$(\w+)", block))
        return found

    korean, english = arguments("ko"), arguments("en")
    differing = {
        name: (korean[name], english[name])
        for name in korean
        if not (korean[name] <= english[name] or english[name] <= korean[name])
    }
    assert differing == {}


def test_korean_messages_are_korean_and_english_ones_are_not() -> None:
    english = "".join(one.read_text(encoding="utf-8") for one in folder_of("en").glob("*.ftl"))
    allowed = re.sub(r'"[^"]*"|`[^`]*`|한국어로?|“[^”]*”', "", english)
    assert not re.search(r"[가-힣]", allowed)


@pytest.mark.parametrize(
    ("text", "particle", "whole"),
    [
        ("논문", "을", "논문을"),
        ("자료", "을", "자료를"),
        ("모델", "으로", "모델로"),
        ("서울", "이", "서울이"),
        ("GPT", "은", "GPT는"),
        ("LLM", "이", "LLM이"),
        ("Qwen", "을", "Qwen을"),
        ("2503.14476", "을", "2503.14476을"),
        ("3", "으로", "3으로"),
        ("7", "으로", "7로"),
        ("“DAPO”", "와", "“DAPO”와"),
        ("강화학습(RL)", "을", "강화학습(RL)을"),
        ("", "을", "를"),
    ],
)
def test_a_particle_fits_the_sound_before_it(text: str, particle: str, whole: str) -> None:
    assert with_particle(text, particle) == whole


def test_a_message_with_a_particle() -> None:
    text = catalog("ko").text("cli-port-taken", port="3000", name="PAPERBOY_PORT")
    assert text.startswith("포트 3000을")


def test_a_missing_message_or_argument_is_a_bug_that_shows() -> None:
    with pytest.raises(UnknownMessageError):
        catalog("ko").text("no-such-message")
    with pytest.raises(UnknownMessageError):
        catalog("ko").text("errors-unknown-paper")


def test_dates_follow_the_language() -> None:
    day = date(2025, 3, 19)
    assert catalog("ko").day(day) == "2025년 3월 19일 수요일"
    assert catalog("en").day(day) == "Wednesday, March 19, 2025"


def test_the_language_of_a_text_and_of_a_locale() -> None:
    assert language_of_text("DAPO의 한계는?") == "ko"
    assert language_of_text("What is DAPO?") == "en"
    assert language_of_text("???", default="ko") == "ko"
    assert language_of_locale("ko-KR", default="en") == "ko"
    assert language_of_locale("fr-FR", default="ko") == "ko"
    assert language_of_locale(None, default="en") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("DAPO는 AIME 2024에서 50점을 얻는다.", "ko"),
        ("The prompt 안녕하세요 is one of the examples.", "en"),
        ("Qwen2.5-32B and DeepSeek-R1-Zero-Qwen-32B", "en"),
    ],
)
def test_a_text_is_in_the_language_that_most_of_it_is_in(text: str, language: str) -> None:
    assert is_in(text, language)
    assert not is_in(text, "en" if language == "ko" else "ko")

"""A member's correction wins over whatever a machine writes later."""

from datetime import UTC, datetime

from storage import Paper, Storage, Summary, member_maker, member_of

NOW = datetime(2025, 3, 20, tzinfo=UTC)


def test_a_correction_is_shown_although_a_machine_wrote_later(storage: Storage) -> None:
    storage.papers.save([Paper("2503.14476", "DAPO")], now=NOW)

    def save(tldr: str, maker: str) -> None:
        storage.summaries.save(Summary("2503.14476", "ko", tldr, maker=maker), now=NOW)

    save("by a machine", "gpt")
    save("by Ada", member_maker("U1"))
    save("by a newer machine", "gpt-2")
    shown = storage.summaries.get("2503.14476", "ko")
    assert shown is not None
    assert (shown.tldr, member_of(shown.maker)) == ("by Ada", "U1")
    save("by Bert", member_maker("U2"))
    assert storage.summaries.get_many(["2503.14476"], "ko")["2503.14476"].tldr == "by Bert"
    every = storage.summaries.in_languages(["2503.14476"], ["ko", "en"])
    assert (every["ko"]["2503.14476"].tldr, every["en"]) == ("by Bert", {})
    assert member_of("gpt") is None


def test_summaries_in_several_languages_are_found_at_once(storage: Storage) -> None:
    storage.papers.save([Paper("1", "One"), Paper("2", "Two")], now=NOW)
    for told in (
        Summary("1", "ko", "eins", maker="gpt"),
        Summary("1", "en", "one", maker=member_maker("U1")),
        Summary("2", "en", "two", maker="gpt"),
    ):
        storage.summaries.save(told, now=NOW)
    found = storage.summaries.in_languages(["1", "2"], ["ko", "en", "fr"])
    said = {language: {one.tldr for one in those.values()} for language, those in found.items()}
    assert said == {"ko": {"eins"}, "en": {"one", "two"}, "fr": set()}
    assert storage.summaries.in_languages([], ["ko"]) == {"ko": {}}

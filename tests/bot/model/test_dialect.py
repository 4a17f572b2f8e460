"""What servers understand, and what is tried next when one refuses."""

from pydantic import BaseModel, Field

from bot.model.dialect import REASONING_ROOM, Dialect, JsonMode


class Animal(BaseModel):
    name: str = Field(max_length=10)
    friends: list[str] = Field(max_length=3)


def test_the_official_server_has_its_own_name_for_the_limit() -> None:
    official = Dialect.first_guess("gpt-4.1", official=True)
    assert official.arguments(100)["max_completion_tokens"] == 100
    assert Dialect.first_guess("llama", official=False).arguments(100)["max_tokens"] == 100


def test_a_reasoning_model_gets_room_for_its_thoughts() -> None:
    thinking = Dialect.first_guess("gpt-5-mini", official=True)
    arguments = thinking.arguments(100)
    assert arguments["reasoning_effort"] == "low"
    assert arguments["max_completion_tokens"] == thinking.room(100) == 100 + REASONING_ROOM
    assert not Dialect.first_guess("gpt-5-chat-latest", official=True).reasoning


def test_ways_to_ask_for_an_object_get_simpler_one_by_one() -> None:
    dialect: Dialect | None = Dialect()
    modes = []
    while dialect is not None:
        modes.append(dialect.json_mode)
        dialect = dialect.simpler("Invalid schema", schema=True)
    assert modes == list(JsonMode)


def test_lengths_can_be_left_out_of_a_schema() -> None:
    bare = Dialect(json_mode=JsonMode.SCHEMA_WITHOUT_LENGTHS).response_format(Animal)
    assert bare is not None
    assert bare["json_schema"]["strict"] is True
    assert "maxLength" not in str(bare)
    assert "maxItems" not in str(bare)
    assert "maxLength" in str(Dialect().response_format(Animal))


def test_where_the_schema_is_not_sent_it_is_told_in_words() -> None:
    assert Dialect().shape_in_words(Animal) == ""
    for mode in (JsonMode.OBJECT, JsonMode.PLAIN):
        assert '"friends"' in Dialect(json_mode=mode).shape_in_words(Animal)


def test_a_refusal_that_names_nothing_known_ends_the_search() -> None:
    assert Dialect().simpler("no", schema=False) is None
    thinking = Dialect(reasoning=True)
    simpler = thinking.simpler("unknown: reasoning_effort", schema=False)
    assert simpler == Dialect(reasoning=False)


def test_streams_are_done_without_where_they_are_refused() -> None:
    first = Dialect()
    assert first.arguments(100)["stream"] is True
    second = first.simpler("unknown field stream_options", schema=True)
    assert second == Dialect(usage_in_streams=False)
    third = second.simpler("streaming is not available here", schema=True)
    assert third is not None
    assert "stream" not in third.arguments(100)
    assert third.json_mode is JsonMode.SCHEMA

"""The JSON in which a model tells a week; imported when a model is asked."""

from pydantic import BaseModel, ConfigDict, Field

from bot.digests.week_text import LONGEST_SENTENCE


class WrittenSentence(BaseModel):
    """A sentence, with the numbers of the papers and topics that it rests on."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=2 * LONGEST_SENTENCE)
    papers: list[int]
    topics: list[int]


class WrittenParagraph(BaseModel):
    """Sentences that belong together."""

    model_config = ConfigDict(extra="forbid")

    sentences: list[WrittenSentence]


class WrittenWeek(BaseModel):
    """The whole text."""

    model_config = ConfigDict(extra="forbid")

    paragraphs: list[WrittenParagraph]

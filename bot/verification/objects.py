"""The JSON in which a model tells its verdicts; imported when a model is asked."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.verification.verifier import Verdict

_LONGEST_REASON = 200


class Judged(BaseModel):
    """What a model says of one sentence, by its number."""

    model_config = ConfigDict(extra="forbid")

    sentence: int
    verdict: Verdict
    wrong: str = Field(max_length=_LONGEST_REASON)


class Verdicts(BaseModel):
    """What it says of all that it was asked about."""

    model_config = ConfigDict(extra="forbid")

    verdicts: list[Judged]

    @model_validator(mode="before")
    @classmethod
    def _kept(cls, given: Any) -> Any:
        """Keep the verdicts that can be read; one that can't loses no other."""
        verdicts = given.get("verdicts") if isinstance(given, dict) else given
        read = [_read(one) for one in verdicts or [] if isinstance(one, dict)]
        return {"verdicts": [one for one in read if one["verdict"] in set(Verdict)]}


def _read(given: dict[str, Any]) -> dict[str, Any]:
    verdict = str(given.get("verdict", "")).strip().lower().replace("_", " ")
    wrong = str(given.get("wrong") or "")[:_LONGEST_REASON]
    number = str(given.get("sentence", "")).strip(" .")
    return {"sentence": number if number.isdecimal() else 0, "verdict": verdict, "wrong": wrong}

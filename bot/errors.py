"""Every error Paperboy raises on purpose.

PaperboyError               has two texts: a catalogue message for people, a detail for the log
├── SettingsError           the environment is wrong; names every problem at once
├── InputError              someone asked for something that cannot be (a future date, say)
│   └── UnknownPaperError   no paper with this id, number or link
├── SourceError             a source or paper host gave no usable answer
├── ModelError              the model gave no usable answer
│   ├── ModelUnavailableError   it could not be reached, or refused
│   └── BudgetSpentError        the day's budget is used up
└── SlackError              Slack refused a call or could not be reached
    ├── SlackRateLimited    it asked us to wait
    └── SlackOutcomeUnknown it may or may not have done what we asked
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class PaperboyError(Exception):
    """Base of the tree.

    ``message_id`` and ``arguments`` name a text of the catalogues in ``bot.languages``, which is
    what people see. ``str(error)`` is the detail, for the log only.
    """

    message_id = "errors-unexpected"

    def __init__(self, detail: str, *, message_id: str | None = None, **arguments: object) -> None:
        super().__init__(detail)
        self.message_id = message_id or type(self).message_id
        self.arguments = arguments


@dataclass(frozen=True)
class SettingProblem:
    """What is wrong with the setting ``name``; ``message_id`` and ``arguments`` as in
    :class:`PaperboyError`. ``value`` is what it is set to, None of a secret."""

    name: str
    message_id: str
    arguments: Mapping[str, object]
    value: str | None = None


class SettingsError(PaperboyError):
    """The environment holds wrong, missing or unknown settings."""

    message_id = "errors-settings"

    def __init__(self, problems: Sequence[SettingProblem]) -> None:
        super().__init__(", ".join(one.name for one in problems))
        self.problems = tuple(problems)


class InputError(PaperboyError):
    """A person asked for something that cannot be; ``message_id`` says what."""


class UnknownPaperError(InputError):
    """No paper goes by this id, number, link or title."""

    message_id = "errors-unknown-paper"


class SourceError(PaperboyError):
    """A source or paper host is down, refuses, or answers nonsense.

    ``retry_after`` are the seconds it asked us to wait, when it said so.
    """

    message_id = "errors-source"

    def __init__(
        self, detail: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.retry_after = retry_after


class ModelError(PaperboyError):
    """The model gave no usable answer."""

    message_id = "errors-model"


class ModelUnavailableError(ModelError):
    """The model could not be reached, timed out, or refused the call."""


class BudgetSpentError(ModelError):
    """The day's model budget is used up."""

    message_id = "errors-budget"


class SlackError(PaperboyError):
    """Slack refused a call or could not be reached; ``code`` is Slack's error word."""

    message_id = "errors-slack"

    def __init__(self, detail: str, *, code: str) -> None:
        super().__init__(detail, code=code)
        self.code = code


class SlackRateLimited(SlackError):
    """Slack asked us to come back in ``retry_after`` seconds; nothing was done."""

    def __init__(self, detail: str, *, retry_after: float) -> None:
        super().__init__(detail, code="ratelimited")
        self.retry_after = retry_after


class SlackOutcomeUnknown(SlackError):
    """The answer to a change got lost: Slack may have made it or not. Look before trying again."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, code="outcome_unknown")

"""What a person reads when something went wrong: words to act on, and the id to pass on."""

from bot.errors import BudgetSpentError, InputError, PaperboyError
from bot.languages import catalog
from bot.slack.blocks.text import Mrkdwn, escaped
from bot.telemetry.request_ids import reference
from bot.text import one_line

# Less than what the catalogue cuts off, which could tear an entity in two.
LONGEST_ARGUMENT = 800


def error_text(error: PaperboyError, language: str) -> Mrkdwn:
    """The error in words. What the member can mend alone carries no id.

    Its arguments may repeat what somebody typed: only those that are mrkdwn already stay as they
    are.
    """
    arguments = {name: _shown(value) for name, value in error.arguments.items()}
    text = catalog(language).text(error.message_id, **arguments)
    if isinstance(error, InputError | BudgetSpentError):
        return Mrkdwn(text)
    return Mrkdwn(with_reference(text, language))


def _shown(value: object) -> object:
    if not isinstance(value, str) or isinstance(value, Mrkdwn):
        return value
    return escaped(one_line(value), LONGEST_ARGUMENT)


def with_reference(text: str, language: str) -> str:
    """*text* with the id under which the log tells more."""
    return f"{text} {catalog(language).text('errors-reference', reference=reference())}"

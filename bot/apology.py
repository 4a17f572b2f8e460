"""What a member reads when something went wrong: words to act on, and the id to pass on."""

from bot.errors import BudgetSpentError, InputError, PaperboyError
from bot.i18n import catalog
from bot.request_ids import reference


def apology(error: PaperboyError, language: str) -> str:
    """The error in words. What the member can mend alone carries no id."""
    text = catalog(language).text(error.message_id, **error.arguments)
    if isinstance(error, InputError | BudgetSpentError):
        return text
    return with_reference(text, language)


def with_reference(text: str, language: str) -> str:
    """*text* with the id under which the log tells more."""
    return f"{text} {catalog(language).text('errors-reference', reference=reference())}"

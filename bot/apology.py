"""What a person reads when something went wrong: words to act on, and the id to pass on."""

from bot.errors import BudgetSpentError, InputError, PaperboyError
from bot.i18n import Catalog, catalog
from bot.request_ids import reference
from storage import NewerSchemaError, StorageError


def apology(error: PaperboyError, language: str) -> str:
    """The error in words. What the member can mend alone carries no id."""
    text = catalog(language).text(error.message_id, **error.arguments)
    if isinstance(error, InputError | BudgetSpentError):
        return text
    return with_reference(text, language)


def with_reference(text: str, language: str) -> str:
    """*text* with the id under which the log tells more."""
    return f"{text} {catalog(language).text('errors-reference', reference=reference())}"


def database_words(error: StorageError, file: str, words: Catalog) -> str:
    """What is the matter with the database *file*, and what to do, for whoever runs Paperboy."""
    match error:
        case NewerSchemaError(copy=None):
            return words.text("cli-newer-database", file=file)
        case NewerSchemaError(copy=copy):
            return words.text("cli-newer-database-copy", file=file, copy=str(copy))
        case _:
            reason = " ".join(str(error).split())
            return words.text("cli-database-unusable", file=file, reason=reason)

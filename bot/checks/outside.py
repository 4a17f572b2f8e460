"""What is asked over the network besides Slack: sources and the model."""

from collections.abc import Callable, Iterator

from rapidfuzz import process

from bot.checks.check import Check, one_line
from bot.errors import BudgetSpentError, ModelError
from bot.i18n import Catalog
from bot.model import Model, Prompt
from bot.services import Services

NAMES_SHOWN = 3
# What a model's refusal is about, by the outcome that the adapter gives it.
_ABOUT = {
    "unauthorized": "key",
    "forbidden": "key",
    "quota": "quota",
    "not-found": "name",
    "no-embedding-model": "name",
    "connection": "unreachable",
    "timeout": "unreachable",
    "server-error": "unreachable",
}


def outside_checks(services: Services, words: Catalog) -> Iterator[Check]:
    """What is asked over the network besides Slack."""
    for name, ping in services.source_pings:
        yield _source(name, ping, words)
    yield _model(services.model, words)
    if services.settings.embedding_model:
        yield _embedding(services.model, words)


def _source(name: str, ping: Callable[[], str | None], words: Catalog) -> Check:
    problem = ping()
    if problem is None:
        return Check(name, "ok", words.text("check-ok"))
    return Check(name, "wrong", words.text("check-source-down", reason=one_line(problem)))


def _model(model: Model | None, words: Catalog) -> Check:
    """One word asked for, which tells address, key and name in one."""
    if model is None:
        return Check("model", "off", words.text("check-model-off"))
    try:
        model.complete(Prompt(system="", user="Say: ok", name="check"), max_tokens=16)
    except BudgetSpentError:
        return Check("model", "ok", words.text("check-model-budget", model=model.name))
    except ModelError as error:
        about = _ABOUT.get(str(error.arguments.get("outcome")), "other")
        return Check("model", "wrong", _model_words(about, error, model, words))
    return Check("model", "ok", words.text("check-model-ok", model=model.name))


def _embedding(model: Model | None, words: Catalog) -> Check:
    name = "PAPERBOY_EMBEDDING_MODEL"
    if model is None or model.embedding_name is None:
        return Check(name, "wrong", words.text("check-embedding-without-model"))
    try:
        model.embed(["ok"])
    except BudgetSpentError:
        return Check(name, "ok", words.text("check-model-budget", model=model.embedding_name))
    except ModelError as error:
        text = words.text(
            "check-embedding-wrong", model=model.embedding_name, reason=one_line(error)
        )
        return Check(name, "wrong", text)
    return Check(name, "ok", words.text("check-model-ok", model=model.embedding_name))


def _model_words(about: str, error: ModelError, model: Model, words: Catalog) -> str:
    reason = one_line(error)
    if about != "name":
        return words.text(f"check-model-{about}", reason=reason)
    try:
        served = model.served_models()
    except ModelError:
        served = []
    near = [name for name, *_ in process.extract(model.name, served, limit=NAMES_SHOWN)]
    return words.text(
        "check-model-name", model=model.name, near=", ".join(near) or "-", reason=reason
    )

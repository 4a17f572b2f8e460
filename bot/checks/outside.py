"""What is asked over the network besides Slack: sources and the model."""

from collections.abc import Callable, Iterator

from rapidfuzz import process

from bot.checks.check import Check
from bot.errors import BudgetSpentError, ModelError
from bot.languages import Catalog
from bot.model import Model, Prompt
from bot.sample.load import sample_text
from bot.services import Services
from bot.settings import NO_EMBEDDINGS, NO_VERIFIER
from bot.summaries.context_window import token_budget
from bot.summaries.drafting import trial_prompt
from bot.verification import Statement, Verifier

NAMES_SHOWN = 3
_EMBEDDING = "PAPERBOY_EMBEDDING_MODEL"
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
    "bad-request": "refused",
    "too-long": "context",
}
# Outcomes of a model that answers, though not with the object that was asked for.
_ANSWERED = ("invalid", "truncated")
_QUESTION = Prompt(
    system="You answer in one short sentence.", user="Are you there?", name="check-question"
)
_QUESTION_TOKENS = 200
_PASSAGE = "The router reads the query once and lowers the latency by 12%."
_STATEMENTS = (
    Statement("The router lowers the latency.", (_PASSAGE,)),
    Statement("The router raises the latency by 12%.", (_PASSAGE,)),
)


def outside_checks(services: Services, words: Catalog) -> Iterator[Check]:
    """What is asked over the network besides Slack."""
    for name, ping in services.source_pings:
        yield _source(name, ping, words)
    yield model_check(services.model, services.settings.language, words)
    if services.settings.verifier_model not in (None, NO_VERIFIER):
        yield _verifier(services.verifier, words)
    if services.settings.embedding_model == NO_EMBEDDINGS:
        yield Check(_EMBEDDING, "off", words.text("check-embedding-off"))
    elif services.settings.embedding_model:
        yield _embedding(services.model, words)


def _source(name: str, ping: Callable[[], str | None], words: Catalog) -> Check:
    problem = ping()
    if problem is None:
        return Check(name, "ok", words.text("check-ok"))
    return Check(name, "wrong", words.with_detail("check-source-down", problem))


def model_check(model: Model | None, language: str, words: Catalog) -> Check:
    """A question and a summary asked for as real work asks: what would fail there fails here."""
    if model is None:
        return Check("model", "off", words.text("check-model-off"))
    from bot.summaries.objects import SummaryDraft

    try:
        for _ in model.stream(_QUESTION, max_tokens=_QUESTION_TOKENS):
            pass
        budget = token_budget(model.context_tokens())
        model.complete(
            trial_prompt(sample_text(language), language, budget),
            schema=SummaryDraft,
            max_tokens=budget.written,
            cut_off_too=True,
        )
    except BudgetSpentError:
        return Check("model", "ok", words.text("check-model-budget", model=model.name))
    except ModelError as error:
        if error.arguments.get("outcome") in _ANSWERED:
            return Check("model", "ok", words.text("check-model-shapeless", model=model.name))
        return Check("model", "wrong", _model_words(error, model, words))
    return Check("model", "ok", words.text("check-model-ok", model=model.name))


def _verifier(verifier: Verifier, words: Catalog) -> Check:
    """Two sentences verified as real work has them verified."""
    name = "PAPERBOY_VERIFIER_MODEL"
    if not verifier.name:
        return Check(name, "wrong", words.text("check-verifier-without-model"))
    try:
        found = verifier.judged(_STATEMENTS)
    except BudgetSpentError:
        return Check(name, "ok", words.text("check-model-budget", model=verifier.name))
    except ModelError as error:
        if error.arguments.get("outcome") not in _ANSWERED:
            about = {"model": verifier.name}
            text = words.with_detail("check-verifier-wrong", _detail(error), **about)
            return Check(name, "wrong", text)
        found = []
    if not any(found):
        return Check(name, "wrong", words.text("check-verifier-shapeless", model=verifier.name))
    return Check(name, "ok", words.text("check-model-ok", model=verifier.name))


def _embedding(model: Model | None, words: Catalog) -> Check:
    if model is None or model.embedding_name is None:
        return Check(_EMBEDDING, "wrong", words.text("check-embedding-without-model"))
    try:
        model.embed(["A paper's title and abstract.", "What somebody searches for."])
    except BudgetSpentError:
        return Check(_EMBEDDING, "ok", words.text("check-model-budget", model=model.embedding_name))
    except ModelError as error:
        about = {"model": model.embedding_name}
        text = words.with_detail("check-embedding-wrong", _detail(error), **about)
        return Check(_EMBEDDING, "wrong", text)
    return Check(_EMBEDDING, "ok", words.text("check-model-ok", model=model.embedding_name))


def _model_words(error: ModelError, model: Model, words: Catalog) -> str:
    about = _ABOUT.get(str(error.arguments.get("outcome")), "other")
    detail = _detail(error)
    if about in ("key", "quota", "context"):
        return words.with_detail(f"check-model-{about}", detail)
    if (right := model.address_with_version()) is not None:
        return words.with_detail("check-model-version", detail, url=model.url, right=right)
    if about != "name":
        return words.with_detail(f"check-model-{about}", detail)
    try:
        served = model.served_models()
    except ModelError:
        return words.with_detail("check-model-address", detail, url=model.url)
    near = [name for name, *_ in process.extract(model.name, served, limit=NAMES_SHOWN)]
    return words.with_detail(
        "check-model-name", detail, model=model.name, near=", ".join(near) or "-"
    )


def _detail(error: ModelError) -> str:
    """What happened, with the server's own words and figures where it gave some."""
    told = [error.arguments.get("said"), error.arguments.get("limit")]
    return ": ".join(str(one) for one in (error, *told) if one)

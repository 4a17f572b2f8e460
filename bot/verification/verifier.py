"""Asks a model whether passages support sentences, many sentences in one call."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.errors import ModelError
from bot.model import Model, Prompt, load_prompt
from bot.settings import NO_VERIFIER, YES_NO, Settings
from bot.telemetry.request_ids import RequestThreads
from bot.verification.rules import objection
from storage import Storage

if TYPE_CHECKING:
    from bot.verification.objects import Judged

log = logging.getLogger(__name__)

# More sentences than these are judged in several calls.
_AT_ONCE = 40
_TOKENS_EACH, _TOKENS_MORE = 60, 300
_YES_NO_TOKENS = 16
_YES_NO_AT_ONCE = 4


class Verdict(StrEnum):
    """What passages say of a sentence."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_TOLD = "not told"


@dataclass(frozen=True)
class Statement:
    """One sentence, the texts of the passages that it cites, and a few *nearby* ones that may bear
    it out where those leave something open."""

    text: str
    passages: tuple[str, ...]
    nearby: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What was found of one statement. ``reason`` says in English what is wrong with it."""

    verdict: Verdict = Verdict.SUPPORTED
    reason: str = ""

    @property
    def is_supported(self) -> bool:
        """Whether the statement may be shown."""
        return self.verdict == Verdict.SUPPORTED


@dataclass(frozen=True)
class Verification:
    """A finding for each statement, in their order.

    ``by`` is the model that judged; empty where rules stood in for it.
    """

    findings: tuple[Finding, ...] = ()
    by: str = ""


class Verifier:
    """Judges statements with *model*, or by rules alone when that is None. Safe in any thread.

    With *yes_no* the model is a fact-checking one, such as MiniCheck, that takes a document and one
    claim and answers Yes or No: it is called once for each statement.
    """

    def __init__(self, model: Model | None, *, yes_no: bool = False) -> None:
        self._model = model
        self._yes_no = yes_no

    @classmethod
    def from_settings(
        cls,
        settings: Settings,
        storage: Storage,
        clock: Clock,
        model: Model | None,
        *,
        proxies: Mapping[str, str] | None = None,
    ) -> "Verifier":
        """The verifier that settings name beside the chat *model*. Makes no call."""
        wanted = settings.verifier_model or settings.model
        if model is None or wanted == NO_VERIFIER:
            return cls(None)
        elsewhere = settings.verifier_base_url
        if wanted != model.name or elsewhere:
            its = replace(settings, model=wanted, embedding_model=None, context_tokens=None)
            if elsewhere:
                key = settings.verifier_api_key
                its = replace(its, openai_base_url=elsewhere, openai_api_key=key)
            model = Model.from_settings(its, storage, clock, proxies=proxies, beside=model)
        return cls(model, yes_no=settings.verifier_format == YES_NO)

    @property
    def name(self) -> str:
        """The model that judges; empty when there is none."""
        return self._model.name if self._model else ""

    def close(self) -> None:
        """End all calls."""
        if self._model is not None:
            self._model.close()

    def verify(
        self, statements: Sequence[Statement], *, known: str = "", for_people: bool = False
    ) -> Verification:
        """Whether each statement is supported by its passages.

        *known* is what else a statement may name, such as titles and authors. Calls that somebody
        waits for (*for_people*) go before others. Where the model can't be asked (none is set, the
        day's budget is spent, it fails), and for statements that it passes over, rules decide.
        """
        if self._model is None or not statements:
            return Verification(tuple(_by_rules(one, known) for one in statements))
        try:
            judged = self.judged(statements, for_people=for_people)
        except ModelError as error:
            log.warning("sentences are checked by rules alone: %s", error)
            return Verification(tuple(_by_rules(one, known) for one in statements))
        findings = (
            found or _by_rules(one, known) for one, found in zip(statements, judged, strict=True)
        )
        return Verification(tuple(findings), self._model.name)

    def judged(
        self, statements: Sequence[Statement], *, for_people: bool = False
    ) -> list[Finding | None]:
        """What the model finds of each statement; None where it says nothing that can be read.

        Raises:
            ModelError: it failed, or there is none.
        """
        if self._model is None:
            raise ModelError("there is no verifier", outcome="none")
        judge = self._said_yes if self._yes_no else self._in_batches
        return judge(self._model, statements, for_people)

    def _in_batches(
        self, model: Model, statements: Sequence[Statement], for_people: bool
    ) -> list[Finding | None]:
        from bot.verification.objects import Verdicts

        calls = -(-len(statements) // _AT_ONCE)
        size = -(-len(statements) // calls)
        found: list[Finding | None] = []
        for start in range(0, len(statements), size):
            batch = statements[start : start + size]
            answer = model.complete(
                prompt_for(batch),
                schema=Verdicts,
                max_tokens=_TOKENS_MORE + _TOKENS_EACH * len(batch),
                for_people=for_people,
            )
            told = {one.sentence: one for one in answer.parsed.verdicts}
            found += [_finding(told.get(number)) for number in range(1, len(batch) + 1)]
        return found

    def _said_yes(
        self, model: Model, statements: Sequence[Statement], for_people: bool
    ) -> list[Finding | None]:
        template = load_prompt("bot.verification", "yes_no")

        def judged(one: Statement) -> Finding | None:
            document = "\n\n".join([*one.passages, *one.nearby])
            prompt = template.render(document=document, claim=one.text)
            answer = model.complete(prompt, max_tokens=_YES_NO_TOKENS, for_people=for_people)
            return _said(answer.text)

        with RequestThreads(_YES_NO_AT_ONCE, thread_name_prefix="verifier") as pool:
            return list(pool.map(judged, statements))


def prompt_for(statements: Sequence[Statement]) -> Prompt:
    """The prompt that has *statements* judged; each passage stands in it once."""
    nearby = [text for one in statements for text in one.nearby]
    passages, cited = numbered([one.passages for one in statements], nearby)
    sentences = (
        f"{number}. [{rests_on}] {one.text}"
        for number, (one, rests_on) in enumerate(zip(statements, cited, strict=True), start=1)
    )
    return load_prompt("bot.verification", "verify").render(
        passages=passages, sentences="\n".join(sentences)
    )


def numbered(cited: Sequence[Sequence[str]], nearby: Sequence[str] = ()) -> tuple[str, list[str]]:
    """The passages of several sentences as one text, each once with its number, *nearby* ones
    last; and the numbers that each sentence cites (``any`` for all)."""
    numbers: dict[str, int] = {}
    told = []
    for passages in cited:
        own = {numbers.setdefault(text, len(numbers) + 1) for text in passages}
        told.append(sorted(own))
    for text in nearby:
        numbers.setdefault(text, len(numbers) + 1)
    names = ["any" if len(own) == len(numbers) > 1 else ", ".join(map(str, own)) for own in told]
    return "\n\n".join(f"[{number}] {text}" for text, number in numbers.items()), names


def _finding(judged: "Judged | None") -> Finding | None:
    return Finding(judged.verdict, judged.wrong) if judged else None


def _said(answer: str) -> Finding | None:
    word = answer.strip().strip("\"'*.").lower()
    if word.startswith("yes"):
        return Finding()
    return Finding(Verdict.NOT_TOLD, "its passages don't say so") if word.startswith("no") else None


def _by_rules(statement: Statement, known: str) -> Finding:
    known = "\n".join([known, *statement.nearby])
    against = objection(statement.text, statement.passages, known=known)
    return Finding(Verdict.NOT_TOLD, against) if against else Finding()

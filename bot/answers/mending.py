"""Has sentences of an answer that a verifier refuted written anew, once."""

import logging
import re
from collections.abc import Mapping

from bot.answers.ports import Model
from bot.answers.verify import Claimed
from bot.errors import ModelError
from bot.languages import language
from bot.model.prompts import Prompt, load_prompt
from bot.text import normalised_pieces, one_line
from bot.verification import Finding, numbered

log = logging.getLogger(__name__)

_LINE = re.compile(r"^[^\S\n]{0,3}(\d{1,2})[.)][^\S\n]{1,3}(\S.*)$", re.MULTILINE)
_TOKENS_MORE, _TOKENS_EACH = 200, 80


def mended(
    model: Model, refuted: Mapping[str, tuple[Claimed, Finding]], code: str
) -> dict[str, str]:
    """What *model* writes in the place of each refuted sentence, in a language; nothing for those
    that it leaves out, or where it fails."""
    most = _TOKENS_MORE + _TOKENS_EACH * len(refuted)
    try:
        written = "".join(normalised_pieces(model.stream(_prompt(refuted, code), max_tokens=most)))
    except ModelError as error:
        log.warning("%d refuted sentences are left out: %s", len(refuted), error)
        return {}
    texts = {int(number): one_line(text) for number, text in _LINE.findall(written)}
    return {bare: texts[at] for at, bare in enumerate(refuted, start=1) if at in texts}


def _prompt(refuted: Mapping[str, tuple[Claimed, Finding]], code: str) -> Prompt:
    passages, cited = numbered([one.statement.passages for one, _ in refuted.values()])
    lines = [
        f"{number}. [{rests_on}] {bare}\n   Wrong: {finding.verdict}: {finding.reason}"
        for number, ((bare, (_, finding)), rests_on) in enumerate(
            zip(refuted.items(), cited, strict=True), start=1
        )
    ]
    return load_prompt("bot.answers", "mend").render(
        passages=passages, sentences="\n".join(lines), language=language(code).written
    )

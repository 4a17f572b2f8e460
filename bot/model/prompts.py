"""Prompts are files: declared variables, a system and a user part, and a hash of the wording."""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Template

HASH_LENGTH = 12
_EDGE, _SYSTEM, _USER = "---\n", "\n## system\n", "\n## user\n"
_VARIABLES = re.compile(r"^variables:(?P<names>[^\n]*)$", re.MULTILINE)


class PromptError(Exception):
    """A prompt file or its use is wrong: a mistake in the program, not in its input."""


@dataclass(frozen=True)
class Prompt:
    """A finished prompt. ``name`` says what it is for; ``hash`` traces it to its wording."""

    system: str
    user: str
    hash: str = ""
    name: str = ""

    @property
    def text(self) -> str:
        """Both parts, for counting."""
        return f"{self.system}\n{self.user}"


@dataclass(frozen=True)
class PromptTemplate:
    """A prompt file, read and checked."""

    name: str
    hash: str
    variables: frozenset[str]
    system: str
    user: str = field(repr=False)

    def render(self, **values: object) -> Prompt:
        """Fill the placeholders in; values are taken as they are, ``$`` and all.

        Raises:
            PromptError: a declared variable is missing, or one was given that isn't declared.
        """
        _compare(f"{self.name}: values", given=set(values), wanted=set(self.variables))
        system = Template(self.system).substitute(values)
        user = Template(self.user).substitute(values)
        return Prompt(system=system, user=user, hash=self.hash, name=self.name)


@cache
def load_prompt(package: str, name: str) -> PromptTemplate:
    """Read ``prompts/<name>.md`` of a package.

    Raises:
        PromptError: there is no such file, or it is not a well-formed prompt.
    """
    path = files(package) / "prompts" / f"{name}.md"
    if not path.is_file():
        raise PromptError(f"{package} has no prompt {name}")
    return parse_prompt(name, path.read_text(encoding="utf-8"))


def parse_prompt(name: str, text: str) -> PromptTemplate:
    """Turn a prompt file's text into a template.

    Raises:
        PromptError: the front matter or the user part is missing, or the variables that are
            declared are not exactly those that are used.
    """
    nothing, _, rest = text.partition(_EDGE)
    head, _, parts = rest.partition(f"\n{_EDGE}")
    before, has_user, user = f"\n{parts}".partition(_USER)
    declared = _VARIABLES.search(head)
    if nothing or declared is None or not has_user:
        raise PromptError(f"{name}: needs front matter with 'variables:' and a '## user' part")
    system, user = before.partition(_SYSTEM)[2].strip(), user.strip()
    variables = {one.strip() for one in declared["names"].split(",") if one.strip()}
    _compare(f"{name}: text", given=_placeholders(name, system + "\n" + user), wanted=variables)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return PromptTemplate(name, digest[:HASH_LENGTH], frozenset(variables), system, user)


def _placeholders(name: str, text: str) -> set[str]:
    template = Template(text)
    if not template.is_valid():
        raise PromptError(f"{name}: a '$' is neither a placeholder nor written as '$$'")
    return set(template.get_identifiers())


def _compare(what: str, *, given: set[str], wanted: set[str]) -> None:
    missing, unused = sorted(wanted - given), sorted(given - wanted)
    if missing or unused:
        raise PromptError(f"{what}: missing {missing}, undeclared {unused}")

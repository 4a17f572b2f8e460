"""Every pattern of the project, and texts that would make a careless one run away.

A pattern runs away on text that a repetition of it may take in many ways, or take anew from
every place. The texts are made from the pattern's own parse tree: what leads up to each of its
repetitions, then what that repetition takes, many times, then something that spoils the match.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "storage")
CALLS = ("compile", "sub", "subn", "search", "match", "fullmatch", "findall", "finditer", "split")
PROBES = "a1 \nA가.-_,:;)]"
SPOILERS = ("", "\0x", "\n!")
MOST_LETTERS = 6
MANY = 8
_LOOKS_AROUND = (code.ASSERT, code.ASSERT_NOT, code.AT)
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_CATEGORIES: Mapping[Any, Callable[[str], bool]] = {
    code.CATEGORY_DIGIT: str.isdecimal,
    code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
}
_NOT_CATEGORIES: Mapping[Any, Callable[[str], bool]] = {
    code.CATEGORY_NOT_DIGIT: code.CATEGORY_DIGIT,
    code.CATEGORY_NOT_SPACE: code.CATEGORY_SPACE,
    code.CATEGORY_NOT_WORD: code.CATEGORY_WORD,
}


def modules() -> list[ModuleType]:
    """All modules of the project, imported."""
    found = []
    for package in map(importlib.import_module, PACKAGES):
        found.append(package)
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not one.name.endswith("__main__"):
                found.append(importlib.import_module(one.name))
    return found


def rooms() -> list[str]:
    """The packages and modules right under the project's packages, by name, without imports."""
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return sorted({room_of(".".join(one.relative_to(ROOT).with_suffix("").parts)) for one in files})


def room_of(module: str) -> str:
    """``bot.text`` for ``bot.text.words``."""
    return ".".join(module.split(".")[:2])


def patterns_of(module: ModuleType) -> dict[tuple[str | bytes, int], re.Pattern[Any]]:
    """The compiled patterns that *module* holds anywhere, and those its calls of ``re`` write."""
    found = list(_held(vars(module), module.__name__, set()))
    found += _written(module)
    return {(one.pattern, one.flags): one for one in found}


def _held(value: Any, module: str, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    for one in _parts(value, module):
        yield from _held(one, module, seen)


def _parts(value: Any, module: str) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return list(value.values()) + [one for one in value if not isinstance(one, str)]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if isinstance(value, type | ModuleType):
        return vars(value).values() if getattr(value, "__module__", "") == module else ()
    fields = getattr(value, "__dataclass_fields__", ())
    return [getattr(value, name, None) for name in fields]


def _written(module: ModuleType) -> Iterator[re.Pattern[Any]]:
    """Patterns as the calls of ``re`` name them; what is only known in a call is a word."""
    for call in calls_of_re(module):
        text = _text(call.args[0], module)
        if text is not None:
            yield re.compile(text, _flags(call, module))


def calls_of_re(module: ModuleType) -> Iterator[ast.Call]:
    """The calls of ``re`` in a module's source that take a pattern."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _is_of_re(call.func) and call.args:
            yield call


def builds_patterns(module: ModuleType) -> bool:
    """Whether a pattern is only known when the module's functions have run."""
    return any(_text(call.args[0], module) is None for call in calls_of_re(module))


def _is_of_re(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Name)
        and called.value.id == "re"
        and called.attr in CALLS
    )


def _text(node: ast.expr, module: ModuleType) -> Any:
    try:
        value = eval(compile(ast.Expression(node), "pattern", "eval"), vars(module))
    except Exception:
        value = _pieced(node, module)
    return value if isinstance(value, str | bytes) else None


def _pieced(node: ast.expr, module: ModuleType) -> str | None:
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = []
    for one in node.values:
        inner = one.value if isinstance(one, ast.FormattedValue) else one
        parts.append(_text(inner, module) or "word")
    return "".join(parts)


def _flags(call: ast.Call, module: ModuleType) -> int:
    flags = 0
    for node in [*call.args[1:], *(one.value for one in call.keywords if one.arg == "flags")]:
        try:
            value = eval(compile(ast.Expression(node), "flags", "eval"), vars(module))
        except Exception:
            continue
        flags |= value if isinstance(value, re.RegexFlag) else 0
    return int(flags)


def hostile(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """What a text begins with, what it goes on repeating, and what it ends in."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    tree = parser.parse(text, pattern.flags & ~re.LOCALE if isinstance(source, str) else 0)
    letters = _letters(tree)
    seen = set()
    for before, repeated in _repetitions(list(tree), ""):
        pumps = [one for one in letters if _takes(repeated, one)][:MOST_LETTERS]
        pumps += [_example(repeated, letters, turn) for turn in range(3)]
        for pump in dict.fromkeys(pumps):
            for beginning, going_on in ((before, pump), ("", before + pump)):
                if going_on and (beginning, going_on) not in seen:
                    seen.add((beginning, going_on))
                    yield from ((beginning, going_on, end) for end in SPOILERS)


def _letters(tree: Any) -> list[str]:
    """The characters that the pattern names, and some of each kind."""
    named = dict.fromkeys(chr(value) for value in _literals(tree))
    return list(dict.fromkeys([*list(named)[:40], *PROBES]))


def _literals(tree: Any) -> Iterator[int]:
    for op, value in tree:
        if op in (code.LITERAL, code.NOT_LITERAL):
            yield value
        elif op is code.IN:
            yield from _literals(value)
        elif op is code.RANGE:
            yield value[0]
        else:
            for inner in _inside(op, value):
                yield from _literals(inner)


def _inside(op: Any, value: Any) -> list[Any]:
    if op in _REPEATS:
        return [value[2]]
    if op is code.SUBPATTERN:
        return [value[3]]
    if op is code.BRANCH:
        return list(value[1])
    if op is code.ATOMIC_GROUP:
        return [value]
    if op in (code.ASSERT, code.ASSERT_NOT):
        return [value[1]]
    return []


def _repetitions(nodes: list[Any], before: str) -> Iterator[tuple[str, Any]]:
    """Each repetition that may go on for long, with an example of what comes before it."""
    for op, value in nodes:
        if op in _REPEATS and value[1] > MANY:
            yield before, value[2]
        for inner in _inside(op, value):
            yield from _repetitions(list(inner), before)
        before += _example([(op, value)], list(PROBES), 0)


def _takes(tree: Any, letter: str) -> bool:
    """Whether the repeated part may begin with *letter*."""
    for op, value in tree:
        if op in (code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN):
            return _fits(op, value, letter)
        if op in _LOOKS_AROUND:
            continue
        inner = _inside(op, value)
        if any(_takes(one, letter) for one in inner):
            return True
        if not (op in _REPEATS and value[0] == 0):
            return False
    return False


def _fits(op: Any, value: Any, letter: str) -> bool:
    if op is code.LITERAL:
        return bool(ord(letter) == value)
    if op is code.NOT_LITERAL:
        return bool(ord(letter) != value)
    if op is code.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    if op is code.CATEGORY:
        kind = _NOT_CATEGORIES.get(value, value)
        found = _CATEGORIES[kind](letter)
        return found is (kind is value)
    if op is code.IN:
        negated = value[0][0] is code.NEGATE
        return any(_fits(one[0], one[1], letter) for one in value[negated:]) is not negated
    return True


def _example(tree: Any, letters: list[str], turn: int) -> str:
    """A text that *tree* takes; another *turn* takes other ways where there are several."""
    return "".join(_one_example(op, value, letters, turn) for op, value in tree)


def _one_example(op: Any, value: Any, letters: list[str], turn: int) -> str:
    if op is code.LITERAL:
        return chr(value)
    if op in (code.NOT_LITERAL, code.ANY, code.IN):
        named = [chr(one) for one in _literals([(op, value)])]
        fitting = [one for one in [*letters, *named] if _fits(op, value, one)]
        return fitting[turn % len(fitting)] if fitting else ""
    if op in _REPEATS:
        least = value[0] or (turn % 2 and value[1] and 1)
        return _example(value[2], letters, turn) * min(least, 50)
    if op is code.BRANCH:
        return _example(value[1][turn % len(value[1])], letters, turn)
    if op in (code.SUBPATTERN, code.ATOMIC_GROUP):
        return "".join(_example(one, letters, turn) for one in _inside(op, value))
    return ""

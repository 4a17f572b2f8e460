"""How an element's text is painted: the computed style, as far as seeing it depends on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.fulltext.css_cascade import Declarations
from bot.fulltext.css_values import (
    BLACK,
    CLEAR,
    FONT_SIZE,
    WHITE,
    Basis,
    Colour,
    Tokens,
    colour,
    distance,
    functions,
    keyword,
    length,
    mixed,
    number,
    over,
    significant,
    split,
)
from bot.fulltext.html_places import (
    FARTHEST_BEFORE,
    FARTHEST_BEHIND,
    NO_TRACKS,
    Room,
    Tracks,
)

# In pixels and shares: smaller or fainter than this, nobody reads it.
SMALLEST_FONT = 3.0
SMALLEST_SCALED_FONT = 1.5
LEAST_DIFFERENCE = 0.11
LEAST_OPACITY = 0.1
TIGHTEST_SPACING, WIDEST_SPACING = -0.4, 20.0

_DEEPEST_VARIABLES = 8
_SIZES = {
    **{"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0},
    **{"x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0, "initial": FONT_SIZE},
}
_RELATIVE_SIZES = {"smaller": 1 / 1.2, "larger": 1.2}


@dataclass(frozen=True)
class TextStyle:
    """What an element hands down to those inside it.

    ``ground`` is the opaque colour behind the text, ``scale`` the product of all enlargements,
    ``opacity`` that of all opacities, ``spacing`` is in ``em``, ``indent`` in pixels. ``room`` is
    what the clipping elements around leave, ``tracks`` where an element lays out its children.
    ``has_own_font`` says that the letters come from the page itself, and may look like anything.
    """

    colour: Colour = BLACK
    ground: Colour = WHITE
    font_size: float = FONT_SIZE
    scale: float = 1.0
    opacity: float = 1.0
    spacing: float = 0.0
    indent: float = 0.0
    is_visible: bool = True
    is_masked: bool = False
    has_own_font: bool = False
    room: Room = Room()
    tracks: Tracks = NO_TRACKS
    variables: Mapping[str, Tokens] = field(default_factory=dict)

    @cached_property
    def is_readable(self) -> bool:
        """Whether a reader sees text painted like this."""
        return (
            self.is_visible
            and not self.is_masked
            and not self.has_own_font
            and self.font_size > SMALLEST_FONT
            and self.font_size * self.scale > SMALLEST_SCALED_FONT
            and TIGHTEST_SPACING < self.spacing < WIDEST_SPACING
            and FARTHEST_BEFORE < self.indent < min(FARTHEST_BEHIND, self.room.width)
            and self._stands_out
        )

    @property
    def _stands_out(self) -> bool:
        red, green, blue, alpha = self.colour
        painted = over((red, green, blue, alpha * self.opacity), self.ground)
        faintest = self.colour[3] * self.opacity > LEAST_OPACITY
        return faintest and distance(painted, self.ground) > LEAST_DIFFERENCE

    def within(self, declared: Declarations) -> tuple["TextStyle", Declarations]:
        """The style of an element inside, and its declarations with their variables put in."""
        variables = {name: value for name, value in declared.items() if name.startswith("--")}
        known = {**self.variables, **variables} if variables else self.variables
        given = {
            name: _filled(value, known)
            for name, value in declared.items()
            if not name.startswith("--")
        }
        font_size = self._font_size(given)
        painted = replace(
            self,
            font_size=font_size,
            spacing=self._spacing(given, font_size),
            indent=_length(given, "text-indent", font_size, self.indent),
            is_visible=self._visibility(given),
            is_masked=self._masked(given),
            variables=known,
        )
        return painted._coloured(given), given

    def _font_size(self, given: Declarations) -> float:
        value = given.get("font-size", ())
        if number(given.get("font-size-adjust", ())) == 0:
            return 0.0
        word = keyword(value)
        if word in _SIZES:
            return _SIZES[word]
        if word in _RELATIVE_SIZES:
            return self.font_size * _RELATIVE_SIZES[word]
        basis = Basis(self.font_size, self.font_size)
        found = next((length(token, basis) for token in value), None)
        return self.font_size if found is None else max(0.0, found)

    def _spacing(self, given: Declarations, font_size: float) -> float:
        """Between letters; a space between words counts as much as five of those."""
        found = [
            share * (length(token, Basis(font_size, font_size)) or 0.0)
            for name, share in (("letter-spacing", 1.0), ("word-spacing", 0.2))
            for token in given.get(name, ())[:1]
        ]
        return min(found) / (font_size or 1.0) if found else self.spacing

    def _visibility(self, given: Declarations) -> bool:
        match keyword(given.get("visibility", ())):
            case "hidden" | "collapse":
                return False
            case "visible" | "initial":
                return True
        return self.is_visible

    def _masked(self, given: Declarations) -> bool:
        word = keyword(given.get("-webkit-text-security", ()))
        return self.is_masked if not word else word not in ("none", "inherit")

    def _coloured(self, given: Declarations) -> "TextStyle":
        own = self._ink(given)
        paint = mixed(given.get("background-image", ()), own)
        plain = colour(given.get("background-color", ()), own) or CLEAR
        ground = over(paint or CLEAR, over(plain, self.ground))
        if "text" in _words(given, "background-clip", "-webkit-background-clip", "background"):
            # The ground is painted through the letters only.
            return replace(self, colour=over(own, ground), ground=self.ground)
        return replace(self, colour=own, ground=ground)

    def _ink(self, given: Declarations) -> Colour:
        own = self.colour
        for name in ("color", "-webkit-text-fill-color"):
            value = given.get(name, ())
            found = BLACK if keyword(value) == "initial" else colour(value, own)
            own = own if found is None else found
        return own


def _length(given: Declarations, name: str, em: float, default: float) -> float:
    found = next((length(token, Basis(em)) for token in given.get(name, ())), None)
    return default if found is None else found


def _words(given: Declarations, *names: str) -> set[str]:
    return {
        token.lower_value
        for name in names
        for token in given.get(name, ())
        if token.type == "ident"
    }


def _filled(value: Tokens, variables: Mapping[str, Tokens], depth: int = 0) -> Tokens:
    """The tokens with each ``var()`` replaced by what it stands for."""
    if "var" not in functions(value) or depth > _DEEPEST_VARIABLES:
        return value
    filled: list[object] = []
    for token in value:
        if token.type == "function" and token.lower_name == "var":
            filled += _filled(_variable(token.arguments, variables), variables, depth + 1)
        else:
            filled.append(token)
    return filled


def _variable(arguments: Tokens, variables: Mapping[str, Tokens]) -> Tokens:
    name, *default = split(arguments, ",")
    known = variables.get(name[0].value) if name and name[0].type == "ident" else None
    return significant(known if known is not None else default[0] if default else ())

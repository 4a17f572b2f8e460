"""Which text of a PDF page is in a layer that is switched off: by drawing it and looking for ink.

What shows a layer (groups, memberships, expressions, uses, the state of those around it) only the
renderer knows. So the text of each layer is drawn by itself, small, on a ground of no common
colour.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import Any

import pypdfium2.raw as pdfium

# Layers are told apart by where they are opened in the page; what is in further ones is not read.
MOST_LAYERS = 500
DEEPEST_FORMS = 8
_SCALE, _LARGEST = 0.5, 600.0
_GROUND = 77
_OPENS_LAYER = "OC"

Group = tuple[int, ...]


def switched_off(page: Any, *, forms: bool) -> frozenset[int]:
    """The addresses of the text objects that are not shown, with *forms* those in forms as well.

    A form can be in a layer as a whole, which it doesn't tell: each is looked at.
    """
    groups: dict[Group, list[Any]] = {}
    everything = list(page.get_objects(max_depth=DEEPEST_FORMS if forms else 1))
    for item in everything:
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT and (group := _group(item)):
            groups.setdefault(group, []).append(item)
    if not groups:
        return frozenset()
    _activate(everything, active=False)
    off: list[Any] = []
    for number, items in enumerate(groups.values()):
        if number >= MOST_LAYERS or not _has_ink(page, items):
            off += items
    _activate(everything, active=True)
    return frozenset(_address(item) for item in off)


def _group(item: Any) -> Group:
    """What decides whether the text is shown: its layers, and the forms it is in with theirs."""
    around = [(_address(one), *_layers(one)) for one in _forms_around(item)]
    return tuple(chain(_layers(item), *around))


def _forms_around(item: Any) -> Iterator[Any]:
    while item.container is not None:
        item = item.container
        yield item


def _layers(item: Any) -> Iterator[int]:
    name, length = (ctypes.c_ushort * 8)(), ctypes.c_ulong()
    for number in range(pdfium.FPDFPageObj_CountMarks(item.raw)):
        mark = pdfium.FPDFPageObj_GetMark(item.raw, number)
        pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        if bytes(name).decode("utf-16-le", "replace").rstrip("\0") == _OPENS_LAYER:
            yield ctypes.addressof(mark.contents)


def _has_ink(page: Any, items: Sequence[Any]) -> bool:
    """Whether anything of the items is seen when they alone are drawn."""
    drawn = {_address(one): one for item in items for one in (item, *_forms_around(item))}
    _activate(drawn.values(), active=True)
    with closing(
        page.render(
            scale=min(_SCALE, _LARGEST / max(page.get_size())),
            grayscale=True,
            fill_color=(_GROUND, _GROUND, _GROUND, 255),
            draw_annots=False,
            may_draw_forms=False,
        )
    ) as bitmap:
        data, width, stride = bytes(bitmap.buffer), bitmap.width, bitmap.stride
    _activate(drawn.values(), active=False)
    blank = bytes([_GROUND]) * width
    rows = (data[at : at + width] for at in range(0, len(data) - width + 1, stride))
    return any(row != blank for row in rows)


def _activate(items: Iterable[Any], *, active: bool) -> None:
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item.raw, active)


def _address(item: Any) -> int:
    return ctypes.addressof(item.raw.contents)

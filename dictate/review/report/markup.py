"""HTML elements as values: whatever is no ``Markup`` is escaped, so that no note or name is ever read as HTML."""

from __future__ import annotations

import re
from html import escape

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")  # HTML allows none
_VOID = frozenset("meta link br hr line rect circle polyline path".split())


class Markup(str):
    """A string that is HTML already; only ``el`` and ``join`` make one."""

    __slots__ = ()


def el(tag: str, *children: Markup | str | int | float | None, **attributes: str | int | float | bool | None) -> Markup:
    """An element: ``el("p", text, class_="x")``; in attribute names a trailing ``_`` goes and others become ``-``."""
    told = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID and not children:
        return Markup(f"<{tag}{told}>" if tag in ("meta", "link", "br", "hr") else f"<{tag}{told}/>")
    return Markup(f"<{tag}{told}>{join(*children)}</{tag}>")


def join(*children: Markup | str | int | float | None) -> Markup:
    """Elements and texts one after another; None is nothing."""
    return Markup("".join(_child(child) for child in children if child is not None))


def between(divider: str, parts: list[Markup]) -> Markup:
    return Markup(escape(divider).join(parts))


def _child(child: Markup | str | int | float) -> str:
    return child if isinstance(child, Markup) else _text(child)


def _text(value: str | int | float) -> str:
    return escape(_UNPRINTABLE.sub("", str(value)))


def _attribute(name: str, value: str | int | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.removesuffix("_").replace("_", "-").replace("viewbox", "viewBox")
    return f" {name}" if value is True else f' {name}="{_text(value)}"'

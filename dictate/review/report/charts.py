"""Charts as inline SVG, drawn at the width of a phone so that they are read there without being scaled down.

A series has a name and a class that the style sheet colours; every bar carries its number, so that nothing is told by
colour alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dictate.review.report.markup import Markup, el, join

WIDTH = 300  # units, and about pixels on a phone
LEFT, RIGHT, TOP, HEIGHT = 24, 296, 14, 150
LABELS = 5  # along the time axis: more would run into one another
WRAP, LINES = 42, 2  # characters and lines of a bar's label
LINE, BAR = 15, 14


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    style: str


@dataclass(frozen=True, slots=True)
class Row:
    """One bar or column: its label and the value of each series."""

    label: str
    values: tuple[float, ...]


def columns(name: str, about: str, series: Sequence[Series], rows: Sequence[Row]) -> Markup:
    """Stacked columns over time."""
    top = _ceiling(max((sum(row.values) for row in rows), default=0))
    step = (RIGHT - LEFT) / max(len(rows), 1)
    wide = min(step * 0.7, 40)
    parts = [_grid(top)]
    for place, row in enumerate(rows):
        x, base = LEFT + step * (place + 0.5) - wide / 2, float(TOP + HEIGHT)
        for one, value in zip(series, row.values, strict=True):
            tall = value / top * HEIGHT
            if tall:
                parts.append(_rect(x, base - tall, wide, tall, one.style))
                if tall >= 11 and wide >= 9:
                    parts.append(_label(x + wide / 2, base - tall / 2 + 4, _number(value), "on", "middle"))
            base -= tall
    parts.append(_dates([row.label for row in rows], step))
    return _svg(name, about, TOP + HEIGHT + 22, parts)


def dots(name: str, about: str, rows: Sequence[Row], top: int) -> Markup:
    """One value each over time, joined by a line."""
    step = (RIGHT - LEFT) / max(len(rows), 1)
    places = [(LEFT + step * (place + 0.5), TOP + HEIGHT * (1 - row.values[0] / top)) for place, row in enumerate(rows)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    parts = [_grid(top), el("polyline", points=line, class_="line"), _dates([row.label for row in rows], step)]
    for (x, y), row in zip(places, rows, strict=True):
        parts.append(el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=4, class_="plain"))
        if len(rows) <= 12:
            parts.append(_label(x, y - 8 if y > TOP + 12 else y + 16, _number(row.values[0]), "value", "middle"))
    return _svg(name, about, TOP + HEIGHT + 22, parts)


def bars(name: str, about: str, series: Sequence[Series], rows: Sequence[Row]) -> Markup:
    """Bars that lie, each under its label; each series begins where the one before ends."""
    most = max((sum(row.values) for row in rows), default=0) or 1
    parts: list[Markup] = []
    y = 0.0
    for row in rows:
        for line in _wrapped(row.label):
            y += LINE
            parts.append(_label(0, y - 3, line, "name", "start"))
        x = 0.0
        for one, value in zip(series, row.values, strict=True):
            wide = value / most * (WIDTH - 34)
            if value:
                parts.append(_rect(x, y, wide, BAR, one.style))
                if len(series) > 1 and wide >= 12:
                    parts.append(_label(x + wide / 2, y + 11, _number(value), "on", "middle"))
            x += wide
        parts.append(_label(x + 5, y + 11, _number(sum(row.values)), "value", "start"))
        y += BAR + 8
    return _svg(name, about, y, parts)


def _svg(name: str, about: str, tall: float, parts: Sequence[Markup]) -> Markup:
    told = join(el("title", name), el("desc", about))
    return el("svg", told, *parts, viewbox=f"0 0 {WIDTH} {tall:.0f}", role="img", aria_label=f"{name}. {about}")


def _grid(top: int) -> Markup:
    """Lines at whole numbers, at most five of them."""
    every = max(1, ceil(top / 5))
    parts = []
    for value in range(0, top + 1, every):
        y = TOP + HEIGHT * (1 - value / top)
        parts.append(el("line", x1=LEFT, x2=RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="grid"))
        parts.append(_label(LEFT - 5, y + 4, str(value), "value", "end"))
    return join(*parts)


def _dates(labels: Sequence[str], step: float) -> Markup:
    every = max(1, ceil(len(labels) / LABELS))
    shown = [(place, label) for place, label in enumerate(labels) if place % every == 0]
    y = TOP + HEIGHT + 16
    return join(*(_label(LEFT + step * (place + 0.5), y, label, "value", "middle") for place, label in shown))


def _ceiling(value: float) -> int:
    """The top of an axis: whole, and a multiple of the distance of its lines."""
    top = max(1, ceil(value))
    every = max(1, ceil(top / 5))
    return ceil(top / every) * every


def _rect(x: float, y: float, wide: float, tall: float, style: str) -> Markup:
    return el("rect", x=f"{x:.1f}", y=f"{y:.1f}", width=f"{wide:.1f}", height=f"{tall:.1f}", class_=style)


def _label(x: float, y: float, text: str, style: str, anchor: str) -> Markup:
    return el("text", text, x=f"{x:.1f}", y=f"{y:.1f}", class_=style, text_anchor=anchor)


def _number(value: float) -> str:
    return f"{value:g}"


def _wrapped(label: str) -> list[str]:
    return textwrap.wrap(label, WRAP, max_lines=LINES, placeholder=" …") or ["–"]

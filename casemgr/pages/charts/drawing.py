"""What every canvas can do: rectangles, strokes, filled shapes and lines of text, from the upper left corner."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

CLOSING = "）」》、，。；："
"""Never the first of a line."""
INK, SOFT, GRID = "#1b2733", "#4a5a6a", "#d9e0e7"


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""


@dataclass(frozen=True)
class Strokes:
    """Lines through their points, all alike. `dash`: lengths of line and gap."""

    lines: tuple[tuple[Point, ...], ...]
    colour: str
    width: float = 1.0
    dash: tuple[float, float] | None = None


@dataclass(frozen=True)
class Shape:
    """A filled polygon."""

    points: tuple[Point, ...]
    fill: str


@dataclass(frozen=True)
class Words:
    """`y` is the base line."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "start"
    fill: str = INK
    is_bold: bool = False


Piece = Rect | Strokes | Shape | Words


@dataclass
class Drawing:
    """A picture of a known size."""

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)

    def add(self, *pieces: Piece) -> None:
        self.pieces.extend(pieces)


def text_width(text: str, size: float) -> float:
    """About how wide a text is, whatever types draw it: a Chinese character is as wide as it is high."""
    return size * sum(1.0 if unicodedata.east_asian_width(one) in "WF" else 0.57 for one in text)


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in lines of that width, the first ones full; what is left after `most` lines is cut off the last."""
    lines, rest = [], text
    while text_width(rest, size) > room and len(lines) < most - 1:
        taken = next(end for end in range(len(rest), 0, -1) if end == 1 or text_width(rest[:end], size) <= room)
        taken -= taken > 1 and rest[taken] in CLOSING
        lines.append(rest[:taken].rstrip())
        rest = rest[taken:].lstrip()
    return [*lines, cut(rest, size, room)]


def cut(text: str, size: float, room: float) -> str:
    """The text, or as much of its beginning as there is room for."""
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(kept, size) + size > room:
        kept = kept[:-1]
    return f"{kept}…"

"""How series are told apart: by texture, dash and mark as well as by colour, so that black and white is enough."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from casemgr.pages.charts.definition import Series
from casemgr.pages.charts.drawing import Drawing, Point, Rect, Shape, Strokes

Texture = Literal["", "rising", "falling", "crossed", "level"]
Mark = Literal["round", "square", "triangle", "diamond", "none"]
STEP = 5.0
"""Between the lines of a texture."""


@dataclass(frozen=True)
class Tone:
    fill: str
    edge: str
    texture: Texture = ""
    dash: tuple[float, float] | None = None
    mark: Mark = "round"


TONES = (
    Tone("#12508f", "#12508f"),
    Tone("#dbe8f5", "#12508f", mark="square", dash=(6, 2)),
    Tone("#ffffff", "#8a5300", "rising", mark="triangle", dash=(2, 2)),
    Tone("#ffffff", "#1d6b3f", "crossed", mark="diamond", dash=(8, 3)),
    Tone("#eef1f4", "#4a5a6a", "level", mark="square", dash=(3, 3)),
    Tone("#ffffff", "#5b3a8e", "falling", mark="triangle", dash=(1, 2)),
)
BAD = Tone("#b3261e", "#b3261e", "rising", mark="diamond")
AIM = Tone("#ffffff", "#4a5a6a", dash=(5, 4), mark="none")


def tones_of(series: tuple[Series, ...]) -> list[Tone]:
    """One each; after six they begin again, which no picture should need."""
    found, free = [], 0
    for one in series:
        if one.is_aim or one.is_bad:
            found.append(AIM if one.is_aim else BAD)
        else:
            found.append(TONES[free % len(TONES)])
            free += 1
    return found


def fill(drawing: Drawing, x: float, y: float, width: float, height: float, tone: Tone) -> None:
    """A rectangle in the tone; one of no width leaves nothing."""
    if width <= 0 or height <= 0:
        return
    drawing.add(Rect(x, y, width, height, tone.fill, tone.edge))
    lines = _texture(x, y, width, height, tone.texture)
    if lines:
        colour = "#ffffff" if tone.fill == tone.edge else tone.edge
        drawing.add(Strokes(tuple(lines), colour, 1.0))


def _texture(x: float, y: float, width: float, height: float, texture: Texture) -> list[tuple[Point, Point]]:
    if texture == "level":
        return [((x, y + down), (x + width, y + down)) for down in _steps(height)]
    rising = _slanted(x, y, width, height) if texture in ("rising", "crossed") else []
    falling = _slanted(x, y, width, height) if texture in ("falling", "crossed") else []
    middle = 2 * y + height
    return rising + [((a, middle - b), (c, middle - d)) for (a, b), (c, d) in falling]


def _slanted(x: float, y: float, width: float, height: float) -> list[tuple[Point, Point]]:
    """Lines that rise by 45°, cut off at the edges."""
    found = []
    for along in _steps(width + height):
        left, right = max(along - height, 0.0), min(along, width)
        if right > left:
            found.append(((x + left, y + along - left), (x + right, y + along - right)))
    return found


def _steps(length: float) -> list[float]:
    return [STEP * number for number in range(1, math.ceil(length / STEP))]


def mark(drawing: Drawing, at: Point, tone: Tone, radius: float = 2.6) -> None:
    x, y = at
    corners = {"round": 12, "triangle": 3, "square": 4, "diamond": 4, "none": 0}[tone.mark]
    if not corners:
        return
    turn = math.pi / 4 if tone.mark == "square" else math.pi / 2
    angles = [turn + 2 * math.pi * number / corners for number in range(corners)]
    drawing.add(Shape(tuple((x + radius * math.cos(a), y - radius * math.sin(a)) for a in angles), tone.edge))

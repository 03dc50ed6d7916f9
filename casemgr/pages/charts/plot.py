"""Lines and columns: both stand on a row of labels and rise by a scale of round numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from casemgr.pages.charts.definition import Chart, Series
from casemgr.pages.charts.drawing import GRID, SOFT, Drawing, Point, Strokes, Words, text_width
from casemgr.pages.charts.tones import Tone, fill, mark, tones_of

STEPS = 4
MARKED = 16
"""More points than this are not marked one by one."""


@dataclass(frozen=True)
class Frame:
    """The area of the plot and its scale."""

    left: float
    right: float
    top: float
    foot: float
    most: float

    def y(self, value: float) -> float:
        return self.foot - (self.foot - self.top) * value / self.most

    def column(self, place: int, count: int) -> float:
        """The middle of the place where a label stands."""
        return self.left + (self.right - self.left) * (place + 0.5) / count

    def point(self, place: int, count: int) -> float:
        """Of a line: the first label stands at the left edge, the last at the right."""
        return self.left + (self.right - self.left) * (place / (count - 1) if count > 1 else 0.5)


def step_of(most: float) -> float:
    """Between the lines of the scale: 1, 2 or 5 times a power of ten, whole numbers only."""
    rough = max(most / STEPS, 1.0)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough)


def _frame(drawing: Drawing, top: float, size: float, height: float, most: float, end: float) -> Frame:
    step = step_of(most)
    highest = step * max(math.ceil(most / step), 1)
    ticks = [step * number for number in range(round(highest / step) + 1)]
    left = max(text_width(f"{tick:g}", size) for tick in ticks) + size * 0.5
    frame = Frame(left, drawing.width - end, top + size * 0.5, top + size * 0.5 + height, highest)
    for tick in ticks:
        y = frame.y(tick)
        drawing.add(Strokes((((left, y), (frame.right, y)),), GRID if tick else SOFT))
        drawing.add(Words(left - size * 0.4, y + size * 0.35, f"{tick:g}", size, "end", SOFT))
    return frame


def _labels(drawing: Drawing, chart: Chart, frame: Frame, size: float, is_line: bool) -> float:
    """As many as stand beside each other, the last one always; returns where the picture ends."""
    texts = [str(label) for label in chart.labels]
    count = len(texts)
    widest = max(text_width(text, size) for text in texts) + size * 0.6
    stride = max(math.ceil(widest * count / max(frame.right - frame.left, 1)), 1)
    y = frame.foot + size * 1.3
    for place in range(count - 1, -1, -stride):
        x = frame.point(place, count) if is_line else frame.column(place, count)
        half = text_width(texts[place], size) / 2
        x = min(max(x, half), drawing.width - half)
        drawing.add(Words(x, y, texts[place], size, "middle", SOFT))
    return y + size * 0.5


def columns(drawing: Drawing, chart: Chart, top: float, size: float, height: float) -> float:
    """Paint them below `top`; returns where the picture ends."""
    count, tones = len(chart.labels), tones_of(chart.series)
    sizes = [
        sum(one.values[place].size for one in chart.series)
        if chart.is_stacked
        else max(one.values[place].size for one in chart.series)
        for place in range(count)
    ]
    frame = _frame(drawing, top, size, height, max(sizes, default=0.0), 2.0)
    place_wide = (frame.right - frame.left) / count
    wide = min(place_wide * 0.72, size * 3.2)
    each = wide if chart.is_stacked else wide / len(chart.series)
    for place in range(count):
        x, foot = frame.column(place, count) - wide / 2, frame.foot
        for number, (one, tone) in enumerate(zip(chart.series, tones, strict=True)):
            high = frame.foot - frame.y(one.values[place].size)
            if chart.is_stacked:
                fill(drawing, x, foot - high, each, high, tone)
                foot -= high
            else:
                fill(drawing, x + number * each, foot - high, each, high, tone)
    return _labels(drawing, chart, frame, size, False)


def lines(drawing: Drawing, chart: Chart, top: float, size: float, height: float) -> float:
    """Paint them below `top`; returns where the picture ends."""
    count = len(chart.labels)
    most = max((value.size for one in chart.series for value in one.values), default=0.0)
    last = [next((value.text for value in one.values[::-1] if value.number is not None), "") for one in chart.series]
    end = max(text_width(text, size) for text in last) + size * 0.6
    frame = _frame(drawing, top, size, height, most, end)
    ends: list[tuple[float, float, str]] = []
    for one, tone, text in zip(chart.series, tones_of(chart.series), last, strict=True):
        points = _points(one, frame, count)
        if points:
            _line(drawing, points, tone, count)
            x, y = points[-1][-1]
            ends.append((y + size * 0.35, x + size * 0.4, text))
    _say_ends(drawing, ends, size)
    return _labels(drawing, chart, frame, size, True)


def _points(one: Series, frame: Frame, count: int) -> list[tuple[Point, ...]]:
    """The pieces of the line: it is broken where there is nothing to say."""
    found: list[list[Point]] = [[]]
    for place, value in enumerate(one.values):
        if value.number is None:
            found.append([])
        else:
            found[-1].append((frame.point(place, count), frame.y(value.size)))
    return [tuple(points) for points in found if points]


def _line(drawing: Drawing, points: list[tuple[Point, ...]], tone: Tone, count: int) -> None:
    drawing.add(Strokes(tuple(points), tone.edge, 2.0, tone.dash))
    every = [point for piece in points for point in piece]
    for point in every if count <= MARKED else every[-1:]:
        mark(drawing, point, tone)


def _say_ends(drawing: Drawing, ends: list[tuple[float, float, str]], size: float) -> None:
    """The last number beside the end of each line; where two would stand in one place the lower one moves down."""
    lowest = -size
    for y, x, text in sorted(ends):
        lowest = max(y, lowest + size)
        drawing.add(Words(x, lowest, text, size, is_bold=True))

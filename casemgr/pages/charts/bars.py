"""Bars: one label below the other, each with a bar for every series, beside or behind one another."""

from __future__ import annotations

from casemgr.pages.charts.definition import Chart
from casemgr.pages.charts.drawing import SOFT, Drawing, Strokes, Words, text_width, wrapped
from casemgr.pages.charts.tones import fill, tones_of

LABELS, LINES, LINE_HEIGHT = 0.4, 3, 1.15
"""The most of the width that labels may take, in how many lines, and how high each is by the size of the type."""


def bars(drawing: Drawing, chart: Chart, top: float, size: float, _height: float) -> float:
    """Paint them below `top`; returns where the picture ends."""
    thick, tones = size * 1.15, tones_of(chart.series)
    rows = 1 if chart.is_stacked else len(chart.series)
    left = min(max(text_width(str(label), size) for label in chart.labels), drawing.width * LABELS) + size * 0.6
    right = drawing.width - _room(chart, size)
    most = max(_sizes(chart), default=0.0) or 1.0
    scale = (right - left) / most
    y = top
    for place, label in enumerate(chart.labels):
        name = wrapped(str(label), size, left - size * 0.6, LINES)
        high = max(rows * thick, len(name) * size * LINE_HEIGHT)
        first = y + (high - (len(name) - 1) * size * LINE_HEIGHT) / 2 + size * 0.36
        for number, words in enumerate(name):
            drawing.add(Words(left - size * 0.6, first + number * size * LINE_HEIGHT, words, size, "end"))
        x, begin = left, y + (high - rows * thick) / 2
        for row, (one, tone) in enumerate(zip(chart.series, tones, strict=True)):
            value, at = one.values[place], begin + (0 if chart.is_stacked else row * thick)
            wide = max(value.size, 0.0) * scale
            fill(drawing, x, at + 1, wide, thick - 2, tone)
            if not chart.is_stacked:
                drawing.add(Words(left + wide + size * 0.35, at + thick * 0.8, value.text, size, fill=SOFT))
            else:
                x += wide
        if chart.is_stacked:
            drawing.add(Words(x + size * 0.35, begin + thick * 0.8, _sum(chart, place), size, fill=SOFT))
        y += high + size * 0.65
    drawing.add(Strokes((((left, top - size * 0.2), (left, y - size * 0.45)),), SOFT))
    return y


def _sizes(chart: Chart) -> list[float]:
    if chart.is_stacked:
        return [sum(one.values[place].size for one in chart.series) for place in range(len(chart.labels))]
    return [value.size for one in chart.series for value in one.values]


def _sum(chart: Chart, place: int) -> str:
    whole = sum((one.values[place].number or 0) for one in chart.series)
    return str(whole)


def _room(chart: Chart, size: float) -> float:
    """For the numbers behind the bars."""
    texts = [value.text for one in chart.series for value in one.values]
    if chart.is_stacked:
        texts = [_sum(chart, place) for place in range(len(chart.labels))]
    return max((text_width(text, size) for text in texts), default=0.0) + size * 0.7

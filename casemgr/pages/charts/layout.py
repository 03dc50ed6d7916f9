"""From a description to a drawing: a legend where several series need one, then lines, bars or columns."""

from __future__ import annotations

from casemgr.pages.charts.bars import bars
from casemgr.pages.charts.definition import Chart, Kind
from casemgr.pages.charts.drawing import Drawing, Strokes, Words, cut, text_width
from casemgr.pages.charts.plot import columns, lines
from casemgr.pages.charts.tones import fill, mark, tones_of

WIDTH, SIZE = 340.0, 12.0
"""Of a picture on a page: on the narrowest phone its type is still read without glasses."""
SWATCH = 1.0


def drawn(chart: Chart, width: float = WIDTH, size: float = SIZE, height: float | None = None) -> Drawing:
    """The picture; `height` is that of the plot of lines and columns, bars take what they need."""
    drawing = Drawing(width, 0.0)
    if chart.is_empty:
        drawing.add(Words(0, size * 1.2, cut(str(chart.nothing) or "–", size, width), size))
        drawing.height = size * 1.8
        return drawing
    top = _legend(drawing, chart, size) if len(chart.series) > 1 else size * 0.4
    paint = {Kind.LINE: lines, Kind.BARS: bars, Kind.COLUMNS: columns}[chart.kind]
    drawing.height = paint(drawing, chart, top, size, height or width * 0.5)
    return drawing


def _legend(drawing: Drawing, chart: Chart, size: float) -> float:
    """Names of the series with their look, in as many rows as they need; returns where the picture may begin."""
    x, y, side = 0.0, size * 0.3, size * SWATCH
    for one, tone in zip(chart.series, tones_of(chart.series), strict=True):
        name = cut(str(one.name), size, drawing.width - side * 2)
        wide = side * (1.8 if chart.kind == Kind.LINE else 1) + size * 0.35 + text_width(name, size)
        if x and x + wide > drawing.width:
            x, y = 0.0, y + size * 1.5
        if chart.kind == Kind.LINE:
            middle = y + side / 2
            drawing.add(Strokes((((x, middle), (x + side * 1.8, middle)),), tone.edge, 2, tone.dash))
            mark(drawing, (x + side * 0.9, middle), tone)
            left = x + side * 1.8
        else:
            fill(drawing, x, y, side, side, tone)
            left = x + side
        drawing.add(Words(left + size * 0.35, y + size * 0.88, name, size))
        x += wide + size
    return y + size * 2

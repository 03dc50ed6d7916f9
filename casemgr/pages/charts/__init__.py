"""Pictures of figures: one description, drawn as SVG on a page, on a PDF's canvas, and as pixels for Word.

chart = Chart(code="load", title=_("Load per officer"), kind=Kind.BARS, head=_("Officer"), labels=("李莉", "王强"),
              series=(Series(_("Open"), (Value(12, href="…"), Value(7))),), summary=_("Two officers have 19 cases."))
"""

from casemgr.pages.charts.definition import Chart, Kind, Series, Value
from casemgr.pages.charts.drawing import Drawing
from casemgr.pages.charts.layout import drawn
from casemgr.pages.charts.svg import render_svg, sparkline
from casemgr.pages.charts.tiles import Tile

__all__ = ["Chart", "Drawing", "Kind", "Series", "Tile", "Value", "drawn", "render_svg", "sparkline"]

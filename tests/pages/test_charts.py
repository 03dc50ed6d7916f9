"""Pictures of figures: what they say, on every canvas, and that nothing odd to count breaks them."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from casemgr.documents.rendering import DocumentText, Pictures, Section, render_pdf, render_word
from casemgr.documents.rendering.svg import render_svg as preview
from casemgr.documents.rendering.word.pictures import png
from casemgr.pages.charts import Chart, Kind, Series, Tile, Value, drawn, render_svg, sparkline
from casemgr.pages.charts.drawing import Rect, Words
from casemgr.pages.charts.plot import step_of
from casemgr.pages.charts.tones import AIM, BAD, TONES

UNITS = Chart(
    code="units",
    title="各单位逾期",
    kind=Kind.BARS,
    head="单位",
    labels=("自然资源局", "公安局"),
    series=(
        Series("逾期", (Value(12, "/cases/?unit=1"), Value(0, "/cases/?unit=2")), is_bad=True),
        Series.of("今日到期", [2, 5]),
    ),
    summary="自然资源局最多，12件。",
    links=("/units/1/", ""),
)
SVG = "{http://www.w3.org/2000/svg}"


def shown(chart: Chart) -> str:
    return Template("{% load casemgr_tags %}{% picture chart %}").render(Context({"chart": chart}))


def test_a_picture_has_title_and_description_and_its_numbers_as_a_table_that_links() -> None:
    page = shown(UNITS)
    assert 'role="img" aria-labelledby="chart-units-title chart-units-words"' in page
    assert '<desc id="chart-units-words">自然资源局最多，12件。</desc>' in page
    assert '<a href="/units/1/">自然资源局</a>' in page
    assert re.search(r'<a href="/cases/\?unit=2"[^>]*>0</a>', page), "nought is a number, too"


def test_no_picture_needs_what_the_page_policy_forbids() -> None:
    page = shown(UNITS)
    assert "style=" not in page and "<script" not in page and "<style" not in page


def test_series_differ_without_colour() -> None:
    """By darkness or texture where they are areas, by dash and mark where they are lines."""
    areas = {(one.fill == one.edge, one.fill == "#ffffff", one.texture) for one in (*TONES, BAD)}
    lines = {(one.dash, one.mark) for one in (*TONES, BAD, AIM)}
    assert len(areas) == len(TONES) + 1 and len(lines) == len(TONES) + 2


def test_texts_are_escaped() -> None:
    chart = Chart("c", "<b>&", Kind.BARS, "h", ("<script>",), (Series.of("s", [1]),), summary='"')
    ElementTree.fromstring(render_svg(chart))
    assert "<script>" not in shown(chart)


def test_nothing_to_count_is_said_in_words() -> None:
    empty = Chart("c", "t", Kind.LINE, "h", (), (Series.of("s", []),), nothing="本年没有积案")
    assert "本年没有积案" in shown(empty) and "<svg" not in shown(empty)
    unknown = Chart("c", "t", Kind.LINE, "h", ("一月",), (Series.of("s", [None]),), nothing="还没有数")
    assert "还没有数" in shown(unknown)


def test_a_rate_is_said_as_its_figure_says_it() -> None:
    chart = Chart("c", "t", Kind.BARS, "h", ("局",), (Series("率", (Value(Decimal("97.99"), words="97.99 %"),)),))
    assert "97.99 %" in render_svg(chart)


def test_bars_are_as_long_as_their_numbers() -> None:
    chart = Chart("c", "t", Kind.BARS, "h", ("a", "b", "c"), (Series.of("s", [40, 10, 0]),))
    wide = [piece.width for piece in drawn(chart).pieces if isinstance(piece, Rect)]
    assert len(wide) == 2, "nought leaves no bar"
    assert wide[0] == pytest.approx(4 * wide[1])


@pytest.mark.parametrize("width", [340.0, 230.0], ids=["page", "paper"])
def test_a_long_name_beside_a_bar_is_told_whole(width: float) -> None:
    """As the office's longest names are, on a page and on the narrower picture of a sheet of paper."""
    names = ("达拉特旗人力资源和社会保障局", "达拉特旗树林召镇人民调解委员会", "提交答辩状、证据和规范性文件", "公安局")
    chart = Chart("x", "x", Kind.BARS, "单位", names, (Series.of("逾期", [4, 1, 1, 2]),), summary="x")
    said = drawn(chart, width, width / 28)
    words = [piece for piece in said.pieces if isinstance(piece, Words)]
    assert "".join(piece.text for piece in words if piece.anchor == "end") == "".join(names)
    heights = [piece.y for piece in words if piece.anchor == "end"]
    assert all(below - above >= words[0].size for above, below in pairwise(heights))


def test_a_stacked_bar_says_its_sum() -> None:
    chart = Chart("c", "t", Kind.BARS, "h", ("a",), (Series.of("x", [3]), Series.of("y", [4])), is_stacked=True)
    assert "7" in [piece.text for piece in drawn(chart).pieces if isinstance(piece, Words)]


@pytest.mark.parametrize(
    ("most", "step"), [(0, 1), (1, 1), (4, 1), (5, 2), (9, 5), (48, 20), (98, 50), (100_000, 50_000)]
)
def test_the_scale_has_whole_round_steps(most: float, step: float) -> None:
    assert step_of(most) == step


numbers = st.one_of(st.none(), st.integers(0, 10**7), st.decimals(0, 100, places=2))


@given(
    kind=st.sampled_from(Kind),
    is_stacked=st.booleans(),
    labels=st.lists(st.text(max_size=40), min_size=0, max_size=60),
    data=st.data(),
)
def test_whatever_is_counted_the_drawing_stays_within_its_edges(kind, is_stacked, labels, data) -> None:
    series = tuple(
        Series.of(f"s{n}", data.draw(st.lists(numbers, min_size=len(labels), max_size=len(labels))), is_aim=n == 2)
        for n in range(data.draw(st.integers(1, 3)))
    )
    chart = Chart("c", "t", kind, "h", tuple(labels), series, is_stacked=is_stacked)
    drawing = drawn(chart)
    for piece in drawing.pieces:
        if isinstance(piece, Rect):
            assert piece.x >= -0.01 and piece.x + piece.width <= drawing.width + 0.01
            assert piece.y >= -0.01 and piece.y + piece.height <= drawing.height + 0.01
    kept = Chart.from_json(chart.as_json())
    assert Chart.from_json(kept.as_json()) == kept
    assert [value.text for one in kept.series for value in one.values] == [v.text for s in series for v in s.values]


def test_a_document_prints_pictures_and_keeps_them() -> None:
    text = DocumentText("简报", (Section(blocks=(Pictures.of(UNITS, UNITS),)),), kind="briefing", seal_place=False)
    again = DocumentText.from_json(text.as_json())
    assert render_pdf(again) == render_pdf(text)
    printed = PdfReader(io.BytesIO(render_pdf(text))).pages[0].extract_text()
    assert "各单位逾期" in printed and "自然资源局" in printed and "12" in printed


def test_word_has_the_pictures_as_pictures() -> None:
    import docx

    text = DocumentText("年报", (Section(blocks=(Pictures.of(UNITS),)),), kind="record", seal_place=False)
    document = docx.Document(io.BytesIO(render_word(text)))
    (shape,) = document.inline_shapes
    assert shape.width / 12_700 == pytest.approx(442.2, abs=1)
    assert render_word(text) == render_word(text)


def test_the_pixels_hold_what_was_drawn() -> None:
    image = Image.open(io.BytesIO(png(drawn(UNITS)))).convert("RGB")
    colours = {colour for _count, colour in image.getcolors(100_000)}
    assert (0x12, 0x50, 0x8F) in colours and (255, 255, 255) in colours


def test_the_preview_shows_pictures() -> None:
    text = DocumentText("年报", (Section(blocks=(Pictures.of(UNITS),)),), kind="record", seal_place=False)
    (page,) = preview(text, "%(number)d/%(count)d")
    assert '<g class="chart"' in page and "自然资源局" in page


def test_tiles_say_their_number_lead_to_it_and_draw_its_course() -> None:
    tile = Tile("逾期", "12", "/cases/", "比上周多2件", "late", (3, 4, 12))
    page = Template("{% load casemgr_tags %}{% tiles tiles %}").render(Context({"tiles": [tile]}))
    assert '<a class="kpi" href="/cases/"><b class="late">12</b>' in page and "比上周多2件" in page
    assert 'class="spark"' in page and sparkline([1]) == ""

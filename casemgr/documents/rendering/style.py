"""Measures of the page (GB/T 9704-2012) and of each kind of document, in points."""

import math
from dataclasses import dataclass

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
TOP, LEFT = 37 * MM, 28 * MM  # 天头, 订口
WIDTH, HEIGHT = 156 * MM, 225 * MM  # 版心
RIGHT = LEFT + WIDTH
BOTTOM = PAGE_HEIGHT - TOP - HEIGHT  # lower edge of the text area, from the foot of the page
ROWS, COLUMNS = 22, 28
PITCH = HEIGHT / ROWS
SEAL_DIAMETER = 42 * MM  # seal of a county government
LEVEL_FONTS = {1: "hei", 2: "kai", 3: "body", 4: "body"}
GAP_BEFORE_SIGNATURE = 2  # rows; the seal's upper edge is then within one row of the text
ROWS_UNDER_DATE = 1  # the seal reaches below the date
DATE_INSET = 4  # characters from the right edge (右空四字)
ROOM_TO_SIGN = 45 * MM
BEFORE_DAY = 3  # characters between the line people sign on and the day
SIGN_ROWS = 1.35  # height of that line
COPIES_SIZE, COPIES_PITCH = 14, 20
PADDING = 5.0  # points between rule and text of a table
PAGE_NUMBER_SIZE = 14  # 4号
PAGE_NUMBER_DROP = 7 * MM  # below the text area


@dataclass(frozen=True)
class Sheet:
    """A page and the area of text on it, from its upper left corner, in points."""

    page_width: float
    page_height: float
    top: float
    left: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Lower edge of the text area, from the foot of the page."""
        return self.page_height - self.top - self.height


PORTRAIT = Sheet(PAGE_WIDTH, PAGE_HEIGHT, TOP, LEFT, WIDTH, HEIGHT)
LANDSCAPE = Sheet(PAGE_HEIGHT, PAGE_WIDTH, 22 * MM, 15 * MM, 267 * MM, 164 * MM)
BRIEFING = Sheet(PAGE_WIDTH, PAGE_HEIGHT, 14 * MM, 15 * MM, 180 * MM, 268 * MM)
FIGURES = Sheet(PAGE_HEIGHT, PAGE_WIDTH, 14 * MM, 14 * MM, 269 * MM, 176 * MM)


@dataclass(frozen=True)
class Style:
    """Sizes of one kind of document. `columns` full-width characters make one line."""

    size: float
    columns: int
    pitch: float
    title_size: float
    title_pitch: float
    table_size: float
    table_pitch: float
    sheet: Sheet = PORTRAIT
    padding: float = PADDING
    """Between the rules of a table and its text."""

    @property
    def step(self) -> float:
        """Width of one character of the body's grid."""
        return self.sheet.width / self.columns

    @property
    def title_columns(self) -> int:
        """Most characters in a line of the title: it stays clear of the edges."""
        return int(self.sheet.width / self.title_size) - 2


STYLES = {
    # 3号 body, 22 lines of 28 characters; 2号 title
    "official": Style(16, COLUMNS, PITCH, 22, 34, 14, 22),
    # forms and records: 4号 body, small 4号 in tables
    "receipt": Style(14, 32, HEIGHT / 25, 20, 32, 12, 19),
    "record": Style(14, 32, HEIGHT / 25, 20, 32, 12, 19),
    # registers of many columns, a year in one list; as PDF only
    "register": Style(12, 63, 20, 20, 30, 10.5, 15, LANDSCAPE),
    # statistical tables: dozens of lines, a column for each unit; as PDF only
    "figures": Style(10.5, 72, 15, 18, 24, 9, 10, FIGURES, padding=2.4),
    # a page of pictures and short tables for somebody who has a minute; as PDF only
    "briefing": Style(10.5, 48, 14, 18, 24, 9, 11.5, BRIEFING, padding=2.4),
}


def head_gap(height: float, style: Style) -> float:
    """Room under a head of this height: back to the grid of rows, with about half a row of air."""
    return math.ceil(height / style.pitch + 0.2) * style.pitch - height

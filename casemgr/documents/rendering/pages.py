"""Filling pages with rows.

The signature and its seal never stand on a page without text: the last rows of the body go with them, further back
if a heading would otherwise be left behind (GB/T 9704-2012, 7.3.5: no page that says 此页无正文).
"""

from dataclasses import dataclass, field, replace

from casemgr.documents.rendering.definition import DocumentText
from casemgr.documents.rendering.layout import Fit, Layout, lay_out
from casemgr.documents.rendering.rows import DrawnRow, Row
from casemgr.documents.rendering.style import PORTRAIT, ROWS, Sheet

_TEXT_WITH_SIGNATURE = 2  # rows
_FEW_ROWS = 5  # name and date are two of them
_TOLERANCE = 0.5


@dataclass
class Page:
    """Rows of one page with the distance of each from the top of the text area."""

    rows: list[tuple[float, Row]] = field(default_factory=list)
    used: float = 0.0
    height: float = PORTRAIT.height

    @property
    def text_rows(self) -> int:
        """Lines of text on the page."""
        return sum(row.is_text for _, row in self.rows)

    def fits(self, height: float) -> bool:
        """Whether so much more goes onto the page."""
        return self.used + height <= self.height + _TOLERANCE

    def add(self, row: Row) -> None:
        """Put a row below the others. Empty space at the top of a page is left out."""
        self.rows.append((self.used, row))
        self.used += row.height


@dataclass(frozen=True)
class LaidOut:
    """A document on its pages, and how it was made to fit there."""

    pages: list[Page]
    fit: Fit
    sheet: Sheet = PORTRAIT


def fit_of(definition: DocumentText, *, draft: bool = False) -> Fit:
    """How the document is made to fit onto its pages."""
    return laid_out(definition, draft=draft).fit


def laid_out(definition: DocumentText, *, draft: bool = False) -> LaidOut:
    """The pages of a document.

    When little more than the signature would open another page the lines are set a little closer instead, as the
    standard allows (GB/T 9704-2012, 7.3.5.5: 调整行距).
    """
    layout = lay_out(definition, draft=draft)
    pages, room = paginate(layout)
    few = _FEW_ROWS + len(layout.copies)
    if layout.closing and len(pages) > 1 and pages[-1].text_rows <= few:
        for rows in (ROWS + 1, ROWS + 2):
            closer = lay_out(definition, draft=draft, tighter=ROWS / rows)
            closer_pages, closer_room = paginate(closer)
            if len(closer_pages) < len(pages):
                return LaidOut(closer_pages, replace(closer.fit, room=closer_room), closer.style.sheet)
    return LaidOut(pages, replace(layout.fit, room=room), layout.style.sheet)


def paginate(layout: Layout) -> tuple[list[Page], float]:
    """Fill pages with the rows of a layout; also what was left on the last one above the copies."""
    groups = _groups(layout.body)
    height = layout.style.sheet.height
    closing = _with_last_text(groups, layout.closing, height)
    pages = [Page(height=height)]
    for group in (*groups, closing):
        _place(pages, group)
    room = _place_at_foot(pages, layout.copies) if layout.copies else 0.0
    return pages, room


def _groups(rows: list[Row]) -> list[list[Row]]:
    """Rows that stay together: each with those that must not be parted from it."""
    groups: list[list[Row]] = []
    opened = False
    for row in rows:
        if opened:
            groups[-1].append(row)
        else:
            groups.append([row])
        opened = row.stays_with_next
    return groups


def _with_last_text(groups: list[list[Row]], closing: list[Row], whole: float) -> list[Row]:
    """The closing together with the last rows of text, taken off `groups`."""
    if not closing:
        return []
    limit = whole - sum(row.height for row in closing)
    taken: list[Row] = []
    while groups and sum(row.is_text for row in taken) < _TEXT_WITH_SIGNATURE:
        height = sum(row.height for row in (*groups[-1], *taken))
        if height > limit or (taken and len(groups) == 1):
            break
        taken = [*groups.pop(), *taken]
    return [*taken, *closing]


def _place(pages: list[Page], group: list[Row]) -> None:
    height = sum(row.height for row in group)
    if pages[-1].rows and not pages[-1].fits(height):
        if height > pages[-1].height:  # cannot stay together anywhere
            for row in group:
                _place_row(pages, row)
            return
        _open(pages, group[0])
    for row in group:
        _place_row(pages, row)


def _place_row(pages: list[Page], row: Row) -> None:
    if pages[-1].rows and not pages[-1].fits(row.height):
        _open(pages, row)
    if not pages[-1].rows and type(row) is Row and len(pages) > 1:
        return
    pages[-1].add(row)


def _open(pages: list[Page], row: Row) -> None:
    pages.append(Page(height=pages[-1].height))
    if isinstance(row, DrawnRow):
        for heading in row.repeats:
            pages[-1].add(heading)


def _place_at_foot(pages: list[Page], rows: list[Row]) -> float:
    height = sum(row.height for row in rows)
    if not pages[-1].fits(height):
        pages.append(Page(height=pages[-1].height))
    room = pages[-1].height - height - pages[-1].used
    pages[-1].used = pages[-1].height - height
    for row in rows:
        pages[-1].add(row)
    return room
